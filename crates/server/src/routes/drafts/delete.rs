//! `DELETE /api/v1/drafts/{id}`: add a deletion. What was saved before stays in the store.

use assessment_api::{draft::SavedDraft, path, problem::ProblemDetails};
use assessment_people::access::Action;
use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{may, reply};
use crate::{
    drafts::{self, Expected},
    episodes::Asking,
    error::ApiError,
    identifier::DraftId,
    state::AppState,
};

/// Delete a draft
///
/// Saving it again with the revision of the deletion brings it back.
#[utoipa::path(
    delete,
    operation_id = "delete_draft",
    path = path::DRAFT,
    params(
        ("id" = String, Path, description = "The draft's id."),
        ("If-Match" = String, Header, description = "The revision to delete, in quotes."),
    ),
    responses(
        (status = 200, description = "Deleted; `ETag` is the revision of the deletion.", body = SavedDraft),
        (status = 400, description = "A condition that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "From another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 410, description = "Already deleted.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "Saved elsewhere since; `ETag` is the current revision.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn delete(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    expected: Expected,
) -> Result<Response, ApiError> {
    may(&state, &asking, Action::DeleteDraft).await?;
    let id = DraftId::parse(&id).ok_or_else(ApiError::not_found)?;
    let Expected::Revision(revision) = expected else {
        return Err(ApiError::precondition_missing());
    };
    let at = state.clock.now();
    reply(id, drafts::delete(&*state.store, &asking.asker.actor, id, revision, at).await?)
}
