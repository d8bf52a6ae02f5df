//! `GET /api/v1/health`: can the server work, and should new requests come here?

use assessment_api::{path, problem::ProblemDetails, service::Health};
use axum::{Json, extract::State};

use crate::{clock::date_in_england, error::ApiError, evaluation::Evaluator, state::AppState};

/// Ask whether the server can work
#[utoipa::path(
    get,
    operation_id = "read_health",
    path = path::HEALTH,
    responses(
        (status = 200, description = "It can.", body = Health),
        (status = 503, description = "It cannot reach its database, or is about to stop.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn health(State(state): State<AppState>) -> Result<Json<Health>, ApiError> {
    if state.operations.readiness.is_stopping() {
        return Err(ApiError::stopping());
    }
    state.store.ping().await?;
    let today = date_in_england(state.clock.now());
    Ok(Json(Health {
        status: "ok".to_owned(),
        form_version: Evaluator::form_version().to_owned(),
        pack_version: state.evaluator.pack_version(),
        bank_holidays_known_until: state.evaluator.bank_holidays().known_until().to_string(),
        bank_holidays_end_soon: state.evaluator.bank_holidays_end_soon(today).is_some(),
    }))
}
