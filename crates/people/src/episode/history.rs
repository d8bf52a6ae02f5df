//! What happened to an episode, step by step: who, when, and what state it led to.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::closure::Closure;
use super::lead::Handover;
use super::stage::Next;
use super::state::{SentBy, StateName};
use crate::id::{EpisodeId, VersionId};
use crate::who::{Council, Organisation, Reason, Stamp, Subject};

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
    /// The written form of the referral was sent.
    ReferralWritten {
        /// How.
        by: SentBy,
    },
    /// It was not, although somebody had said so.
    ReferralNotWritten {
        /// Why that was said.
        reason: Reason,
    },
    /// Social care accepted.
    ReferralAccepted,
    /// Social care did not accept.
    ReferralNotAccepted,
    /// The first meeting of the team around the child has a date.
    MeetingScheduled {
        /// Which day.
        on: Date,
    },
    /// It has none any more.
    MeetingCancelled,
    /// The plan was agreed.
    PlanAgreed,
    /// A review began.
    ReviewBegun,
    /// A review was finished.
    ReviewFinished {
        /// What comes next.
        next: Next,
    },
    /// Social care took the lead.
    SteppedUp,
    /// Social care gave the lead back.
    SteppedDown {
        /// With what summary.
        handover: Handover,
    },
    /// Another council was asked to take it over.
    TransferBegun {
        /// Which.
        to: Council,
    },
    /// It does not.
    TransferCancelled {
        /// Why.
        reason: Reason,
    },
    /// It has, and the episode ended here.
    TransferFinished,
    /// It ended.
    Closed,
    /// It was opened again.
    Reopened {
        /// Why.
        reason: Reason,
        /// The version that the next one follows.
        follows: Option<VersionId>,
        /// How it had ended. Absent of episodes that were opened again before this was kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ended: Option<Box<Closure>>,
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
        use StateName::{
            Closed, ConsentPending, Declined, Drafting, Enquiry, InReview, Merged, PlanActive, Referred,
            Shared, SteppedUp, TacScheduled, Transferring,
        };
        let Some(from) = from else { return matches!(self, Self::Opened) && to == Enquiry };
        let has_ended = |name| matches!(name, Closed | Merged);
        let is_stage = |name| !has_ended(name) && !matches!(name, Referred | SteppedUp | Transferring);
        let rests = |name| matches!(name, Drafting | Shared | TacScheduled | PlanActive | InReview);
        let stays = from == to;
        // In an episode that is referred or to be transferred early help goes on, and the state stays.
        let plan_goes_on = stays && matches!(from, Referred | Transferring);
        let goes_on = plan_goes_on || (stays && from == SteppedUp);
        match self {
            Self::Opened => false,
            Self::Asked => goes_on || (matches!(from, Enquiry | Declined) && to == ConsentPending),
            Self::Agreed => goes_on || (from == ConsentPending && to == Drafting) || (stays && rests(from)),
            Self::WithoutAgreement => {
                goes_on
                    || (matches!(from, Enquiry | ConsentPending | Declined) && to == Drafting)
                    || (stays && rests(from))
            }
            Self::Refused => goes_on || (from == ConsentPending && to == Declined),
            Self::Withdrawn => goes_on || (rests(from) && to == Declined),
            Self::Sent { .. } => from != Merged && (stays || (from == Drafting && to == Shared)),
            Self::LookedAt { .. } | Self::Handed { .. } => stays && from != Merged,
            Self::Excluded { .. } | Self::ExclusionLifted { .. } => stays,
            Self::MeetingScheduled { .. } => {
                plan_goes_on || (matches!(from, Shared | TacScheduled) && to == TacScheduled)
            }
            Self::MeetingCancelled => plan_goes_on || (from == TacScheduled && to == Shared),
            Self::PlanAgreed => plan_goes_on || (matches!(from, Shared | TacScheduled) && to == PlanActive),
            Self::ReviewBegun => plan_goes_on || (from == PlanActive && to == InReview),
            Self::ReviewFinished { .. } => plan_goes_on || (from == InReview && to == PlanActive),
            Self::Referred { .. } => (is_stage(from) && to == Referred) || (stays && from == Transferring),
            Self::ReferralWritten { .. } | Self::ReferralNotWritten { .. } | Self::ReferralAccepted => {
                plan_goes_on
            }
            Self::ReferralNotAccepted => {
                (from == Referred && is_stage(to)) || (stays && from == Transferring)
            }
            Self::SteppedUp => from == Referred && to == SteppedUp,
            Self::SteppedDown { .. } => from == SteppedUp && is_stage(to),
            Self::TransferBegun { .. } => (is_stage(from) || from == Referred) && to == Transferring,
            Self::TransferCancelled { .. } => from == Transferring && (is_stage(to) || to == Referred),
            Self::TransferFinished => from == Transferring && to == Closed,
            Self::Closed => !has_ended(from) && to == Closed,
            Self::Reopened { .. } => from == Closed && to == ConsentPending,
            Self::Merged { .. } => from != Merged && to == Merged,
            Self::MergeUndone => from == Merged && to != Merged,
        }
    }
}
