//! Where a PostgreSQL database is and who connects, from an address such as `postgres://server@localhost/assessments`.
//!
//! The password may be in the address, in `PGPASSWORD` or in a password file; it is never shown.

use std::{fmt, net::IpAddr, str::FromStr as _, time::Duration};

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use sqlx::{
    ConnectOptions as _,
    postgres::{PgConnectOptions, PgSslMode},
};

/// The address of a PostgreSQL database.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PostgresAddress(String);

/// The text is no address of a PostgreSQL database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the address of a PostgreSQL database")]
pub struct NotAnAddress;

/// What PostgreSQL's own programs are given. The password goes into a variable: what is in an argument can be seen by others
/// on the machine.
#[derive(PartialEq, Eq)]
pub(super) struct ForPrograms {
    pub(super) address: String,
    pub(super) password: Option<String>,
}

impl PostgresAddress {
    /// Whether the text means to be such an address.
    #[must_use]
    pub fn is_meant_by(text: &str) -> bool {
        text.starts_with("postgres://") || text.starts_with("postgresql://")
    }

    /// Reads an address; it must name the database.
    ///
    /// # Errors
    /// If it is no such address.
    pub fn parse(text: &str) -> Result<Self, NotAnAddress> {
        let options = PgConnectOptions::from_str(text).map_err(|_| NotAnAddress)?;
        if Self::is_meant_by(text) && options.get_database().is_some() {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAnAddress)
        }
    }

    /// How PostgreSQL's own programs connect.
    pub(super) fn for_programs(&self) -> Result<ForPrograms, NotAnAddress> {
        let options = PgConnectOptions::from_str(&self.0).map_err(|_| NotAnAddress)?;
        let mut url = reqwest::Url::parse(&self.0).map_err(|_| NotAnAddress)?;
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let mut password = url.password().map(decoded);
        let mut query: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        if let Some(other) = query.iter().find(|(name, _)| name == "password") {
            password = Some(other.1.clone());
        }
        query.retain(|(name, _)| name != "password");
        let falls_back = matches!(options.get_ssl_mode(), PgSslMode::Allow | PgSslMode::Prefer);
        if !is_near(&options) && falls_back {
            query.retain(|(name, _)| name != "sslmode");
            query.push(("sslmode".to_owned(), "verify-full".to_owned()));
        }
        if url.password().is_some() {
            url.set_password(None).map_err(|()| NotAnAddress)?;
        }
        url.set_query(None);
        // Not as a form does it: PostgreSQL's programs take a plus sign as it is.
        let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let query: Vec<_> = query.iter().map(|(name, value)| format!("{}={}", name, encode(value))).collect();
        let ask = if query.is_empty() { "" } else { "?" };
        Ok(ForPrograms { address: format!("{url}{ask}{}", query.join("&")), password })
    }

    /// How to connect.
    pub(super) fn options(&self, patience: Duration) -> Result<PgConnectOptions, NotAnAddress> {
        let options = PgConnectOptions::from_str(&self.0).map_err(|_| NotAnAddress)?;
        let falls_back = matches!(options.get_ssl_mode(), PgSslMode::Allow | PgSslMode::Prefer);
        let options = if is_near(&options) || !falls_back {
            options
        } else {
            // The usual mode goes on without TLS where the other side has none, and asks for no certificate. Records of
            // children do not cross a network like that; `sslmode=disable` has to be written out.
            options.ssl_mode(PgSslMode::VerifyFull)
        };
        let milliseconds = patience.as_millis().to_string();
        Ok(options
            .application_name("assessment-server")
            .options([("statement_timeout", &*milliseconds), ("idle_in_transaction_session_timeout", "60s")])
            // Statements carry no values, but a log needs none of them either.
            .disable_statement_logging())
    }
}

/// Whether the database is on this machine, so that nothing crosses a network.
fn is_near(options: &PgConnectOptions) -> bool {
    let host = options.get_host();
    options.get_socket().is_some()
        || host.starts_with('/')
        || host == "localhost"
        || host.trim_matches(['[', ']']).parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

impl TryFrom<String> for PostgresAddress {
    type Error = NotAnAddress;

    fn try_from(text: String) -> Result<Self, NotAnAddress> {
        Self::parse(&text)
    }
}

impl From<PostgresAddress> for String {
    fn from(address: PostgresAddress) -> Self {
        address.0
    }
}

/// Who, where and which database. No password, and nothing after the question mark.
impl fmt::Display for PostgresAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match PgConnectOptions::from_str(&self.0) {
            Ok(options) => {
                let database = options.get_database().unwrap_or_default();
                let user = options.get_username();
                match options.get_socket() {
                    Some(socket) => write!(out, "{database} at {} as {user}", socket.display()),
                    None => {
                        write!(out, "{database} at {}:{} as {user}", options.get_host(), options.get_port())
                    }
                }
            }
            Err(_) => out.write_str("PostgreSQL"),
        }
    }
}

impl fmt::Debug for PostgresAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(address: &str) -> Option<PgSslMode> {
        let address = PostgresAddress::parse(address).ok()?;
        address.options(Duration::from_secs(1)).ok().map(|options| options.get_ssl_mode())
    }

    fn same(found: Option<PgSslMode>, wanted: PgSslMode) -> bool {
        found.is_some_and(|found| std::mem::discriminant(&found) == std::mem::discriminant(&wanted))
    }

    #[test]
    fn what_is_not_an_address_is_refused() {
        for text in ["", "postgres", "sqlite://a", "mysql://a@b/c", "postgres://a@b", "postgres://a@b:x/c"] {
            assert_eq!(PostgresAddress::parse(text), Err(NotAnAddress), "{text}");
        }
        for text in ["postgres://a@b/c", "postgresql://a:p@b:5/c", "postgres:///c?host=/run/postgresql"] {
            assert!(PostgresAddress::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn a_database_on_another_machine_is_reached_over_tls_unless_it_is_switched_off_in_so_many_words() {
        for near in ["postgres://a@localhost/c", "postgres://a@127.0.0.1/c", "postgres:///c?host=/run"] {
            assert!(same(mode(near), PgSslMode::Prefer), "{near}");
        }
        assert!(same(mode("postgres://a@db.example/c"), PgSslMode::VerifyFull));
        assert!(same(mode("postgres://a@db.example/c?sslmode=prefer"), PgSslMode::VerifyFull));
        assert!(same(mode("postgres://a@db.example/c?sslmode=require"), PgSslMode::Require));
        assert!(same(mode("postgres://a@db.example/c?sslmode=disable"), PgSslMode::Disable));
    }

    #[test]
    fn programs_get_the_password_by_a_variable_and_the_same_rule_for_tls() {
        let given = |text: &str| PostgresAddress::parse(text).and_then(|address| address.for_programs());
        for (address, expected, password) in [
            ("postgres://a:h%20sh@localhost/c", "postgres://a@localhost/c", Some("h sh")),
            ("postgres://a@localhost:7/c", "postgres://a@localhost:7/c", None),
            (
                "postgres:///c?host=/run/db&user=a&password=hush",
                "postgres:///c?host=%2Frun%2Fdb&user=a",
                Some("hush"),
            ),
            ("postgres://a@db.example/c", "postgres://a@db.example/c?sslmode=verify%2Dfull", None),
            ("postgres://a@db.example/c?sslmode=disable", "postgres://a@db.example/c?sslmode=disable", None),
        ] {
            let given = given(address).map(|given| (given.address, given.password));
            assert_eq!(given, Ok((expected.to_owned(), password.map(str::to_owned))), "{address}");
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        let address = PostgresAddress::parse("postgres://a:hush@db.example/c?password=hush").ok();
        let shown = format!("{address:?} {}", address.as_ref().map(ToString::to_string).unwrap_or_default());
        assert!(shown.contains("c at db.example:5432 as a") && !shown.contains("hush"), "{shown}");
    }
}
