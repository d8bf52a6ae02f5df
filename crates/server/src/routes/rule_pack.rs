//! `GET /api/v1/rule-pack`: the threshold rules with which this server evaluates, as they were given.

use assessment_api::{header, path};
use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, Response},
};

use crate::{revalidate, state::AppState};

const PROFILE_ETAG: HeaderName = HeaderName::from_static(header::PROFILE_ETAG);

/// Read the threshold rules
#[utoipa::path(
    get,
    operation_id = "read_rule_pack",
    path = path::RULE_PACK,
    params(("If-None-Match" = Option<String>, Header, description = "The `ETag` of the copy you have.")),
    responses(
        (status = 200, description = "The rules with which this server evaluates, and whom to contact.", body = Object,
            headers(("Profile-ETag" = String, description = "The `ETag` of the profile: one question tells of both."))),
        (status = 304, description = "Your copy is current."),
    )
)]
pub(crate) async fn rule_pack(State(state): State<AppState>, headers: HeaderMap) -> Response<Body> {
    let mut response = revalidate::document(state.evaluator.pack_json().to_owned(), &headers);
    if let Ok(tag) = HeaderValue::from_str(&revalidate::tag_of(state.evaluator.profile_json())) {
        response.headers_mut().insert(PROFILE_ETAG, tag);
    }
    response
}
