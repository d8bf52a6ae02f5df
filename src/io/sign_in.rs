//! Signing in happens on pages of the server and of the authority's provider; the form only links there, asks who is signed
//! in and for how long, and reads why somebody came back without being signed in.

use assessment_api::path::{self, SESSION, SIGN_IN};
use assessment_api::session::{NotSignedIn, Session, Via};
use gloo_net::http::{Request, RequestBuilder, Response};
use js_sys::{Date as JsDate, encode_uri_component};
use web_sys::AbortSignal;

use super::api::{Api, Unanswered};
use super::api_client::read_as;

/// Milliseconds after which asking is given up.
const PATIENCE: u32 = 20_000;

/// The address that leads to the sign-in page and back here; `None` where the backend is not on this site, because a portal
/// signs its people in itself.
pub(crate) fn address(api: &Api) -> Option<String> {
    let here = gloo_utils::window().location().pathname().ok().filter(|_| api.is_own_site())?;
    let here = String::from(encode_uri_component(&here));
    Some(format!("{}?return_to={here}", path::under(api.base(), SIGN_IN)))
}

/// Who is signed in here, as far as it matters to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Account {
    /// Not asked yet, or nobody can tell.
    Unknown,
    /// People do not sign in here.
    Everybody,
    /// Somebody has to sign in.
    Nobody,
    /// Somebody has signed in.
    Somebody(SignedIn),
}

/// Somebody who has signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SignedIn {
    /// The name, as their provider gives it.
    pub(crate) name: String,
    /// The organisation for which they act.
    pub(crate) organisation: String,
    /// Tells them from others.
    pub(crate) person: String,
    /// Tells this session from others: its end, as the server writes it.
    pub(crate) session: String,
    /// Milliseconds until they are signed out if they do nothing.
    pub(crate) idle_left: i64,
    /// Milliseconds until they are signed out in any case.
    pub(crate) ends_left: i64,
}

/// Asks the server, which does not count it as activity.
pub(crate) async fn account(api: &Api) -> Account {
    asked(api, Request::get(&path::under(api.base(), SESSION))).await
}

/// Tells the server that somebody is at work.
pub(crate) async fn stay(api: &Api) -> Account {
    asked(api, Request::post(&path::under(api.base(), SESSION))).await
}

/// Who asks with a portal's token, by their digest; `None` where nobody can tell.
pub(crate) async fn person(api: &Api) -> Option<String> {
    let reply = sent(api, Request::get(&path::under(api.base(), SESSION))).await?;
    let session: Session = read_as(&reply.text().await.ok().filter(|_| reply.status() == 200)?)?;
    session.person_digest
}

/// Who gave the portal's token that counted when the form was locked ([`Api::note_lock`]), by their digest; `None` where nobody can
/// say any more: there was no token, or the server does not take it now.
///
/// # Errors
/// When the server could not be asked. It can be asked again.
pub(crate) async fn person_before_lock(api: &Api) -> Result<Option<String>, Unanswered> {
    let patience = AbortSignal::timeout_with_u32(PATIENCE);
    let request = Request::get(&path::under(api.base(), SESSION)).abort_signal(Some(&patience));
    let request = request.build().map_err(|_| Unanswered::Offline)?;
    let reply = match api.send_as_before_lock(request).await {
        Ok(reply) => reply,
        Err(Unanswered::NoToken) => return Ok(None),
        Err(Unanswered::Offline) => return Err(Unanswered::Offline),
    };
    match reply.status() {
        200 => {
            let text = reply.text().await.map_err(|_| Unanswered::Offline)?;
            Ok(read_as::<Session>(&text).and_then(|session| session.person_digest))
        }
        401 | 403 => Ok(None),
        _ => Err(Unanswered::Offline),
    }
}

async fn sent(api: &Api, request: RequestBuilder) -> Option<Response> {
    let patience = AbortSignal::timeout_with_u32(PATIENCE);
    api.send(request.abort_signal(Some(&patience)).build().ok()?).await.ok()
}

async fn asked(api: &Api, request: RequestBuilder) -> Account {
    let Some(reply) = sent(api, request).await else { return Account::Unknown };
    match reply.status() {
        401 => Account::Nobody,
        200 => match reply.text().await.ok().as_deref().and_then(read_as) {
            Some(Session { via: Via::Demo, .. }) => Account::Everybody,
            Some(session) => signed_in(session).map_or(Account::Unknown, Account::Somebody),
            None => Account::Unknown,
        },
        _ => Account::Unknown,
    }
}

/// Times are told by the server's clock alone: a device may have another.
fn signed_in(session: Session) -> Option<SignedIn> {
    // Whole, and far below 2^53; what is no time counts as over.
    let at = |text: &Option<String>| Some(JsDate::parse(text.as_deref()?) as i64);
    let (now, idle, ends) = (at(&session.asked_at)?, at(&session.idle_until)?, at(&session.ends_at)?);
    Some(SignedIn {
        name: session.name,
        organisation: session.organisation,
        person: session.person_digest?,
        session: session.ends_at?,
        idle_left: idle - now,
        ends_left: ends - now,
    })
}

/// Signs out on the server; whether that was done.
pub(crate) async fn sign_out(api: &Api) -> bool {
    let request = Request::delete(&path::under(api.base(), SESSION)).build();
    let Ok(request) = request else { return false };
    api.send(request).await.is_ok_and(|reply| reply.status() == 204)
}

/// Why somebody came back without being signed in.
pub(crate) fn not_signed_in() -> Option<NotSignedIn> {
    NotSignedIn::of_fragment(&gloo_utils::window().location().hash().ok()?)
}
