//! The audit trail: who did what to which record, and when; never what the form says.
//!
//! There is no way to add to it here: entries are added by [`super::UnitOfWork::save`] and, where one answer shows several
//! records, by [`super::UnitOfWork::note`].

use assessment_people::{
    access::Action,
    id::{EpisodeId, PersonId},
};
use async_trait::async_trait;
use jiff::Timestamp;

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
    /// Did something that is about no one record, such as listing their work.
    Own(Action),
    /// Searched for people. What was typed is not kept.
    PeopleSearched,
    /// Asked whether a child is known already.
    DuplicatesChecked,
    /// Was told by that check whom to ask about a person, and nothing else of them.
    PersonHinted(PersonId),
    /// Was shown a person among others that were found.
    PersonFound(PersonId),
    /// Read what is known of a person.
    PersonRead(PersonId),
    /// Added a person.
    PersonAdded(PersonId),
    /// Changed a person.
    PersonChanged(PersonId),
    /// Decided that a person is not another one.
    PersonNotTheSame(PersonId),
    /// Joined a record into this one, or this one into another.
    PersonMerged(PersonId),
    /// Took a join back that this record was in.
    PersonMergeUndone(PersonId),
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
            Self::Episode(action, _) | Self::Own(action) => action.code(),
            Self::PeopleSearched => "people-searched",
            Self::DuplicatesChecked => "duplicates-checked",
            Self::PersonHinted(_) => "person-hinted",
            Self::PersonFound(_) => "person-found",
            Self::PersonRead(_) => "person-read",
            Self::PersonAdded(_) => "person-added",
            Self::PersonChanged(_) => "person-changed",
            Self::PersonNotTheSame(_) => "person-not-the-same",
            Self::PersonMerged(_) => "person-merged",
            Self::PersonMergeUndone(_) => "person-merge-undone",
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
            Self::Episode(..) => "episode",
            Self::PersonHinted(_)
            | Self::PersonFound(_)
            | Self::PersonRead(_)
            | Self::PersonAdded(_)
            | Self::PersonChanged(_)
            | Self::PersonNotTheSame(_)
            | Self::PersonMerged(_)
            | Self::PersonMergeUndone(_) => "person",
            Self::Own(_)
            | Self::PeopleSearched
            | Self::DuplicatesChecked
            | Self::SignedIn
            | Self::SignedOut => "practitioner",
        }
    }

    /// The record's id; `self` is the actor.
    #[must_use]
    pub fn subject_id(self) -> String {
        match self {
            Self::AssessmentSubmitted(id) => id.to_string(),
            Self::DraftSaved(id) | Self::DraftDeleted(id) => id.to_string(),
            Self::Episode(_, id) => id.to_string(),
            Self::PersonHinted(id)
            | Self::PersonFound(id)
            | Self::PersonRead(id)
            | Self::PersonAdded(id)
            | Self::PersonChanged(id)
            | Self::PersonNotTheSame(id)
            | Self::PersonMerged(id)
            | Self::PersonMergeUndone(id) => id.to_string(),
            Self::Own(_)
            | Self::PeopleSearched
            | Self::DuplicatesChecked
            | Self::SignedIn
            | Self::SignedOut => "self".to_owned(),
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
