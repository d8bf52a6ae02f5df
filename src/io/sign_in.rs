//! Signing in happens on pages of the server and of the authority's provider; the form only links there, and reads why
//! somebody came back without being signed in.

use assessment_api::path::{self, SESSION, SIGN_IN};
use assessment_api::session::{NotSignedIn, Session, Via};
use gloo_net::http::Request;
use js_sys::encode_uri_component;

use super::api_client::read_as;

/// The address that leads to the sign-in page and back here; `None` where the backend is not on this site, because a portal
/// signs its people in itself.
pub(crate) fn address(api: &str) -> Option<String> {
    let own = api.starts_with('/') && !api.starts_with("//");
    let here = gloo_utils::window().location().pathname().ok().filter(|_| own)?;
    let here = String::from(encode_uri_component(&here));
    Some(format!("{}?return_to={here}", path::under(api, SIGN_IN)))
}

/// Who is signed in here, as far as it matters to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Account {
    /// Not asked yet, nobody can tell, or people do not sign in here.
    Unknown,
    /// Somebody has to sign in.
    Nobody,
    /// Somebody has signed in.
    Somebody {
        /// The name, as their provider gives it.
        name: String,
        /// The organisation for which they act.
        organisation: String,
    },
}

/// Asks the server, which does not count it as activity.
pub(crate) async fn account(api: &str) -> Account {
    let Ok(reply) = Request::get(&path::under(api, SESSION)).send().await else { return Account::Unknown };
    match reply.status() {
        401 => Account::Nobody,
        200 => match reply.text().await.ok().as_deref().and_then(read_as) {
            Some(Session { name, organisation, via: Via::Session, .. }) => {
                Account::Somebody { name, organisation }
            }
            _ => Account::Unknown,
        },
        _ => Account::Unknown,
    }
}

/// Signs out on the server; whether that was done.
pub(crate) async fn sign_out(api: &str) -> bool {
    Request::delete(&path::under(api, SESSION)).send().await.is_ok_and(|reply| reply.status() == 204)
}

/// Why somebody came back without being signed in.
pub(crate) fn not_signed_in() -> Option<NotSignedIn> {
    NotSignedIn::of_fragment(&gloo_utils::window().location().hash().ok()?)
}
