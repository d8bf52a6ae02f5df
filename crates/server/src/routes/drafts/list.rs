//! `GET /api/v1/drafts`: the drafts that one practitioner has open.

use assessment_api::{
    draft::{DraftList, DraftSummary},
    path,
    problem::ProblemDetails,
};
use assessment_people::access::Action;
use axum::{Json, extract::State};

use super::may;
use crate::{clock, episodes::Asking, error::ApiError, state::AppState};

/// More than one practitioner has open at a time.
const MAX_DRAFTS: u32 = 200;

/// List drafts, last saved first
#[utoipa::path(
    get,
    operation_id = "list_drafts",
    path = path::DRAFTS,
    responses(
        (status = 200, description = "Deleted drafts are left out.", body = DraftList),
        (status = 403, description = "Your role does not include this.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(State(state): State<AppState>, asking: Asking) -> Result<Json<DraftList>, ApiError> {
    may(&state, &asking, Action::ListDrafts).await?;
    let rows = state.store.view().await?.drafts().list(&asking.asker.actor, MAX_DRAFTS).await?;
    let drafts = rows
        .into_iter()
        .map(|row| DraftSummary {
            id: row.id,
            revision: row.revision,
            saved_at: clock::written(row.saved_at),
            form_version: row.form_version,
        })
        .collect();
    Ok(Json(DraftList { drafts }))
}
