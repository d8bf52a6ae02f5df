//! `GET /api/v1/episodes/{id}/team-records/meeting/{number}/calendar`: a meeting for a calendar.

use assessment_api::{path, problem::ProblemDetails};
use axum::{
    extract::{Path, State},
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse as _, Response},
};

use crate::{
    episodes::Asking,
    error::ApiError,
    routes::episodes::{AccessReason, episode_id, versions::number_of},
    state::AppState,
    team,
};

/// Get a meeting as a calendar file
///
/// It has no name in it. One that was moved or cancelled replaces the entry that a calendar has.
#[utoipa::path(
    get,
    operation_id = "read_meeting_calendar",
    path = path::MEETING_CALENDAR,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("number" = u32, Path, description = "The number of the meeting, from 1."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 200, description = "The file.", body = String, content_type = "text/calendar"),
        (status = 400, description = "A parameter or a reason that cannot be read.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, you do not see this part of the record, or a reason is needed.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see, or a meeting without a day.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn read(
    State(state): State<AppState>,
    asking: Asking,
    Path((id, number)): Path<(String, String)>,
    reason: AccessReason,
) -> Result<Response, ApiError> {
    let (id, number) = (episode_id(&id)?, number_of(&number)?);
    let file = team::calendar(&*state.store, &asking, id, number, reason.given()).await?;
    let headers = [
        (CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"meeting.ics\""),
    ];
    Ok((headers, file).into_response())
}
