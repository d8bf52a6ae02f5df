//! Drafts in PostgreSQL: each save and each deletion is a new row.

use async_trait::async_trait;
use jiff::Timestamp;

use super::{session::Session, text};
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

pub(super) struct Drafts<'c>(pub(super) &'c mut Session);

#[async_trait]
impl DraftReader for Drafts<'_> {
    async fn find(&mut self, actor: &Actor, id: DraftId) -> Result<Option<StoredDraft>, StoreError> {
        let query = sqlx::query_as::<_, rows::Draft>(
            "SELECT revision, saved_us, body FROM draft_revisions WHERE draft_id = $1 AND actor = $2 \
             ORDER BY revision DESC LIMIT 1",
        );
        let found = self.0.optional(actor, query.bind(id.to_string()).bind(actor.id())).await?;
        Ok(found.map(rows::draft))
    }

    async fn list(&mut self, actor: &Actor, limit: u32) -> Result<Vec<StoredDraftSummary>, StoreError> {
        let query = sqlx::query_as::<_, rows::DraftSummary>(
            "SELECT draft_id, revision, saved_us, form_version FROM draft_revisions AS newest \
             WHERE actor = $1 AND form_version IS NOT NULL AND NOT EXISTS \
             (SELECT 1 FROM draft_revisions AS later \
              WHERE later.draft_id = newest.draft_id AND later.revision > newest.revision) \
             ORDER BY saved_us DESC, seq DESC LIMIT $2",
        );
        let found = self.0.all(actor, query.bind(actor.id()).bind(i64::from(limit))).await?;
        Ok(found.into_iter().map(rows::draft_summary).collect())
    }
}

#[async_trait]
impl DraftRepository for Drafts<'_> {
    async fn head(&mut self, actor: &Actor, id: DraftId) -> Result<Option<Head>, StoreError> {
        let query = sqlx::query_as::<_, rows::DraftHead>(
            "SELECT revision, actor, saved_us, sha256 FROM draft_revisions WHERE draft_id = $1 \
             ORDER BY revision DESC LIMIT 1",
        );
        if let Some(own) = self.0.optional(actor, query.bind(id.to_string())).await? {
            return Ok(Some(rows::draft_head(actor, own)));
        }
        let query = sqlx::query_as::<_, (String,)>("SELECT draft_id FROM draft_ids WHERE draft_id = $1");
        let taken = self.0.optional(actor, query.bind(id.to_string())).await?;
        Ok(taken.map(|_| Head::AnotherActors))
    }

    async fn add(
        &mut self,
        actor: &Actor,
        id: DraftId,
        revision: u64,
        content: Option<&NewContent>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        if revision == 1 {
            let first = sqlx::query("INSERT INTO draft_ids (draft_id) VALUES ($1)").bind(id.to_string());
            self.0.add(actor, first).await?;
        }
        let insert = sqlx::query(
            "INSERT INTO draft_revisions (draft_id, revision, actor, saved_us, body, sha256, form_version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(id.to_string())
        .bind(i64::try_from(revision).unwrap_or(i64::MAX))
        .bind(actor.id())
        .bind(microseconds(at))
        .bind(content.map(|content| content.body.as_slice()))
        .bind(content.map(|content| content.sha256.as_str()))
        .bind(content.map(|content| text(&content.form_version)));
        self.0.add(actor, insert).await
    }
}
