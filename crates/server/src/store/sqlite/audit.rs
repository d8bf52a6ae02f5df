//! The audit trail in SQLite.

use async_trait::async_trait;
use sqlx::{Executor as _, SqliteConnection};

use crate::{
    actor::Actor,
    store::{
        StoreError,
        audit::{AuditAction, AuditReader, StoredEntry},
    },
};

pub(super) struct Audit<'c>(pub(super) &'c mut SqliteConnection);

impl Audit<'_> {
    pub(super) async fn add(
        &mut self,
        actor: &Actor,
        action: AuditAction,
        at: &str,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO audit (at, actor, action, subject_kind, subject_id) VALUES (?, ?, ?, ?, ?)";
        let insert = sqlx::query(sql)
            .bind(at)
            .bind(actor.id())
            .bind(action.name())
            .bind(action.subject_kind())
            .bind(action.subject_id());
        self.0.execute(insert).await?;
        Ok(())
    }
}

#[async_trait]
impl AuditReader for Audit<'_> {
    async fn list(&mut self, actor: &Actor, limit: u32) -> Result<Vec<StoredEntry>, StoreError> {
        let query = sqlx::query_as::<_, (String, String, String, String, String)>(
            "SELECT at, actor, action, subject_kind, subject_id FROM audit WHERE actor = ? ORDER BY seq DESC LIMIT ?",
        );
        let rows = query.bind(actor.id()).bind(limit).fetch_all(&mut *self.0).await?;
        Ok(rows
            .into_iter()
            .map(|(at, actor, action, subject_kind, subject_id)| StoredEntry {
                at,
                actor,
                action,
                subject_kind,
                subject_id,
            })
            .collect())
    }
}
