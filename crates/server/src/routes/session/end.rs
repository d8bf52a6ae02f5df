//! `DELETE /api/v1/session`: sign out. The session ends here on the server, not only in the browser.

use assessment_api::{path, problem::ProblemDetails};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
};
use axum_extra::extract::CookieJar;

use super::close;
use crate::{error::ApiError, state::AppState};

/// Sign out
///
/// Safe to repeat, and without a session nothing happens.
#[utoipa::path(
    delete,
    operation_id = "end_session",
    path = path::SESSION,
    responses(
        (status = 204, description = "Nobody is signed in any more."),
        (status = 403, description = "From another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn end(
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<(StatusCode, CookieJar), ApiError> {
    let jar = close(&state, CookieJar::from_headers(&headers), state.clock.now()).await?;
    Ok((StatusCode::NO_CONTENT, jar))
}
