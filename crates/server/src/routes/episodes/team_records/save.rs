//! `PUT /api/v1/episodes/{id}/team-records/{kind}/{number}`: saves a plan, a meeting or a review.

use assessment_api::{
    path,
    problem::ProblemDetails,
    team::{NewTeamRevision, NotMerged, TeamRecord},
};
use assessment_team::{NotRead, RecordKind};
use axum::{
    Json,
    extract::{Path, State},
    http::{StatusCode, header::ETAG},
    response::{IntoResponse as _, Response},
};

use super::which;
use crate::{
    body::JsonBody,
    clock::date_in_england,
    digest::sha256_hex,
    episodes::Asking,
    error::ApiError,
    evaluation::unread,
    precondition::Base,
    respond::etag,
    routes::episodes::{AccessReason, episode_id, words},
    state::AppState,
    team::{self, Outcome, Sent},
};

/// More paths than any record has answers that are left out.
const MAX_LEFT_OUT: usize = 5_000;

/// Save a plan, a meeting or a review
///
/// What others have saved since the revision in `If-Match` is merged with. Where both changed the same answer, nothing of this
/// one is merged and all of it is kept: 409.
#[utoipa::path(
    put,
    operation_id = "save_team_record",
    path = path::TEAM_RECORD,
    request_body = NewTeamRevision,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("kind" = String, Path, description = "`plan`, `meeting` or `review`."),
        ("number" = u32, Path, description = "The number of the record among those of its kind, from 1. There is one plan."),
        ("If-Match" = String, Header, description = "The revision from which this started, in quotes, as in `ETag`; `\"0\"` if there is none yet."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 200, description = "It is saved, or was already: the record as it is now. `ETag` is its revision.", body = TeamRecord),
        (status = 400, description = "Not JSON, or a header that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, you do not see this part of the record, a reason is needed, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 409, description = "Not merged, and kept: as `application/json`, with where it clashes. `ETag` is the revision of the record. Or, as problem details: not in this state, or what it settles has been settled.", content(
            (NotMerged = "application/json"),
            (ProblemDetails = "application/problem+json"),
        )),
        (status = 412, description = "There is no such revision yet; `ETag` is the newest. Or, of a meeting or a review with `\"0\"`: somebody else has begun the one of this number, and yours is the next.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "Not acceptable; `problems` says why.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn save(
    State(state): State<AppState>,
    asking: Asking,
    Path((id, kind, number)): Path<(String, String, String)>,
    reason: AccessReason,
    Base(base): Base,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let (id, which) = (episode_id(&id)?, which(&kind, &number)?);
    let new: NewTeamRevision = body.shape()?;
    if new.left_out.len() > MAX_LEFT_OUT {
        return Err(ApiError::wrong_member("left_out"));
    }
    let sent = Sent {
        which,
        base,
        record: record(which.kind, &new, &asking)?,
        left_out: new.left_out,
        sha256: sha256_hex(body.bytes()),
        reason: words("reason", new.reason.as_deref())?,
        settles: new.settles,
    };
    Ok(match team::save(&*state.store, &asking, id, &sent, reason.given()).await? {
        Outcome::Saved(record, newest) => ([(ETAG, etag(newest.into()))], Json(record)).into_response(),
        Outcome::NotMerged(kept, newest) => {
            let kept = Json(NotMerged { kept: *kept });
            (StatusCode::CONFLICT, [(ETAG, etag(newest.into()))], kept).into_response()
        }
    })
}

/// The record, if all of it is understood: what is not would be lost.
fn record(
    kind: RecordKind,
    new: &NewTeamRevision,
    asking: &Asking,
) -> Result<assessment_team::TeamRecord, ApiError> {
    let reading =
        assessment_team::TeamRecord::from_value(kind, new.record.clone()).map_err(
            |not_read| match not_read {
                NotRead::FormVersion => ApiError::unknown_form_version(),
                NotRead::NotAnswers(_) => ApiError::wrong_member("record"),
            },
        )?;
    if reading.unread.is_empty() {
        return Ok(reading.record);
    }
    Err(ApiError::answers_refused(unread(&reading.unread), date_in_england(asking.at)))
}
