//! `POST /api/v1/episodes/{id}/team-records/{kind}/{number}/completion`: the plan is agreed with the family, the minutes or
//! the review are finished.

use assessment_api::{path, problem::ProblemDetails, team::Completed};
use axum::{
    Json,
    extract::{Path, State},
};

use super::which;
use crate::{
    drafts::Expected,
    episodes::Asking,
    error::ApiError,
    routes::episodes::{AccessReason, episode_id, name, revision},
    state::AppState,
    team,
};

/// Complete a plan, a meeting or a review
///
/// The whole form is checked, and the episode moves on with it. Minutes and reviews are corrected afterwards with a reason.
#[utoipa::path(
    post,
    operation_id = "complete_team_record",
    path = path::TEAM_COMPLETION,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("kind" = String, Path, description = "`plan`, `meeting` or `review`."),
        ("number" = u32, Path, description = "The number of the record among those of its kind, from 1. There is one plan."),
        ("If-Match" = String, Header, description = "The newest revision, in quotes, as in `ETag`: the one that is completed."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 200, description = "It is complete, or was already.", body = Completed),
        (status = 400, description = "A header that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, you do not see this part of the record, a reason is needed, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 409, description = "Not in this state, or a kept version waits to be settled.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "It has been saved since; `ETag` is its revision.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "Something is missing or cannot be right; `problems` says what.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn complete(
    State(state): State<AppState>,
    asking: Asking,
    Path((id, kind, number)): Path<(String, String, String)>,
    reason: AccessReason,
    expected: Expected,
) -> Result<Json<Completed>, ApiError> {
    let (id, which) = (episode_id(&id)?, which(&kind, &number)?);
    let completed = (which, revision(expected)?);
    let rules = state.evaluator.team_rules();
    let done = team::complete(&*state.store, &asking, id, completed, rules, reason.given()).await?;
    Ok(Json(Completed { completed: done.completed, revision: done.revision, state: name(done.state) }))
}
