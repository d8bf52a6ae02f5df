//! `GET /api/v1/episodes/{id}/team-records/{kind}/{number}/kept`: what was sent of a record and not merged.

use assessment_api::{path, problem::ProblemDetails, team::KeptTeamVersions};
use axum::{
    Json,
    extract::{Path, State},
};

use super::which;
use crate::{
    episodes::Asking,
    error::ApiError,
    routes::episodes::{AccessReason, episode_id},
    state::AppState,
    team,
};

/// Read what was sent of a record and not merged
///
/// Each says where it differs from the record, and who wrote what. A save that names it settles it.
#[utoipa::path(
    get,
    operation_id = "list_kept_team_versions",
    path = path::TEAM_KEPT,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("kind" = String, Path, description = "`plan`, `meeting` or `review`."),
        ("number" = u32, Path, description = "The number of the record among those of its kind, from 1. There is one plan."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 200, description = "Oldest first, settled ones included.", body = KeptTeamVersions),
        (status = 400, description = "A parameter or a reason that cannot be read.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, you do not see this part of the record, or a reason is needed.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(
    State(state): State<AppState>,
    asking: Asking,
    Path((id, kind, number)): Path<(String, String, String)>,
    reason: AccessReason,
) -> Result<Json<KeptTeamVersions>, ApiError> {
    state.operations.look_up(&asking.asker.actor)?;
    let (id, which) = (episode_id(&id)?, which(&kind, &number)?);
    let kept = team::kept_versions(&*state.store, &asking, id, which, reason.given()).await?;
    Ok(Json(KeptTeamVersions { kept }))
}
