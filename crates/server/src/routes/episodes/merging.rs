//! `POST` and `DELETE /api/v1/episodes/{id}/merge`: an episode becomes part of another one of the same child, and is its own
//! again. `POST .../looked-at`: what came late for the other one was looked at.

use assessment_api::{episode_change::NewEpisodeMerge, path, problem::ProblemDetails};
use axum::{
    extract::{Path, State},
    http::{StatusCode, header::ETAG},
    response::{IntoResponse as _, Response},
};

use super::{AccessReason, changed, episode_id, revision};
use crate::{
    body::JsonBody,
    drafts::Expected,
    episodes::{self, Asking, Change},
    error::ApiError,
    respond::etag,
    state::AppState,
};

/// Make an episode part of another one of the same child
///
/// Both stay as they are, and it can be undone for 30 days. What is sent for this one later lands on the other and is marked.
/// The other is kept as closely as this one, and from the same people; nobody is let into it.
#[utoipa::path(
    post,
    operation_id = "merge_episode",
    path = path::EPISODE_MERGE,
    request_body = NewEpisodeMerge,
    params(
        ("id" = String, Path, description = "The id of the episode that becomes part of the other."),
        ("If-Match" = String, Header, description = "Its revision, in quotes, as in `ETag`."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 204, description = "Done. `ETag` is the episode's new revision."),
        (status = 400, description = "Not JSON, or a header that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, a reason is needed, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "One of the two is none that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 409, description = "They are of two children, or one of them is part of another; or the organisation that holds the other must not be told of this one.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "The episode has changed since; `ETag` is its revision.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "No `into`.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn merge(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
    expected: Expected,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let id = episode_id(&id)?;
    let new: NewEpisodeMerge = body.shape()?;
    let (into, expected) = (episode_id(&new.into)?, revision(expected)?);
    let next = episodes::merge(&*state.store, &asking, id, expected, into, reason.given()).await?;
    Ok((StatusCode::NO_CONTENT, [(ETAG, etag(next))]).into_response())
}

/// Undo that an episode is part of another
///
/// For 30 days. What was sent since stays with the other, and so does from whom the other is kept.
#[utoipa::path(
    delete,
    operation_id = "undo_episode_merge",
    path = path::EPISODE_MERGE,
    params(
        ("id" = String, Path, description = "The id of the episode that is part of another."),
        ("If-Match" = String, Header, description = "Its revision, in quotes, as in `ETag`."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 204, description = "Done. `ETag` is the episode's new revision."),
        (status = 400, description = "A header that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, a reason is needed, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 409, description = "It is part of no other, or has been for more than 30 days.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "The episode has changed since; `ETag` is its revision.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn undo(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
    expected: Expected,
) -> Result<Response, ApiError> {
    let (id, expected) = (episode_id(&id)?, revision(expected)?);
    let next = episodes::undo_merge(&*state.store, &asking, id, expected, reason.given()).await?;
    Ok((StatusCode::NO_CONTENT, [(ETAG, etag(next))]).into_response())
}

/// Say that what came late was looked at
///
/// Versions that were sent for an episode which had become part of this one are in `to_look_at` until then.
#[utoipa::path(
    post,
    operation_id = "look_at_amendments",
    path = path::LOOKED_AT,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("If-Match" = String, Header, description = "The episode's revision, in quotes, as in `ETag`."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 204, description = "Done. `ETag` is the episode's new revision."),
        (status = 400, description = "A header that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, a reason is needed, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 409, description = "The episode is part of another, or has no version.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "The episode has changed since; `ETag` is its revision.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn look(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
    expected: Expected,
) -> Result<Response, ApiError> {
    changed(&state, &asking, episode_id(&id)?, expected, Change::Look, &reason).await
}
