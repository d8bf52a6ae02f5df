//! `POST /api/v1/staff/{id}/shut-out` shuts somebody out, `DELETE` lets them in again.

use assessment_api::{
    path,
    problem::ProblemDetails,
    staff::{NewShutOut, ShutOutDone},
};
use assessment_people::who::Reason;
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};

use super::staff_id;
use crate::{
    body::JsonBody, episodes::Asking, error::ApiError, keeping_out, state::AppState, submission::MAX_REASON,
};

/// Shut somebody out
///
/// Their sessions end at once, their tokens are refused, and they cannot sign in again until somebody lets them in. What they
/// were given in episodes stays, and opens nothing meanwhile.
#[utoipa::path(
    post,
    operation_id = "shut_somebody_out",
    path = path::SHUT_OUT,
    request_body = NewShutOut,
    params(("id" = String, Path, description = "The id of somebody who signs in here.")),
    responses(
        (status = 200, description = "They are out, or were already. What they leave behind needs other owners.", body = ShutOutDone),
        (status = 400, description = "Not JSON.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "Nobody has that id.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 409, description = "It is you.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "No reason.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn shut_out(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    body: JsonBody,
) -> Result<Json<ShutOutDone>, ApiError> {
    let id = staff_id(&id)?;
    let new: NewShutOut = body.shape()?;
    if new.reason.chars().nth(MAX_REASON).is_some() {
        return Err(ApiError::wrong_member("reason"));
    }
    let because = Reason::new(&new.reason).ok_or_else(|| ApiError::missing_member("reason"))?;
    let owes = keeping_out::shut_out(&*state.store, &asking, id, &because).await?;
    let (open_actions, episodes) = owes.map(|owes| (owes.actions, owes.episodes)).unzip();
    Ok(Json(ShutOutDone { open_actions, episodes }))
}

/// Let somebody in again
#[utoipa::path(
    delete,
    operation_id = "let_somebody_in",
    path = path::SHUT_OUT,
    params(("id" = String, Path, description = "The id of somebody who signs in here.")),
    responses(
        (status = 204, description = "They may sign in, or could already."),
        (status = 403, description = "You may not, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "Nobody has that id.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn let_in(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    keeping_out::let_in(&*state.store, &asking, staff_id(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
