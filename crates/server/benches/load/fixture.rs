//! A server in this process on a database of its own, and a record that was really sent, from which the others are copied.

use std::{path::PathBuf, sync::Arc, time::Duration};

use assessment_people::person::Person;
use assessment_server::{
    Setup,
    actor::Identity,
    clock::{Clock, date_in_england},
    evaluation::Evaluator,
    operations::Operations,
    partners::Partners,
    serve::{self, Patience},
    store::{Store, postgres::PostgresStore, sqlite::SqliteStore},
    take_up::{Progress, Publisher},
};
use jiff::Timestamp;
use serde_json::{Value, json};
use sqlx::{ConnectOptions as _, PgConnection, SqliteConnection, sqlite::SqliteConnectOptions};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::oneshot};

use super::{answers, episodes, people, postgres, team};

const PATIENCE: Duration = Duration::from_secs(60);

/// The person of the demo who sent the record, and their organisation.
pub(crate) const AUTHOR: &str = "teacher";
/// Their organisation.
pub(crate) const ORGANISATION: &str = "Woodhouse Moor Primary School";

struct RealClock;

impl Clock for RealClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

enum Storage {
    File(TempDir),
    Database(postgres::Database),
}

/// The server, its address, and the ids of the record that was sent.
pub(crate) struct Fixture {
    pub(crate) http: reqwest::Client,
    pub(crate) address: String,
    pub(crate) sent: episodes::Ids,
    storage: Storage,
    store: Arc<dyn Store>,
    progress: Progress,
    _stop: oneshot::Sender<()>,
}

/// A connection past the server.
pub(crate) enum Direct {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Fixture {
    /// One on that store: `sqlite` or `postgresql`.
    pub(crate) async fn new(store: &str) -> Self {
        let (storage, store): (Storage, Arc<dyn Store>) = if store == "sqlite" {
            let folder = TempDir::new().expect("a folder");
            let store = SqliteStore::open(&folder.path().join("a.sqlite3"), PATIENCE).await;
            (Storage::File(folder), Arc::new(store.expect("a database")))
        } else {
            let database = postgres::Database::new().await;
            let store = PostgresStore::open(&database.server(), Some(&database.owner()), PATIENCE).await;
            (Storage::Database(database), Arc::new(store.expect("a database")))
        };
        let progress = Progress::default();
        let (address, stop) = start(Arc::clone(&store), progress.clone()).await;
        let http = reqwest::Client::builder().no_proxy().build().expect("a client");
        let mut fixture =
            Self { http, address, sent: episodes::Ids::default(), storage, store, progress, _stop: stop };
        let cookie = fixture.sign_in(AUTHOR).await;
        let body = answers::accepted(today(), 1);
        let request = fixture.http.post(format!("{}/assessments", fixture.address)).header("cookie", &cookie);
        let request = request.header("content-type", "application/json").header("idempotency-key", "first");
        assert_eq!(request.body(body).send().await.expect("a reply").status(), 201);
        fixture.sent = episodes::Ids::read(&mut fixture.connect().await).await;
        team::write(&fixture, &cookie).await;
        fixture
    }

    /// Makes an episode for each of these people.
    pub(crate) async fn fill(&self, all: &[Person]) {
        let mut direct = self.connect().await;
        direct.run("BEGIN").await;
        people::add(&mut direct, all).await;
        episodes::add(&mut direct, &self.sent, all.len()).await;
        direct.run("COMMIT").await;
        match &mut direct {
            // The database does this by itself, a little later.
            Direct::Postgres(_) => direct.run("VACUUM ANALYZE").await,
            Direct::Sqlite(_) => direct.run("PRAGMA wal_checkpoint(TRUNCATE)").await,
        }
        drop(direct);
        // As the program does when it starts, and each hour.
        let evaluator = Evaluator::new(None, None).expect("built-in rules");
        let publisher =
            Publisher::new(Arc::clone(&self.store), Arc::new(RealClock), &evaluator, self.progress.clone());
        publisher.publish().await.expect("take-up is published");
    }

    /// Signs an invented person in. Gives their cookie.
    pub(crate) async fn sign_in(&self, person: &str) -> String {
        let request = self.http.post(format!("{}/demo/session", self.address));
        let request = request.header("content-type", "application/json");
        let reply = request.body(json!({ "person": person }).to_string()).send().await.expect("a reply");
        let cookie = reply.headers().get("set-cookie").and_then(|value| value.to_str().ok());
        cookie.expect("a cookie").split(';').next().unwrap_or_default().to_owned()
    }

    /// The record that was sent, as its author lists it.
    pub(crate) async fn close(self) {
        self.store.close().await;
    }

    async fn connect(&self) -> Direct {
        match &self.storage {
            Storage::File(folder) => {
                let options = SqliteConnectOptions::new().filename(folder.path().join("a.sqlite3"));
                // Copies refer to copies; checking each of them takes most of the time.
                let options = options.foreign_keys(false).pragma("cache_size", "-500000");
                Direct::Sqlite(options.connect().await.expect("a connection"))
            }
            Storage::Database(database) => {
                let mut direct = Direct::Postgres(database.look().await);
                direct.run("SET session_replication_role = replica").await;
                direct
            }
        }
    }
}

async fn start(store: Arc<dyn Store>, progress: Progress) -> (String, oneshot::Sender<()>) {
    let setup = Setup {
        store,
        evaluator: Evaluator::new(None, None).expect("built-in rules"),
        clock: Arc::new(RealClock),
        identity: Identity::demo(),
        assets: PathBuf::from("dist"),
        body_patience: PATIENCE,
        front_door: None,
        partners: Partners::default(),
        take_up: progress,
        operations: Operations::default(),
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}/api/v1", listener.local_addr().expect("an address"));
    let (stop, stopped) = oneshot::channel::<()>();
    let patience = Patience { head: PATIENCE, stop: Duration::from_secs(1) };
    tokio::spawn(serve::serve(listener, assessment_server::app(setup), patience, async {
        let _ = stopped.await;
    }));
    (address, stop)
}

/// The day on which records are sent.
pub(crate) fn today() -> jiff::civil::Date {
    date_in_england(Timestamp::now())
}

impl Direct {
    /// Runs a statement.
    pub(crate) async fn run(&mut self, sql: &str) {
        self.run_with(sql, Vec::new()).await;
    }

    /// Runs a statement with these texts bound.
    pub(crate) async fn run_with(&mut self, sql: &str, texts: Vec<String>) {
        use sqlx::AssertSqlSafe;
        match self {
            Self::Sqlite(connection) => {
                let query = texts.into_iter().fold(sqlx::query(AssertSqlSafe(sql)), sqlx::query::Query::bind);
                query.execute(connection).await.map(drop)
            }
            Self::Postgres(connection) => {
                let query = texts.into_iter().fold(sqlx::query(AssertSqlSafe(sql)), sqlx::query::Query::bind);
                query.execute(connection).await.map(drop)
            }
        }
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// The texts of a question's only column.
    pub(crate) async fn texts(&mut self, sql: &str) -> Vec<String> {
        use sqlx::AssertSqlSafe;
        match self {
            Self::Sqlite(connection) => {
                sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(connection).await.expect("rows")
            }
            Self::Postgres(connection) => {
                sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(connection).await.expect("rows")
            }
        }
    }

    /// Which of two wordings is this database's.
    pub(crate) fn say<'a>(&self, sqlite: &'a str, postgres: &'a str) -> &'a str {
        match self {
            Self::Sqlite(_) => sqlite,
            Self::Postgres(_) => postgres,
        }
    }
}

/// A JSON value as text.
pub(crate) fn text(value: &Value) -> String {
    value.to_string()
}
