//! Asking for records that were sent: episodes, versions, teams, access logs, people. A reason goes in a header and what is
//! searched for in a body, so that neither is in an address.

use assessment_api::header::ACCESS_REASON;
use assessment_api::path;
use assessment_api::problem::ProblemDetails;
use gloo_net::http::{Method, Request, RequestBuilder, Response};
use js_sys::encode_uri_component;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use strict_json::{Limits, from_value, read};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Blob};

use super::api::{Api, Unanswered};
use super::api_client::read_as;
use super::signed_in::{self, StoredSession};
use crate::state::work::Failure;

/// Milliseconds after which a request is given up.
const PATIENCE: u32 = 30_000;

/// Where the backend is, and why somebody asks for this record.
#[derive(Clone, Default)]
pub(crate) struct Asking {
    pub(crate) api: Api,
    pub(crate) reason: Option<String>,
}

impl Asking {
    /// Reads what is at a path of the interface; gives it with its revision.
    pub(crate) async fn get(&self, at: &str) -> Result<Reply, Failure> {
        let request = self.request(Method::GET, at).build().map_err(|_| Failure::Offline)?;
        Ok(self.sent(request).await?)
    }

    /// Sends a body there. `revision` is the one that a change must name.
    pub(crate) async fn post<T: Serialize>(
        &self,
        at: &str,
        body: &T,
        revision: Option<&str>,
    ) -> Result<Reply, Failure> {
        let body = serde_json::to_string(body).map_err(|_| Failure::Trouble)?;
        let request = self.revised(Method::POST, at, revision).header("content-type", "application/json");
        Ok(self.sent(request.body(body).map_err(|_| Failure::Offline)?).await?)
    }

    /// Replaces what is there.
    pub(crate) async fn put<T: Serialize>(
        &self,
        at: &str,
        body: &T,
        revision: &str,
    ) -> Result<Reply, Failure> {
        Ok(self.change(Method::PUT, at, Some(body), Follows::Revision(revision)).await?)
    }

    /// Sends a change. Where it is refused, that comes with what the server says about it.
    pub(crate) async fn change<T: Serialize>(
        &self,
        method: Method,
        at: &str,
        body: Option<&T>,
        follows: Follows<'_>,
    ) -> Result<Reply, Refused> {
        let request = match follows {
            Follows::Anything => self.request(method, at),
            Follows::Nothing => self.request(method, at).header("if-none-match", "*"),
            Follows::Revision(revision) => self.request(method, at).header("if-match", revision),
        };
        let request = match body {
            None => request.build(),
            Some(body) => {
                let body = serde_json::to_string(body).map_err(|_| Failure::Trouble)?;
                request.header("content-type", "application/json").body(body)
            }
        };
        self.sent(request.map_err(|_| Failure::Offline)?).await
    }

    /// Reads a file, byte for byte as the server sends it.
    pub(crate) async fn file(&self, at: &str) -> Result<Blob, Failure> {
        let request = self.request(Method::GET, at).build().map_err(|_| Failure::Offline)?;
        let response = self.answered(request).await?;
        let blob = web_sys::Response::from(response).blob().map_err(|_| Failure::Trouble)?;
        JsFuture::from(blob).await.map_err(|_| Failure::Offline)?.dyn_into().map_err(|_| Failure::Trouble)
    }

    /// Ends what is there.
    pub(crate) async fn delete(&self, at: &str, revision: &str) -> Result<Reply, Failure> {
        let request = self.revised(Method::DELETE, at, Some(revision)).build();
        Ok(self.sent(request.map_err(|_| Failure::Offline)?).await?)
    }

    fn revised(&self, method: Method, at: &str, revision: Option<&str>) -> RequestBuilder {
        let request = self.request(method, at);
        match revision {
            Some(revision) => request.header("if-match", revision),
            None => request,
        }
    }

    fn request(&self, method: Method, at: &str) -> RequestBuilder {
        let request = RequestBuilder::new(&path::under(self.api.base(), at))
            .method(method)
            .abort_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE)));
        match &self.reason {
            Some(reason) => request.header(ACCESS_REASON, &String::from(encode_uri_component(reason))),
            None => request,
        }
    }

    async fn sent(&self, request: Request) -> Result<Reply, Refused> {
        let response = self.answered(request).await?;
        let text = response.text().await.map_err(|_| Failure::Offline)?;
        let revision = response.headers().get("etag");
        let body = match text.is_empty() {
            true => Value::Null,
            false => read(text.as_bytes(), &Limits::DEPTH_ONLY).map_err(|_| Failure::Trouble)?,
        };
        Ok(Reply { body, revision })
    }

    /// The response, unless it is a refusal.
    async fn answered(&self, request: Request) -> Result<Response, Refused> {
        // A session that was locked while the server was out of reach may be good there still: it opens nothing.
        if !self.api.is_portals() && matches!(signed_in::stored_session(), StoredSession::Left(_)) {
            return Err(Failure::SignIn.into());
        }
        let response = self.api.send(request).await.map_err(|why| match why {
            Unanswered::Offline => Failure::Offline,
            Unanswered::NoToken => Failure::Portal,
        })?;
        if response.ok() {
            return Ok(response);
        }
        let text = response.text().await.map_err(|_| Failure::Offline)?;
        let details = read_as::<ProblemDetails>(&text);
        let code = details.as_ref().map(|details| &*details.code);
        let failure = Failure::of(response.status(), code);
        let body = read(text.as_bytes(), &Limits::DEPTH_ONLY).unwrap_or_default();
        Err(Refused { failure, details, body })
    }
}

/// An answer of the server.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reply {
    /// Its JSON; null where it has none.
    pub(crate) body: Value,
    /// The revision that it is about, as a change must name it.
    pub(crate) revision: Option<String>,
}

impl Reply {
    /// The body as a wire type.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        from_value(&self.body).map_err(|_| Failure::Trouble)
    }
}

/// What a change must follow, or somebody else's would be undone unseen.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Follows<'a> {
    /// It overwrites nothing.
    Anything,
    /// There must be nothing yet.
    Nothing,
    /// This revision.
    Revision(&'a str),
}

/// A refusal.
#[derive(Debug, Clone)]
pub(crate) struct Refused {
    /// What it means.
    pub(crate) failure: Failure,
    /// What the server says about it, where it says anything.
    pub(crate) details: Option<ProblemDetails>,
    /// The reply as it came; null where it was no JSON.
    pub(crate) body: Value,
}

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        Refused { failure, details: None, body: Value::Null }
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        refused.failure
    }
}
