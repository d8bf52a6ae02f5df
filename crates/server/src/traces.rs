//! Spans for OpenTelemetry: one for each request, by its route template, and one for each wait for the store below it. No
//! address, no id, no header and no name of anyone is in a span, and nothing that comes with a request decides where it goes.
//!
//! The spans have a target of their own, so that the log does not show them and no other layer pays for them.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_http::{Bytes, HttpClient, HttpError};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_sdk::{Resource, trace::SdkTracerProvider};
use tracing::{Span, Subscriber, field::Empty};
use tracing_subscriber::{Layer, filter::Targets, registry::LookupSpan};

use crate::metrics::{Waiting, known};

/// The target of every span.
const TARGET: &str = "traces";

/// How long the receiver may take. Spans are dropped after that; nobody waits for them.
const PATIENCE: Duration = Duration::from_secs(10);

/// The span of a request.
pub(crate) fn request(method: &Method, route: &str) -> Span {
    tracing::info_span!(
        target: TARGET,
        "request",
        otel.name = route,
        otel.kind = "server",
        http.request.method = known(method.as_str()),
        http.route = route,
        http.response.status_code = Empty,
        otel.status_code = Empty,
    )
}

/// What became of it.
pub(crate) fn answered(span: &Span, status: u16) {
    span.record("http.response.status_code", status);
    if StatusCode::from_u16(status).is_ok_and(|status| status.is_server_error()) {
        span.record("otel.status_code", "ERROR");
    }
}

/// The span of a wait for the store.
pub(crate) fn store_wait(waiting: Waiting) -> Span {
    match waiting {
        Waiting::ToRead => tracing::info_span!(target: TARGET, "wait to read"),
        Waiting::ToWrite => tracing::info_span!(target: TARGET, "wait to write"),
    }
}

/// Where spans go.
pub struct Traces(SdkTracerProvider);

/// Why traces cannot be sent, in words.
#[derive(Debug, thiserror::Error)]
#[error("traces cannot be sent: {0}. Correct `traces`, or leave it out.")]
pub struct CannotTrace(String);

impl Traces {
    /// Sends spans to that address by OTLP over HTTP, in the background. Call it inside the runtime, after
    /// [`crate::sign_in::outside::choose_cryptography`].
    ///
    /// # Errors
    /// If the client cannot be set up.
    pub fn to(address: &str) -> Result<Self, CannotTrace> {
        let client = reqwest::Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none());
        let client = client.build().map_err(|error| CannotTrace(error.without_url().to_string()))?;
        let sender = Sender { client, runtime: tokio::runtime::Handle::current() };
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(sender)
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(address)
            .build()
            .map_err(|error| CannotTrace(error.to_string()))?;
        let service = Resource::builder_empty().with_service_name("assessment-server").build();
        Ok(Self(SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(service).build()))
    }

    /// The layer that takes the spans, and nothing but them.
    pub fn layer<S>(&self) -> impl Layer<S> + use<S>
    where
        S: Subscriber + for<'span> LookupSpan<'span>,
    {
        tracing_opentelemetry::layer()
            .with_tracer(self.0.tracer("assessment-server"))
            .with_location(false)
            .with_threads(false)
            .with_tracked_inactivity(false)
            .with_filter(Targets::new().with_target(TARGET, tracing::Level::INFO))
    }

    /// Sends what is left. It blocks, so it is run on a thread that may.
    pub async fn finish(self) {
        let done = tokio::task::spawn_blocking(move || self.0.shutdown()).await;
        if !matches!(done, Ok(Ok(()))) {
            tracing::warn!("the last traces could not be sent");
        }
    }
}

/// Sends batches from the exporter's own thread on our runtime.
#[derive(Debug)]
struct Sender {
    client: reqwest::Client,
    runtime: tokio::runtime::Handle,
}

#[async_trait::async_trait]
impl HttpClient for Sender {
    async fn send_bytes(
        &self,
        request: axum::http::Request<Bytes>,
    ) -> Result<axum::http::Response<Bytes>, HttpError> {
        let request = reqwest::Request::try_from(request)?;
        let client = self.client.clone();
        let sending = self.runtime.spawn(async move {
            let reply = client.execute(request).await.map_err(reqwest::Error::without_url)?;
            let status = reply.status();
            Ok::<_, reqwest::Error>((status, reply.bytes().await.map_err(reqwest::Error::without_url)?))
        });
        let (status, body) = sending.await??;
        Ok(axum::http::Response::builder().status(status).body(body)?)
    }
}
