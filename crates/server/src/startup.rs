//! Everything between the settings and the first request. Whatever can be wrong is reported in one line that says what to
//! do.

use std::{
    fmt::Write as _,
    fs, io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use assessment_api::path;
use assessment_people::{audit::Head, who::Organisation};
use jiff::Timestamp;
use tokio::net::TcpListener;

use crate::{
    Setup,
    actor::Identity,
    caller::demo_staff,
    clock::{Clock, date_in_england},
    delivering::{Deliverer, Target},
    episodes,
    evaluation::Evaluator,
    operations::Operations,
    partners::{NotPartners, Partners},
    people,
    settings::{Database, Settings, unreadable},
    sign_in::{
        SignIn,
        bearer::BearerIssuer,
        demo,
        keys::KeySource,
        outside::{Outside, choose_cryptography},
        provider::Provider,
    },
    store::{
        CannotOpen, Store, StoreError,
        measured::MeasuredStore,
        postgres::{self, PostgresStore},
        sqlite::SqliteStore,
    },
    take_up::Progress,
    webhooks::{Secret, WebhookSettings},
};

/// How long a write waits while another program, such as a backup, holds the database.
pub(crate) const LOCK_PATIENCE: Duration = Duration::from_secs(5);

/// How long a request waits for a connection to PostgreSQL, and then for each answer. After that the client is told to come
/// back: a request that hangs is worse than one that is refused.
pub(crate) const ANSWER_PATIENCE: Duration = Duration::from_secs(5);

/// How long a body may take. The fullest form over a poor mobile connection needs a few seconds.
const BODY_PATIENCE: Duration = Duration::from_secs(30);

/// Ready to serve.
pub struct Ready {
    /// Bound and listening.
    pub listener: TcpListener,
    /// For [`crate::app`].
    pub setup: Setup,
    /// The same store as in `setup`, to be closed at the end.
    pub store: Arc<dyn Store>,
    /// The second address, for operators, if the settings name one.
    pub operators: Option<TcpListener>,
    /// What tells partners' servers, if any is to be told.
    pub deliverer: Option<Deliverer>,
}

/// Why the server cannot start; says what to do.
#[derive(Debug, thiserror::Error)]
pub enum CannotStart {
    /// Another program has the port.
    #[error(
        "port {port} is in use by another program. Stop that program, or choose another port: --listen {ip}:{next}.",
        port = .0.port(), ip = .0.ip(), next = .0.port().saturating_add(1)
    )]
    PortInUse(SocketAddr),
    /// The system reserves the port.
    #[error(
        "you have no permission to use port {port}. Choose one above 1023: --listen {ip}:8080.",
        port = .0.port(), ip = .0.ip()
    )]
    PortReserved(SocketAddr),
    /// The address is not one of this machine's, or the system refuses it.
    #[error("cannot listen on {0}. Choose another address with --listen.")]
    CannotListen(SocketAddr),
    /// A rule pack or profile that cannot be read.
    #[error("cannot read {path}: {reason}. Name another file with {flag}.")]
    Unreadable {
        /// As it was given.
        path: String,
        /// Why.
        reason: &'static str,
        /// The argument that names the file.
        flag: &'static str,
    },
    /// A rule pack or profile with mistakes: one line each.
    #[error("the rule pack or the profile cannot be used. Correct this and start again:{}", list(.0))]
    Mistakes(Vec<String>),
    /// The partners are not as they must be.
    #[error("{0}. Correct [[partners]] in the settings file.")]
    Partners(String),
    /// Sign-in cannot be set up.
    #[error("sign-in cannot be set up: {0}. Correct [sign_in] and public_url in the settings file.")]
    SignIn(String),
    /// Records from before cannot be brought up to date.
    #[error(
        "records from before cannot be brought up to date: {0}. Start again; what was done so far stays."
    )]
    Adopting(StoreError),
    /// What people and episodes are found by could not be made again.
    #[error("the database cannot be brought up to date ({0}). Start again; it was not changed.")]
    Keys(StoreError),
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] CannotOpen),
}

/// Opens and checks everything. The port comes first: a second copy of the program must not touch the database.
///
/// # Errors
/// The first thing that is in the way.
pub async fn prepare(settings: &Settings, clock: Arc<dyn Clock>) -> Result<Ready, CannotStart> {
    let listener = bind(settings.listen).await?;
    let operators = match settings.operator_listen {
        Some(address) => Some(bind(address).await?),
        None => None,
    };
    let pack = settings.rule_pack.as_deref().map(|path| read(path, "--rule-pack")).transpose()?;
    let profile = settings.profile.as_deref().map(|path| read(path, "--profile")).transpose()?;
    let evaluator = Evaluator::new(pack.as_deref(), profile.as_deref()).map_err(CannotStart::Mistakes)?;
    if let Some(known_until) = evaluator.bank_holidays_end_soon(date_in_england(clock.now())) {
        tracing::warn!(
            %known_until,
            "bank holidays are not known as far as deadlines reach: add the days to `bank_holidays` of the rule pack, with `known_until`, and start again"
        );
    }
    let limits = settings.rate_limits();
    let operations = Operations::new(limits.as_ref(), settings.trusted_proxies.clone());
    let store = MeasuredStore::new(open(settings).await?, Arc::clone(&operations.metrics));
    let store: Arc<dyn Store> = Arc::new(store);
    let identity = identity(settings)?;
    let front_door = match &identity {
        Identity::Demo(_) => settings.front_door.clone().or_else(|| Organisation::new(demo::FRONT_DOOR)),
        Identity::SignIn(_) => settings.front_door.clone(),
    };
    adopt(&*store, &identity, clock.now()).await.map_err(CannotStart::Adopting)?;
    people::renew_keys(&*store, clock.now()).await.map_err(CannotStart::Keys)?;
    place(&*store, clock.now()).await.map_err(CannotStart::Keys)?;
    let deliverer = deliverer(settings, &store, &clock)?;
    let setup = Setup {
        store: Arc::clone(&store),
        evaluator,
        clock,
        identity,
        front_door,
        partners: partners(settings)?,
        assets: PathBuf::clone(&settings.assets),
        body_patience: BODY_PATIENCE,
        take_up: Progress::default(),
        operations,
    };
    Ok(Ready { listener, setup, store, operators, deliverer })
}

async fn bind(address: SocketAddr) -> Result<TcpListener, CannotStart> {
    TcpListener::bind(address).await.map_err(|error| port(address, &error))
}

/// Makes episodes of records that were stored before there were any. Does nothing the next time.
///
/// # Errors
/// If the store fails.
pub async fn adopt(store: &dyn Store, identity: &Identity, now: Timestamp) -> Result<(), StoreError> {
    // Until there was sign-in, everybody was the invented practitioner.
    let demo = match identity {
        Identity::Demo(actor) => actor.clone(),
        Identity::SignIn(_) => Identity::first_practitioner(),
    };
    let staff = demo_staff(&demo);
    episodes::adopt(store, &[(demo, staff)], now).await
}

/// Notes where episodes are that were stored before there was a register. Does nothing the next time.
///
/// # Errors
/// If the store fails.
pub async fn place(store: &dyn Store, now: Timestamp) -> Result<(), StoreError> {
    episodes::place_old(store, now).await
}

/// Whose portals may embed the form.
fn partners(settings: &Settings) -> Result<Partners, CannotStart> {
    let list = |faults: Vec<NotPartners>| {
        let all: Vec<String> = faults.iter().map(ToString::to_string).collect();
        CannotStart::Partners(all.join(". "))
    };
    settings.partners().map_err(list)
}

/// What tells partners' servers.
fn deliverer(
    settings: &Settings,
    store: &Arc<dyn Store>,
    clock: &Arc<dyn Clock>,
) -> Result<Option<Deliverer>, CannotStart> {
    let told = settings.partners.iter().filter_map(|partner| Some((&partner.id, partner.webhook.as_ref()?)));
    let target = |(partner, webhook): (&String, &WebhookSettings)| {
        let secret = secret(webhook)?;
        Ok(Target { partner: partner.clone(), url: webhook.url.clone(), secret })
    };
    let targets = told.map(target).collect::<Result<Vec<Target>, CannotStart>>()?;
    if targets.is_empty() {
        return Ok(None);
    }
    let outside = Outside::new().map_err(|error| CannotStart::Partners(error.to_string()))?;
    let days = settings.webhook_days;
    Ok(Some(Deliverer::new(Arc::clone(store), Arc::clone(clock), outside, targets, days)))
}

/// What a partner's webhooks are signed with.
fn secret(webhook: &WebhookSettings) -> Result<Secret, CannotStart> {
    let text = read(&webhook.secret_file, "secret_file in [partners.webhook]")?;
    Secret::parse(&text).map_err(|reason| CannotStart::Unreadable {
        path: webhook.secret_file.display().to_string(),
        reason: reason.as_str(),
        flag: "secret_file in [partners.webhook]",
    })
}

/// How the server finds out who is asking.
fn identity(settings: &Settings) -> Result<Identity, CannotStart> {
    if settings.demo_identity {
        return Ok(Identity::demo());
    }
    let outside = Outside::new().map_err(|error| CannotStart::SignIn(error.to_string()))?;
    let bearer = settings.bearer.iter().map(|one| BearerIssuer::new(one.clone(), outside.clone())).collect();
    let provider = settings.sign_in.as_ref().map(|one| {
        let secret =
            one.client_secret_file.as_deref().map(|path| read(path, "client_secret_file in [sign_in]"));
        let secret = secret.transpose()?.map(|text| text.trim().to_owned());
        let base = settings.public_url.as_deref().unwrap_or_default().trim_end_matches('/');
        let callback = format!("{base}{}", path::SIGN_IN_CALLBACK);
        let provider = Provider::new(one.clone(), secret, &callback, outside.clone());
        provider.map(Arc::new).map_err(CannotStart::SignIn)
    });
    let provider = provider.transpose()?;
    Ok(Identity::SignIn(Arc::new(SignIn { provider, bearer, sessions: settings.sessions })))
}

/// What is wrong with the files that the settings name. The database is not opened: it may be in use.
#[must_use]
pub fn file_faults(settings: &Settings) -> Vec<String> {
    let mut faults = Vec::new();
    let mut text = |path: Option<&Path>, flag| match path.map(|path| read(path, flag)).transpose() {
        Ok(text) => text,
        Err(fault) => {
            faults.push(fault.to_string());
            None
        }
    };
    let pack = text(settings.rule_pack.as_deref(), "--rule-pack");
    let profile = text(settings.profile.as_deref(), "--profile");
    if let Some(provider) = &settings.sign_in {
        text(provider.client_secret_file.as_deref(), "client_secret_file in [sign_in]");
    }
    for portal in &settings.bearer {
        if let KeySource::File(path) = &portal.keys {
            text(Some(path), "keys in [[bearer]]");
        }
    }
    let told = settings.partners.iter().filter_map(|partner| partner.webhook.as_ref());
    faults.extend(told.filter_map(|webhook| secret(webhook).err()).map(|fault| fault.to_string()));
    faults.extend(Evaluator::new(pack.as_deref(), profile.as_deref()).err().unwrap_or_default());
    if !settings.assets.join("index.html").is_file() {
        let folder = settings.assets.display();
        faults.push(format!("there is no built form in {folder}. Name its folder with --assets."));
    }
    faults
}

/// The store that the settings name.
pub(crate) async fn open(settings: &Settings) -> Result<Arc<dyn Store>, CannotOpen> {
    Ok(match &settings.database {
        Database::File(path) => Arc::new(SqliteStore::open(path, LOCK_PATIENCE).await?),
        Database::Postgres(address) => {
            let owner = settings.database_owner.as_ref();
            Arc::new(PostgresStore::open(address, owner, ANSWER_PATIENCE).await?)
        }
    })
}

/// Verifies the audit trail of the database that the settings name. Gives its head, to be kept elsewhere.
///
/// # Errors
/// The first entry that is wrong, or why the trail could not be read, in one line.
pub async fn verify_audit(settings: &Settings, kept: &[Head]) -> Result<Head, String> {
    match &settings.database {
        Database::File(path) => {
            if !path.is_file() {
                return Err(format!("there is no database {}. Name it with --database.", path.display()));
            }
            let store = SqliteStore::open(path, LOCK_PATIENCE).await.map_err(|reason| reason.to_string())?;
            let verdict = store.verify_audit(kept).await.map_err(|fault| fault.to_string());
            store.close().await;
            verdict
        }
        Database::Postgres(address) => {
            let mut auditor =
                postgres::auditor(address, ANSWER_PATIENCE).await.map_err(|reason| reason.to_string())?;
            auditor.verify(kept).await.map_err(|fault| fault.to_string())
        }
    }
}

/// How many mistakes to list. Nobody reads more before correcting the first.
const MAX_MISTAKES: usize = 10;

fn list(mistakes: &[String]) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    for line in mistakes.iter().take(MAX_MISTAKES) {
        let _ = write!(text, "\n  {line}");
    }
    let more = mistakes.len().saturating_sub(MAX_MISTAKES);
    if more > 0 {
        let _ = write!(text, "\n  and {more} more");
    }
    text
}

/// Reads a file that an argument names.
pub(crate) fn read(path: &Path, flag: &'static str) -> Result<String, CannotStart> {
    fs::read_to_string(path).map_err(|error| CannotStart::Unreadable {
        path: path.display().to_string(),
        reason: unreadable(&error),
        flag,
    })
}

fn port(address: SocketAddr, error: &io::Error) -> CannotStart {
    match error.kind() {
        io::ErrorKind::AddrInUse => CannotStart::PortInUse(address),
        io::ErrorKind::PermissionDenied => CannotStart::PortReserved(address),
        _ => CannotStart::CannotListen(address),
    }
}

/// Asks the server that runs with these settings whether it is ready. For the health check of a container, which has no
/// other program to ask with.
///
/// # Errors
/// If it is not, or does not answer.
pub async fn ask_health(settings: &Settings) -> Result<(), String> {
    let mut address = settings.listen;
    // An address that means "all of them" is not one to ask.
    if address.ip().is_unspecified() {
        address.set_ip(IpAddr::V4(Ipv4Addr::LOCALHOST));
    }
    choose_cryptography();
    let client = reqwest::Client::builder().no_proxy().timeout(ANSWER_PATIENCE * 2).build();
    let client = client.map_err(|error| error.to_string())?;
    match client.get(format!("http://{address}{}", path::HEALTH)).send().await {
        Ok(reply) if reply.status().is_success() => Ok(()),
        Ok(_) => Err(format!("the server at {address} is not ready.")),
        Err(_) => Err(format!("no server answers at {address}.")),
    }
}
