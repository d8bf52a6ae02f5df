//! Accepting connections with time limits: slow or silent clients are dropped, and stopping does not wait indefinitely.
//!
//! `axum::serve` sets no time limit for a request's head, so a client that never finishes one would hold a connection
//! permanently.

use std::{pin::pin, sync::Arc, time::Duration};

use axum::Router;
use hyper::{
    body::Incoming,
    server::conn::http1,
    service::{Service as _, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{net::TcpListener, sync::Semaphore};

use crate::limits::proxies::Peer;

/// How long each part of serving may take.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For a request's head, and between two requests on one connection.
    pub head: Duration,
    /// For requests that are running when the server is told to stop.
    pub stop: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { head: Duration::from_secs(10), stop: Duration::from_secs(10) }
    }
}

/// Connections at the same time. Below the usual limit of 1,024 open files, of which the database needs some.
const MAX_CONNECTIONS: usize = 900;

/// Serves until `stop` resolves; then takes no new requests and finishes the running ones.
pub async fn serve(listener: TcpListener, app: Router, patience: Patience, stop: impl Future<Output = ()>) {
    let mut protocol = http1::Builder::new();
    // A client may end its sending side once its request is out and wait for the reply. By default hyper takes that for a
    // client that has gone, and drops the reply to what may be stored by then.
    protocol.timer(TokioTimer::new()).header_read_timeout(patience.head).half_close(true);
    let running = GracefulShutdown::new();
    let permits = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let mut stop = pin!(stop);
    loop {
        let accepted = async {
            let permit = Arc::clone(&permits).acquire_owned().await;
            (listener.accept().await, permit)
        };
        let ((stream, peer), permit) = tokio::select! {
            () = &mut stop => break,
            (Ok(accepted), permit) = accepted => (accepted, permit),
            else => {
                tracing::warn!("a connection could not be taken");
                pause().await;
                continue;
            }
        };
        // Replies are small; waiting to fill a packet only delays them.
        let _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(app.clone());
        let service = service_fn(move |mut request: hyper::Request<Incoming>| {
            request.extensions_mut().insert(Peer(peer.ip()));
            service.call(request)
        });
        let connection = running.watch(protocol.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // A client that goes away is nothing to report.
            let _ = connection.await;
            drop(permit);
        });
    }
    drop(listener);
    tracing::info!("stopping: no new requests are taken");
    if tokio::time::timeout(patience.stop, running.shutdown()).await.is_err() {
        tracing::warn!("some requests did not end in time and were cut off; nothing was stored in part");
    }
}

/// Usually too many files are open. That passes when connections end, and no event says so.
#[expect(clippy::disallowed_methods, reason = "trying again at once would only burn CPU")]
async fn pause() {
    tokio::time::sleep(Duration::from_millis(50)).await;
}
