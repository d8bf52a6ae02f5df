//! The application inside the test process, with its own folder, database, clock and port. Stops when the test ends.

use std::{path::PathBuf, sync::Arc, time::Duration};

use assessment_server::{
    Setup,
    actor::{Actor, Identity},
    clock::Clock,
    evaluation::Evaluator,
    operations::Operations,
    partners::Partners,
    serve::{self, Patience},
    store::{Store, sqlite::SqliteStore},
    take_up::Progress,
};
use jiff::Timestamp;
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::oneshot};

use crate::wire::{Client, Reply};

/// A clock that always shows the same time.
pub(crate) struct StoppedClock(pub(crate) &'static str);

impl Clock for StoppedClock {
    fn now(&self) -> Timestamp {
        self.0.parse().expect("a timestamp")
    }
}

/// A running application.
pub(crate) struct App {
    pub(crate) client: Client,
    pub(crate) store: Arc<dyn Store>,
    folder: Arc<TempDir>,
    _stop: oneshot::Sender<()>,
}

/// How an application differs from the usual one.
pub(crate) struct With {
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) actor: &'static str,
    pub(crate) folder: Option<Arc<TempDir>>,
    pub(crate) lock_patience: Duration,
    pub(crate) body_patience: Duration,
    pub(crate) head_patience: Duration,
    pub(crate) profile: Option<&'static str>,
    /// Another rule pack than the built-in one.
    pub(crate) pack: Option<String>,
    pub(crate) identity: Option<Identity>,
    /// Another store than a SQLite file.
    pub(crate) store: Option<Arc<dyn Store>>,
    pub(crate) partners: Partners,
    pub(crate) operations: Operations,
}

impl Default for With {
    fn default() -> Self {
        Self {
            clock: Arc::new(StoppedClock("2026-11-23T12:00:00Z")),
            actor: "demo-practitioner",
            folder: None,
            lock_patience: Duration::from_secs(5),
            body_patience: Duration::from_secs(30),
            head_patience: Duration::from_secs(30),
            profile: None,
            pack: None,
            identity: None,
            store: None,
            partners: Partners::default(),
            operations: Operations::default(),
        }
    }
}

impl App {
    pub(crate) async fn start() -> Self {
        Self::start_with(With::default()).await
    }

    pub(crate) async fn start_with(with: With) -> Self {
        let folder = with.folder.unwrap_or_else(|| Arc::new(TempDir::new().expect("a folder")));
        let database = folder.path().join("assessments.sqlite3");
        let store: Arc<dyn Store> = match with.store {
            Some(store) => store,
            None => Arc::new(SqliteStore::open(&database, with.lock_patience).await.expect("a database")),
        };
        let setup = Setup {
            store: Arc::clone(&store),
            evaluator: Evaluator::new(with.pack.as_deref(), with.profile).expect("built-in rules"),
            clock: with.clock,
            identity: with.identity.unwrap_or_else(|| Identity::Demo(Actor::new(with.actor))),
            front_door: assessment_people::who::Organisation::new("Duty and Advice Team"),
            assets: folder.path().join("dist"),
            body_patience: with.body_patience,
            partners: with.partners,
            take_up: Progress::default(),
            operations: with.operations,
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel::<()>();
        let patience = Patience { head: with.head_patience, stop: Duration::from_secs(1) };
        tokio::spawn(serve::serve(listener, assessment_server::app(setup), patience, async {
            let _ = stopped.await;
        }));
        Self { client: Client::new(address), store, folder, _stop: stop }
    }

    /// Another application on the same database, as another person.
    pub(crate) async fn beside(&self, actor: &'static str) -> Self {
        Self::start_with(With { actor, folder: Some(self.folder()), ..With::default() }).await
    }

    /// The folder, for another application on the same database.
    pub(crate) fn folder(&self) -> Arc<TempDir> {
        Arc::clone(&self.folder)
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("assessments.sqlite3")
    }

    pub(crate) fn assets(&self) -> PathBuf {
        self.folder.path().join("dist")
    }

    /// Posts a body under a key.
    pub(crate) async fn submit(&self, key: &str, body: impl Into<Vec<u8>>) -> Reply {
        self.client.submit(key, body).await
    }
}
