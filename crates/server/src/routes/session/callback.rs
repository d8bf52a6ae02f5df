//! `GET /api/v1/sign-in/callback`: somebody comes back from the sign-in page.
//!
//! Whatever is old, used, forged or unknown only leads to a fresh start, never to an error page: people press "Back",
//! bookmark this page, and have browsers that fetch it twice.

use assessment_api::{path, problem::ProblemDetails, session::NotSignedIn};
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::{CookieJar, cookie::SameSite};
use jiff::SignedDuration;
use serde::Deserialize;

use super::{
    ShutOut,
    begin::{cookie_name, to_provider},
    close, open,
};
use crate::{
    actor::Identity,
    caller::{Activity, recognise},
    digest::sha256_hex,
    error::ApiError,
    sign_in::{
        provider::CannotSignIn,
        session::{Secret, safe},
    },
    state::AppState,
    store::sessions::{ATTEMPT_SECONDS, TakenAttempt},
};

/// What the sign-in page sends along. Other parameters are nobody's business here.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Answer {
    /// The code to exchange.
    code: Option<String>,
    /// Names the attempt.
    state: Option<String>,
    /// Who answers (RFC 9207).
    iss: Option<String>,
    /// Why there is no code.
    error: Option<String>,
}

/// Come back from the sign-in page
///
/// For browsers, not for programs.
#[utoipa::path(
    get,
    operation_id = "finish_sign_in",
    path = path::SIGN_IN_CALLBACK,
    params(Answer),
    responses(
        (status = 303, description = "Signed in: to the page that was wanted. Otherwise to the sign-in page, or to the form's page that says why not."),
        (status = 404, description = "People do not sign in here; portals send tokens.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, description = "The sign-in page or the database does not answer; see `Retry-After`.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn callback(
    State(state): State<AppState>,
    headers: HeaderMap,
    answer: Result<Query<Answer>, QueryRejection>,
) -> Result<Response, ApiError> {
    let Identity::SignIn(sign_in) = &state.identity else { return Ok(Redirect::to("/").into_response()) };
    let provider = sign_in.provider.as_ref().ok_or_else(ApiError::not_found)?;
    let jar = CookieJar::from_headers(&headers);
    let Ok(Query(answer)) = answer else { return again(&state, &headers, jar, "/").await };
    let Some(said) = answer.state.as_deref() else { return again(&state, &headers, jar, "/").await };
    let state_sha256 = sha256_hex(said.as_bytes());
    let now = state.clock.now();
    let Some(TakenAttempt { attempt, first }) = state.store.sessions().take(&state_sha256, now).await? else {
        return again(&state, &headers, jar, "/").await;
    };
    let cookie = jar.get(&cookie_name(&state_sha256)).map(|cookie| Secret::received(cookie.value()).hash());
    let own = cookie.as_ref() == Some(&attempt.browser_sha256);
    let in_time = attempt
        .begun_at
        .checked_add(SignedDuration::from_secs(ATTEMPT_SECONDS))
        .is_ok_and(|until| now < until);
    let issuer = answer.iss.as_deref().is_none_or(|said| provider.is_issuer(said));
    let jar = jar.add({
        let mut spent = safe(cookie_name(&state_sha256), String::new(), SameSite::Lax);
        spent.make_removal();
        spent
    });
    if !(first && own && in_time && issuer) {
        return again(&state, &headers, jar, &attempt.return_to).await;
    }
    if answer.error.is_some() {
        return Ok(not_signed_in(jar, NotSignedIn::Refused));
    }
    let Some(code) = answer.code else { return again(&state, &headers, jar, &attempt.return_to).await };
    let staff = match provider.finish(code, attempt.nonce, attempt.verifier).await {
        Ok(staff) => staff,
        Err(CannotSignIn::NoAccess(why)) => {
            tracing::warn!(%why, "somebody without access signed in");
            let jar = close(&state, jar, now).await?;
            return Ok(not_signed_in(jar, NotSignedIn::NoAccess));
        }
        Err(CannotSignIn::Refused(why)) => {
            tracing::warn!(why, "a sign-in was refused");
            return Ok(not_signed_in(jar, NotSignedIn::Refused));
        }
        Err(error @ CannotSignIn::Provider(_)) => {
            return Err(ApiError::sign_in_unavailable(error.to_string()));
        }
    };
    match open(&state, staff, jar.clone(), now).await {
        Ok(jar) => Ok((jar, Redirect::to(&attempt.return_to)).into_response()),
        Err(ShutOut::Disabled) => Ok(not_signed_in(close(&state, jar, now).await?, NotSignedIn::Disabled)),
        Err(ShutOut::Error(error)) => Err(error),
    }
}

/// To the form, which says why.
fn not_signed_in(jar: CookieJar, why: NotSignedIn) -> Response {
    (jar, Redirect::to(why.page())).into_response()
}

/// To the page that was wanted for somebody who is signed in, and to a fresh start for anyone else.
async fn again(
    state: &AppState,
    headers: &HeaderMap,
    jar: CookieJar,
    page: &str,
) -> Result<Response, ApiError> {
    match recognise(headers, state, Activity::DoesNotCount).await {
        Ok(_) => Ok((jar, Redirect::to(page)).into_response()),
        Err(_) => to_provider(state, jar, page.to_owned()).await,
    }
}
