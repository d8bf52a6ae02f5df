//! The audit trail in SQLite.

use assessment_people::audit::{Linked, Word};
use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::{Executor as _, SqliteConnection};

use crate::{
    actor::Actor,
    store::{
        StoreError,
        audit::{AuditAction, AuditPage, AuditReader, StoredEntry},
        chain::{self, Following, Noted},
        episodes::Because,
        rows::{self, people::written},
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
        self.add_all(&[Noted::new(actor, action, at, because)]).await
    }

    /// Adds entries in this order.
    pub(super) async fn add_all(&mut self, noted: &[Noted]) -> Result<(), StoreError> {
        let all = chain::follow(super::chain::head(self.0).await?, noted)?;
        let (mut entries, mut reasons) = (Vec::new(), Vec::new());
        for Following { linked: Linked { entry, hash }, why } in &all {
            let reason = entry.reason.as_ref().map(Word::as_str);
            let words = [&entry.actor, &entry.action, &entry.subject_kind, &entry.subject_id];
            entries.push((entry.seq, entry.at, words.map(Word::as_str), reason, hash.to_string()));
            reasons.extend(why.as_ref().map(|why| (entry.seq, &why.words, &why.salt)));
        }
        let insert = sqlx::query(
            "INSERT INTO audit (seq, at_us, actor, action, subject_kind, subject_id, reason) \
             SELECT value ->> 0, value ->> 1, value ->> '$[2][0]', value ->> '$[2][1]', value ->> '$[2][2]', \
                 value ->> '$[2][3]', value ->> 3 FROM json_each(?1); \
             INSERT INTO audit_chain (seq, hash) SELECT value ->> 0, unhex(value ->> 4) FROM json_each(?1)",
        );
        self.0.execute(insert.bind(written(&entries)?)).await?;
        if !reasons.is_empty() {
            let words = sqlx::query(
                "INSERT INTO access_reasons (seq, words, salt) \
                 SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)",
            );
            self.0.execute(words.bind(written(&reasons)?)).await?;
        }
        Ok(())
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
