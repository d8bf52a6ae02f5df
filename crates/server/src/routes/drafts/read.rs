//! `GET /api/v1/drafts/{id}`: the newest revision, every member exactly as sent.

use assessment_api::{draft::DraftRecord, path, problem::ProblemDetails};
use assessment_people::access::Action;
use axum::{
    Json,
    extract::{Path, State},
    http::header::ETAG,
    response::{IntoResponse, Response},
};
use serde_json::value::to_raw_value;

use super::{Members, may};
use crate::{clock, episodes::Asking, error::ApiError, identifier::DraftId, respond::etag, state::AppState};

/// Read one draft
#[utoipa::path(
    get,
    operation_id = "read_draft",
    path = path::DRAFT,
    params(("id" = String, Path, description = "The draft's id.")),
    responses(
        (status = 200, description = "The newest revision; `ETag` names it.", body = DraftRecord),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 410, description = "Deleted; `ETag` is the revision of the deletion.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn read(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    may(&state, &asking, Action::ReadDraft).await?;
    let id = DraftId::parse(&id).ok_or_else(ApiError::not_found)?;
    let draft = state
        .store
        .view()
        .await?
        .drafts()
        .find(&asking.asker.actor, id)
        .await?
        .ok_or_else(ApiError::not_found)?;
    let body = draft.body.ok_or_else(|| ApiError::draft_deleted(draft.revision))?;
    let unreadable = |_| ApiError::unavailable("a stored draft is not JSON");
    let mut members: Members<'_> = serde_json::from_slice(&body).map_err(unreadable)?;
    let id = to_raw_value(&id.to_string()).map_err(unreadable)?;
    let revision = to_raw_value(&draft.revision).map_err(unreadable)?;
    let saved_at = to_raw_value(&clock::written(draft.saved_at)).map_err(unreadable)?;
    members.insert("id".to_owned(), &id);
    members.insert("revision".to_owned(), &revision);
    members.insert("saved_at".to_owned(), &saved_at);
    Ok(([(ETAG, etag(draft.revision))], Json(members)).into_response())
}
