//! `PUT /api/v1/episodes/{id}/holder`: another organisation holds the episode from now on.

use assessment_api::{episode_change::NewHolder, path, problem::ProblemDetails};
use assessment_people::who::Organisation;
use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{AccessReason, changed, episode_id};
use crate::{
    body::JsonBody,
    drafts::Expected,
    episodes::{Asking, Change},
    error::ApiError,
    state::AppState,
};

/// Give an episode to another organisation
///
/// Members of the organisation that held it see it no longer, unless it is shared with theirs.
#[utoipa::path(
    put,
    operation_id = "hand_over_episode",
    path = path::HOLDER,
    request_body = NewHolder,
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
        (status = 409, description = "That organisation has it already, must not be told, or nobody of it has ever signed in; or the episode is closed.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "The episode has changed since; `ETag` is its revision.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "Not acceptable; `problems` says why.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn hand_over(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
    expected: Expected,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let id = episode_id(&id)?;
    let new: NewHolder = body.shape()?;
    let to = Organisation::new(&new.organisation).ok_or_else(|| ApiError::wrong_member("organisation"))?;
    let change = Change::HandOver(to);
    changed(&state, &asking, id, expected, change, &reason).await
}
