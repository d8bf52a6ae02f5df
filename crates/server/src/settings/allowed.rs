//! Which settings may go together, and where the server would not be safe.

use super::{Database, Refused, Settings};
use crate::{origin::is_loopback, sign_in::keys::KeySource};

/// An owner needs a database that has one.
pub(super) fn database(settings: &Settings) -> Result<(), Refused> {
    match (&settings.database_owner, &settings.database) {
        (Some(_), Database::File(_)) => Err(Refused::OwnerOfAFile),
        (Some(_) | None, _) => Ok(()),
    }
}

/// Everything that keeps the server from serving with these settings.
pub(super) fn faults(settings: &Settings) -> Vec<Refused> {
    let mut faults = identity(settings);
    if settings.operator_listen.is_some_and(|address| address == settings.listen && address.port() != 0) {
        faults.push(Refused::OneAddressForBoth);
    }
    if settings.traces.as_deref().is_some_and(|url| scheme(url).is_none()) {
        faults.push(Refused::NotATracesAddress);
    }
    faults.extend(settings.partners().err().into_iter().flatten().map(Refused::Partners));
    let told = settings.partners.iter().filter_map(|partner| partner.webhook.as_ref());
    let open = told.filter(|webhook| !is_private_line(&webhook.url));
    faults.extend(open.map(|_| Refused::NotHttps("partners.webhook.url")));
    faults
}

/// The demo works on its own machine and for nothing else; anywhere else people sign in, over HTTPS.
fn identity(settings: &Settings) -> Vec<Refused> {
    let signs_in = settings.sign_in.is_some() || !settings.bearer.is_empty();
    match (settings.demo_identity, signs_in) {
        (true, true) => return vec![Refused::DemoAndSignIn],
        (true, false) if !settings.listen.ip().is_loopback() => {
            return vec![Refused::DemoOnANetwork(settings.listen)];
        }
        (true, false) => return Vec::new(),
        (false, false) => return vec![Refused::NoSignIn],
        (false, true) => {}
    }
    let mut faults = Vec::new();
    if settings.today.is_some() {
        faults.push(Refused::TodayOnANetwork);
    }
    if settings.sign_in.is_some() && settings.public_url.is_none() {
        faults.push(Refused::NoPublicUrl);
    }
    if !settings.sessions.is_allowed() {
        faults.push(Refused::SessionPolicy);
    }
    let issuer = settings.sign_in.iter().map(|provider| ("sign_in.issuer", &provider.issuer));
    let keys = settings.bearer.iter().filter_map(|portal| match &portal.keys {
        KeySource::Url(url) => Some(("bearer.keys.url", url)),
        KeySource::File(_) => None,
    });
    let public = settings.public_url.iter().map(|url| ("public_url", url));
    let open = issuer.chain(keys).chain(public).filter(|(_, url)| !is_private_line(url));
    faults.extend(open.map(|(setting, _)| Refused::NotHttps(setting)));
    faults
}

/// Whether nobody on the way can read or change what goes to that address: HTTPS, or this very machine.
fn is_private_line(url: &str) -> bool {
    match scheme(url) {
        Some(("https", _)) => true,
        Some((_, host)) => is_loopback(&host),
        None => false,
    }
}

/// The scheme and the host of an address on the web.
fn scheme(url: &str) -> Option<(&'static str, String)> {
    let url = url.parse::<axum::http::Uri>().ok()?;
    let host = url.host().filter(|host| !host.is_empty())?.to_owned();
    let scheme = ["https", "http"].into_iter().find(|known| url.scheme_str() == Some(*known))?;
    Some((scheme, host))
}
