//! Taking connections, with patience that ends: slow or silent clients are dropped, and stopping does not wait for ever.
//!
//! `axum::serve` sets no time limit for a request's head, so a client that never finishes one would hold a connection for good.

use std::{pin::pin, sync::Arc, time::Duration};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{net::TcpListener, sync::Semaphore};

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
const CONNECTIONS: usize = 900;

/// Serves until `stop` resolves; then takes no new requests and finishes those that are running.
pub async fn serve(listener: TcpListener, app: Router, patience: Patience, stop: impl Future<Output = ()>) {
    let mut protocol = http1::Builder::new();
    protocol.timer(TokioTimer::new()).header_read_timeout(patience.head);
    let running = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let mut stop = pin!(stop);
    loop {
        let accepted = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (listener.accept().await, place)
        };
        let (stream, place) = tokio::select! {
            () = &mut stop => break,
            (Ok((stream, _)), place) = accepted => (stream, place),
            else => {
                tracing::warn!("a connection could not be taken");
                breathe().await;
                continue;
            }
        };
        // Replies are small; waiting to fill a packet only delays them.
        let _ = stream.set_nodelay(true);
        let connection =
            protocol.serve_connection(TokioIo::new(stream), TowerToHyperService::new(app.clone()));
        let connection = running.watch(connection);
        tokio::spawn(async move {
            // A client that goes away is no event.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    tracing::info!("stopping: no new requests are taken");
    if tokio::time::timeout(patience.stop, running.shutdown()).await.is_err() {
        tracing::warn!("some requests did not end in time and were cut off; nothing is stored by halves");
    }
}

/// Mostly there are too many open files; that passes when connections end, which nothing announces.
#[expect(clippy::disallowed_methods, reason = "asking again at once would only burn time")]
async fn breathe() {
    tokio::time::sleep(Duration::from_millis(50)).await;
}
