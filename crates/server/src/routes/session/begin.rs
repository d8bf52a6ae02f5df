//! `GET /api/v1/sign-in`: send the browser to the authority's sign-in page.

use assessment_api::{path, problem::ProblemDetails};
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::{CookieJar, cookie::SameSite};
use serde::Deserialize;

use super::{close, is_own_page};
use crate::{
    actor::Identity,
    digest::sha256_hex,
    error::ApiError,
    sign_in::session::{Secret, safe},
    state::AppState,
    store::sessions::Attempt,
};

/// Where to go afterwards.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// The page to return to, a path on this server; `/` if left out. It must not hold anything about a person.
    return_to: Option<String>,
}

/// Sign in
///
/// For browsers, not for programs.
#[utoipa::path(
    get,
    operation_id = "begin_sign_in",
    path = path::SIGN_IN,
    params(Wanted),
    responses(
        (status = 303, description = "To the authority's sign-in page; in the demo, back to the form."),
        (status = 400, description = "`return_to` is not a page of this server.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "People do not sign in here; portals send tokens.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, description = "The sign-in page or the database does not answer; see `Retry-After`.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn begin(
    State(state): State<AppState>,
    headers: HeaderMap,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Response, ApiError> {
    let Query(wanted) = wanted.map_err(|_| ApiError::bad_return())?;
    let return_to = wanted.return_to.unwrap_or_else(|| "/".to_owned());
    if !is_own_page(&return_to) {
        return Err(ApiError::bad_return());
    }
    to_provider(&state, CookieJar::from_headers(&headers), return_to).await
}

/// Begins an attempt and sends the browser to the provider. Each attempt has a cookie of its own, so two tabs do not
/// spoil each other's.
pub(super) async fn to_provider(
    state: &AppState,
    jar: CookieJar,
    return_to: String,
) -> Result<Response, ApiError> {
    let Identity::SignIn(sign_in) = &state.identity else {
        // The demo has no sign-in page: without what is left of a session, everybody is the invented practitioner again.
        let jar = close(state, jar, state.clock.now()).await?;
        return Ok((jar, Redirect::to(&return_to)).into_response());
    };
    let provider = sign_in.provider.as_ref().ok_or_else(ApiError::not_found)?;
    let begun = provider.begin().await.map_err(|error| ApiError::sign_in_unavailable(error.to_string()))?;
    let browser = Secret::random()?;
    let attempt = Attempt {
        state_sha256: sha256_hex(begun.state.as_bytes()),
        browser_sha256: browser.hash(),
        nonce: begun.nonce,
        verifier: begun.verifier,
        return_to,
        begun_at: state.clock.now(),
    };
    state.store.sessions().begin(&attempt).await?;
    // Lax: the provider's page sends the browser back here, and the cookie must come along.
    let cookie = safe(cookie_name(&attempt.state_sha256), browser.reveal().to_owned(), SameSite::Lax);
    Ok((jar.add(cookie), Redirect::to(&begun.address)).into_response())
}

/// The cookie of an attempt.
pub(super) fn cookie_name(state_sha256: &str) -> String {
    format!("__Host-sign-in-{}", state_sha256.get(..16).unwrap_or_default())
}
