//! `GET /api/v1/episodes/{id}/team-records`: which plan, meetings and reviews there are.

use assessment_api::{path, problem::ProblemDetails, team::TeamRecordList};
use axum::{
    Json,
    extract::{Path, State},
};

use crate::{
    episodes::Asking,
    error::ApiError,
    routes::episodes::{AccessReason, episode_id},
    state::AppState,
    team,
};

/// List the plan, the meetings and the reviews of a team
///
/// Of each there are its dates and who saved it. Its answers are read one by one, by those who see its section.
#[utoipa::path(
    get,
    operation_id = "list_team_records",
    path = path::TEAM_RECORDS,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 200, description = "The plan, then meetings, then reviews, each by number.", body = TeamRecordList),
        (status = 400, description = "A parameter or a reason that cannot be read.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, you do not see this part of the record, or a reason is needed.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
) -> Result<Json<TeamRecordList>, ApiError> {
    let records = team::list(&*state.store, &asking, episode_id(&id)?, reason.given()).await?;
    Ok(Json(TeamRecordList { records }))
}
