//! `GET /embed/{partner}`: the form as a page of ours in a frame of that partner's portal, and of nobody else's. The page is
//! the built `embed.html`; the partner's origins are put into it, for its script, and into `frame-ancestors`, for the browser.
//!
//! It tells nothing about anybody, so nobody has to be known. Not a part of the interface that is described: it is a page.

use axum::{
    extract::{Path, State},
    http::{
        HeaderName, HeaderValue, StatusCode,
        header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE},
    },
    response::{IntoResponse as _, Response},
};

use crate::{assets::NOT_BUILT, error::ApiError, headers, state::AppState};

/// Where its origins belong in the page.
const PLACE: &str = r#"<meta name="portal-origins" content="">"#;

/// The page's name in the folder of the built form.
const FILE: &str = "embed.html";

/// The page.
pub(super) async fn page(State(state): State<AppState>, Path(partner): Path<String>) -> Response {
    let Some(partner) = state.partners.find(&partner) else { return ApiError::not_found().into_response() };
    let file = tokio::fs::read_to_string(state.assets.join(FILE)).await.unwrap_or_default();
    let Some((before, after)) = file.split_once(PLACE) else {
        let text = [(CONTENT_TYPE, "text/plain; charset=utf-8")];
        return (StatusCode::SERVICE_UNAVAILABLE, text, NOT_BUILT).into_response();
    };
    let origins = partner.origins();
    let filled = PLACE.replace(r#"content="""#, &format!(r#"content="{origins}""#));
    // Origins are plain ASCII, so this is always a header's value.
    let policy = HeaderValue::from_str(&headers::framed_by(&origins)).unwrap_or(headers::NOT_FRAMED);
    let head = [
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (CONTENT_SECURITY_POLICY, policy),
        // A portal that isolates its own page may frame ours all the same.
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin")),
    ];
    (head, format!("{before}{filled}{after}")).into_response()
}
