//! Everything between the arguments and the first request; each thing that can be wrong is one line that says what to do.

use std::{
    fmt, fs, io,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use tokio::net::TcpListener;

use crate::{
    Setup, actor::Identity, clock::Clock, config::Options, judge::Judge, profile::Profile,
    store::sqlite::SqliteStore,
};

/// How long a write waits while another program (a backup, say) holds the database.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long a body may take; a fast typist's whole form over a poor mobile line needs a few seconds.
const BODY_PATIENCE: Duration = Duration::from_secs(30);

/// Ready to serve.
pub struct Ready {
    /// Bound, listening.
    pub listener: TcpListener,
    /// For [`crate::app`].
    pub setup: Setup,
    /// The same store as in `setup`, to be closed at the end.
    pub store: Arc<SqliteStore>,
}

/// Why the server cannot start; says what to do.
#[derive(Debug)]
pub struct CannotStart(String);

impl fmt::Display for CannotStart {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Opens and checks everything. The port comes first: a second copy of the program must not touch the database.
pub async fn prepare(options: &Options, clock: Arc<dyn Clock>) -> Result<Ready, CannotStart> {
    let listener = TcpListener::bind(options.listen).await.map_err(|error| port(options.listen, &error))?;
    let profile = match &options.profile {
        Some(path) => Profile::parse(&read(path, "--profile")?).map_err(|error| {
            CannotStart(format!("the profile {} cannot be used: {error}.", path.display()))
        })?,
        None => Profile::built_in(),
    };
    let judge = match &options.rule_pack {
        Some(path) => Judge::new(&read(path, "--rule-pack")?).map_err(|error| {
            CannotStart(format!("the threshold rules in {} cannot be used: {error}", path.display()))
        })?,
        None => Judge::built_in().map_err(CannotStart)?,
    };
    let store = SqliteStore::open(&options.database, PATIENCE).await;
    let store = Arc::new(store.map_err(|error| CannotStart(error.to_string()))?);
    let setup = Setup {
        store: Arc::clone(&store) as _,
        judge,
        clock,
        identity: Identity::demo(),
        profile,
        assets: PathBuf::clone(&options.assets),
        body_patience: BODY_PATIENCE,
    };
    Ok(Ready { listener, setup, store })
}

fn read(path: &Path, flag: &str) -> Result<String, CannotStart> {
    fs::read_to_string(path).map_err(|error| {
        let reason = match error.kind() {
            io::ErrorKind::NotFound => "there is no such file",
            io::ErrorKind::PermissionDenied => "you have no permission to read it",
            io::ErrorKind::InvalidData => "it is not text in UTF-8",
            _ => "the system refused",
        };
        CannotStart(format!("cannot read {}: {reason}. Name another file with {flag}.", path.display()))
    })
}

fn port(address: SocketAddr, error: &io::Error) -> CannotStart {
    let next = address.port().saturating_add(1);
    CannotStart(match error.kind() {
        io::ErrorKind::AddrInUse => format!(
            "port {} is in use by another program. Stop that program, or choose another port: --listen {}:{next}.",
            address.port(),
            address.ip()
        ),
        io::ErrorKind::PermissionDenied => format!(
            "you have no permission to use port {}. Choose one above 1023: --listen {}:8080.",
            address.port(),
            address.ip()
        ),
        _ => format!("cannot listen on {address}. Choose another address with --listen."),
    })
}
