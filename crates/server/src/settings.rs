//! How the server starts: from arguments, environment variables and a TOML file, in that order of strength.
//!
//! All three are read into the same [`Settings`] by the same rules, so a wrong value gets the same explanation wherever it
//! comes from. To add a setting: a field here with its default, the same field in `settings/arguments.rs`, a line in
//! `settings/refused.rs` that says what it needs, and one in `settings/described.rs`, which makes the table in
//! `docs/operations.md`.

use std::{env, ffi::OsString, fs, net::SocketAddr, path::PathBuf};

use assessment_people::{audit::Head, who::Organisation};
use clap::Parser as _;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    limits::{RateLimits, proxies::TrustedProxies},
    partners::{NotPartners, PartnerSettings, Partners},
    sign_in::{bearer::BearerSettings, provider::ProviderSettings, session::SessionPolicy},
    store::postgres::PostgresAddress,
};

mod allowed;
mod arguments;
mod database;
pub mod described;
mod refused;
mod sources;

use arguments::{Arguments, AuditTask, RetentionTask, SubjectAccessTask, Task, WebhooksTask};
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
    /// Whose portals may embed the form. In the settings file only.
    pub partners: Vec<PartnerSettings>,
    /// How long sessions last. In the settings file only.
    pub sessions: SessionPolicy,
    /// The organisation that takes referrals, by the code that sign-in gives its people. Without it no record is sent to
    /// the front door here, whatever the practitioner decided.
    pub front_door: Option<Organisation>,
    /// A second address, for operators only: figures, liveness, readiness. Without it there is none.
    pub operator_listen: Option<SocketAddr>,
    /// Where spans are sent, by OTLP over HTTP. Without it nothing is traced.
    pub traces: Option<String>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: TrustedProxies,
    /// How many seconds to go on serving after being told to stop, while readiness already says no.
    pub drain_seconds: u16,
    /// For how many days the list says of a webhook that it was delivered.
    pub webhook_days: u16,
    /// How often somebody may ask. Without it the usual figures where people sign in, and no limit in the demo. In the
    /// settings file only.
    pub limits: Option<RateLimits>,
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
    /// To write a backup to that file.
    BackUp(Box<Settings>, PathBuf),
    /// To restore that backup, and to verify its audit trail also against heads that were kept elsewhere.
    Restore(Box<Settings>, PathBuf, Vec<Head>),
    /// To ask the running server whether it is ready.
    Health(Box<Settings>),
    /// To check the settings and do nothing: they are as far right as they can be read, and this is wrong with them.
    Check(Option<Box<Settings>>, Vec<Refused>),
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
    /// List what a partner's server was told, and is to be told.
    Webhooks {
        /// The partner's id.
        partner: String,
    },
    /// Tell a partner's server something again.
    ReplayWebhook {
        /// The partner's id.
        partner: String,
        /// The webhook's id.
        id: Uuid,
    },
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
            partners: Vec::new(),
            sessions: SessionPolicy::default(),
            front_door: None,
            operator_listen: None,
            traces: None,
            trusted_proxies: TrustedProxies::default(),
            drain_seconds: 0,
            webhook_days: 30,
            limits: None,
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
    if arguments.check_config {
        let (settings, faults) = sources::every_fault(&text, &arguments, file.as_deref());
        return Ok(Wanted::Check(settings.map(Box::new), faults));
    }
    let settings = Box::new(sources::read(&text, &arguments, file.as_deref())?);
    allowed::database(&settings)?;
    Ok(match arguments.task {
        Some(Task::Audit { task: AuditTask::Verify { kept } }) => Wanted::VerifyAudit(settings, kept),
        Some(Task::Backup { out }) => Wanted::BackUp(settings, out),
        Some(Task::Restore { file, kept }) => Wanted::Restore(settings, file, kept),
        Some(Task::Health) => Wanted::Health(settings),
        Some(Task::Retention { task }) => records(settings, RecordsTask::from(task))?,
        Some(Task::SubjectAccess { task }) => records(settings, RecordsTask::from(task))?,
        Some(Task::Webhooks { task }) => records(settings, RecordsTask::from(task))?,
        None => match allowed::faults(&settings).into_iter().next() {
            Some(fault) => return Err(fault),
            None => Wanted::Serve(settings),
        },
    })
}

/// What to do with records. With a wrong day they would be erased before their time.
fn records(settings: Box<Settings>, task: RecordsTask) -> Result<Wanted, Refused> {
    if settings.today.is_some() && !settings.demo_identity {
        return Err(Refused::TodayOnANetwork);
    }
    Ok(Wanted::Records(settings, task))
}

impl From<RetentionTask> for RecordsTask {
    fn from(task: RetentionTask) -> Self {
        match task {
            RetentionTask::List => Self::List,
            RetentionTask::Run => Self::Run,
            RetentionTask::Erased => Self::Erased,
            RetentionTask::Reapply { file } => Self::Reapply(file),
        }
    }
}

impl From<SubjectAccessTask> for RecordsTask {
    fn from(task: SubjectAccessTask) -> Self {
        match task {
            SubjectAccessTask::List => Self::Requests,
            SubjectAccessTask::Export { id, out } => Self::Export { request: id, out },
        }
    }
}

impl From<WebhooksTask> for RecordsTask {
    fn from(task: WebhooksTask) -> Self {
        match task {
            WebhooksTask::List { partner } => Self::Webhooks { partner },
            WebhooksTask::Replay { partner, id } => Self::ReplayWebhook { partner, id },
        }
    }
}

/// Names the TOML file, as `--settings` does.
const SETTINGS_FILE: &str = "ASSESSMENT_SERVER_SETTINGS";

impl Settings {
    /// The partners.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub fn partners(&self) -> Result<Partners, Vec<NotPartners>> {
        let issuers: Vec<&str> = self.bearer.iter().map(|portal| portal.issuer.as_str()).collect();
        Partners::read(&self.partners, &issuers)
    }

    /// The limits that hold: those of the settings; else the usual ones, and none for the demo, where everybody is one
    /// person on one machine.
    #[must_use]
    pub fn rate_limits(&self) -> Option<RateLimits> {
        self.limits.or_else(|| (!self.demo_identity).then(RateLimits::default))
    }
}
