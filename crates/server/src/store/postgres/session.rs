//! One connection inside one transaction, on behalf of one actor at a time.
//!
//! Row-level security shows only the rows of the actor that the transaction names, so every question and every addition
//! takes the actor and names it first. Nothing waits without end: a database that does not answer in time is given up, and
//! its connection is thrown away.

use std::time::Duration;

use sqlx::{
    Executor as _, FromRow, PgPool, Postgres,
    pool::PoolConnection,
    postgres::{PgArguments, PgConnection, PgRow},
    query::{Query, QueryAs},
};
use tokio::{runtime::Handle, time::timeout};

use crate::{
    actor::Actor,
    store::{
        StoreError,
        episodes::{Asker, Key},
    },
};

/// A transaction, rolled back if it is dropped; or a connection for one question.
pub(super) struct Session {
    /// Empty once the transaction has ended.
    connection: Option<PoolConnection<Postgres>>,
    /// Whom the transaction names.
    actor: Option<Actor>,
    /// Whose episodes it names.
    asker: Option<Asker>,
    /// The database did not answer in time, so what the connection would say next is anyone's guess.
    stuck: bool,
    is_transaction: bool,
    patience: Duration,
}

impl Session {
    /// A connection without a transaction, for one question.
    pub(super) async fn alone(pool: &PgPool, patience: Duration) -> Result<Self, StoreError> {
        let connection = Some(pool.acquire().await?);
        Ok(Self { connection, actor: None, asker: None, stuck: false, is_transaction: false, patience })
    }

    /// Begins a transaction.
    pub(super) async fn begin(
        pool: &PgPool,
        statement: &'static str,
        patience: Duration,
    ) -> Result<Self, StoreError> {
        let mut session = Self::alone(pool, patience).await?;
        session.is_transaction = true;
        session.run(sqlx::query(statement)).await?;
        Ok(session)
    }

    /// Asks something of the tables that shows no record. Without an actor no row can be seen, so looking for the first one
    /// would read them all.
    pub(super) async fn probe(&mut self) -> Result<(), StoreError> {
        self.run(sqlx::query("SELECT 1 FROM assessments LIMIT 0")).await
    }

    /// At most one row of a table that belongs to no actor.
    pub(super) async fn anyones<R>(
        &mut self,
        query: QueryAs<'_, Postgres, R, PgArguments>,
    ) -> Result<Option<R>, StoreError>
    where
        R: for<'r> FromRow<'r, PgRow> + Send + Unpin,
    {
        let patience = self.patience;
        let outcome = timeout(patience, query.fetch_optional(self.connection()?)).await;
        self.in_time(outcome)
    }

    /// Rows of a table that belongs to no actor.
    pub(super) async fn everyone<R>(
        &mut self,
        query: QueryAs<'_, Postgres, R, PgArguments>,
    ) -> Result<Vec<R>, StoreError>
    where
        R: for<'r> FromRow<'r, PgRow> + Send + Unpin,
    {
        let patience = self.patience;
        let outcome = timeout(patience, query.fetch_all(self.connection()?)).await;
        self.in_time(outcome)
    }

    /// At most one row of that actor's.
    pub(super) async fn optional<R>(
        &mut self,
        actor: &Actor,
        query: QueryAs<'_, Postgres, R, PgArguments>,
    ) -> Result<Option<R>, StoreError>
    where
        R: for<'r> FromRow<'r, PgRow> + Send + Unpin,
    {
        self.act_for(actor).await?;
        self.anyones(query).await
    }

    /// Rows of that actor's.
    pub(super) async fn all<R>(
        &mut self,
        actor: &Actor,
        query: QueryAs<'_, Postgres, R, PgArguments>,
    ) -> Result<Vec<R>, StoreError>
    where
        R: for<'r> FromRow<'r, PgRow> + Send + Unpin,
    {
        self.act_for(actor).await?;
        self.everyone(query).await
    }

    /// Adds on behalf of that actor.
    pub(super) async fn add(
        &mut self,
        actor: &Actor,
        query: Query<'_, Postgres, PgArguments>,
    ) -> Result<(), StoreError> {
        self.act_for(actor).await?;
        self.run(query).await
    }

    /// At most one row of an episode that concerns them.
    pub(super) async fn optional_for<R>(
        &mut self,
        asker: &Asker,
        query: QueryAs<'_, Postgres, R, PgArguments>,
    ) -> Result<Option<R>, StoreError>
    where
        R: for<'r> FromRow<'r, PgRow> + Send + Unpin,
    {
        self.ask_for(asker).await?;
        self.anyones(query).await
    }

    /// Rows of episodes that concern them.
    pub(super) async fn all_for<R>(
        &mut self,
        asker: &Asker,
        query: QueryAs<'_, Postgres, R, PgArguments>,
    ) -> Result<Vec<R>, StoreError>
    where
        R: for<'r> FromRow<'r, PgRow> + Send + Unpin,
    {
        self.ask_for(asker).await?;
        self.everyone(query).await
    }

    /// Adds to an episode that concerns them.
    pub(super) async fn add_for(
        &mut self,
        asker: &Asker,
        query: Query<'_, Postgres, PgArguments>,
    ) -> Result<(), StoreError> {
        self.change_for(asker, query).await.map(drop)
    }

    /// Changes an episode that concerns them. Gives the number of rows.
    pub(super) async fn change_for(
        &mut self,
        asker: &Asker,
        query: Query<'_, Postgres, PgArguments>,
    ) -> Result<u64, StoreError> {
        self.ask_for(asker).await?;
        let patience = self.patience;
        let outcome = timeout(patience, self.connection()?.execute(query)).await;
        Ok(self.in_time(outcome)?.rows_affected())
    }

    /// Makes everything durable. When this fails, nothing is stored in part.
    pub(super) async fn commit(self) -> Result<(), StoreError> {
        self.end("COMMIT").await
    }

    /// Stores nothing.
    pub(super) async fn cancel(self) -> Result<(), StoreError> {
        self.end("ROLLBACK").await
    }

    async fn end(mut self, statement: &'static str) -> Result<(), StoreError> {
        self.run(sqlx::query(statement)).await?;
        drop(self.connection.take());
        Ok(())
    }

    async fn act_for(&mut self, actor: &Actor) -> Result<(), StoreError> {
        if self.actor.as_ref() != Some(actor) {
            self.name(actor, None).await?;
        }
        Ok(())
    }

    async fn ask_for(&mut self, asker: &Asker) -> Result<(), StoreError> {
        if self.asker.as_ref() != Some(asker) || self.actor.as_ref() != Some(&asker.actor) {
            self.name(&asker.actor, Some(asker)).await?;
        }
        Ok(())
    }

    /// Names them to the policies. What was named before is forgotten.
    async fn name(&mut self, actor: &Actor, asker: Option<&Asker>) -> Result<(), StoreError> {
        (self.actor, self.asker) = (None, None);
        let person = asker.map(|asker| Key::person(&asker.subject).as_str().to_owned());
        let organisation = asker.and_then(|asker| asker.organisation.as_ref()).map(Key::organisation);
        let organisation = organisation.map(|key| key.as_str().to_owned());
        let authority = if asker.is_some_and(|asker| asker.authority) { "yes" } else { "" };
        let name = sqlx::query(
            "SELECT set_config('app.actor', $1, true), set_config('app.person', $2, true), \
             set_config('app.organisation', $3, true), set_config('app.authority', $4, true)",
        );
        let name = name.bind(actor.id().to_owned()).bind(person.unwrap_or_default());
        self.run(name.bind(organisation.unwrap_or_default()).bind(authority)).await?;
        (self.actor, self.asker) = (Some(actor.clone()), asker.cloned());
        Ok(())
    }

    /// Changes a table that belongs to no actor.
    pub(super) async fn run(&mut self, query: Query<'_, Postgres, PgArguments>) -> Result<(), StoreError> {
        let patience = self.patience;
        let outcome = timeout(patience, self.connection()?.execute(query)).await;
        self.in_time(outcome).map(drop)
    }

    fn connection(&mut self) -> Result<&mut PgConnection, StoreError> {
        match &mut self.connection {
            Some(connection) => Ok(connection),
            None => Err(StoreError::Unavailable("the transaction has ended".to_owned())),
        }
    }

    fn in_time<T>(
        &mut self,
        outcome: Result<Result<T, sqlx::Error>, tokio::time::error::Elapsed>,
    ) -> Result<T, StoreError> {
        let Ok(answer) = outcome else {
            self.stuck = true;
            return Err(StoreError::Unavailable("the database did not answer in time".to_owned()));
        };
        Ok(answer?)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let Some(mut connection) = self.connection.take() else { return };
        if self.stuck {
            connection.close_on_drop();
            return;
        }
        if !self.is_transaction {
            return;
        }
        // Without a runtime the connection just closes, which ends the transaction as well.
        let Ok(runtime) = Handle::try_current() else { return };
        let patience = self.patience;
        runtime.spawn(async move {
            let ended = timeout(patience, connection.execute("ROLLBACK")).await;
            if !matches!(ended, Ok(Ok(_))) {
                connection.close_on_drop();
            }
        });
    }
}
