//! Why settings are refused, in one line that says where the setting is and what it needs.

use std::{io, net::SocketAddr, path::Path};

use figment::error::Kind;

use super::ENVIRONMENT;
use crate::partners::NotPartners;

/// Why settings are refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// An argument is not understood.
    #[error("{0}. See --help.")]
    Arguments(String),
    /// The settings file cannot be read.
    #[error("cannot read {path}: {reason}. Name another file with --settings.")]
    File {
        /// As it was given.
        path: String,
        /// Why.
        reason: &'static str,
    },
    /// The settings file is not TOML.
    #[error("{0}")]
    NotToml(String),
    /// A setting has a value that it cannot have.
    #[error("{setting} needs {needs}{hint}.")]
    Value {
        /// The setting, named as in its source.
        setting: String,
        /// What it needs, with an example.
        needs: &'static str,
        /// How to write it there, if that is easily got wrong.
        hint: &'static str,
    },
    /// A setting that does not exist.
    #[error("{0} is not a setting. See --help.")]
    Unknown(String),
    /// An owner for a file, which has none.
    #[error(
        "--database-owner is for PostgreSQL, and --database names a file. Leave it out, or give the address of a database."
    )]
    OwnerOfAFile,
    /// The demo identity on an address that others can reach.
    #[error(
        "--demo-identity lets in anyone who can reach {0}, so it is refused there. Listen on 127.0.0.1, which only this \
         machine can reach."
    )]
    DemoOnANetwork(SocketAddr),
    /// No demo identity.
    #[error(
        "nobody could sign in. Name a provider under [sign_in] or a portal under [[bearer]] in the settings file, or try the \
         server with invented families on this machine: --demo-identity."
    )]
    NoSignIn,
    /// Both.
    #[error(
        "--demo-identity lets everyone in, so it is refused together with [sign_in] or [[bearer]]. Leave one of them out."
    )]
    DemoAndSignIn,
    /// A pretended day where real people work.
    #[error(
        "--today is for the demo only: with a wrong day, deadlines and ages would be wrong. Leave it out."
    )]
    TodayOnANetwork,
    /// The provider must know where to send people back to.
    #[error(
        "[sign_in] needs public_url, the address under which people reach this server, such as \
         \"https://caf.council.example\"."
    )]
    NoPublicUrl,
    /// Out of bounds.
    #[error("[sessions] needs idle_minutes from 5 to 60 and longest_hours from 1 to 24.")]
    SessionPolicy,
    /// What operators see must not be where the public asks.
    #[error(
        "operator_listen needs an address of its own: it must not be the one of --listen, where everybody asks."
    )]
    OneAddressForBoth,
    /// Spans go by HTTP.
    #[error("traces needs an address such as http://127.0.0.1:4318/v1/traces.")]
    NotATracesAddress,
    /// The list of partners.
    #[error("{0}.")]
    Partners(NotPartners),
    /// Somebody on the way could read it.
    #[error("{0} needs an address that starts with https://, or with http:// on this machine only.")]
    NotHttps(&'static str),
}

impl Refused {
    /// What clap says, in one line and without its usage.
    pub(super) fn arguments(error: &clap::Error) -> Self {
        let text = error.to_string();
        let lines = text.trim_start_matches("error: ").lines().map(str::trim);
        let said = lines.take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"));
        let said: Vec<_> = said.filter(|line| !line.is_empty()).collect();
        Self::Arguments(said.join("; "))
    }

    pub(super) fn file(path: &Path, error: &io::Error) -> Self {
        Self::File { path: path.display().to_string(), reason: unreadable(error) }
    }

    /// What figment found, with the setting named as in its source.
    pub(super) fn value(error: &figment::Error, file: Option<&Path>) -> Self {
        let source = error.metadata.as_ref().map(|source| source.name.as_ref()).unwrap_or_default();
        let in_file = file.map(|path| path.display().to_string()).filter(|_| source.contains("TOML"));
        let key = match &error.kind {
            Kind::UnknownField(name, _) => name.as_str(),
            _ => error.path.first().map(String::as_str).unwrap_or_default(),
        };
        let whole = error.path.join(".");
        let whole = if whole.is_empty() { key } else { &whole };
        if key.is_empty() {
            return Self::NotToml(not_toml(&error.kind.to_string(), file));
        }
        let hint = if in_file.is_some()
            && !["demo_identity", "drain_seconds", "webhook_days", "limits", "partners"].contains(&key)
        {
            ", in quotes"
        } else {
            ""
        };
        let setting = match in_file {
            Some(path) => format!("`{whole}` in {path}"),
            None if source.contains("environment") => format!("{ENVIRONMENT}{}", key.to_uppercase()),
            None => format!("--{}", key.replace('_', "-")),
        };
        match &error.kind {
            Kind::UnknownField(..) => Self::Unknown(setting),
            _ => Self::Value { setting, needs: needs(key), hint },
        }
    }
}

/// What an address of a database needs.
pub(super) const ADDRESS: &str = "an address such as postgres://owner@localhost/assessments";

/// What each setting needs.
fn needs(key: &str) -> &'static str {
    match key {
        "demo_identity" => "true or false",
        "listen" => "an address and a port, such as 127.0.0.1:8080",
        "today" => "a date such as 2026-11-23",
        "public_url" => "an address such as https://caf.council.example",
        "sign_in" => "issuer and client_id, and may have client_secret_file, scopes, acr_values and claims",
        "bearer" => "issuer, audience and keys (a file or a url) for each portal",
        "partners" => {
            "id, name, origins and issuer for each partner, and may have a webhook (url, secret_file and kinds)"
        }
        "sessions" => "idle_minutes and longest_hours",
        "database" => {
            "the path of a file or folder in UTF-8, or an address such as postgres://server@localhost/assessments"
        }
        "database_owner" => ADDRESS,
        "operator_listen" => "an address and a port, such as 127.0.0.1:9464",
        "traces" => "an address such as http://127.0.0.1:4318/v1/traces",
        "trusted_proxies" => "addresses or networks with commas between, such as 10.0.0.0/8",
        "drain_seconds" => "a number of seconds from 0 to 65535",
        "webhook_days" => "a number of days from 0 to 65535",
        "limits" => {
            "requests_a_minute, requests_a_minute_from_an_address, searches_a_minute and look_ups_a_day, each a number from 1"
        }
        "log" => "one of error, warn, info, debug or trace",
        _ => "the path of a file or folder in UTF-8",
    }
}

/// A parser's message over several lines, in one: where, and why.
fn not_toml(message: &str, file: Option<&Path>) -> String {
    let file = file.map(|path| path.display().to_string()).unwrap_or_default();
    let mut lines = message.lines().map(str::trim).filter(|line| !line.is_empty());
    let place = lines.next().unwrap_or_default().replace("TOML parse error at ", "");
    let reason = lines.next_back().unwrap_or("it cannot be read");
    format!("{file} is not TOML at {place}: {reason}. Correct it, or name another file with --settings.")
}

/// Why a file cannot be read, in words.
pub(crate) fn unreadable(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file",
        io::ErrorKind::PermissionDenied => "you have no permission to read it",
        io::ErrorKind::IsADirectory => "that is a folder",
        io::ErrorKind::InvalidData => "it is not text in UTF-8",
        _ => "the system refused",
    }
}
