//! PostgreSQL for the tests: one server for a whole run, a database for each test.
//!
//! nextest runs each test in a process of its own, so the first one that needs the server starts it and the others find it.
//! Each holds a lock on a file for as long as it runs, which the system gives back however the process ends; a small
//! watcher waits until nobody holds it, stops the server and removes its folder.
//! It listens on a socket in that folder and on no port.

use std::{
    fs::{self, File},
    os::unix::{net::UnixStream, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::OnceLock,
};

use assessment_server::{identifier::AssessmentId, store::postgres::PostgresAddress};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Executor as _, PgConnection, postgres::PgConnectOptions};

// Named, because the benchmark takes this file from another folder.
#[path = "postgres/server.rs"]
pub(crate) mod server;

use server::Server;

/// The role that owns the tables, and the one that serves.
const OWNER: &str = "caf_owner";
const SERVER: &str = "caf_server";

/// The name of a server's socket in its folder.
pub(crate) const SOCKET: &str = ".s.PGSQL.5432";

/// A new, empty database on a server that runs.
pub(crate) struct Database {
    folder: PathBuf,
    name: String,
}

impl Database {
    /// One on the server that all tests share.
    pub(crate) async fn new() -> Self {
        Self::on(shared()).await
    }

    /// One on the server in that folder.
    pub(crate) async fn on(folder: &Path) -> Self {
        let id = AssessmentId::random().expect("random bytes").to_string();
        let database = Self { folder: folder.to_owned(), name: format!("t_{}", id.replace('-', "_")) };
        let mut admin = admin(folder, "postgres").await;
        let create = format!("CREATE DATABASE {} OWNER {OWNER}", database.name);
        admin.execute(AssertSqlSafe(create)).await.expect("a database");
        database
    }

    /// The address for the role that serves.
    pub(crate) fn server(&self) -> PostgresAddress {
        self.address(SERVER)
    }

    /// The address for the role that owns the tables.
    pub(crate) fn owner(&self) -> PostgresAddress {
        self.address(OWNER)
    }

    /// The address for that role.
    pub(crate) fn address(&self, role: &str) -> PostgresAddress {
        self.address_in(&self.folder, role)
    }

    /// The address for that role, by a socket in another folder.
    pub(crate) fn address_in(&self, folder: &Path, role: &str) -> PostgresAddress {
        let text = format!("postgres:///{}?host={}&user={role}", self.name, folder.display());
        PostgresAddress::parse(&text).expect("an address")
    }

    /// The socket of its server.
    pub(crate) fn socket(&self) -> PathBuf {
        self.folder.join(SOCKET)
    }

    /// A connection of our own as that role.
    pub(crate) async fn look_as(&self, role: &str) -> PgConnection {
        connect(&self.folder, &self.name, role).await
    }

    /// A connection of our own that sees everything, beside the server's.
    pub(crate) async fn look(&self) -> PgConnection {
        self.look_as("postgres").await
    }

    /// One number, past row-level security.
    pub(crate) async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&mut self.look().await).await.expect("a number")
    }
}

async fn connect(folder: &Path, database: &str, role: &str) -> PgConnection {
    let options = PgConnectOptions::new_without_pgpass().socket(folder).database(database).username(role);
    options.connect().await.expect("the database answers")
}

async fn admin(folder: &Path, database: &str) -> PgConnection {
    connect(folder, database, "postgres").await
}

/// The folder of the server that all tests share; starts it if it does not run.
fn shared() -> &'static Path {
    static FOLDER: OnceLock<(PathBuf, File)> = OnceLock::new();
    let (folder, _) = FOLDER.get_or_init(|| {
        let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("postgres");
        fs::create_dir_all(&place).expect("a folder");
        let users = File::create(place.join("users")).expect("a file");
        users.lock_shared().expect("a lock");
        let starting = File::create(place.join("starting")).expect("a file");
        starting.lock().expect("a lock");
        let note = place.join("folder");
        let noted = fs::read_to_string(&note).map(PathBuf::from).ok();
        if let Some(folder) = noted.filter(|folder| answers(folder)) {
            return (folder, users);
        }
        let server = Server::start();
        fs::write(&note, server.folder().as_os_str().as_encoded_bytes()).expect("a note");
        let folder = server.leave();
        watch(&place.join("users"), &folder);
        (folder, users)
    });
    folder
}

fn answers(folder: &Path) -> bool {
    UnixStream::connect(folder.join(SOCKET)).is_ok()
}

/// Leaves a process behind that stops the server once nobody holds the lock.
fn watch(users: &Path, folder: &Path) {
    let stop = Server::stop_command(folder);
    let script = "users=$1; folder=$2; shift 2
        while sleep 15; do
            flock --exclusive --nonblock \"$users\" sh -c 'folder=$1; shift; \"$@\"; rm -rf \"$folder\"' sh \"$folder\" \"$@\" \
                && exit
        done";
    let mut watcher = Command::new("sh");
    watcher.args(["-c", script, "sh"]).args([users, folder]).arg(stop.get_program()).args(stop.get_args());
    watcher.current_dir("/").process_group(0);
    watcher.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    #[expect(clippy::zombie_processes, reason = "it outlives the test on purpose and ends by itself")]
    watcher.spawn().expect("sh runs");
}
