//! The outermost layer: gives each request an id, finishes each response (headers, problem details) and writes one log line.
//!
//! The log line has method, route template, status, milliseconds and id. No path, no query, no header, no body: those can
//! name a family.

use std::time::Instant;

use assessment_api::{header, problem};
use axum::{
    Json,
    body::Body,
    extract::{MatchedPath, Request, State},
    http::{
        HeaderValue, Response, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, RETRY_AFTER},
    },
    middleware::Next,
    response::IntoResponse,
};

use tracing::Instrument as _;

use crate::{error::ApiError, headers, identifier::random_uuid, state::AppState, traces};

/// The layer.
pub(crate) async fn finish(State(state): State<AppState>, request: Request, next: Next) -> Response<Body> {
    let started = Instant::now();
    let metrics = &state.operations.metrics;
    let in_flight = metrics.begin();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map(|matched| matched.as_str().to_owned());
    let route = route.as_deref().unwrap_or("(files)");
    let span = traces::request(&method, route);
    // Without random bytes the nil id still finds the log line by its time.
    let id = random_uuid().unwrap_or_default().to_string();

    let mut response = next.run(request).instrument(span.clone()).await;
    let error = response.extensions_mut().remove::<ApiError>().or_else(|| {
        let status = response.status();
        let bare = status.is_client_error() || status.is_server_error();
        (bare && !response.headers().contains_key(CONTENT_TYPE)).then(|| ApiError::of_status(status))
    });
    let cause = error.as_ref().and_then(|error| error.cause.clone());
    let code = error.as_ref().map(|error| error.code);
    if let Some(error) = error {
        response = with_problem(response, error, &id);
    }
    headers::protect(response.headers_mut());
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(header::REQUEST_ID, value);
    }

    let status = response.status().as_u16();
    let taken = started.elapsed();
    metrics.answered(method.as_str(), route, status, taken);
    traces::answered(&span, status);
    let ms = u64::try_from(taken.as_millis()).unwrap_or(u64::MAX);
    match cause {
        Some(cause) => tracing::error!(%method, route, status, ms, id, code, cause, "request failed"),
        None if status >= 500 => tracing::error!(%method, route, status, ms, id, code, "request failed"),
        None => tracing::info!(%method, route, status, ms, id, code, "request"),
    }
    drop(in_flight);
    response
}

/// The response with the error as its body; headers that were already set (`Allow`) stay.
fn with_problem(response: Response<Body>, error: ApiError, id: &str) -> Response<Body> {
    let (parts, _) = response.into_parts();
    let details = problem::ProblemDetails {
        kind: problem::KIND.to_owned(),
        title: error.status.canonical_reason().unwrap_or("Refused").to_owned(),
        status: error.status.as_u16(),
        detail: error.detail.into_owned(),
        code: error.code.to_owned(),
        problems: error.problems,
        judged_on: error.judged_on.map(|day| day.to_string()),
        instance: error.status.is_server_error().then(|| format!("urn:uuid:{id}")),
    };
    let mut response = (error.status, Json(details)).into_response();
    for (name, value) in &parts.headers {
        if name != axum::http::header::CONTENT_LENGTH {
            response.headers_mut().insert(name, value.clone());
        }
    }
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(problem::MEDIA_TYPE));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(seconds) = error.retry_after {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    if let Some(revision) = error.revision.map(etag) {
        headers.insert(ETAG, revision);
    }
    response
}

/// A revision as an entity tag.
pub(crate) fn etag(revision: u64) -> HeaderValue {
    // Digits in quotes are always a header value.
    HeaderValue::from_str(&format!("\"{revision}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}

/// What a panic in a handler becomes. Its message is not read: it could hold a value.
pub(crate) fn after_panic(_: Box<dyn std::any::Any + Send + 'static>) -> Response<Body> {
    let error = ApiError { cause: Some("a handler panicked".to_owned()), ..ApiError::panicked() };
    debug_assert_eq!(error.status, StatusCode::INTERNAL_SERVER_ERROR);
    error.into_response()
}
