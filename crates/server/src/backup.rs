//! Backing up while the server runs, and restoring where nothing is yet. Each ends by verifying what it made: the
//! database's own soundness, and the whole audit trail. How, is the store's business.

use std::path::Path;

use assessment_people::audit::Head;

use crate::{
    settings::{Database, Settings},
    startup::{ANSWER_PATIENCE, LOCK_PATIENCE},
    store::{postgres, sqlite},
};

/// Writes a backup of the database that the settings name. Gives the head of its audit trail, to be kept elsewhere.
///
/// # Errors
/// What is in the way, or wrong with the database, in one line. No file is left then.
pub async fn back_up(settings: &Settings, to: &Path) -> Result<Head, String> {
    match &settings.database {
        Database::File(path) => sqlite::backup::write(path, to, LOCK_PATIENCE).await,
        Database::Postgres(address) => postgres::backup::write(address, to, ANSWER_PATIENCE).await,
    }
}

/// Restores a backup to the database that the settings name, which must not exist yet, or be empty in PostgreSQL. Gives the
/// head of its audit trail.
///
/// # Errors
/// What is in the way, or wrong with the backup, in one line. Nothing is restored in part.
pub async fn restore(settings: &Settings, from: &Path, kept: &[Head]) -> Result<Head, String> {
    match &settings.database {
        Database::File(path) => sqlite::backup::restore(from, path, kept, LOCK_PATIENCE).await,
        Database::Postgres(address) => postgres::backup::restore(from, address, kept, ANSWER_PATIENCE).await,
    }
}
