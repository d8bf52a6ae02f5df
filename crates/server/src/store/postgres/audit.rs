//! The audit trail in PostgreSQL.

use async_trait::async_trait;
use jiff::Timestamp;

use super::{chain::HEAD, session::Session, text};
use crate::{
    actor::Actor,
    store::{
        StoreError,
        audit::{AuditAction, AuditPage, AuditReader, StoredEntry},
        chain,
        episodes::Because,
        rows,
    },
};

pub(super) struct Audit<'c>(pub(super) &'c mut Session);

impl Audit<'_> {
    /// Adds the last thing that a transaction adds. Entries are added one at a time, from here to the end of the
    /// transaction: each follows on the one before, and nobody who reads forwards misses one.
    pub(super) async fn add(
        &mut self,
        actor: &Actor,
        action: AuditAction,
        at: Timestamp,
        because: Because<'_>,
    ) -> Result<(), StoreError> {
        // By itself: a statement sees what was saved before it began, so the next one sees the last entry.
        self.0.add(actor, sqlx::query("SELECT pg_advisory_xact_lock(0, 43)")).await?;
        let head = self.0.optional(actor, sqlx::query_as::<_, chain::HeadRow>(HEAD)).await?;
        let linked = chain::next(chain::head(head), actor, action, at, because)?;
        let insert = sqlx::query(
            "WITH entry AS (INSERT INTO audit (seq, at_us, actor, action, subject_kind, subject_id, reason) \
             OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4, $5, $6, $8) RETURNING seq) \
             INSERT INTO audit_chain (seq, hash) SELECT seq, $7 FROM entry",
        )
        .bind(i64::try_from(linked.entry.seq).unwrap_or(i64::MAX))
        .bind(linked.entry.at)
        .bind(actor.id())
        .bind(action.name())
        .bind(action.subject_kind())
        .bind(action.subject_id())
        .bind(linked.hash.as_bytes().to_vec())
        .bind(chain::reason(&linked));
        self.0.add(actor, insert).await?;
        let Some(reason) = because else { return Ok(()) };
        let words = sqlx::query("INSERT INTO access_reasons (seq, words) VALUES ($1, $2)");
        let seq = i64::try_from(linked.entry.seq).unwrap_or(i64::MAX);
        self.0.add(actor, words.bind(seq).bind(text(reason.words()))).await
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
