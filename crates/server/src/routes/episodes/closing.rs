//! `POST /api/v1/episodes/{id}/closure` and `.../reopening`: an episode ends, and is opened again.

use assessment_api::{
    episode_change::{NewClosure, NewReopening},
    path,
    problem::ProblemDetails,
};
use assessment_people::episode::ClosureReason;
use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{AccessReason, changed, episode_id, settled, words};
use crate::{
    body::JsonBody,
    drafts::Expected,
    episodes::{Asking, Change},
    error::ApiError,
    state::AppState,
};

/// Close an episode
///
/// Corrections are taken afterwards; for anything else it is opened again first.
#[utoipa::path(
    post,
    operation_id = "close_episode",
    path = path::CLOSURE,
    request_body = NewClosure,
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
        (status = 408, description = "The body took too long.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 409, description = "Not as things are: a referral waits, social care has not accepted, something is open that nothing is said about (`problems` names it), or it is closed already.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "The episode has changed since; `ETag` is its revision.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 413, description = "Larger than 1 MiB.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 415, description = "Not `application/json`.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "Not acceptable; `problems` says why.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 428, description = "No `If-Match`.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, description = "Cannot store now; see `Retry-After`.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn close(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
    expected: Expected,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let id = episode_id(&id)?;
    let new: NewClosure = body.shape()?;
    let ending = ClosureReason::ALL.iter().copied().find(|one| one.code() == new.reason);
    let change = Change::Close {
        reason: ending.ok_or_else(|| ApiError::wrong_member("reason"))?,
        words: words("words", new.words.as_deref())?,
        why_safe: words("why_safe", new.why_safe.as_deref())?,
        settled: settled(new.settled)?,
    };
    changed(&state, &asking, id, expected, change, &reason).await
}

/// Open an episode again
///
/// The family is asked again, and the next version follows the last one.
#[utoipa::path(
    post,
    operation_id = "reopen_episode",
    path = path::REOPENING,
    request_body = NewReopening,
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
        (status = 408, description = "The body took too long.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 409, description = "It is not closed.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "The episode has changed since; `ETag` is its revision.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 413, description = "Larger than 1 MiB.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 415, description = "Not `application/json`.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "Not acceptable; `problems` says why.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 428, description = "No `If-Match`.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, description = "Cannot store now; see `Retry-After`.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn reopen(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
    expected: Expected,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let id = episode_id(&id)?;
    let new: NewReopening = body.shape()?;
    let because = words("reason", Some(&new.reason))?;
    let change = Change::Reopen(because.ok_or_else(|| ApiError::missing_member("reason"))?);
    changed(&state, &asking, id, expected, change, &reason).await
}
