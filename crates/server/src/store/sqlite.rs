//! The SQLite store: one file, one writer connection, a few readers.
//!
//! Durable means WAL with `synchronous=FULL`: a commit is on the disk before it is acknowledged. Both are read back when a
//! connection opens, because a file system may refuse WAL without an error. All SQL is fixed text with bound values.
//! Append only is enforced by triggers in the migrations, not only by what the repositories offer.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use assessment_people::audit::Head;
use async_trait::async_trait;
use sqlx::{
    ConnectOptions, Connection as _, SqliteConnection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{
    CannotOpen, Store, StoreError, UnitOfWork, View, chain::AuditFault, migrations, sessions::Sessions,
    webhooks::Outbox,
};

mod assessments;
mod audit;
pub mod backup;
mod chain;
mod drafts;
mod episodes;
mod families;
mod file;
mod notes;
mod pages;
mod pairs;
mod people;
mod receipts;
mod referrals;
mod register;
mod retention;
mod sessions;
mod team_records;
mod trail;
mod turns;
mod webhooks;
mod work;

use turns::{Turn, Writer};

/// Compiled in, so that program and schema cannot drift apart.
static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("migrations/sqlite");

/// Connections for reading beside the one for writing. Neither side waits for the other.
const READERS: u32 = 4;

/// A store in one SQLite file.
pub struct SqliteStore {
    writer: Writer,
    readers: SqlitePool,
}

impl SqliteStore {
    /// Opens the file and brings it up to date. A new file is readable by its owner only.
    /// `patience` is how long a write waits while another program holds the file.
    ///
    /// # Errors
    /// If the file cannot be used, or could lose what was acknowledged.
    pub async fn open(path: &Path, patience: Duration) -> Result<Self, CannotOpen> {
        file::prepare(path).map_err(CannotOpen)?;
        let explain = |error: sqlx::Error| CannotOpen(file::explain(path, &error));
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(false)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(patience)
            .pragma("trusted_schema", "OFF")
            // What is erased is overwritten, and not only forgotten.
            .pragma("secure_delete", "ON")
            // What a savepoint may take back is kept in memory, and not in a file of its own that nobody else reads.
            .pragma("temp_store", "MEMORY")
            // Statements carry no values, but a log needs none of them either.
            .disable_statement_logging();
        // Switching a new file to the write-ahead log needs it alone, and SQLite does not wait for that as it waits for
        // other locks: another program that starts at the same moment would end this one.
        let deadline = Instant::now() + patience;
        let mut pause = tokio::time::interval(Duration::from_millis(20));
        let mut writer = loop {
            pause.tick().await;
            match options.connect().await {
                Err(error) if file::is_in_use(&error) && Instant::now() < deadline => {}
                outcome => break outcome.map_err(explain)?,
            }
        };
        verify(&mut writer, path).await?;
        bring_up_to_date(&mut writer, path).await?;
        let longest_wait = patience + Duration::from_secs(5);
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .min_connections(READERS)
            .acquire_timeout(longest_wait)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .connect_with(options.clone().pragma("query_only", "ON"))
            .await
            .map_err(explain)?;
        let writer = Writer::new(writer, path.to_owned(), options, longest_wait);
        Ok(Self { writer, readers })
    }

    /// Checks the whole audit trail, also against heads that were kept elsewhere.
    ///
    /// # Errors
    /// The first entry that is wrong, or why the trail could not be read.
    pub async fn verify_audit(&self, kept: &[Head]) -> Result<Head, AuditFault> {
        let mut reader = self.readers.acquire().await.map_err(StoreError::from)?;
        chain::verify(&mut reader, kept).await
    }
}

/// Looks before it changes anything: a file of a newer program, or one made by other tables, stays as it is. One program at
/// a time, and all steps or none: the transaction holds the file's lock from its start.
async fn bring_up_to_date(writer: &mut SqliteConnection, path: &Path) -> Result<(), CannotOpen> {
    let explain = |error: sqlx::Error| CannotOpen(file::explain(path, &error));
    let mut alone = writer.begin_with("BEGIN EXCLUSIVE").await.map_err(explain)?;
    let known = migrations::with_unix_line_ends(&MIGRATIONS);
    let table = "SELECT count(*) FROM sqlite_schema WHERE name = '_sqlx_migrations'";
    if sqlx::query_scalar::<_, i64>(table).fetch_one(&mut *alone).await.map_err(explain)? > 0 {
        let applied = sqlx::query_as(migrations::APPLIED).fetch_all(&mut *alone).await.map_err(explain)?;
        migrations::compare(&applied, &known).map_err(|drift| {
            CannotOpen(format!("{drift} (database {}; it was not changed).", path.display()))
        })?;
    }
    let done = known.run_direct(None, &mut *alone, false).await;
    done.map_err(|error| CannotOpen(file::explain_migration(path, &error)))?;
    chain::link_old(&mut alone).await.map_err(explain)?;
    alone.commit().await.map_err(explain)
}

/// Refuses a file where an acknowledged save could be lost.
async fn verify(connection: &mut SqliteConnection, path: &Path) -> Result<(), CannotOpen> {
    let journal = sqlx::query_scalar::<_, String>("PRAGMA journal_mode").fetch_one(&mut *connection).await;
    let synchronous = sqlx::query_scalar::<_, i64>("PRAGMA synchronous").fetch_one(&mut *connection).await;
    let foreign_keys = sqlx::query_scalar::<_, i64>("PRAGMA foreign_keys").fetch_one(connection).await;
    match (journal.as_deref(), synchronous, foreign_keys) {
        (Ok("wal"), Ok(2..), Ok(1)) => Ok(()),
        _ => Err(CannotOpen(format!(
            "the database {} cannot be stored durably there (it needs SQLite's write-ahead log with full synchronisation). \
             Move it to a local disk, not a network folder, and name it with --database.",
            path.display()
        ))),
    }
}

impl SqliteStore {
    /// The right to write.
    async fn turn(&self) -> Result<Turn, StoreError> {
        if self.readers.is_closed() {
            return Err(sqlx::Error::PoolClosed.into());
        }
        self.writer.begin().await
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query_scalar::<_, i64>("SELECT count(*) FROM (SELECT 1 FROM assessments LIMIT 1)")
            .fetch_one(&self.readers)
            .await?;
        Ok(())
    }

    async fn audit_entries(&self) -> Result<u64, StoreError> {
        let mut reader = self.readers.acquire().await?;
        Ok(chain::head(&mut reader).await?.seq)
    }

    async fn view(&self) -> Result<Box<dyn View>, StoreError> {
        Ok(Box::new(work::SqliteView::new(self.readers.acquire().await?)))
    }

    fn sessions(&self) -> &dyn Sessions {
        self
    }

    fn outbox(&self) -> &dyn Outbox {
        self
    }

    /// Holds the write lock from its start, so what it reads stays true until it is saved.
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        Ok(Box::new(work::SqliteUnitOfWork::new(self.turn().await?)))
    }

    async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn verdict(options: SqliteConnectOptions) -> bool {
        let mut connection = options.connect().await.unwrap_or_else(|error| panic!("{error}"));
        let accepted = verify(&mut connection, Path::new("x")).await.is_ok();
        connection.close().await.unwrap_or_else(|error| panic!("{error}"));
        accepted
    }

    #[tokio::test]
    async fn a_file_that_could_lose_an_acknowledged_save_is_refused_b11() {
        let folder = tempfile::TempDir::new().unwrap_or_else(|error| panic!("{error}"));
        let good = SqliteConnectOptions::new()
            .filename(folder.path().join("a.sqlite3"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true);
        assert!(verdict(good.clone()).await);
        assert!(!verdict(good.clone().synchronous(SqliteSynchronous::Normal)).await);
        assert!(!verdict(good.clone().foreign_keys(false)).await);
        assert!(!verdict(good.journal_mode(SqliteJournalMode::Delete)).await);
        // A file system without shared memory gives another journal than was asked for, and no error.
        assert!(
            !verdict(SqliteConnectOptions::new().in_memory(true).journal_mode(SqliteJournalMode::Wal)).await
        );
    }
}
