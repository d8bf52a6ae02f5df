//! `POST /api/v1/partners/{id}/webhooks/{delivery}/replay`: tells a partner's server once more.

use assessment_api::{path, problem::ProblemDetails};
use axum::{
    extract::{Path, State},
    http::StatusCode,
};

use crate::{episodes::Asking, error::ApiError, identifier::canonical_uuid, replaying, state::AppState};

/// Tell a partner's server once more
///
/// Under the id that it had, so that the partner's server knows the repeat. It is tried again as if it were new.
#[utoipa::path(
    post,
    operation_id = "replay_webhook",
    path = path::WEBHOOK_REPLAY,
    params(
        ("id" = String, Path, description = "The id of a partner in the settings."),
        ("delivery" = String, Path, description = "The id of what it was told."),
    ),
    responses(
        (status = 204, description = "It is due now."),
        (status = 403, description = "Your role does not include this, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "There is no such partner or delivery.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn replay(
    State(state): State<AppState>,
    asking: Asking,
    Path((partner, delivery)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    let id = canonical_uuid(&delivery);
    replaying::replay(&*state.store, &asking, &state.partners, &partner, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
