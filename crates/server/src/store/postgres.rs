//! The PostgreSQL store: many writers, and two guards on every row.
//!
//! The first guard is the SQL here, which names the actor; the second is row-level security, which shows a transaction only
//! the rows of the actor that it names, even if the SQL were wrong. Two roles keep it so: the owner of the tables brings
//! them up to date while the program starts, and the role that serves owns nothing and may only read and add.
//!
//! Durable means that a commit is on the disk before it is acknowledged; a server that is set otherwise is refused, and so
//! is a role that could pass by the guards.

use std::{borrow::Cow, time::Duration};

use async_trait::async_trait;
use sqlx::{Connection as _, PgPool, postgres::PgPoolOptions};

use super::{CannotOpen, Store, StoreError, UnitOfWork, View, sessions::Sessions, webhooks::Outbox};

mod address;
mod assessments;
mod audit;
pub mod backup;
mod chain;
mod drafts;
mod episodes;
mod families;
mod notes;
mod pages;
mod pairs;
mod people;
mod receipts;
mod referrals;
mod refusal;
mod register;
mod retention;
mod schema;
mod session;
mod sessions;
mod team_records;
mod trail;
mod webhooks;
mod work;

pub use address::{NotAnAddress, PostgresAddress};
pub use chain::{Auditor, auditor};
use session::Session;

/// Connections. More would wait for the disk together and gain nothing on a machine of a few cores.
const CONNECTIONS: u32 = 10;

/// For how long after it was used a connection is taken to be alive.
const TRUSTED_FOR: Duration = Duration::from_millis(200);

/// A store in a PostgreSQL database.
pub struct PostgresStore {
    pool: PgPool,
    patience: Duration,
}

impl PostgresStore {
    /// Opens the database. With the owner's address the tables are brought up to date first; without it they must be.
    /// `patience` is how long a request waits for a connection, and then for each answer.
    ///
    /// # Errors
    /// If the database cannot be used, could lose what was acknowledged, or would not keep one person's records from
    /// another.
    pub async fn open(
        server: &PostgresAddress,
        owner: Option<&PostgresAddress>,
        patience: Duration,
    ) -> Result<Self, CannotOpen> {
        let cannot = |address: &PostgresAddress, reason: &str| {
            CannotOpen(format!("cannot use the database {address}: {reason}."))
        };
        let wrong = |_: NotAnAddress| cannot(server, "the driver cannot read the address. Correct it");
        let options = server.options(patience).map_err(wrong)?;
        if let Some(address) = owner {
            let explain = |error: sqlx::Error| cannot(address, &refusal::explain(&error));
            let owner = schema::connect(address.options(patience).map_err(wrong)?, patience)
                .await
                .map_err(explain)?;
            schema::bring_up_to_date(owner, options.get_username())
                .await
                .map_err(|reason| cannot(address, &reason))?;
        }
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .min_connections(1)
            .acquire_timeout(patience)
            .idle_timeout(Duration::from_secs(600))
            // A connection that the database has dropped meanwhile is replaced before anyone gets it. One that was in use
            // right now is not asked: it would be a question more for every request.
            .test_before_acquire(false)
            .before_acquire(|connection, about| {
                Box::pin(async move {
                    if about.idle_for > TRUSTED_FOR {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
            .connect_with(options)
            .await
            .map_err(|error| cannot(server, &refusal::explain(&error)))?;
        schema::verify(&pool).await.map_err(|reason| cannot(server, &reason))?;
        Ok(Self { pool, patience })
    }
}

#[async_trait]
impl Store for PostgresStore {
    async fn ping(&self) -> Result<(), StoreError> {
        let mut session = Session::begin(&self.pool, "BEGIN READ ONLY", self.patience).await?;
        session.probe().await
    }

    async fn audit_entries(&self) -> Result<u64, StoreError> {
        let mut session = Session::begin(&self.pool, "BEGIN READ ONLY", self.patience).await?;
        Ok(super::chain::head(session.anyones(sqlx::query_as(chain::HEAD)).await?).seq)
    }

    async fn view(&self) -> Result<Box<dyn View>, StoreError> {
        let begin = "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY";
        Ok(Box::new(work::PostgresView(Session::begin(&self.pool, begin, self.patience).await?)))
    }

    fn sessions(&self) -> &dyn Sessions {
        self
    }

    fn outbox(&self) -> &dyn Outbox {
        self
    }

    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        let begin = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";
        Ok(Box::new(work::PostgresUnitOfWork::new(Session::begin(&self.pool, begin, self.patience).await?)))
    }

    async fn close(&self) {
        self.pool.close().await;
    }
}

/// Text as a column takes it. PostgreSQL has no U+0000 in text; names and versions that hold one are shown with the sign for
/// an unknown character instead, and the body keeps what was sent, byte for byte.
fn text(text: &str) -> Cow<'_, str> {
    if text.contains('\0') { Cow::Owned(text.replace('\0', "\u{fffd}")) } else { Cow::Borrowed(text) }
}
