//! `GET /api/v1/drafts`: the drafts that one practitioner has open.

use assessment_api::{
    draft::{DraftList, DraftSummary},
    path,
};
use axum::{Json, extract::State};

use crate::{actor::Actor, clock, error::ApiError, state::AppState};

/// More than one practitioner has open at a time.
const MAX_DRAFTS: u32 = 200;

/// List drafts, last saved first
#[utoipa::path(
    get,
    operation_id = "list_drafts",
    path = path::DRAFTS,
    responses(
        (status = 200, description = "Deleted drafts are left out.", body = DraftList),
    )
)]
pub(crate) async fn list(State(state): State<AppState>, actor: Actor) -> Result<Json<DraftList>, ApiError> {
    let rows = state.store.view().await?.drafts().list(&actor, MAX_DRAFTS).await?;
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
