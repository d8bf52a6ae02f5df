//! Orders not to erase an episode: `POST /api/v1/episodes/{id}/holds`, `DELETE .../holds/{hold}`.

use assessment_api::{
    path,
    problem::{ProblemDetails, ProblemItem},
    retention::{Hold, NewHold},
};
use assessment_form::parse_day;
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};

use super::{AccessReason, episode_id, revision};
use crate::{
    body::JsonBody,
    clock::{self, date_in_england},
    drafts::Expected,
    episodes::{self, Asking},
    error::ApiError,
    state::AppState,
    store::retention::StoredHold,
};

/// Say that an episode must not be erased
#[utoipa::path(
    post,
    operation_id = "place_hold",
    path = path::HOLDS,
    request_body = NewHold,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("If-Match" = String, Header, description = "The episode's revision, in quotes, as in `ETag`."),
        ("Access-Reason" = String, Header, description = "Why: percent-encoded, kept."),
    ),
    responses(
        (status = 201, description = "It is kept from now on.", body = Hold),
        (status = 400, description = "Not JSON, or a header that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, a reason is needed, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "The episode has changed since; `ETag` is its revision.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "`until` is no day, or a day in the past.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn place(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
    expected: Expected,
    body: JsonBody,
) -> Result<(StatusCode, Json<Hold>), ApiError> {
    let (id, expected) = (episode_id(&id)?, revision(expected)?);
    let wrong = |path: &'static str, code| ApiError::wrong_shape(vec![ProblemItem::new(path, code)]);
    let new: NewHold = body.members()?.ok_or_else(|| wrong("body", "wrong-kind"))?;
    let until =
        new.until.map(|day| parse_day(&day).ok_or_else(|| wrong("until", "wrong-kind"))).transpose()?;
    if until.is_some_and(|day| day < date_in_england(asking.at)) {
        return Err(wrong("until", "in-the-past"));
    }
    let hold = episodes::place_hold(&*state.store, &asking, id, expected, until, reason.given()).await?;
    Ok((StatusCode::CREATED, Json(shown(hold))))
}

/// Say that an episode may be erased when its time comes
#[utoipa::path(
    delete,
    operation_id = "lift_hold",
    path = path::HOLD,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("hold" = String, Path, description = "The id of the order."),
        ("If-Match" = String, Header, description = "The episode's revision, in quotes, as in `ETag`."),
        ("Access-Reason" = String, Header, description = "Why: percent-encoded, kept."),
    ),
    responses(
        (status = 204, description = "Lifted."),
        (status = 400, description = "A header that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, a reason is needed, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see, or no such order in force.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "The episode has changed since; `ETag` is its revision.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn lift(
    State(state): State<AppState>,
    asking: Asking,
    Path((id, hold)): Path<(String, String)>,
    reason: AccessReason,
    expected: Expected,
) -> Result<StatusCode, ApiError> {
    let (id, expected) = (episode_id(&id)?, revision(expected)?);
    episodes::lift_hold(&*state.store, &asking, id, expected, &hold, reason.given()).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) fn shown(hold: StoredHold) -> Hold {
    Hold {
        id: hold.id,
        episode: hold.episode.to_string(),
        until: hold.until.map(|day| day.to_string()),
        reason: hold.reason,
        placed_at: clock::written(hold.placed_at),
    }
}
