//! What the server needs from a database, and nothing about any database in particular.
//!
//! How to add a store: write a module below this one that implements [`Store`]; give it its own numbered migrations with the
//! same meaning; open it in `startup`; run the tests of `tests/` on it.
//!
//! Conventions: every call takes the [`Actor`] and shows or changes only that actor's records; "not found" is `None`, not an
//! error; time comes with the call; a write and its audit row are one transaction; nothing is ever changed or removed.

use assessment_api::assessment::Suggestion;
use async_trait::async_trait;

use crate::{
    actor::Actor,
    identifier::{AssessmentId, DraftId},
};

pub mod sqlite;

/// The database could not do it now. The text is for the log and holds nothing of a record.
#[derive(Debug)]
pub enum StoreError {
    /// Full, locked, gone or broken.
    Unavailable(String),
}

/// One assessment to append.
pub struct NewAssessmentRow {
    /// Its id.
    pub id: AssessmentId,
    /// Its reference for people.
    pub reference: String,
    /// When it was received, as [`crate::clock::written`] writes it.
    pub received_at: String,
    /// The version of the form.
    pub form_version: String,
    /// The version of the threshold rules.
    pub pack_version: String,
    /// The exact bytes of the request's body.
    pub body: Vec<u8>,
    /// SHA-256 of `body`, hexadecimal.
    pub sha256: String,
    /// The answers, JSON, as sent.
    pub answers: String,
    /// The outcome, canonical JSON.
    pub outcome: String,
    /// What the browser showed and what was found, JSON, where they differ.
    pub difference: Option<String>,
    /// The child's name as one would say it.
    pub child_name: Option<String>,
    /// The suggestion, for lists.
    pub suggestion: Suggestion,
    /// The receipt, JSON, to be given again when the request is repeated.
    pub receipt: String,
}

/// What was answered under an idempotency key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptReceipt {
    /// SHA-256 of the body that came with the key.
    pub sha256: String,
    /// The receipt, JSON.
    pub receipt: String,
}

/// What became of an append.
#[derive(Debug, PartialEq, Eq)]
pub enum Appended {
    /// It is stored, durably.
    Stored,
    /// The key was used before; nothing was stored now.
    KeyUsed(KeptReceipt),
}

/// One stored assessment.
pub struct StoredAssessment {
    /// Its id.
    pub id: String,
    /// Its reference for people.
    pub reference: String,
    /// The version of the form.
    pub form_version: String,
    /// The version of the threshold rules.
    pub pack_version: String,
    /// When it was received.
    pub received_at: String,
    /// Who sent it.
    pub actor: String,
    /// The answers, JSON.
    pub answers: String,
    /// The outcome, JSON.
    pub outcome: String,
    /// The difference, JSON.
    pub difference: Option<String>,
}

/// One stored assessment, for a list.
pub struct StoredSummary {
    /// Its id.
    pub id: String,
    /// Its reference for people.
    pub reference: String,
    /// The child's name.
    pub child_name: Option<String>,
    /// When it was received.
    pub received_at: String,
    /// The suggestion.
    pub suggestion: Suggestion,
}

/// What a client believes to be the current revision of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// There is no such draft yet.
    Nothing,
    /// This one.
    Revision(u64),
}

/// One revision of a draft to append.
pub struct NewRevision {
    /// When it was saved.
    pub saved_at: String,
    /// The exact bytes of the request's body.
    pub body: Vec<u8>,
    /// SHA-256 of `body`, hexadecimal.
    pub sha256: String,
    /// The version of the form.
    pub form_version: String,
}

/// The newest revision of a draft.
#[derive(Debug, PartialEq, Eq)]
pub struct StoredDraft {
    /// The revision.
    pub revision: u64,
    /// When it was saved.
    pub saved_at: String,
    /// The body as it was sent; `None` if this revision is a deletion.
    pub body: Option<Vec<u8>>,
}

/// One draft, for a list.
pub struct StoredDraftSummary {
    /// Its id.
    pub id: String,
    /// Its newest revision.
    pub revision: u64,
    /// When that was saved.
    pub saved_at: String,
    /// The version of the form.
    pub form_version: String,
}

/// What became of a change to a draft.
#[derive(Debug, PartialEq, Eq)]
pub enum Change {
    /// It is stored, durably, or it was already: a repeat of the change that made the current revision.
    Done {
        /// The revision that it made.
        revision: u64,
        /// When that was stored.
        saved_at: String,
    },
    /// The current revision is another one. Nothing was stored.
    Stale {
        /// The current revision.
        current: u64,
    },
    /// The current revision is a deletion, and the change was to delete.
    AlreadyDeleted {
        /// The current revision.
        current: u64,
    },
    /// There is no such draft.
    Missing,
}

/// A durable, append-only store.
#[async_trait]
pub trait Store: Send + Sync {
    /// Whether the store can be read.
    async fn ping(&self) -> Result<(), StoreError>;

    /// What was answered under that key.
    async fn receipt(&self, actor: &Actor, key: &str) -> Result<Option<KeptReceipt>, StoreError>;

    /// Appends an assessment with its key and its audit row, all or nothing. When this returns, it survives a power cut.
    async fn append(&self, actor: &Actor, key: &str, row: NewAssessmentRow) -> Result<Appended, StoreError>;

    /// One assessment.
    async fn assessment(
        &self,
        actor: &Actor,
        id: AssessmentId,
    ) -> Result<Option<StoredAssessment>, StoreError>;

    /// Assessments, newest first: those received before the one named, at most `limit`.
    async fn assessments(
        &self,
        actor: &Actor,
        before: Option<AssessmentId>,
        limit: u32,
    ) -> Result<Vec<StoredSummary>, StoreError>;

    /// Appends a revision of a draft with its audit row, if `expected` holds.
    async fn save_draft(
        &self,
        actor: &Actor,
        id: DraftId,
        expected: Expected,
        content: NewRevision,
    ) -> Result<Change, StoreError>;

    /// Appends a deletion with its audit row, if `expected` is the current revision. Earlier revisions stay.
    async fn delete_draft(
        &self,
        actor: &Actor,
        id: DraftId,
        expected: u64,
        at: &str,
    ) -> Result<Change, StoreError>;

    /// The newest revision of a draft.
    async fn draft(&self, actor: &Actor, id: DraftId) -> Result<Option<StoredDraft>, StoreError>;

    /// Drafts that are not deleted, last saved first, at most `limit`.
    async fn drafts(&self, actor: &Actor, limit: u32) -> Result<Vec<StoredDraftSummary>, StoreError>;
}
