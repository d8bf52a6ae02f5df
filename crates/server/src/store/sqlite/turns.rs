//! Taking turns to write, and making durable together what was written one after the other.
//!
//! SQLite has one writer, and a commit waits for the disk. So a turn that ends does not commit by itself: those who were
//! waiting already have their turns in the same transaction, and one commit is for all of them.
//!
//! - First come, first served. The commit waits in the same line, so that a group is never larger than that line was.
//! - Each turn is a savepoint: what one of them fails to store, or takes back, leaves the others as they are.
//! - Nobody is told that something is saved before the commit that holds it; if that fails, nothing of anybody is stored,
//!   and each of them is told.
//! - A connection whose state is not known, as after a full disk, is closed and another one opened. Closing takes back
//!   whatever was not committed.
//!
//! ```text
//! begin ─► SAVEPOINT ─► write ─► RELEASE ─► the next turn … ─► COMMIT ─► each of them is told
//! ```

use std::{
    ops::{Deref, DerefMut},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use sqlx::{
    ConnectOptions as _, Connection as _, Executor as _, SqliteConnection, sqlite::SqliteConnectOptions,
};
use tokio::{
    sync::{Mutex, OwnedMappedMutexGuard, OwnedMutexGuard, watch},
    time::timeout,
};

use super::{StoreError, verify};

/// The one connection that writes, and the line for it.
pub(super) struct Writer {
    path: PathBuf,
    options: SqliteConnectOptions,
    patience: Duration,
    line: Line,
}

/// `None` until a connection is opened again.
type Line = Arc<Mutex<Option<Open>>>;

/// The connection, and what happens on it.
struct Open {
    connection: SqliteConnection,
    /// The transaction that is open.
    group: Option<Group>,
    /// What the last turn did is not saved, and has not been taken back.
    is_unsaved: bool,
}

/// The turns of one transaction.
struct Group {
    has_saved: bool,
    outcome: watch::Sender<Option<Result<(), StoreError>>>,
}

/// The right to write, until it is dropped. What is not committed by then is taken back.
pub(super) struct Turn(OwnedMappedMutexGuard<Option<Open>, Open>);

impl Writer {
    /// A writer that has that connection. `options` open it again, and `patience` is the longest wait for a turn.
    pub(super) fn new(
        connection: SqliteConnection,
        path: PathBuf,
        options: SqliteConnectOptions,
        patience: Duration,
    ) -> Self {
        let line = Arc::new(Mutex::new(Some(Open::new(connection))));
        Self { path, options, patience, line }
    }

    /// Waits for a turn, which holds the file's write lock from its start.
    pub(super) async fn begin(&self) -> Result<Turn, StoreError> {
        let Ok(mut slot) = timeout(self.patience, Arc::clone(&self.line).lock_owned()).await else {
            return Err(sqlx::Error::PoolTimedOut.into());
        };
        if slot.is_none() {
            let mut connection = self.options.connect().await?;
            verify(&mut connection, &self.path)
                .await
                .map_err(|reason| StoreError::Unavailable(reason.to_string()))?;
            *slot = Some(Open::new(connection));
        }
        if let Some(open) = slot.as_mut()
            && let Err(error) = open.begin(&self.line).await
        {
            *slot = None;
            return Err(error);
        }
        let open = OwnedMutexGuard::try_map(slot, Option::as_mut);
        Ok(Turn(open.map_err(|_| sqlx::Error::WorkerCrashed)?))
    }

    /// Commits what is saved, and closes the connection.
    pub(super) async fn close(&self) {
        let mut slot = self.line.lock().await;
        finish(&mut slot).await;
        if let Some(open) = slot.take() {
            // What is committed is on the disk; a file that cannot be tidied up is tidied up by who opens it next.
            let _ = open.connection.close().await;
        }
    }
}

impl Open {
    fn new(connection: SqliteConnection) -> Self {
        Self { connection, group: None, is_unsaved: false }
    }

    async fn begin(&mut self, line: &Line) -> Result<(), StoreError> {
        // Noted first: a request can be given up at each `await`, and the next turn or the task clears away what it left.
        let was_unsaved = std::mem::replace(&mut self.is_unsaved, true);
        if self.group.is_none() {
            self.group = Some(Group { has_saved: false, outcome: watch::Sender::new(None) });
            let line = Arc::clone(line);
            tokio::spawn(async move { finish(&mut *line.lock().await).await });
            return self.run("BEGIN IMMEDIATE; SAVEPOINT turn").await;
        }
        if was_unsaved { self.run("ROLLBACK TO turn").await } else { Ok(()) }
    }

    /// Ends the transaction.
    async fn end(&mut self, has_saved: bool) -> Result<(), StoreError> {
        match (has_saved, self.is_unsaved) {
            (false, _) => self.run("ROLLBACK").await,
            (true, false) => self.run("COMMIT").await,
            (true, true) => self.run("ROLLBACK TO turn; COMMIT").await,
        }
    }

    async fn run(&mut self, statements: &'static str) -> Result<(), StoreError> {
        self.connection.execute(sqlx::query(statements)).await?;
        Ok(())
    }
}

/// Ends the transaction, if there is one, and tells those who saved in it.
async fn finish(slot: &mut Option<Open>) {
    let Some(open) = slot else { return };
    let Some(Group { has_saved, outcome }) = open.group.take() else { return };
    let ended = open.end(has_saved).await;
    if ended.is_err() {
        *slot = None;
    }
    outcome.send_replace(Some(ended));
}

impl Turn {
    /// Saves what was done in this turn. When this returns `Ok`, it is on the disk.
    pub(super) async fn commit(mut self) -> Result<(), StoreError> {
        if let Some(group) = &mut self.0.group {
            group.has_saved = true;
        }
        self.0.run("RELEASE turn; SAVEPOINT turn").await?;
        self.0.is_unsaved = false;
        self.end().await
    }

    /// Takes back what was done in this turn. What it read, others may have saved just before: that is on the disk, then.
    pub(super) async fn cancel(mut self) -> Result<(), StoreError> {
        self.0.run("ROLLBACK TO turn").await?;
        self.0.is_unsaved = false;
        self.end().await
    }

    /// Lets the next one in, and waits for what was saved before.
    async fn end(self) -> Result<(), StoreError> {
        let saved = self.0.group.as_ref().filter(|group| group.has_saved);
        let Some(mut outcome) = saved.map(|group| group.outcome.subscribe()) else { return Ok(()) };
        drop(self);
        let told = outcome.wait_for(Option::is_some).await.map(|told| told.clone());
        told.ok().flatten().unwrap_or_else(|| Err(sqlx::Error::WorkerCrashed.into()))
    }
}

impl Deref for Turn {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.0.connection
    }
}

impl DerefMut for Turn {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.0.connection
    }
}
