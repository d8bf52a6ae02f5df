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
use web_sys::AbortSignal;

use super::api_client::read_as;
use super::signed_in::{self, Kept};
use crate::state::work::Failure;

/// Milliseconds after which a request is given up.
const PATIENCE: u32 = 30_000;

/// Where the backend is, and why somebody asks for this record.
#[derive(Clone, Default)]
pub(crate) struct Asking {
    pub(crate) api: String,
    pub(crate) reason: Option<String>,
}

impl Asking {
    /// Reads what is at a path of the interface; gives it with its revision.
    pub(crate) async fn get(&self, at: &str) -> Result<Reply, Failure> {
        let request = self.request(Method::GET, at).build().map_err(|_| Failure::Offline)?;
        sent(request).await
    }

    /// Sends a body there. `revision` is the one that a change must name.
    pub(crate) async fn post<T: Serialize>(
        &self,
        at: &str,
        body: &T,
        revision: Option<&str>,
    ) -> Result<Reply, Failure> {
        let body = serde_json::to_string(body).map_err(|_| Failure::Trouble)?;
        self.send(Method::POST, at, body, revision).await
    }

    /// Replaces what is there.
    pub(crate) async fn put<T: Serialize>(
        &self,
        at: &str,
        body: &T,
        revision: &str,
    ) -> Result<Reply, Failure> {
        let body = serde_json::to_string(body).map_err(|_| Failure::Trouble)?;
        self.send(Method::PUT, at, body, Some(revision)).await
    }

    async fn send(
        &self,
        method: Method,
        at: &str,
        body: String,
        revision: Option<&str>,
    ) -> Result<Reply, Failure> {
        let request = self.revised(method, at, revision).header("content-type", "application/json");
        sent(request.body(body).map_err(|_| Failure::Offline)?).await
    }

    /// Ends what is there.
    pub(crate) async fn delete(&self, at: &str, revision: &str) -> Result<Reply, Failure> {
        let request = self.revised(Method::DELETE, at, Some(revision)).build();
        sent(request.map_err(|_| Failure::Offline)?).await
    }

    fn revised(&self, method: Method, at: &str, revision: Option<&str>) -> RequestBuilder {
        let request = self.request(method, at);
        match revision {
            Some(revision) => request.header("if-match", revision),
            None => request,
        }
    }

    fn request(&self, method: Method, at: &str) -> RequestBuilder {
        let request = RequestBuilder::new(&path::under(&self.api, at))
            .method(method)
            .abort_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE)));
        match &self.reason {
            Some(reason) => request.header(ACCESS_REASON, &String::from(encode_uri_component(reason))),
            None => request,
        }
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

async fn sent(request: Request) -> Result<Reply, Failure> {
    // A session that was locked while the server was out of reach may be good there still: it opens nothing.
    if matches!(signed_in::kept(), Kept::Left(_)) {
        return Err(Failure::SignIn);
    }
    let response: Response = request.send().await.map_err(|_| Failure::Offline)?;
    let text = response.text().await.map_err(|_| Failure::Offline)?;
    if !response.ok() {
        let code = read_as::<ProblemDetails>(&text).map(|details| details.code);
        return Err(Failure::of(response.status(), code.as_deref()));
    }
    let revision = response.headers().get("etag");
    let body = match text.is_empty() {
        true => Value::Null,
        false => read(text.as_bytes(), &Limits::DEPTH_ONLY).map_err(|_| Failure::Trouble)?,
    };
    Ok(Reply { body, revision })
}
