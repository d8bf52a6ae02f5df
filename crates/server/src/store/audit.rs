//! The audit trail: who did what to which record, and when; never what the form says.
//!
//! There is no way to add to it here: an entry is added by [`super::UnitOfWork::save`] and by nothing else.

use async_trait::async_trait;

use super::StoreError;
use crate::{
    actor::Actor,
    identifier::{AssessmentId, DraftId},
};

/// What somebody did to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditAction {
    /// Sent a finished assessment.
    AssessmentSubmitted(AssessmentId),
    /// Saved a revision of a draft.
    DraftSaved(DraftId),
    /// Deleted a draft.
    DraftDeleted(DraftId),
    /// Signed in.
    SignedIn,
    /// Signed out.
    SignedOut,
}

impl AuditAction {
    /// The action as it is stored.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AssessmentSubmitted(_) => "assessment-submitted",
            Self::DraftSaved(_) => "draft-saved",
            Self::DraftDeleted(_) => "draft-deleted",
            Self::SignedIn => "signed-in",
            Self::SignedOut => "signed-out",
        }
    }

    /// The kind of record as it is stored.
    #[must_use]
    pub fn subject_kind(self) -> &'static str {
        match self {
            Self::AssessmentSubmitted(_) => "assessment",
            Self::DraftSaved(_) | Self::DraftDeleted(_) => "draft",
            Self::SignedIn | Self::SignedOut => "practitioner",
        }
    }

    /// The record's id; empty for the actor.
    #[must_use]
    pub fn subject_id(self) -> String {
        match self {
            Self::AssessmentSubmitted(id) => id.to_string(),
            Self::DraftSaved(id) | Self::DraftDeleted(id) => id.to_string(),
            Self::SignedIn | Self::SignedOut => String::new(),
        }
    }
}

/// One stored entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntry {
    /// When it happened.
    pub at: String,
    /// Who did it.
    pub actor: String,
    /// What, as [`AuditAction::name`].
    pub action: String,
    /// To which kind of record.
    pub subject_kind: String,
    /// To which record.
    pub subject_id: String,
}

/// Reads the audit trail.
#[async_trait]
pub trait AuditReader: Send {
    /// What that actor did, last first, at most `limit`.
    async fn list(&mut self, actor: &Actor, limit: u32) -> Result<Vec<StoredEntry>, StoreError>;
}
