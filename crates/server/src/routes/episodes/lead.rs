//! `POST /api/v1/episodes/{id}/step-up` and `.../step-down`: social care takes the lead, and gives it back.

use assessment_api::{episode_change::NewHandover, path, problem::ProblemDetails};
use assessment_people::episode::Handover;
use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{AccessReason, changed, episode_id, needed};
use crate::{
    body::JsonBody,
    drafts::Expected,
    episodes::{Asking, Change},
    error::ApiError,
    state::AppState,
};

/// Say that social care has taken the lead
///
/// Only once it has accepted a referral. The plan waits until social care gives the lead back.
#[utoipa::path(
    post,
    operation_id = "step_up_episode",
    path = path::STEP_UP,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("If-Match" = String, Header, description = "The episode's revision, in quotes, as in `ETag`."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 204, description = "Done. `ETag` is the episode's new revision."),
        (status = 400, description = "A header that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, a reason is needed, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 409, description = "Social care has not accepted a referral or has the lead already, another council has been asked to take it over, or it is closed.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "The episode has changed since; `ETag` is its revision.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn step_up(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
    expected: Expected,
) -> Result<Response, ApiError> {
    let id = episode_id(&id)?;
    changed(&state, &asking, id, expected, Change::StepUp, &reason).await
}

/// Take the lead back from social care
///
/// The episode is where it was before. The summary is kept with it.
#[utoipa::path(
    post,
    operation_id = "step_down_episode",
    path = path::STEP_DOWN,
    request_body = NewHandover,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("If-Match" = String, Header, description = "The episode's revision, in quotes, as in `ETag`."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 204, description = "Done. `ETag` is the episode's new revision."),
        (status = 400, description = "Not JSON, or a header that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, a reason is needed, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 409, description = "Social care does not have the lead.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "The episode has changed since; `ETag` is its revision.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "Not acceptable; `problems` says why.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn step_down(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
    expected: Expected,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let id = episode_id(&id)?;
    let new: NewHandover = body.shape()?;
    let change = Change::StepDown(Handover {
        why: needed("why", &new.why)?,
        still_needed: needed("still_needed", &new.still_needed)?,
    });
    changed(&state, &asking, id, expected, change, &reason).await
}
