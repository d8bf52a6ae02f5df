//! The program's arguments and its `--help`. Values are only taken here; [`super::Settings`] says what they mean.

use std::path::PathBuf;

use assessment_people::audit::{Hash, Head};
use clap::{Parser, Subcommand};
use serde::Serialize;
use uuid::Uuid;

/// Receives, checks, evaluates and stores common assessments, and serves the form.
#[derive(Debug, Parser, Serialize)]
#[command(
    name = "assessment-server",
    version,
    args_override_self = true,
    override_usage = "assessment-server [--demo-identity | --settings FILE] [OPTIONS]",
    help_template = "{usage-heading} {usage}\n\n{about}\n\n{options}\n\n{subcommands}{after-help}",
    after_help = "Every option can also be set by an environment variable such as ASSESSMENT_SERVER_LISTEN=127.0.0.1:8080,\n\
                  or by a line such as `listen = \"127.0.0.1:8080\"` in the settings file. Arguments win over variables,\n\
                  variables over the file.\n\
                  DATABASE_URL is taken for the database where the file or nothing else names one. Passwords do not belong in\n\
                  arguments, which others on the machine can see: use a variable, the file or a password file.\n"
)]
pub(super) struct Arguments {
    /// Everyone is the same invented practitioner (on a loopback address only)
    #[arg(long)]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    demo_identity: bool,

    /// Where to listen [127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS")]
    #[serde(skip_serializing_if = "Option::is_none")]
    listen: Option<String>,

    /// The database: an SQLite file, or postgres://ROLE@HOST/NAME [data/assessments.sqlite3]
    #[arg(long, value_name = "FILE|ADDRESS")]
    #[serde(skip_serializing_if = "Option::is_none")]
    database: Option<PathBuf>,

    /// The owner of the tables in PostgreSQL, to bring them up to date at the start [none]
    #[arg(long, value_name = "ADDRESS")]
    #[serde(skip_serializing_if = "Option::is_none")]
    database_owner: Option<String>,

    /// The folder with the built form [dist]
    #[arg(long, value_name = "FOLDER")]
    #[serde(skip_serializing_if = "Option::is_none")]
    assets: Option<PathBuf>,

    /// The authority's profile, JSON [built in]
    #[arg(long, value_name = "FILE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: Option<PathBuf>,

    /// The rule pack, JSON [built in: an example that nobody has approved]
    #[arg(long, value_name = "FILE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_pack: Option<PathBuf>,

    /// Pretend that it is another day, to show or test a case [today]
    #[arg(long, value_name = "DATE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    today: Option<String>,

    /// error, warn, info, debug or trace [info]
    #[arg(long, value_name = "LEVEL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    log: Option<String>,

    /// The address under which people reach this server [none]
    #[arg(long, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    public_url: Option<String>,

    /// A second address for operators: figures, liveness, readiness [none]
    #[arg(long, value_name = "ADDRESS")]
    #[serde(skip_serializing_if = "Option::is_none")]
    operator_listen: Option<String>,

    /// Where traces are sent, by OTLP over HTTP [none]
    #[arg(long, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    traces: Option<String>,

    /// Proxies whose X-Forwarded-For is believed, with commas between [none]
    #[arg(long, value_name = "NETWORKS")]
    #[serde(skip_serializing_if = "Option::is_none")]
    trusted_proxies: Option<String>,

    /// Seconds to go on serving after being told to stop, while readiness says no [0]
    #[arg(long, value_name = "SECONDS")]
    #[serde(skip_serializing_if = "Option::is_none")]
    drain_seconds: Option<u16>,

    /// Check the settings, name everything that is wrong with them, and do nothing else
    #[arg(long)]
    #[serde(skip)]
    pub(super) check_config: bool,

    /// A settings file, TOML; sign-in is described there [none]
    #[arg(long, value_name = "FILE")]
    #[serde(skip)]
    pub(super) settings: Option<PathBuf>,

    /// What to do instead of serving.
    #[command(subcommand)]
    #[serde(skip)]
    pub(super) task: Option<Task>,
}

/// Something other than serving.
#[derive(Debug, Subcommand)]
pub(super) enum Task {
    /// Write a backup while the server runs, and verify it. SQLite, or PostgreSQL by pg_dump
    Backup {
        /// The file to write; it must not exist
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Restore a backup to a database that does not exist yet, and verify it
    Restore {
        /// The backup
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// A head of the audit trail that was kept, as NUMBER:HASH
        #[arg(long = "kept", value_name = "HEAD", value_parser = head)]
        kept: Vec<Head>,
    },
    /// Ask the server that runs with these settings whether it is ready
    Health,
    /// About the audit trail
    Audit {
        #[command(subcommand)]
        task: AuditTask,
    },
    /// About what may no longer be kept
    Retention {
        #[command(subcommand)]
        task: RetentionTask,
    },
    /// About requests of people for what is held about a child
    SubjectAccess {
        #[command(subcommand)]
        task: SubjectAccessTask,
    },
    /// About what partners' servers are told
    Webhooks {
        #[command(subcommand)]
        task: WebhooksTask,
    },
}

/// Something about what may no longer be kept.
#[derive(Debug, Subcommand)]
pub(super) enum RetentionTask {
    /// List exactly what a run would erase, and what is due and kept, with the reason
    List,
    /// Erase what is due
    Run,
    /// Print what was erased, to be kept beside the backups
    Erased,
    /// Erase again what is on such a list, after a backup was restored
    Reapply {
        /// The list
        file: PathBuf,
    },
}

/// Something about requests of people.
#[derive(Debug, Subcommand)]
pub(super) enum SubjectAccessTask {
    /// List requests that wait for an answer
    List,
    /// Write everything about the child into a folder, apart from what a person has to decide about
    Export {
        /// The request
        id: String,
        /// The folder
        #[arg(long, value_name = "FOLDER")]
        out: PathBuf,
    },
}

/// Something about what partners' servers are told.
#[derive(Debug, Subcommand)]
pub(super) enum WebhooksTask {
    /// List what one partner's server was told and is to be told, the newest first
    List {
        /// The partner's id
        partner: String,
    },
    /// Send one again, under the same id; a server that runs on this database sends it
    Replay {
        /// The partner's id
        partner: String,
        /// The webhook's id
        id: Uuid,
    },
}

/// Something about the audit trail.
#[derive(Debug, Subcommand)]
pub(super) enum AuditTask {
    /// Check every entry and its link to the one before; name the first that is wrong
    Verify {
        /// A head that an earlier check printed, as NUMBER:HASH; it finds entries cut off since, and a trail written again
        #[arg(long = "kept", value_name = "HEAD", value_parser = head)]
        kept: Vec<Head>,
    },
}

/// Reads a head as it is printed.
fn head(text: &str) -> Result<Head, &'static str> {
    let head = text
        .split_once(':')
        .and_then(|(seq, hash)| Some(Head { seq: seq.parse().ok()?, hash: Hash::parse(hash)? }));
    head.ok_or("a head is a number, a colon and 64 hexadecimal digits")
}
