//! How far early help has come, from notice to the review of a plan. A referral, a step up and a transfer do not change it:
//! those are `state`.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Because;
use crate::version::Versions;
use crate::who::{Organisation, Reason, Stamp, Who};

/// How far early help has come, each with what can be known then.
///
/// `earlier` are versions from before the episode was closed and opened again, from before the family refused, or from an
/// episode that was merged into this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Stage {
    /// Somebody has noticed something; the family has not been asked.
    Enquiry {
        /// Versions from before.
        earlier: Option<Versions>,
    },
    /// The family has been asked to agree.
    ConsentPending {
        /// Who asked, and when.
        asked: Stamp,
        /// Versions from before.
        earlier: Option<Versions>,
    },
    /// The assessment is being written.
    Drafting {
        /// What the work rests on.
        basis: Basis,
        /// Versions from before.
        earlier: Option<Versions>,
    },
    /// The assessment has been sent.
    Shared {
        /// What the sharing rests on.
        basis: Basis,
        /// What was sent.
        versions: Versions,
    },
    /// The first meeting of the team around the child has a date.
    TacScheduled {
        /// What the sharing rests on.
        basis: Basis,
        /// What was sent.
        versions: Versions,
        /// The day of the meeting.
        meeting: Date,
    },
    /// The plan is agreed, and people do what they said.
    PlanActive {
        /// What the sharing rests on.
        basis: Basis,
        /// What was sent.
        versions: Versions,
        /// Who wrote down that it was agreed, and when.
        agreed: Stamp,
        /// What the last review said comes next; `None` before the first, whose day the plan has.
        next: Option<Next>,
    },
    /// The plan is being reviewed. It goes on meanwhile.
    InReview {
        /// What the sharing rests on.
        basis: Basis,
        /// What was sent.
        versions: Versions,
        /// Who wrote down that the plan was agreed, and when.
        agreed: Stamp,
        /// Who began the review, and when.
        begun: Stamp,
    },
    /// The family said no, or took its agreement back.
    Declined {
        /// Who wrote it down, and when.
        noted: Stamp,
        /// Which of the two.
        refusal: Refusal,
        /// Versions from before, and the record of the refusal itself.
        earlier: Option<Versions>,
    },
}

/// What a review ends with: never neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Next {
    /// The next review, on this day.
    Review(Date),
    /// The episode can be closed.
    Close,
}

/// How a family said no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// It never agreed.
    Refused,
    /// It had agreed, and took that back.
    Withdrawn,
}

/// What work with a family and sharing about it rest on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// Agreement, or a lawful reason without it.
    pub ground: Ground,
    /// The organisations with which the episode may be shared, beside the one that holds it.
    pub shared_with: BTreeSet<Organisation>,
}

/// Agreement, or a lawful reason without it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Ground {
    /// The family agreed. Who said what is in the assessment.
    Agreed,
    /// Nobody agreed, and there is a lawful reason.
    WithoutAgreement {
        /// The code of the reason, from the list `not_sought_reason` or `lawful_reason` of the form.
        code: String,
        /// Why it holds for this child.
        reason: Reason,
        /// Who decided.
        decided_by: Who,
    },
}

impl Ground {
    /// Whether it does without the family's agreement.
    #[must_use]
    pub fn is_without_agreement(&self) -> bool {
        matches!(self, Self::WithoutAgreement { .. })
    }
}

impl Stage {
    /// What was sent so far.
    #[must_use]
    pub fn versions(&self) -> Option<&Versions> {
        match self {
            Self::Enquiry { earlier }
            | Self::ConsentPending { earlier, .. }
            | Self::Drafting { earlier, .. }
            | Self::Declined { earlier, .. } => earlier.as_ref(),
            Self::Shared { versions, .. }
            | Self::TacScheduled { versions, .. }
            | Self::PlanActive { versions, .. }
            | Self::InReview { versions, .. } => Some(versions),
        }
    }

    /// What was sent so far, for a stage that follows.
    pub(super) fn into_versions(self) -> Option<Versions> {
        match self {
            Self::Enquiry { earlier }
            | Self::ConsentPending { earlier, .. }
            | Self::Drafting { earlier, .. }
            | Self::Declined { earlier, .. } => earlier,
            Self::Shared { versions, .. }
            | Self::TacScheduled { versions, .. }
            | Self::PlanActive { versions, .. }
            | Self::InReview { versions, .. } => Some(versions),
        }
    }

    /// The same stage with other versions.
    pub(super) fn with_versions(
        self,
        change: impl FnOnce(Option<Versions>) -> Result<Versions, Because>,
    ) -> Result<Self, Because> {
        let changed = change(self.versions().cloned())?;
        Ok(match self {
            Self::Enquiry { .. } => Self::Enquiry { earlier: Some(changed) },
            Self::ConsentPending { asked, .. } => Self::ConsentPending { asked, earlier: Some(changed) },
            Self::Drafting { basis, .. } => Self::Drafting { basis, earlier: Some(changed) },
            Self::Declined { noted, refusal, .. } => {
                Self::Declined { noted, refusal, earlier: Some(changed) }
            }
            Self::Shared { basis, .. } => Self::Shared { basis, versions: changed },
            Self::TacScheduled { basis, meeting, .. } => {
                Self::TacScheduled { basis, versions: changed, meeting }
            }
            Self::PlanActive { basis, agreed, next, .. } => {
                Self::PlanActive { basis, versions: changed, agreed, next }
            }
            Self::InReview { basis, agreed, begun, .. } => {
                Self::InReview { basis, versions: changed, agreed, begun }
            }
        })
    }

    /// What the work rests on, where it rests on anything.
    #[must_use]
    pub fn basis(&self) -> Option<&Basis> {
        match self {
            Self::Drafting { basis, .. }
            | Self::Shared { basis, .. }
            | Self::TacScheduled { basis, .. }
            | Self::PlanActive { basis, .. }
            | Self::InReview { basis, .. } => Some(basis),
            Self::Enquiry { .. } | Self::ConsentPending { .. } | Self::Declined { .. } => None,
        }
    }

    /// The stage in which the work rests on this: the same one where it rested on something before.
    pub(super) fn resting_on(self, basis: Basis) -> Self {
        match self {
            Self::Shared { versions, .. } => Self::Shared { basis, versions },
            Self::TacScheduled { versions, meeting, .. } => Self::TacScheduled { basis, versions, meeting },
            Self::PlanActive { versions, agreed, next, .. } => {
                Self::PlanActive { basis, versions, agreed, next }
            }
            Self::InReview { versions, agreed, begun, .. } => {
                Self::InReview { basis, versions, agreed, begun }
            }
            other => Self::Drafting { basis, earlier: other.into_versions() },
        }
    }
}
