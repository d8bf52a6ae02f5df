//! `POST /api/v1/session`: somebody is at work, though nothing of it reaches the server. The form asks this while people type,
//! and when they say that they are still there.

use assessment_api::{path, problem::ProblemDetails, session::Session};
use axum::{Json, extract::State, http::HeaderMap};

use super::read::described;
use crate::{
    caller::{Activity, recognise},
    error::ApiError,
    state::AppState,
};

/// Stay signed in
///
/// Counts as activity. It cannot keep a session beyond `ends_at`, nor bring back one that has ended.
#[utoipa::path(
    post,
    operation_id = "keep_session",
    path = path::SESSION,
    responses(
        (status = 200, description = "Who it is, and how long they are signed in now.", body = Session),
        (status = 403, description = "From another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn keep(
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<Json<Session>, ApiError> {
    let caller = recognise(&headers, &state, Activity::Counts).await?;
    Ok(Json(described(caller, &state)))
}
