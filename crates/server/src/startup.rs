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
    Setup, actor::Identity, clock::Clock, config::Options, judge::Judge, store::sqlite::SqliteStore,
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
    let pack = options.rule_pack.as_deref().map(|path| read(path, "--rule-pack")).transpose()?;
    let profile = options.profile.as_deref().map(|path| read(path, "--profile")).transpose()?;
    let judge = Judge::new(pack.as_deref(), profile.as_deref()).map_err(|wrong| rules(&wrong))?;
    let store = SqliteStore::open(&options.database, PATIENCE).await;
    let store = Arc::new(store.map_err(|error| CannotStart(error.to_string()))?);
    let setup = Setup {
        store: Arc::clone(&store) as _,
        judge,
        clock,
        identity: Identity::demo(),
        assets: PathBuf::clone(&options.assets),
        body_patience: BODY_PATIENCE,
    };
    Ok(Ready { listener, setup, store })
}

/// How many mistakes in a file are worth reading before mending the first.
const MISTAKES: usize = 10;

fn rules(wrong: &[String]) -> CannotStart {
    let more = wrong.len().saturating_sub(MISTAKES);
    let mut text = "the threshold rules or the profile cannot be used. Mend this and start again:".to_owned();
    for line in wrong.iter().take(MISTAKES) {
        text.push_str("\n  ");
        text.push_str(line);
    }
    if more > 0 {
        text.push_str(&format!("\n  and {more} more"));
    }
    CannotStart(text)
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
