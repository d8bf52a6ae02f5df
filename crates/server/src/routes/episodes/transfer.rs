//! `POST /api/v1/episodes/{id}/transfer`, `.../cancelled` and `.../finished`: another council is asked to take an episode
//! over, it is not, and it has accepted.

use assessment_api::{
    episode_change::{CancelledTransfer, FinishedTransfer, NewTransfer},
    path,
    problem::ProblemDetails,
};
use assessment_people::who::Council;
use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{AccessReason, changed, episode_id, needed, settled, words};
use crate::{
    body::JsonBody,
    drafts::Expected,
    episodes::{Asking, Change},
    error::ApiError,
    state::AppState,
};

/// Ask another council to take an episode over
///
/// Needs the family's agreement or a lawful reason. Early help goes on until that council has accepted.
#[utoipa::path(
    post,
    operation_id = "begin_transfer",
    path = path::TRANSFER,
    request_body = NewTransfer,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("If-Match" = String, Header, description = "The episode's revision, in quotes, as in `ETag`."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 204, description = "Done. `ETag` is the episode's new revision."),
        (status = 400, description = "Not JSON, or a header that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, a reason is needed, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 409, description = "The family has not agreed, social care has the lead, another council has been asked already, or it is closed.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "The episode has changed since; `ETag` is its revision.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "Not acceptable; `problems` says why.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn begin(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
    expected: Expected,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let id = episode_id(&id)?;
    let new: NewTransfer = body.shape()?;
    let to = Council::new(&new.to).ok_or_else(|| ApiError::wrong_member("to"))?;
    let lawful = match new.lawful_reason {
        None => None,
        Some(code) if !state.evaluator.offers("reason_to_share", &code) => {
            return Err(ApiError::wrong_member("lawful_reason"));
        }
        Some(code) => {
            let why = words("words", new.words.as_deref())?;
            Some((code, why.ok_or_else(|| ApiError::missing_member("words"))?))
        }
    };
    let change = Change::BeginTransfer { to, lawful };
    changed(&state, &asking, id, expected, change, &reason).await
}

/// Say that another council does not take an episode over
///
/// Early help goes on here.
#[utoipa::path(
    post,
    operation_id = "cancel_transfer",
    path = path::TRANSFER_CANCELLED,
    request_body = CancelledTransfer,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("If-Match" = String, Header, description = "The episode's revision, in quotes, as in `ETag`."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 204, description = "Done. `ETag` is the episode's new revision."),
        (status = 400, description = "Not JSON, or a header that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, a reason is needed, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 409, description = "No other council has been asked.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "The episode has changed since; `ETag` is its revision.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "Not acceptable; `problems` says why.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn cancel(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
    expected: Expected,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let id = episode_id(&id)?;
    let new: CancelledTransfer = body.shape()?;
    let change = Change::CancelTransfer(needed("reason", &new.reason)?);
    changed(&state, &asking, id, expected, change, &reason).await
}

/// Say that another council has taken an episode over
///
/// This closes it, for the reason `moved_la`.
#[utoipa::path(
    post,
    operation_id = "finish_transfer",
    path = path::TRANSFER_FINISHED,
    request_body = FinishedTransfer,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("If-Match" = String, Header, description = "The episode's revision, in quotes, as in `ETag`."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 204, description = "Done. `ETag` is the episode's new revision."),
        (status = 400, description = "Not JSON, or a header that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, a reason is needed, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 409, description = "No other council has been asked, the family has taken its agreement back, a referral waits, or something is open that nothing is said about (`problems` names it).", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "The episode has changed since; `ETag` is its revision.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "Not acceptable; `problems` says why.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn finish(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
    expected: Expected,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let id = episode_id(&id)?;
    let new: FinishedTransfer = body.shape()?;
    let accepted = needed("accepted", &new.accepted)?;
    let change = Change::FinishTransfer { accepted, settled: settled(new.settled)? };
    changed(&state, &asking, id, expected, change, &reason).await
}
