//! `GET /api/v1/me`: one's own page.

use assessment_api::{own_page::Me, path, problem::ProblemDetails};
use axum::{extract::State, response::Response};

use super::answer;
use crate::{caller::Caller, episodes::Asking, error::ApiError, own_page, state::AppState};

/// Read your own page
#[utoipa::path(
    get,
    operation_id = "read_own_page",
    path = path::ME,
    responses(
        (status = 200, description = "`ETag` is its revision; without one there is none yet.", body = Me),
        (status = 403, description = "Your role has no page.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn read(State(state): State<AppState>, caller: Caller) -> Result<Response, ApiError> {
    let asking = Asking::new(&caller.actor, &caller.staff, state.clock.now());
    let asking = asking.ok_or_else(ApiError::forbidden)?;
    let found = own_page::read(&*state.store, &asking).await?;
    Ok(answer(caller.staff, found))
}
