//! `GET /api/v1/profile`: the authority profile, as it was given.

use assessment_api::path;
use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, Response},
};

use crate::{revalidate, state::AppState};

/// Read the authority profile
#[utoipa::path(
    get,
    operation_id = "read_profile",
    path = path::PROFILE,
    params(("If-None-Match" = Option<String>, Header, description = "The `ETag` of the copy you have.")),
    responses(
        (status = 200, description = "Names and terms of the authority.", body = Object),
        (status = 304, description = "Your copy is current."),
    )
)]
pub(crate) async fn profile(State(state): State<AppState>, headers: HeaderMap) -> Response<Body> {
    revalidate::document(state.evaluator.profile_json().to_owned(), &headers)
}
