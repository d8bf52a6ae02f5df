//! Asking other servers over HTTPS, for sign-in, keys and webhooks only: no redirects, not for long, not much.

use std::{pin::Pin, time::Duration};

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use reqwest::{Client, redirect::Policy};

/// How long another server may take in all.
const PATIENCE: Duration = Duration::from_secs(10);

/// The largest reply, in bytes. A key set or a token is a hundredth of that.
const SIZE_LIMIT: usize = 1024 * 1024;

/// Why another server gave no usable answer. For the log; holds nothing of what was sent or received.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    /// It could not be asked, or did not answer in time.
    #[error("the request failed: {0}")]
    Request(#[from] reqwest::Error),
    /// The request could not be built or its reply rebuilt.
    #[error("the request cannot be made: {0}")]
    Http(#[from] axum::http::Error),
    /// The reply is too large.
    #[error("the reply is larger than {SIZE_LIMIT} bytes")]
    TooLarge,
}

/// Makes ring do the cryptography of TLS in this process. Once is enough, and again does no harm.
pub fn choose_cryptography() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// Asks other servers.
#[derive(Debug, Clone)]
pub struct Outside(Client);

impl Outside {
    /// A client that follows no redirect.
    ///
    /// # Errors
    /// If TLS cannot be set up.
    pub fn new() -> Result<Self, NoAnswer> {
        Self::patient(PATIENCE)
    }

    /// The same with another patience.
    ///
    /// # Errors
    /// If TLS cannot be set up.
    pub fn patient(patience: Duration) -> Result<Self, NoAnswer> {
        choose_cryptography();
        Ok(Self(Client::builder().redirect(Policy::none()).timeout(patience).build()?))
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, NoAnswer> {
        let request = reqwest::Request::try_from(request)?;
        let mut reply = self.0.execute(request).await.map_err(reqwest::Error::without_url)?;
        let mut builder = axum::http::Response::builder().status(reply.status());
        for (name, value) in reply.headers() {
            builder = builder.header(name, value);
        }
        let mut body = Vec::new();
        while let Some(chunk) = reply.chunk().await.map_err(reqwest::Error::without_url)? {
            if body.len() + chunk.len() > SIZE_LIMIT {
                return Err(NoAnswer::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(builder.body(body)?)
    }

    /// Sends a request and gives the status of the answer, whatever it is.
    ///
    /// # Errors
    /// If there is no whole answer in time.
    pub async fn status(&self, request: HttpRequest) -> Result<u16, NoAnswer> {
        Ok(self.send(request).await?.status().as_u16())
    }

    /// The body at an address, if the reply is 200.
    ///
    /// # Errors
    /// If there is no usable reply.
    pub async fn get(&self, url: &str) -> Result<Option<Vec<u8>>, NoAnswer> {
        let reply = self.send(axum::http::Request::get(url).body(Vec::new())?).await?;
        Ok(reply.status().is_success().then(|| reply.into_body()))
    }
}

impl<'c> AsyncHttpClient<'c> for Outside {
    type Error = NoAnswer;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, NoAnswer>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}
