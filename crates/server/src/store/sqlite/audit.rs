//! The audit trail in SQLite.

use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::{Executor as _, SqliteConnection};

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

pub(super) struct Audit<'c>(pub(super) &'c mut SqliteConnection);

impl Audit<'_> {
    pub(super) async fn add(
        &mut self,
        actor: &Actor,
        action: AuditAction,
        at: Timestamp,
        because: Because<'_>,
    ) -> Result<(), StoreError> {
        let linked = chain::next(super::chain::head(self.0).await?, actor, action, at, because)?;
        let seq = i64::try_from(linked.entry.seq).unwrap_or(i64::MAX);
        let sql = "INSERT INTO audit (seq, at_us, actor, action, subject_kind, subject_id, reason) VALUES (?, ?, ?, ?, ?, ?, ?)";
        let insert = sqlx::query(sql)
            .bind(seq)
            .bind(linked.entry.at)
            .bind(actor.id())
            .bind(action.name())
            .bind(action.subject_kind())
            .bind(action.subject_id())
            .bind(chain::reason(&linked));
        self.0.execute(insert).await?;
        if let Some(reason) = because {
            let words = sqlx::query("INSERT INTO access_reasons (seq, words) VALUES (?, ?)");
            self.0.execute(words.bind(seq).bind(reason.words())).await?;
        }
        Ok(super::chain::add(self.0, seq, linked.hash.as_bytes()).await?)
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
                 WHERE actor = ? AND seq <= ? ORDER BY seq DESC LIMIT ?",
                u64::MAX,
            ),
            AuditPage::Before(edge) => (
                "SELECT seq, at_us, actor, action, subject_kind, subject_id FROM audit \
                 WHERE actor = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
                edge,
            ),
            AuditPage::After(edge) => (
                "SELECT seq, at_us, actor, action, subject_kind, subject_id FROM audit \
                 WHERE actor = ? AND seq > ? ORDER BY seq LIMIT ?",
                edge,
            ),
        };
        let query = sqlx::query_as::<_, rows::Entry>(sql).bind(actor.id());
        let query = query.bind(i64::try_from(edge).unwrap_or(i64::MAX)).bind(limit);
        let found = query.fetch_all(&mut *self.0).await?;
        Ok(found.into_iter().map(rows::entry).collect())
    }
}
