//! `GET /api/v1/episodes/{id}/timeline`: what happened and what is due.

use assessment_api::{path, problem::ProblemDetails, team::Timeline};
use axum::{
    Json,
    extract::{Path, State},
};

use super::{AccessReason, episode_id};
use crate::{clock::date_in_england, episodes::Asking, error::ApiError, state::AppState, team};

/// See what happened in an episode and what is due
///
/// Days and codes, no words.
#[utoipa::path(
    get,
    operation_id = "read_timeline",
    path = path::TIMELINE,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 200, description = "By day.", body = Timeline),
        (status = 400, description = "A parameter or a reason that cannot be read.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, you do not see this part of the record, or a reason is needed.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn read(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
) -> Result<Json<Timeline>, ApiError> {
    let rules = state.evaluator.clock_rules();
    let entries = team::timeline(&*state.store, &asking, episode_id(&id)?, rules, reason.given()).await?;
    Ok(Json(Timeline { today: date_in_england(asking.at).to_string(), entries }))
}
