//! The repository of drafts: each save and each deletion adds a revision; the newest one is what the draft is now.

use async_trait::async_trait;
use jiff::Timestamp;

use super::StoreError;
use crate::{actor::Actor, identifier::DraftId};

/// What one save adds to a draft.
#[derive(Debug, Clone)]
pub struct NewContent {
    /// The exact bytes of the request's body.
    pub body: Vec<u8>,
    /// SHA-256 of `body`, hexadecimal.
    pub sha256: String,
    /// The version of the form.
    pub form_version: String,
}

/// The newest revision of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDraft {
    /// The revision, from 1.
    pub revision: u64,
    /// When it was saved.
    pub saved_at: Timestamp,
    /// The body as it was sent; `None` if this revision is a deletion.
    pub body: Option<Vec<u8>>,
}

/// One draft, for a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDraftSummary {
    /// Its id.
    pub id: String,
    /// Its newest revision.
    pub revision: u64,
    /// When that was saved.
    pub saved_at: Timestamp,
    /// The version of the form.
    pub form_version: String,
}

/// The newest revision of a draft without its content, for deciding whether another may follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Head {
    /// The actor's own draft.
    Own {
        /// The revision, from 1.
        revision: u64,
        /// When it was saved.
        saved_at: Timestamp,
        /// SHA-256 of the body; `None` if this revision is a deletion.
        sha256: Option<String>,
    },
    /// Another actor has used this id. It cannot be taken over, and who that is stays unsaid.
    AnotherActors,
}

/// Finds drafts.
#[async_trait]
pub trait DraftReader: Send {
    /// The newest revision of a draft.
    async fn find(&mut self, actor: &Actor, id: DraftId) -> Result<Option<StoredDraft>, StoreError>;

    /// Drafts that are not deleted, last saved first, at most `limit`.
    async fn list(&mut self, actor: &Actor, limit: u32) -> Result<Vec<StoredDraftSummary>, StoreError>;
}

/// Finds drafts and adds revisions.
#[async_trait]
pub trait DraftRepository: DraftReader {
    /// The newest revision of a draft; `None` if nobody has used that id.
    async fn head(&mut self, actor: &Actor, id: DraftId) -> Result<Option<Head>, StoreError>;

    /// Adds a revision: a save, or a deletion if there is no content. [`StoreError::Conflict`] if the draft already has
    /// that revision.
    async fn add(
        &mut self,
        actor: &Actor,
        id: DraftId,
        revision: u64,
        content: Option<&NewContent>,
        at: Timestamp,
    ) -> Result<(), StoreError>;
}
