//! Drafts in SQLite: each save and each deletion is a new row.

use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::{Executor as _, SqliteConnection};

use crate::{
    actor::Actor,
    clock::microseconds,
    identifier::DraftId,
    store::{
        StoreError,
        drafts::{DraftReader, DraftRepository, Head, NewContent, StoredDraft, StoredDraftSummary},
        rows,
    },
};

pub(super) struct Drafts<'c>(pub(super) &'c mut SqliteConnection);

#[async_trait]
impl DraftReader for Drafts<'_> {
    async fn find(&mut self, actor: &Actor, id: DraftId) -> Result<Option<StoredDraft>, StoreError> {
        let query = sqlx::query_as::<_, rows::Draft>(
            "SELECT revision, saved_us, body FROM draft_revisions WHERE draft_id = ? AND actor = ? \
             ORDER BY revision DESC LIMIT 1",
        );
        let found = query.bind(id.to_string()).bind(actor.id()).fetch_optional(&mut *self.0).await?;
        Ok(found.map(rows::draft))
    }

    async fn list(&mut self, actor: &Actor, limit: u32) -> Result<Vec<StoredDraftSummary>, StoreError> {
        let query = sqlx::query_as::<_, rows::DraftSummary>(
            "SELECT draft_id, revision, saved_us, form_version FROM draft_revisions AS newest \
             WHERE actor = ? AND form_version IS NOT NULL AND NOT EXISTS \
             (SELECT 1 FROM draft_revisions AS later \
              WHERE later.draft_id = newest.draft_id AND later.revision > newest.revision) \
             ORDER BY saved_us DESC, seq DESC LIMIT ?",
        );
        let found = query.bind(actor.id()).bind(limit).fetch_all(&mut *self.0).await?;
        Ok(found.into_iter().map(rows::draft_summary).collect())
    }
}

#[async_trait]
impl DraftRepository for Drafts<'_> {
    async fn head(&mut self, actor: &Actor, id: DraftId) -> Result<Option<Head>, StoreError> {
        let query = sqlx::query_as::<_, rows::DraftHead>(
            "SELECT revision, actor, saved_us, sha256 FROM draft_revisions WHERE draft_id = ? \
             ORDER BY revision DESC LIMIT 1",
        );
        let found = query.bind(id.to_string()).fetch_optional(&mut *self.0).await?;
        Ok(found.map(|row| rows::draft_head(actor, row)))
    }

    async fn add(
        &mut self,
        actor: &Actor,
        id: DraftId,
        revision: u64,
        content: Option<&NewContent>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO draft_revisions (draft_id, revision, actor, saved_us, body, sha256, form_version) \
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(id.to_string())
        .bind(i64::try_from(revision).unwrap_or(i64::MAX))
        .bind(actor.id())
        .bind(microseconds(at))
        .bind(content.map(|content| content.body.as_slice()))
        .bind(content.map(|content| content.sha256.as_str()))
        .bind(content.map(|content| content.form_version.as_str()));
        self.0.execute(insert).await?;
        Ok(())
    }
}
