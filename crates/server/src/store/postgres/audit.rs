//! The audit trail in PostgreSQL.

use async_trait::async_trait;
use jiff::Timestamp;

use super::session::Session;
use crate::{
    actor::Actor,
    clock::microseconds,
    store::{
        StoreError,
        audit::{AuditAction, AuditPage, AuditReader, StoredEntry},
        rows,
    },
};

pub(super) struct Audit<'c>(pub(super) &'c mut Session);

impl Audit<'_> {
    /// Adds the last thing that a transaction adds. Entries are added one at a time, from here to the end of the
    /// transaction: sequence numbers appear in their order, so nobody who reads forwards misses one.
    pub(super) async fn add(
        &mut self,
        actor: &Actor,
        action: AuditAction,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "WITH alone AS MATERIALIZED (SELECT pg_advisory_xact_lock(0, 43)) \
             INSERT INTO audit (at_us, actor, action, subject_kind, subject_id) SELECT $1, $2, $3, $4, $5 FROM alone",
        )
        .bind(microseconds(at))
        .bind(actor.id())
        .bind(action.name())
        .bind(action.subject_kind())
        .bind(action.subject_id());
        self.0.add(actor, insert).await
    }
}

#[async_trait]
impl AuditReader for Audit<'_> {
    async fn list(
        &mut self,
        actor: &Actor,
        page: AuditPage,
        limit: u32,
    ) -> Result<Vec<StoredEntry>, StoreError> {
        let (sql, edge) = match page {
            AuditPage::Last => (
                "SELECT seq, at_us, actor, action, subject_kind, subject_id FROM audit \
                 WHERE actor = $1 AND seq <= $2 ORDER BY seq DESC LIMIT $3",
                u64::MAX,
            ),
            AuditPage::Before(edge) => (
                "SELECT seq, at_us, actor, action, subject_kind, subject_id FROM audit \
                 WHERE actor = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3",
                edge,
            ),
            AuditPage::After(edge) => (
                "SELECT seq, at_us, actor, action, subject_kind, subject_id FROM audit \
                 WHERE actor = $1 AND seq > $2 ORDER BY seq LIMIT $3",
                edge,
            ),
        };
        let query = sqlx::query_as::<_, rows::Entry>(sql).bind(actor.id());
        let query = query.bind(i64::try_from(edge).unwrap_or(i64::MAX)).bind(i64::from(limit));
        let found = self.0.all(actor, query).await?;
        Ok(found.into_iter().map(rows::entry).collect())
    }
}
