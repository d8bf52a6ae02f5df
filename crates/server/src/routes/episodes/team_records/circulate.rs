//! `POST /api/v1/episodes/{id}/team-records/meeting/{number}/circulations`: who was sent the minutes, and which revision.

use assessment_api::{
    path,
    problem::{ProblemDetails, ProblemItem},
    team::NewCirculation,
};
use assessment_form::{is_blank, parse_day};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};

use crate::{
    body::JsonBody,
    clock::date_in_england,
    episodes::Asking,
    error::ApiError,
    identifier::canonical_uuid,
    routes::episodes::{AccessReason, episode_id, versions::number_of},
    state::AppState,
    team,
};

/// To how many people minutes are sent at once.
const MAX_PEOPLE: usize = 50;
/// The longest name, in characters.
const MAX_NAME: usize = 140;

/// Write down who was sent the minutes
#[utoipa::path(
    post,
    operation_id = "circulate_minutes",
    path = path::MEETING_CIRCULATIONS,
    request_body = NewCirculation,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("number" = u32, Path, description = "The number of the meeting, from 1."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 204, description = "It is written down, or was already."),
        (status = 400, description = "Not JSON, or a header that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, you do not see meetings, a reason is needed, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see, or no such revision.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 409, description = "The id is another circulation's.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "Not acceptable; `problems` says why.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn circulate(
    State(state): State<AppState>,
    asking: Asking,
    Path((id, number)): Path<(String, String)>,
    reason: AccessReason,
    body: JsonBody,
) -> Result<StatusCode, ApiError> {
    let (id, meeting) = (episode_id(&id)?, number_of(&number)?);
    let new = read(body.shape()?, &asking)?;
    team::circulate(&*state.store, &asking, id, meeting, &new, reason.given()).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn read(new: NewCirculation, asking: &Asking) -> Result<team::NewCirculation, ApiError> {
    let wrong = |member, code: &str| ApiError::wrong_shape(vec![ProblemItem::new(member, code)]);
    canonical_uuid(&new.id).ok_or_else(|| ApiError::wrong_member("id"))?;
    if new.to.is_empty() || new.to.iter().any(|name| is_blank(name)) {
        return Err(ApiError::missing_member("to"));
    }
    if new.to.len() > MAX_PEOPLE || new.to.iter().any(|name| name.chars().count() > MAX_NAME) {
        return Err(wrong("to", "too-long"));
    }
    let on = match new.sent_on.as_deref() {
        Some(text) => Some(parse_day(text).ok_or_else(|| ApiError::wrong_member("sent_on"))?),
        None => None,
    };
    if on.is_some_and(|on| on > date_in_england(asking.at)) {
        return Err(wrong("sent_on", "date-in-future"));
    }
    Ok(team::NewCirculation { id: new.id, revision: new.revision, to: new.to, on })
}
