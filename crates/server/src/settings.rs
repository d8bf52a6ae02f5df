//! How the server starts: from arguments, environment variables and a TOML file, in that order of strength.
//!
//! All three are read into the same [`Settings`] by the same rules, so a wrong value gets the same explanation wherever it
//! comes from. To add a setting: a field here with its default, the same field in `settings/arguments.rs`, and a line in
//! `settings/refused.rs` that says what it needs.

use std::{env, ffi::OsString, fs, net::SocketAddr, path::PathBuf};

use assessment_people::{audit::Head, who::Organisation};
use clap::Parser as _;
use figment::{
    Figment,
    providers::{Env, Format as _, Serialized, Toml},
};
use serde::{Deserialize, Serialize};

use crate::{
    guard::is_loopback,
    sign_in::{bearer::BearerSettings, keys::KeySource, provider::ProviderSettings, session::SessionPolicy},
};

mod arguments;
mod database;
mod refused;

use crate::store::postgres::PostgresAddress;
use arguments::{Arguments, AuditTask, RetentionTask, SubjectAccessTask, Task};
pub use database::Database;
pub use refused::Refused;
pub(crate) use refused::unreadable;

/// What the names of environment variables start with: `ASSESSMENT_SERVER_LISTEN` sets `listen`.
pub const ENVIRONMENT: &str = "ASSESSMENT_SERVER_";

/// How to start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Everyone is the same invented practitioner.
    pub demo_identity: bool,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where records are stored.
    pub database: Database,
    /// The role that owns the tables in PostgreSQL, to bring them up to date at the start.
    pub database_owner: Option<PostgresAddress>,
    /// The folder with the built form.
    pub assets: PathBuf,
    /// The authority's profile, if not the built-in one.
    pub profile: Option<PathBuf>,
    /// The rule pack, if not the built-in one.
    pub rule_pack: Option<PathBuf>,
    /// The day to pretend it is. The time of day runs on.
    pub today: Option<jiff::civil::Date>,
    /// How much to log.
    pub log: LogLevel,
    /// The address under which people reach this server, such as `https://caf.council.example`. Needed for `sign_in`.
    pub public_url: Option<String>,
    /// The authority's OpenID Connect provider. In the settings file only.
    pub sign_in: Option<ProviderSettings>,
    /// Portals whose access tokens are accepted. In the settings file only.
    pub bearer: Vec<BearerSettings>,
    /// How long sessions last. In the settings file only.
    pub sessions: SessionPolicy,
    /// The organisation that takes referrals, by the code that sign-in gives its people. Without it no record is sent to
    /// the front door here, whatever the practitioner decided.
    pub front_door: Option<Organisation>,
}

/// How much to log, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are tracing's and say it")]
pub enum LogLevel {
    Error,
    Warn,
    Info,
    Debug,
    Trace,
}

/// What the arguments ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// To serve.
    Serve(Box<Settings>),
    /// To verify the audit trail, also against heads that were kept elsewhere.
    VerifyAudit(Box<Settings>, Vec<Head>),
    /// To do this with records that may no longer be kept, or that somebody asked for.
    Records(Box<Settings>, RecordsTask),
    /// To see this text: help or version.
    Text(String),
}

/// What the operator does with records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordsTask {
    /// List what a run would erase.
    List,
    /// Erase what is due.
    Run,
    /// Print what was erased.
    Erased,
    /// Erase again what is on this list.
    Reapply(PathBuf),
    /// List requests that wait.
    Requests,
    /// Write everything about a child into a folder.
    Export {
        /// The id of the request.
        request: String,
        /// The folder.
        out: PathBuf,
    },
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            demo_identity: false,
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            database: Database::File(PathBuf::from("data/assessments.sqlite3")),
            database_owner: None,
            assets: PathBuf::from("dist"),
            profile: None,
            rule_pack: None,
            today: None,
            log: LogLevel::Info,
            public_url: None,
            sign_in: None,
            bearer: Vec::new(),
            sessions: SessionPolicy::default(),
            front_door: None,
        }
    }
}

impl From<LogLevel> for tracing::Level {
    fn from(level: LogLevel) -> Self {
        match level {
            LogLevel::Error => Self::ERROR,
            LogLevel::Warn => Self::WARN,
            LogLevel::Info => Self::INFO,
            LogLevel::Debug => Self::DEBUG,
            LogLevel::Trace => Self::TRACE,
        }
    }
}

/// Reads the settings. The arguments come without the program's name.
///
/// # Errors
/// The first thing that is not understood or not allowed, in one line that says what to do.
pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Wanted, Refused> {
    let program = OsString::from("assessment-server");
    let arguments = match Arguments::try_parse_from([program].into_iter().chain(arguments)) {
        Ok(arguments) => arguments,
        Err(other) if !other.use_stderr() => return Ok(Wanted::Text(other.to_string())),
        Err(error) => return Err(Refused::arguments(&error)),
    };
    let file = arguments.settings.clone().or_else(|| env::var_os(SETTINGS_FILE).map(PathBuf::from));
    let text = match &file {
        Some(path) => fs::read_to_string(path).map_err(|error| Refused::file(path, &error))?,
        None => String::new(),
    };
    let settings: Settings = Figment::from(Serialized::defaults(Settings::default()))
        .merge(Toml::string(&text))
        .merge(database::from_environment()?)
        .merge(Env::prefixed(ENVIRONMENT).ignore(&["settings"]))
        .merge(Serialized::defaults(&arguments))
        .extract()
        .map_err(|error| Refused::value(&error, file.as_deref()))?;
    if settings.database_owner.is_some() && matches!(settings.database, Database::File(_)) {
        return Err(Refused::OwnerOfAFile);
    }
    let task = match arguments.task {
        Some(Task::Audit { task: AuditTask::Verify { kept } }) => {
            return Ok(Wanted::VerifyAudit(Box::new(settings), kept));
        }
        Some(Task::Retention { task }) => Some(match task {
            RetentionTask::List => RecordsTask::List,
            RetentionTask::Run => RecordsTask::Run,
            RetentionTask::Erased => RecordsTask::Erased,
            RetentionTask::Reapply { file } => RecordsTask::Reapply(file),
        }),
        Some(Task::SubjectAccess { task }) => Some(match task {
            SubjectAccessTask::List => RecordsTask::Requests,
            SubjectAccessTask::Export { id, out } => RecordsTask::Export { request: id, out },
        }),
        None => None,
    };
    if let Some(task) = task {
        // With a wrong day, records would be erased before their time.
        if settings.today.is_some() && !settings.demo_identity {
            return Err(Refused::TodayOnANetwork);
        }
        return Ok(Wanted::Records(Box::new(settings), task));
    }
    allowed(&settings)?;
    Ok(Wanted::Serve(Box::new(settings)))
}

/// Names the TOML file, as `--settings` does.
const SETTINGS_FILE: &str = "ASSESSMENT_SERVER_SETTINGS";

/// The demo works on its own machine and for nothing else; anywhere else people sign in, over HTTPS.
fn allowed(settings: &Settings) -> Result<(), Refused> {
    let signs_in = settings.sign_in.is_some() || !settings.bearer.is_empty();
    match (settings.demo_identity, signs_in) {
        (true, true) => return Err(Refused::DemoAndSignIn),
        (true, false) if !settings.listen.ip().is_loopback() => {
            return Err(Refused::DemoOnANetwork(settings.listen));
        }
        (true, false) => return Ok(()),
        (false, false) => return Err(Refused::NoSignIn),
        (false, true) => {}
    }
    if settings.today.is_some() {
        return Err(Refused::TodayOnANetwork);
    }
    if settings.sign_in.is_some() && settings.public_url.is_none() {
        return Err(Refused::NoPublicUrl);
    }
    if !settings.sessions.is_allowed() {
        return Err(Refused::SessionPolicy);
    }
    let issuer = settings.sign_in.iter().map(|provider| ("sign_in.issuer", &provider.issuer));
    let keys = settings.bearer.iter().filter_map(|portal| match &portal.keys {
        KeySource::Url(url) => Some(("bearer.keys.url", url)),
        KeySource::File(_) => None,
    });
    let public = settings.public_url.iter().map(|url| ("public_url", url));
    for (setting, url) in issuer.chain(keys).chain(public) {
        if !is_private_line(url) {
            return Err(Refused::NotHttps(setting));
        }
    }
    Ok(())
}

/// Whether nobody on the way can read or change what goes to that address: HTTPS, or this very machine.
fn is_private_line(url: &str) -> bool {
    let Ok(url) = url.parse::<axum::http::Uri>() else { return false };
    match (url.scheme_str(), url.host()) {
        (Some("https"), Some(host)) => !host.is_empty(),
        (Some("http"), Some(host)) => is_loopback(host),
        _ => false,
    }
}
