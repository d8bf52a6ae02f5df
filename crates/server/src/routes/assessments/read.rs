//! `GET /api/v1/assessments/{id}`: one stored assessment by the id of its receipt, for those who belong to its episode.

use assessment_api::{assessment::AssessmentRecord, path, problem::ProblemDetails};
use axum::{
    Json,
    extract::{Path, State},
};
use serde_json::value::RawValue;

use crate::{
    clock,
    episodes::{self, Asking, Received},
    error::ApiError,
    evaluation::Evaluator,
    identifier::AssessmentId,
    routes::episodes::AccessReason,
    state::AppState,
};

/// Read one assessment
///
/// It is a version of an episode, and shown as far as you may see that. Answers that you may not see are absent, and `whole`
/// says whether any are.
#[utoipa::path(
    get,
    operation_id = "read_assessment",
    path = path::ASSESSMENT,
    params(
        ("id" = String, Path, description = "The id from the receipt."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 200, description = "The answers that you may see, and the server's outcome.", body = AssessmentRecord),
        (status = 400, description = "A reason that cannot be read.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, or a reason is needed.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn read(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
) -> Result<Json<AssessmentRecord>, ApiError> {
    let id = AssessmentId::parse(&id).ok_or_else(ApiError::not_found)?;
    state.operations.look_up(&asking.asker.actor)?;
    let found = episodes::received(&*state.store, &asking, id, reason.given()).await?;
    let Received { stored, shown, sees_all } = found;
    let raw = |json: String| RawValue::from_string(json).map_err(|_| unreadable());
    // What was worked out of the answers tells of all of them.
    let difference = stored.difference.filter(|_| sees_all);
    let difference = difference.map(|json| serde_json::from_str(&json)).transpose();
    let day = clock::date_in_england(stored.received_at);
    let (superseded, (not_recorded, contradictions)) = if sees_all {
        (Evaluator::superseded(&stored.answers), state.evaluator.left_open(&stored.answers, day))
    } else {
        Default::default()
    };
    Ok(Json(AssessmentRecord {
        id: stored.id,
        reference: stored.reference,
        form_version: stored.form_version,
        pack_version: stored.pack_version,
        received_at: clock::written(stored.received_at),
        actor: stored.actor,
        superseded,
        not_recorded,
        contradictions,
        whole: shown.whole,
        answers: raw(shown.answers)?,
        outcome: sees_all.then(|| raw(stored.outcome)).transpose()?,
        difference: difference.map_err(|_| unreadable())?,
    }))
}

fn unreadable() -> ApiError {
    ApiError::unavailable("a stored assessment is not JSON")
}
