//! What a database's error means for the caller, and what of it may be logged.

use sqlx::{error::DatabaseError, postgres::PgDatabaseError};

use super::StoreError;

/// SQLite's codes of a unique or primary key, and of the trigger that guards one against `OR REPLACE`.
const SQLITE_TAKEN: [&str; 3] = ["1555", "1811", "2067"];

/// PostgreSQL's codes of a unique key, and of two transactions that were in each other's way: the later one begins again.
const POSTGRES_TAKEN: [&str; 3] = ["23505", "40001", "40P01"];

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Unavailable(match &error {
            sqlx::Error::Database(inner) => return refused(&**inner),
            sqlx::Error::PoolTimedOut => "no database connection became free in time".to_owned(),
            sqlx::Error::PoolClosed => "the database is closed".to_owned(),
            sqlx::Error::Io(inner) => format!("reading or writing the database failed: {}", inner.kind()),
            sqlx::Error::ColumnDecode { index, .. } => format!("column {index} could not be read"),
            _ => "the database driver failed".to_owned(),
        })
    }
}

fn refused(error: &dyn DatabaseError) -> StoreError {
    let code = error.code().unwrap_or_default();
    match error.try_downcast_ref::<PgDatabaseError>() {
        // Its messages may quote a value, so only code and constraint are kept.
        Some(postgres) => {
            let constraint = postgres.constraint().unwrap_or("no constraint");
            let said = format!("PostgreSQL error {code}, {constraint}");
            if POSTGRES_TAKEN.contains(&&*code) {
                StoreError::Conflict(said)
            } else {
                StoreError::Unavailable(said)
            }
        }
        // SQLite's messages name tables, columns and files, never values.
        None if SQLITE_TAKEN.contains(&&*code) => {
            StoreError::Conflict(format!("database error {code}: {error}"))
        }
        None => StoreError::Unavailable(format!("database error {code}: {error}")),
    }
}
