//! The audit trail: who did what to which record, and when; never what the form says.
//!
//! There is no way to add to it here: entries are added by [`super::UnitOfWork::save`] and, where one answer shows several
//! records, by [`super::UnitOfWork::note`].

use assessment_people::{
    access::{Action, Why},
    audit::Cut,
    id::{EpisodeId, PersonId},
};
use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

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
    /// Did this to an episode, or read this of it.
    Episode(Action, EpisodeId),
    /// Did this to a person, was shown them by it, or was told by it whom to ask about them.
    Person(Action, PersonId),
    /// Was refused this of an episode, and why: nothing was shown and nothing changed. No reason where there is none of that
    /// id.
    EpisodeRefused(Action, EpisodeId, Option<Why>),
    /// The same of a person.
    PersonRefused(Action, PersonId, Option<Why>),
    /// Shut somebody out who signs in here, or let them in again.
    Staff(Action, Uuid),
    /// Did something that is about no one record, such as a search. What was typed is not kept.
    Own(Action),
    /// Did this to a draft without being its author.
    Draft(Action, DraftId),
    /// Erased entries of this trail whose period was over. What is left is part of the entry.
    AccessLogErased(Cut),
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
            Self::Episode(action, _)
            | Self::Person(action, _)
            | Self::Staff(action, _)
            | Self::Draft(action, _)
            | Self::Own(action) => action.code(),
            Self::EpisodeRefused(action, ..) | Self::PersonRefused(action, ..) => action.refused_code(),
            Self::AccessLogErased(_) => Cut::ACTION,
            Self::SignedIn => "signed-in",
            Self::SignedOut => "signed-out",
        }
    }

    /// The kind of record as it is stored.
    #[must_use]
    pub fn subject_kind(self) -> &'static str {
        match self {
            Self::AssessmentSubmitted(_) => "assessment",
            Self::DraftSaved(_) | Self::DraftDeleted(_) | Self::Draft(..) => "draft",
            Self::Episode(..) | Self::EpisodeRefused(..) => "episode",
            Self::Person(..) | Self::PersonRefused(..) => "person",
            Self::AccessLogErased(_) => Cut::KIND,
            Self::Staff(..) | Self::Own(_) | Self::SignedIn | Self::SignedOut => "practitioner",
        }
    }

    /// The record's id; `self` is the actor.
    #[must_use]
    pub fn subject_id(self) -> String {
        match self {
            Self::AssessmentSubmitted(id) => id.to_string(),
            Self::DraftSaved(id) | Self::DraftDeleted(id) | Self::Draft(_, id) => id.to_string(),
            Self::Episode(_, id) | Self::EpisodeRefused(_, id, _) => id.to_string(),
            Self::Person(_, id) | Self::PersonRefused(_, id, _) => id.to_string(),
            Self::Staff(_, id) => id.hyphenated().to_string(),
            Self::AccessLogErased(cut) => cut.to_string(),
            Self::Own(_) | Self::SignedIn | Self::SignedOut => "self".to_owned(),
        }
    }

    /// Why it was refused, as a code; `unknown` where there is no such record.
    #[must_use]
    pub fn refused(self) -> Option<&'static str> {
        match self {
            Self::EpisodeRefused(.., why) | Self::PersonRefused(.., why) => {
                Some(why.map_or("unknown", Why::code))
            }
            _ => None,
        }
    }
}

/// One stored entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntry {
    /// Its position in the trail, from 1. Later entries have greater numbers.
    pub sequence: u64,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub actor: String,
    /// What, as [`AuditAction::name`].
    pub action: String,
    /// To which kind of record.
    pub subject_kind: String,
    /// To which record.
    pub subject_id: String,
}

/// Where a page of the trail begins. Pages go by sequence, never by time: many entries can share one moment, and an entry
/// that no page shows might as well not be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditPage {
    /// The last entry first.
    Last,
    /// From the one before this sequence number, backwards.
    Before(u64),
    /// From the one after this sequence number, forwards. 0 begins with the first.
    After(u64),
}

/// Reads the audit trail.
#[async_trait]
pub trait AuditReader: Send {
    /// One page of what that actor did, at most `limit` entries, in the page's order.
    async fn list(
        &mut self,
        actor: &Actor,
        page: AuditPage,
        limit: u32,
    ) -> Result<Vec<StoredEntry>, StoreError>;
}
