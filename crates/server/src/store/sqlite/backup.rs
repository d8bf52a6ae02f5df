//! Copies of an SQLite file that a program may be writing to, and back.
//!
//! `VACUUM INTO` reads one moment of the database and waits for no writer. The copy is verified under another name and gets
//! its own only then, so a file with the name that was asked for is a whole backup.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use assessment_people::audit::Head;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};

use super::{MIGRATIONS, SqliteStore, chain, file};
use crate::store::{
    Store as _,
    migrations::{self, Progress},
    unfinished::Unfinished,
};

/// Writes a verified copy. Gives the head of its audit trail.
///
/// # Errors
/// What is in the way, or wrong with the database, in one line.
pub async fn write(database: &Path, to: &Path, patience: Duration) -> Result<Head, String> {
    if !database.is_file() {
        return Err(format!("there is no database {}. Name it with --database.", database.display()));
    }
    let part = Unfinished::begin(to)?;
    let copy = copy_into(database, &part, patience).await;
    copy.map_err(|error| file::explain_copy(database, to, &error))?;
    let head = sound(part.path(), &[])
        .await
        .map_err(|reason| format!("the copy of {}: {reason}", database.display()))?;
    part.finish()?;
    Ok(head)
}

async fn copy_into(database: &Path, part: &Unfinished, patience: Duration) -> Result<(), sqlx::Error> {
    let options = SqliteConnectOptions::new().filename(database).create_if_missing(false);
    let mut connection = options.busy_timeout(patience).disable_statement_logging().connect().await?;
    sqlx::query("VACUUM INTO ?").bind(part.name()).execute(&mut connection).await?;
    connection.close().await
}

/// Restores a backup to a file that does not exist yet. Gives the head of its audit trail.
///
/// # Errors
/// What is in the way, or wrong with the backup, in one line.
pub async fn restore(
    from: &Path,
    database: &Path,
    kept: &[Head],
    patience: Duration,
) -> Result<Head, String> {
    if !from.is_file() {
        return Err(format!("there is no backup {}.", from.display()));
    }
    for name in ["", "-wal", "-shm", "-journal"].map(|end| beside(database, end)) {
        if name.exists() {
            return Err(format!(
                "{} exists, and nothing is overwritten. Name a database that does not exist yet with --database, or move \
                 this one away.",
                name.display()
            ));
        }
    }
    if beside(from, "-wal").exists() {
        let from = from.display();
        return Err(format!(
            "{from} is a database in use, not a backup: there is {from}-wal. Make one with backup --out."
        ));
    }
    sound(from, kept).await.map_err(|reason| format!("the backup {}: {reason}", from.display()))?;
    let part = Unfinished::begin(database)?;
    part.fill(from)?;
    // Brings a backup of an earlier program up to date, and reads the copy, not what it was made from.
    let store = SqliteStore::open(part.path(), patience).await.map_err(|reason| reason.to_string())?;
    let verdict = store.verify_audit(kept).await;
    store.close().await;
    let head = verdict.map_err(|fault| format!("the restored copy: {fault}."))?;
    part.finish()?;
    Ok(head)
}

/// That a file which nobody writes to is whole, as far as it says itself. A backup of an earlier program, whose trail may
/// have no links yet, is verified once it is up to date.
async fn sound(path: &Path, kept: &[Head]) -> Result<Head, String> {
    let options = SqliteConnectOptions::new().filename(path).read_only(true).immutable(true);
    let explain = |error: &sqlx::Error| file::explain(path, error);
    let mut connection =
        options.disable_statement_logging().connect().await.map_err(|error| explain(&error))?;
    let verdict = check(&mut connection, kept).await;
    // Nothing was written, so nothing can be lost.
    let _ = connection.close().await;
    verdict.map_err(|fault| match fault {
        Fault::Database(error) => explain(&error),
        Fault::Found(found) => found,
    })
}

enum Fault {
    Database(sqlx::Error),
    Found(String),
}

impl From<sqlx::Error> for Fault {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

async fn check(connection: &mut SqliteConnection, kept: &[Head]) -> Result<Head, Fault> {
    let verdict =
        sqlx::query_scalar::<_, String>("PRAGMA integrity_check").fetch_one(&mut *connection).await?;
    if verdict != "ok" {
        return Err(Fault::Found("it is damaged. Use another backup.".to_owned()));
    }
    if sqlx::query("PRAGMA foreign_key_check").fetch_optional(&mut *connection).await?.is_some() {
        return Err(Fault::Found("some of its rows refer to others that are missing.".to_owned()));
    }
    let table = "SELECT count(*) FROM sqlite_schema WHERE name = '_sqlx_migrations'";
    if sqlx::query_scalar::<_, i64>(table).fetch_one(&mut *connection).await? == 0 {
        return Err(Fault::Found("it is not a database of this program.".to_owned()));
    }
    let applied = sqlx::query_as(migrations::APPLIED).fetch_all(&mut *connection).await?;
    let known = migrations::with_unix_line_ends(&MIGRATIONS);
    match migrations::compare(&applied, &known).map_err(|drift| Fault::Found(format!("{drift}.")))? {
        Progress::UpToDate => {
            chain::verify(connection, kept).await.map_err(|fault| Fault::Found(format!("{fault}.")))
        }
        Progress::Behind { .. } => Ok(Head::START),
    }
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}
