//! `GET /api/v1/retention/kept`: orders in force and requests that wait.

use assessment_api::{path, problem::ProblemDetails, retention::KeptRecords};
use axum::{Json, extract::State};

use crate::{
    episodes::{self, Asking},
    error::ApiError,
    routes::episodes::{hold, subject_access},
    state::AppState,
};

/// List what keeps records whatever their period says
#[utoipa::path(
    get,
    operation_id = "list_kept_records",
    path = path::RETENTION_KEPT,
    responses(
        (status = 200, description = "Oldest first.", body = KeptRecords),
        (status = 403, description = "You may not.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(
    State(state): State<AppState>,
    asking: Asking,
) -> Result<Json<KeptRecords>, ApiError> {
    let kept = episodes::kept_by(&*state.store, &asking).await?;
    Ok(Json(KeptRecords {
        holds: kept.holds.into_iter().map(hold::shown).collect(),
        requests: kept.requests.into_iter().map(subject_access::shown).collect(),
    }))
}
