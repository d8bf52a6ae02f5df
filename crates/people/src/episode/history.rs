//! What happened to an episode, step by step: who, when, and what state it led to.

use serde::{Deserialize, Serialize};

use super::state::StateName;
use crate::id::{EpisodeId, VersionId};
use crate::who::{Organisation, Reason, Stamp, Subject};

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Happened {
    /// What.
    pub step: Step,
    /// Who did it, and when.
    pub stamp: Stamp,
    /// The state afterwards.
    pub then: StateName,
}

/// What can happen to an episode.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Step {
    /// Somebody noticed something.
    Opened,
    /// The family was asked to agree.
    Asked,
    /// The family agreed, or changed what it agrees to.
    Agreed,
    /// Work began, or goes on, for a lawful reason without agreement.
    WithoutAgreement,
    /// The family refused.
    Refused,
    /// The family took its agreement back.
    Withdrawn,
    /// A version was sent.
    Sent {
        /// Which.
        version: VersionId,
    },
    /// Somebody looked at amendments that came after a merge.
    LookedAt {
        /// The newest version then.
        version: VersionId,
    },
    /// Somebody must not be told.
    Excluded {
        /// Who.
        who: Excluded,
    },
    /// Somebody may be told again.
    ExclusionLifted {
        /// Who.
        who: Excluded,
        /// Why.
        reason: Reason,
    },
    /// Another organisation holds it from now on.
    Handed {
        /// Which.
        to: Organisation,
    },
    /// Social care was asked.
    Referred {
        /// Which front door.
        to: Organisation,
    },
    /// Social care accepted.
    ReferralAccepted,
    /// Social care did not accept.
    ReferralNotAccepted,
    /// It ended.
    Closed,
    /// It was opened again.
    Reopened {
        /// Why.
        reason: Reason,
        /// The version that the next one follows.
        follows: Option<VersionId>,
    },
    /// It became part of another.
    Merged {
        /// The other.
        into: EpisodeId,
    },
    /// The merge was undone.
    MergeUndone,
}

/// Somebody who must not be told about an episode.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Excluded {
    /// One person, such as a worker who is related to the family. Without exception.
    Person(Subject),
    /// Everybody of an organisation.
    Organisation(Organisation),
}

impl Excluded {
    /// Whether somebody who acts for that organisation is meant.
    #[must_use]
    pub fn is(&self, subject: &Subject, organisation: Option<&Organisation>) -> bool {
        match self {
            Self::Person(person) => person == subject,
            Self::Organisation(whole) => Some(whole) == organisation,
        }
    }
}

impl Step {
    /// Whether this step can lead from one state to the other; `None` is before the episode existed. The transitions obey
    /// this by how they are written; it is for checking what was stored.
    pub(super) fn leads(&self, from: Option<StateName>, to: StateName) -> bool {
        use StateName::{Closed, ConsentPending, Declined, Drafting, Enquiry, Merged, Referred, Shared};
        let Some(from) = from else { return matches!(self, Self::Opened) && to == Enquiry };
        // In a referred episode early help goes on, and the state stays.
        let goes_on = from == Referred && to == Referred;
        match self {
            Self::Opened => false,
            Self::Asked => goes_on || (matches!(from, Enquiry | Declined) && to == ConsentPending),
            Self::Agreed => {
                goes_on
                    || (from == ConsentPending && to == Drafting)
                    || (from == to && matches!(from, Drafting | Shared))
            }
            Self::WithoutAgreement => {
                goes_on
                    || (matches!(from, Enquiry | ConsentPending | Declined) && to == Drafting)
                    || (from == to && matches!(from, Drafting | Shared))
            }
            Self::Refused => goes_on || (from == ConsentPending && to == Declined),
            Self::Withdrawn => goes_on || (matches!(from, Drafting | Shared) && to == Declined),
            Self::Sent { .. } => from != Merged && (from == to || (from == Drafting && to == Shared)),
            Self::LookedAt { .. } | Self::Handed { .. } => from == to && from != Merged,
            Self::Excluded { .. } | Self::ExclusionLifted { .. } => from == to,
            Self::Referred { .. } => !matches!(from, Referred | Closed | Merged) && to == Referred,
            Self::ReferralAccepted => goes_on,
            Self::ReferralNotAccepted => from == Referred && !matches!(to, Referred | Closed | Merged),
            Self::Closed => !matches!(from, Closed | Merged) && to == Closed,
            Self::Reopened { .. } => from == Closed && to == ConsentPending,
            Self::Merged { .. } => from != Merged && to == Merged,
            Self::MergeUndone => from == Merged && to != Merged,
        }
    }
}
