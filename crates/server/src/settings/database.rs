//! Where records are stored: a file, or PostgreSQL by its address.

use std::{env, path::PathBuf};

use figment::{Figment, providers::Serialized};
use serde::{Deserialize, Serialize};

use super::{Refused, refused::ADDRESS};
use crate::store::postgres::{NotAnAddress, PostgresAddress};

/// Where records are stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Database {
    /// In one SQLite file.
    File(PathBuf),
    /// In PostgreSQL.
    Postgres(PostgresAddress),
}

impl TryFrom<String> for Database {
    type Error = NotAnAddress;

    fn try_from(text: String) -> Result<Self, NotAnAddress> {
        if PostgresAddress::is_meant_by(&text) {
            PostgresAddress::parse(&text).map(Self::Postgres)
        } else if text.contains("://") {
            // The address of some other database, not a file with an odd name.
            Err(NotAnAddress)
        } else {
            Ok(Self::File(PathBuf::from(text)))
        }
    }
}

impl From<Database> for String {
    fn from(database: Database) -> Self {
        match database {
            // Paths come from text and from the defaults, so this loses nothing.
            Database::File(path) => path.display().to_string(),
            Database::Postgres(address) => address.into(),
        }
    }
}

/// The variable that hosting platforms set.
const DATABASE_URL: &str = "DATABASE_URL";

/// What `DATABASE_URL` says, if it is set; the server's own variable wins over it.
pub(super) fn from_environment() -> Result<Figment, Refused> {
    match env::var(DATABASE_URL) {
        Err(env::VarError::NotPresent) => Ok(Figment::new()),
        Ok(text) if PostgresAddress::parse(&text).is_ok() => {
            Ok(Figment::from(Serialized::default("database", text)))
        }
        _ => Err(Refused::Value { setting: DATABASE_URL.to_owned(), needs: ADDRESS, hint: "" }),
    }
}
