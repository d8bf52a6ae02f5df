//! What a page on a partner's origin may load and ask, by the browser's own rules: CORS. Exact origins, no credentials, and
//! for anybody else no `Access-Control-Allow-Origin` at all (B36).
//!
//! Who signs in with a cookie does so on our own pages only: a request that comes from elsewhere is heard without its
//! cookies, whatever the browser added.

use std::time::Duration;

use assessment_api::{header as ours, path};
use axum::{
    body::Body,
    extract::Request,
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, Response, Uri,
        header::{
            AUTHORIZATION, CONTENT_DISPOSITION, CONTENT_TYPE, COOKIE, ETAG, HOST, IF_MATCH, IF_NONE_MATCH,
            LOCATION, ORIGIN, RETRY_AFTER,
        },
        request::Parts,
    },
    middleware::Next,
};
use tower_http::cors::{AllowOrigin, CorsLayer};

use super::Partners;

/// How long a browser may remember the answer to its question. A partner that is taken off the list is refused after that.
const REMEMBERED: Duration = Duration::from_secs(600);

/// Ends of the names of files that a portal loads. No page is among them: those are framed, and never read.
const FILES: [&str; 6] = [".css", ".js", ".json", ".svg", ".wasm", ".woff2"];

/// What the component sends besides what every page may.
const SENT: [HeaderName; 8] = [
    AUTHORIZATION,
    CONTENT_TYPE,
    IF_MATCH,
    IF_NONE_MATCH,
    HeaderName::from_static(ours::ACCESS_REASON),
    HeaderName::from_static(ours::CONTRACT),
    HeaderName::from_static(ours::IDEMPOTENCY_KEY),
    HeaderName::from_static(ours::SENT_BY),
];

/// What the component reads.
const READ: [HeaderName; 7] = [
    CONTENT_DISPOSITION,
    ETAG,
    LOCATION,
    RETRY_AFTER,
    HeaderName::from_static(ours::CONTRACT),
    HeaderName::from_static(ours::PROFILE_ETAG),
    HeaderName::from_static(ours::REQUEST_ID),
];

/// The layer for these partners.
pub(crate) fn layer(partners: &Partners) -> CorsLayer {
    let partners = partners.clone();
    let allowed = move |origin: &HeaderValue, asked: &Parts| {
        partners.of_origin(origin).is_some() && is_open(asked.uri.path())
    };
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(allowed))
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers(SENT)
        .expose_headers(READ)
        .max_age(REMEMBERED)
}

/// Whether a partner's page may read that.
fn is_open(path: &str) -> bool {
    path.starts_with(path::BASE) || is_built_file(path)
}

/// Whether that is a file of the built form, as a portal loads it.
pub(crate) fn is_built_file(path: &str) -> bool {
    FILES.iter().any(|end| path.ends_with(end))
}

/// Takes the cookies from a request that another origin's page has sent.
pub(crate) async fn without_cookies(mut request: Request, next: Next) -> Response<Body> {
    if is_from_elsewhere(request.headers(), request.uri()) {
        request.headers_mut().remove(COOKIE);
    }
    next.run(request).await
}

/// Whether a page of another origin has sent it. Where a browser says nothing, it was no page's script that wanted to read
/// the answer, or no browser.
fn is_from_elsewhere(headers: &HeaderMap, uri: &Uri) -> bool {
    let Some(origin) = headers.get(ORIGIN) else { return false };
    if headers.get("sec-fetch-site").is_some_and(|site| site == "same-origin") {
        return false;
    }
    let host = uri.authority().map(|authority| authority.as_str().as_bytes());
    let host = host.or_else(|| headers.get(HOST).map(HeaderValue::as_bytes));
    let origin = origin.as_bytes();
    let named = origin.strip_prefix(b"https://").or_else(|| origin.strip_prefix(b"http://"));
    named.is_none() || named != host
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_bring_cookies_b36() {
        let from = |origin: &str, site: Option<&str>| {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, HeaderValue::from_static("caf.example"));
            if !origin.is_empty() {
                headers.insert(ORIGIN, origin.parse().expect("a value"));
            }
            if let Some(site) = site {
                headers.insert("sec-fetch-site", site.parse().expect("a value"));
            }
            is_from_elsewhere(&headers, &Uri::from_static("/api/v1/session"))
        };
        assert!(!from("", None));
        assert!(!from("", Some("cross-site")), "a link from elsewhere, such as the sign-in page's");
        assert!(!from("https://caf.example", None));
        assert!(!from("https://caf.example", Some("same-origin")));
        for origin in ["null", "https://portal.example", "https://caf.example.portal.example", "caf.example"]
        {
            assert!(from(origin, None), "{origin}");
            assert!(from(origin, Some("same-site")), "{origin}");
        }
    }

    #[test]
    fn files_are_open_and_pages_are_not() {
        for open in ["/api/v1/session", "/common-assessment.js", "/common-assessment-1a2b3c4d_bg.wasm"] {
            assert!(is_open(open), "{open}");
        }
        for closed in ["/", "/index.html", "/embed.html", "/embed/school", "/api"] {
            assert!(!is_open(closed), "{closed}");
        }
    }
}
