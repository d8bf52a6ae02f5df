//! The PostgreSQL store, for the contract, and what only PostgreSQL promises.

use std::{sync::Arc, time::Duration};

use assessment_people::audit::Head;
use assessment_server::store::{
    Store,
    chain::AuditFault,
    postgres::{self, PostgresStore},
};
use sqlx::{AssertSqlSafe, Executor as _};

use super::Harness;
use crate::postgres::Database;

mod frozen;
mod guards;
mod opening;

const PATIENCE: Duration = Duration::from_secs(10);

/// A store in a database of its own.
pub(super) struct Postgres {
    store: Arc<PostgresStore>,
    database: Database,
}

impl Postgres {
    async fn open(database: Database) -> Self {
        let store = PostgresStore::open(&database.server(), Some(&database.owner()), PATIENCE).await;
        Self { store: Arc::new(store.expect("a database")), database }
    }
}

impl Harness for Postgres {
    async fn new() -> Self {
        Self::open(Database::new().await).await
    }

    fn store(&self) -> Arc<dyn Store> {
        Arc::clone(&self.store) as _
    }

    async fn reopen(self) -> Self {
        self.store.close().await;
        Self::open(self.database).await
    }

    /// As the owner of the tables, who has every right: only the triggers refuse.
    async fn tamper(&self) -> Vec<(&'static str, Result<(), String>)> {
        let mut connection = self.database.look_as("caf_owner").await;
        connection
            .execute(sqlx::raw_sql("SET app.actor = 'practitioner-1'; SET app.authority = 'yes'"))
            .await
            .expect("an actor");
        let mut outcomes = Vec::new();
        for sql in [
            "UPDATE assessments SET answers = '{}'",
            "DELETE FROM assessments",
            "TRUNCATE assessments CASCADE",
            "INSERT INTO assessments OVERRIDING SYSTEM VALUE SELECT * FROM assessments \
             ON CONFLICT (id) DO UPDATE SET body = ''",
            "UPDATE idempotency_keys SET receipt = '{}'",
            "DELETE FROM idempotency_keys",
            "TRUNCATE idempotency_keys",
            "INSERT INTO idempotency_keys SELECT * FROM idempotency_keys \
             ON CONFLICT (actor, key) DO UPDATE SET receipt = '{}'",
            "UPDATE draft_revisions SET body = NULL",
            "DELETE FROM draft_revisions",
            "TRUNCATE draft_revisions",
            "INSERT INTO draft_revisions OVERRIDING SYSTEM VALUE SELECT * FROM draft_revisions \
             ON CONFLICT (draft_id, revision) DO UPDATE SET body = NULL",
            "UPDATE draft_ids SET draft_id = 'x'",
            "DELETE FROM draft_ids",
            "UPDATE audit SET actor = 'somebody else'",
            "DELETE FROM audit",
            "TRUNCATE audit CASCADE",
            "UPDATE episodes SET document = '{}'",
            "DELETE FROM episodes",
            "TRUNCATE episodes CASCADE",
            "UPDATE episode_revisions SET document = '{}'",
            "DELETE FROM episode_revisions",
            "UPDATE versions SET number = 7",
            "DELETE FROM versions",
            "UPDATE grants SET document = '{}'",
            "DELETE FROM grants",
            "TRUNCATE grants",
            "UPDATE audit_chain SET seq = seq + 100",
            "DELETE FROM audit_chain",
            "TRUNCATE audit_chain",
            "UPDATE people SET document = '{}'",
            "UPDATE people SET revision = revision + 2, document = '{}'",
            "DELETE FROM people",
            "TRUNCATE people CASCADE",
            "UPDATE person_revisions SET document = '{}'",
            "DELETE FROM person_revisions",
            "UPDATE legal_holds SET until = '2026-01-01'",
            "DELETE FROM legal_holds",
            "UPDATE subject_access_requests SET person = 'x'",
            "DELETE FROM subject_access_requests",
            "TRUNCATE person_revisions",
            "UPDATE team_revisions SET at_us = 7",
            "DELETE FROM team_revisions",
            "TRUNCATE team_revisions CASCADE",
            "UPDATE team_kept SET at_us = 7",
            "DELETE FROM team_kept",
            "TRUNCATE team_kept CASCADE",
            "UPDATE team_settled SET at_us = 7",
            "DELETE FROM team_settled",
            "TRUNCATE team_settled CASCADE",
            "UPDATE team_completions SET at_us = 7",
            "DELETE FROM team_completions",
            "TRUNCATE team_completions CASCADE",
            "UPDATE team_circulations SET at_us = 7",
            "DELETE FROM team_circulations",
            "TRUNCATE team_circulations CASCADE",
            "UPDATE own_pages SET document = '{}'",
            "DELETE FROM own_pages",
            "UPDATE practitioner_names SET name = 'somebody else'",
            "DELETE FROM practitioner_names",
            "TRUNCATE own_pages",
            "TRUNCATE practitioner_names",
            "UPDATE take_up_stories SET document = '{}'",
            "DELETE FROM take_up_stories",
            "TRUNCATE take_up_stories",
            "UPDATE families SET created_us = 7",
            "DELETE FROM families",
            "TRUNCATE families CASCADE",
            "UPDATE family_members SET name = 'somebody else'",
            "DELETE FROM family_members",
            "TRUNCATE family_members",
            "UPDATE family_related SET relationship = 'father'",
            "DELETE FROM family_related",
            "TRUNCATE family_related",
        ] {
            let attempt = sqlx::query(sql).execute(&mut connection).await;
            outcomes.push((sql, attempt.map(drop).map_err(|error| error.to_string())));
        }
        outcomes
    }

    const OWN_NUMBER: &'static str = "OVERRIDING SYSTEM VALUE";

    async fn force(&self, sql: &str) {
        let all = AssertSqlSafe(format!("SET session_replication_role = replica; {sql}"));
        self.database.look().await.execute(sqlx::raw_sql(all)).await.expect(sql);
    }

    async fn verify(&self, kept: &[Head]) -> Result<Head, AuditFault> {
        let auditor = postgres::auditor(&self.database.address("postgres"), PATIENCE).await;
        auditor.expect("an auditor").verify(kept).await
    }
}
