//! The second address, for operators only: figures, whether the process lives, whether it is ready. Nothing about anyone,
//! and still nothing for the public: the settings name the address, and without one it does not exist.

use std::sync::Arc;

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
    routing::get,
};

use crate::{metrics::MEDIA_TYPE, operations::Operations, store::Store};

#[derive(Clone)]
struct Seen {
    operations: Operations,
    store: Arc<dyn Store>,
}

/// What answers at that address.
pub fn operators(operations: Operations, store: Arc<dyn Store>) -> Router {
    Router::new()
        .route("/metrics", get(metrics))
        .route("/live", get(async || "live\n"))
        .route("/ready", get(ready))
        .with_state(Seen { operations, store })
}

async fn metrics(State(seen): State<Seen>) -> Response {
    // The last known figure is better than no figures when the store is away.
    if let Ok(entries) = seen.store.audit_entries().await {
        seen.operations.metrics.audit_entries(entries);
    }
    if let Ok(counts) = seen.store.outbox().counts().await {
        seen.operations.metrics.webhooks(counts.pending, counts.failed);
    }
    ([(CONTENT_TYPE, MEDIA_TYPE)], seen.operations.metrics.text()).into_response()
}

async fn ready(State(seen): State<Seen>) -> (StatusCode, &'static str) {
    if seen.operations.readiness.is_stopping() {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
    } else if seen.store.ping().await.is_err() {
        (StatusCode::SERVICE_UNAVAILABLE, "no database\n")
    } else {
        (StatusCode::OK, "ready\n")
    }
}
