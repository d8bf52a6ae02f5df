//! Signing in happens on pages of the server and of the authority's provider; the form only links there, and reads why
//! somebody came back without being signed in.

use assessment_api::path::{self, SIGN_IN};
use js_sys::encode_uri_component;

/// The address that leads to the sign-in page and back here; `None` where the backend is not on this site, because a portal
/// signs its people in itself.
pub(crate) fn address(api: &str) -> Option<String> {
    let own = api.starts_with('/') && !api.starts_with("//");
    let here = gloo_utils::window().location().pathname().ok().filter(|_| own)?;
    let here = String::from(encode_uri_component(&here));
    Some(format!("{}?return_to={here}", path::under(api, SIGN_IN)))
}

/// Why somebody came back without being signed in: the wording key.
pub(crate) fn not_signed_in() -> Option<&'static str> {
    let hash = gloo_utils::window().location().hash().ok()?;
    match hash.strip_prefix("#/sign-in/")? {
        "no-access" => Some("sign_in.no_access"),
        "disabled" => Some("sign_in.disabled"),
        "refused" => Some("sign_in.refused"),
        _ => None,
    }
}
