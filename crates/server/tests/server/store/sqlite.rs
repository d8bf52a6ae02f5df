//! The SQLite store, for the contract. What only SQLite promises is tested here and in `database`.

use std::{sync::Arc, time::Duration};

use assessment_server::store::{Store, sqlite::SqliteStore};
use tempfile::TempDir;

use super::Harness;
use crate::database::look;

const LOCK_PATIENCE: Duration = Duration::from_secs(5);

/// A store in a file of its own.
pub(super) struct Sqlite {
    store: Arc<SqliteStore>,
    folder: TempDir,
}

impl Sqlite {
    async fn open(folder: TempDir) -> Self {
        let database = folder.path().join("assessments.sqlite3");
        let store = SqliteStore::open(&database, LOCK_PATIENCE).await.expect("a database");
        Self { store: Arc::new(store), folder }
    }
}

impl Harness for Sqlite {
    async fn new() -> Self {
        Self::open(TempDir::new().expect("a folder")).await
    }

    fn store(&self) -> Arc<dyn Store> {
        Arc::clone(&self.store) as _
    }

    async fn reopen(self) -> Self {
        Store::close(&*self.store).await;
        Self::open(self.folder).await
    }

    async fn tamper(&self) -> Vec<(&'static str, Result<(), String>)> {
        let mut connection = look(&self.folder.path().join("assessments.sqlite3")).await;
        let mut outcomes = Vec::new();
        for sql in [
            "UPDATE assessments SET answers = '{}'",
            "DELETE FROM assessments",
            "INSERT OR REPLACE INTO assessments SELECT * FROM assessments",
            "REPLACE INTO assessments SELECT * FROM assessments",
            "UPDATE idempotency_keys SET receipt = '{}'",
            "DELETE FROM idempotency_keys",
            "INSERT OR REPLACE INTO idempotency_keys SELECT * FROM idempotency_keys",
            "UPDATE draft_revisions SET body = NULL",
            "DELETE FROM draft_revisions",
            "INSERT OR REPLACE INTO draft_revisions SELECT * FROM draft_revisions",
            "UPDATE audit SET actor = 'somebody else'",
            "DELETE FROM audit",
            "INSERT OR REPLACE INTO audit SELECT * FROM audit",
        ] {
            let attempt = sqlx::query(sql).execute(&mut connection).await;
            outcomes.push((sql, attempt.map(drop).map_err(|error| error.to_string())));
        }
        outcomes
    }
}
