//! `GET /api/v1/episodes/{id}/proposals`: starting points for the plan.

use assessment_api::{path, problem::ProblemDetails, team::ProposalList};
use axum::{
    Json,
    extract::{Path, State},
};

use super::{AccessReason, episode_id};
use crate::{episodes::Asking, error::ApiError, state::AppState, team};

/// Read starting points for the plan of a team
///
/// What the newest version of the assessment found and agreed, as far as you may see it. Nothing is in a plan before somebody
/// has put it there.
#[utoipa::path(
    get,
    operation_id = "list_proposals",
    path = path::PROPOSALS,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 200, description = "The certain worries first.", body = ProposalList),
        (status = 400, description = "A reason that cannot be read.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, you do not see the plan, or a reason is needed.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see, or nothing was sent.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 409, description = "It is part of another.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
) -> Result<Json<ProposalList>, ApiError> {
    state.operations.look_up(&asking.asker.actor)?;
    let (id, standards) = (episode_id(&id)?, state.evaluator.standards());
    Ok(Json(team::propose(&*state.store, &asking, id, standards, reason.given()).await?))
}
