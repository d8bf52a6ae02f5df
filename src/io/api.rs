//! The one way to the server: every request of the form goes through [`Api::send`], which says which version of the interface
//! the form speaks and, in a portal, who is asking.
//!
//! A portal's token is asked of the loader for each request and held by it alone. It is in the request's header and nowhere
//! else; cookies are not sent then.

use std::sync::Arc;

use assessment_api::header::{CONTRACT, CONTRACT_VERSION};
use gloo_net::http::{Request, Response};
use js_sys::{Function, JsString, Promise};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCredentials, RequestInit};

/// Where the server is, and how a portal says who is asking. Copies are the same; none of them outlives the form.
#[derive(Clone, Default)]
pub(crate) struct Api {
    base: Arc<str>,
    /// The loader's function that gives the token.
    portal: Option<StoredValue<Function, LocalStorage>>,
}

/// Why a request got no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unanswered {
    /// The server cannot be reached, or did not answer in time.
    Offline,
    /// The portal gave no token, so nothing was sent.
    NoToken,
}

impl Api {
    /// `base` is the server's base address, such as `/api/v1/`. To be called within the form's owner.
    pub(crate) fn new(base: String, token: Option<Function>) -> Api {
        Api { base: base.into(), portal: token.map(StoredValue::new_local) }
    }

    /// The base address.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// Whether a portal signs its people in.
    pub(crate) fn is_portals(&self) -> bool {
        self.portal.is_some()
    }

    /// Whether people sign in here: the server is on this site, and no portal does it.
    pub(crate) fn is_own_site(&self) -> bool {
        !self.is_portals() && self.base.starts_with('/') && !self.base.starts_with("//")
    }

    /// Asks the portal for a token; whether one came. `reason` tells the portal what for.
    pub(crate) async fn ask_token(&self, reason: &str) -> bool {
        match self.portal {
            Some(portal) => token(portal, reason, None).await.is_some(),
            None => true,
        }
    }

    /// Notes that the form is locked at this moment: the token that counts now, if there is one, is the one by which
    /// [`Api::send_as_before_lock`] asks from now on.
    pub(crate) fn note_lock(&self) {
        if let Some(ask) = self.portal.and_then(|portal| portal.try_get_value()) {
            let _ = ask.call2(&JsValue::NULL, &"lock".into(), &JsValue::UNDEFINED);
        }
    }

    /// Sends a request with the token that counted when the form was locked. Nobody is asked for another one.
    ///
    /// # Errors
    /// Where there is no answer, or was no token.
    pub(crate) async fn send_as_before_lock(&self, request: Request) -> Result<Response, Unanswered> {
        let portal = self.portal.ok_or(Unanswered::NoToken)?;
        let request = without_cookies(&prepared(request)?)?;
        let before = token(portal, "locked", None).await.filter(|token| !token.is_empty());
        answer(signed(request, &before.ok_or(Unanswered::NoToken)?)?).await
    }

    /// Sends a request. A token that the server does not take is asked for again, once.
    ///
    /// # Errors
    /// Where there is no answer. A refusal is an answer, but for a portal's token that is not taken twice: that is none.
    pub(crate) async fn send(&self, request: Request) -> Result<Response, Unanswered> {
        let request = prepared(request)?;
        let Some(portal) = self.portal else { return answer(request).await };
        let request = without_cookies(&request)?;
        let again = request.clone().map_err(lost)?;
        let first = token(portal, "request", None).await.ok_or(Unanswered::NoToken)?;
        let reply = answer(signed(request, &first)?).await?;
        if reply.status() != 401 {
            return Ok(reply);
        }
        let second = token(portal, "refused", Some(&first)).await.ok_or(Unanswered::NoToken)?;
        let reply = if second == first { reply } else { answer(signed(again, &second)?).await? };
        if reply.status() == 401 {
            // Nobody has thrown anything, and still there is no token: the portal hears that.
            let _ = token(portal, "useless", Some(&second)).await;
            return Err(Unanswered::NoToken);
        }
        Ok(reply)
    }
}

fn lost(_: JsValue) -> Unanswered {
    Unanswered::Offline
}

/// A request that says which version of the interface the form speaks.
fn prepared(request: Request) -> Result<web_sys::Request, Unanswered> {
    let request = web_sys::Request::from(request);
    request.headers().set(CONTRACT, CONTRACT_VERSION).map_err(lost)?;
    Ok(request)
}

/// The same, to be sent without cookies.
fn without_cookies(request: &web_sys::Request) -> Result<web_sys::Request, Unanswered> {
    let init = RequestInit::new();
    init.set_credentials(RequestCredentials::Omit);
    web_sys::Request::new_with_request_and_init(request, &init).map_err(lost)
}

/// The token that counts now. `refused` is one that the server did not take.
async fn token(
    portal: StoredValue<Function, LocalStorage>,
    reason: &str,
    refused: Option<&str>,
) -> Option<String> {
    let ask = portal.try_get_value()?;
    let refused = refused.map_or(JsValue::UNDEFINED, JsValue::from_str);
    let promise: Promise = ask.call2(&JsValue::NULL, &reason.into(), &refused).ok()?.dyn_into().ok()?;
    let token: JsString = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    Some(token.into())
}

fn signed(request: web_sys::Request, token: &str) -> Result<web_sys::Request, Unanswered> {
    let set = request.headers().set("authorization", &["Bearer ", token].concat());
    set.map(|()| request).map_err(|_| Unanswered::Offline)
}

async fn answer(request: web_sys::Request) -> Result<Response, Unanswered> {
    Request::from(request).send().await.map_err(|_| Unanswered::Offline)
}
