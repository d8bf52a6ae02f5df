//! `GET /api/v1/assessments/{id}`: one stored assessment, its answers exactly as sent.

use assessment_api::{assessment::AssessmentRecord, path, problem::ProblemDetails};
use axum::{
    Json,
    extract::{Path, State},
};
use serde_json::value::RawValue;

use crate::{
    actor::Actor, clock, error::ApiError, evaluation::Evaluator, identifier::AssessmentId, state::AppState,
};

/// Read one assessment
#[utoipa::path(
    get,
    operation_id = "read_assessment",
    path = path::ASSESSMENT,
    params(("id" = String, Path, description = "The id from the receipt.")),
    responses(
        (status = 200, description = "The answers exactly as sent, and the server's outcome.", body = AssessmentRecord),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, description = "Cannot read now; see `Retry-After`.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn read(
    State(state): State<AppState>,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Json<AssessmentRecord>, ApiError> {
    let id = AssessmentId::parse(&id).ok_or_else(ApiError::not_found)?;
    let stored =
        state.store.view().await?.assessments().find(&actor, id).await?.ok_or_else(ApiError::not_found)?;
    let raw = |json: String| RawValue::from_string(json).map_err(|_| unreadable());
    let difference = stored.difference.map(|json| serde_json::from_str(&json)).transpose();
    let day = clock::date_in_england(stored.received_at);
    let (not_recorded, contradictions) = state.evaluator.left_open(&stored.answers, day);
    Ok(Json(AssessmentRecord {
        id: stored.id,
        reference: stored.reference,
        form_version: stored.form_version,
        pack_version: stored.pack_version,
        received_at: clock::written(stored.received_at),
        actor: stored.actor,
        superseded: Evaluator::superseded(&stored.answers),
        not_recorded,
        contradictions,
        answers: raw(stored.answers)?,
        outcome: raw(stored.outcome)?,
        difference: difference.map_err(|_| unreadable())?,
    }))
}

fn unreadable() -> ApiError {
    ApiError::unavailable("a stored assessment is not JSON")
}
