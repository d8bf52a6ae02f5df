//! Documents that change rarely and name nobody: served with an entity tag, checked every time, sent only if changed.

use axum::{
    body::Body,
    http::{
        HeaderMap, HeaderValue, Response, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH},
    },
    response::IntoResponse,
};

use crate::digest::sha256_hex;

/// The entity tag of a document: its digest, in quotes.
pub(crate) fn tag_of(json: &str) -> String {
    format!("\"{}\"", sha256_hex(json.as_bytes()))
}

/// The JSON document, or 304 if the client has it.
pub(crate) fn document(json: String, request: &HeaderMap) -> Response<Body> {
    let tag = tag_of(&json);
    let known = request
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|candidate| {
            matches!(candidate.trim().trim_start_matches("W/"), "*")
                || candidate.trim().trim_start_matches("W/") == tag
        });
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(CONTENT_TYPE, HeaderValue::from_static("application/json"))], json).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    // Digits and letters in quotes are always a header value.
    headers.insert(ETAG, HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("\"\"")));
    response
}
