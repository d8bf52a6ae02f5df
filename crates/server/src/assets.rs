//! The built form, as files. A missing file is 404, never the start page: a tab left open during an upgrade must not take
//! HTML for a program.

use axum::{
    body::Body,
    extract::{Request, State},
    http::{
        HeaderValue, Response, StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    response::IntoResponse,
};
use tower_http::services::ServeDir;

use crate::{error::ApiError, partners::cross_origin::is_built_file, state::AppState};

pub(crate) const NOT_BUILT: &str = "The Common Assessment server is running, but the form has not been built yet.\n\
     Run `cargo xtask run` in the project's folder: it builds what is missing and starts the server.\n";

/// Serves a file, and its compressed copy if there is a `.br` beside it.
pub(crate) async fn file(State(state): State<AppState>, request: Request) -> Response<Body> {
    let path = request.uri().path().to_owned();
    // Nothing under /api is a file.
    if path == "/api" || path.starts_with("/api/") {
        return ApiError::not_found().into_response();
    }
    let mut files = ServeDir::new(&state.assets).precompressed_br();
    let found = files.try_call(request).await.map(|response| response.map(Body::new));
    let mut response = found.unwrap_or_else(|_| StatusCode::NOT_FOUND.into_response());
    match response.status() {
        StatusCode::NOT_FOUND if path == "/" => {
            let text = [(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"))];
            return (StatusCode::SERVICE_UNAVAILABLE, text, NOT_BUILT).into_response();
        }
        StatusCode::OK | StatusCode::NOT_MODIFIED | StatusCode::PARTIAL_CONTENT => {
            let rule = if is_hashed(&path) { "public, max-age=31536000, immutable" } else { "no-cache" };
            response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(rule));
            with_charset(&mut response);
            // Styles and images come without asking first, so only this lets a portal's page have them.
            if is_built_file(&path) && state.partners.iter().next().is_some() {
                let anybody = HeaderValue::from_static("cross-origin");
                response.headers_mut().insert("cross-origin-resource-policy", anybody);
            }
        }
        _ => {}
    }
    response
}

/// Our text is always UTF-8. Saying so keeps a browser from guessing.
fn with_charset(response: &mut Response<Body>) {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let text = kind.filter(|kind| kind.starts_with("text/") && !kind.contains("charset"));
    if let Some(value) = text.and_then(|kind| HeaderValue::from_str(&format!("{kind}; charset=utf-8")).ok()) {
        response.headers_mut().insert(CONTENT_TYPE, value);
    }
}

/// Whether the build put a hash of the content into the file's name (`name-0123456789abcdef.js`, `…_bg.wasm`).
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    let hash = stem.rsplit_once('-').map(|(_, hash)| hash).unwrap_or_default();
    hash.len() >= 8 && hash.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::is_hashed;

    #[test]
    fn only_names_with_a_hash_are_cached_permanently() {
        for path in [
            "/common-assessment-7a64d09c10318e21.js",
            "/a/app-7a64d09c10318e21_bg.wasm",
            "/main-1234abcd.css",
        ] {
            assert!(is_hashed(path), "{path}");
        }
        for path in
            ["/", "/index.html", "/common-assessment.js", "/snippets/inline0.js", "/name-deadbeefg.js"]
        {
            assert!(!is_hashed(path), "{path}");
        }
    }
}
