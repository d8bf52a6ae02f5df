//! Signing in, staying signed in and signing out.

pub(super) mod begin;
pub(super) mod callback;
pub(super) mod demo;
pub(super) mod end;
pub(super) mod keep;
pub(super) mod read;

use axum_extra::extract::CookieJar;
use jiff::Timestamp;

use crate::{
    error::ApiError,
    identifier::random_uuid,
    sign_in::session::{self, Secret},
    staff::StaffMember,
    state::AppState,
    store::{StoreError, sessions::StoredSession},
};

/// Why somebody who proved who they are is not let in.
enum ShutOut {
    /// An administrator shut them out here.
    Disabled,
    /// The store failed.
    Error(ApiError),
}

impl<E: Into<ApiError>> From<E> for ShutOut {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

/// Opens a session for somebody who has just proved who they are, under a new secret. A session that the browser had
/// before ends.
async fn open(
    state: &AppState,
    staff: StaffMember,
    jar: CookieJar,
    now: Timestamp,
) -> Result<CookieJar, ShutOut> {
    let sessions = state.store.sessions();
    let practitioner = sessions.meet(&staff, &random_uuid()?.to_string(), now).await?;
    if practitioner.disabled {
        return Err(ShutOut::Disabled);
    }
    let jar = close(state, jar, now).await?;
    let secret = Secret::random()?;
    let opened = StoredSession {
        secret_sha256: secret.hash(),
        practitioner: practitioner.id,
        staff,
        started_at: now,
        seen_at: now,
        ends_at: state.session_policy().ends(now),
        ended: false,
    };
    sessions.open(&opened).await?;
    Ok(jar.add(session::cookie(&secret)))
}

/// Ends the session that the browser has, if any, on the server and in the browser.
async fn close(state: &AppState, jar: CookieJar, now: Timestamp) -> Result<CookieJar, StoreError> {
    match jar.get(session::COOKIE).map(|cookie| Secret::received(cookie.value())) {
        Some(secret) => {
            state.store.sessions().end(&secret.hash(), now).await?;
            Ok(jar.add(session::no_cookie()))
        }
        None => Ok(jar),
    }
}

/// Whether an address is a page of ours to return to: a path, and nothing that a browser could read as another site.
fn is_own_page(address: &str) -> bool {
    let plain = address.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    plain && address.len() <= 1000 && address.starts_with('/') && !address.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::is_own_page;

    #[test]
    fn only_own_pages_are_returned_to() {
        for page in ["/", "/#/records/1", "/form?x=1"] {
            assert!(is_own_page(page), "{page}");
        }
        for other in
            ["", "//evil.example", "/\\evil.example", "https://evil.example", "form", "/a b", "/\n", "/\t/x"]
        {
            assert!(!is_own_page(other), "{other}");
        }
        assert!(!is_own_page(&format!("/{}", "a".repeat(1000))));
    }
}
