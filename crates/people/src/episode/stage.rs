//! How far early help has come, from notice to shared assessment. A referral does not change it: that is `state`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

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
            Self::Shared { versions, .. } => Some(versions),
        }
    }

    /// What was sent so far, for a stage that follows.
    pub(super) fn into_versions(self) -> Option<Versions> {
        match self {
            Self::Enquiry { earlier }
            | Self::ConsentPending { earlier, .. }
            | Self::Drafting { earlier, .. }
            | Self::Declined { earlier, .. } => earlier,
            Self::Shared { versions, .. } => Some(versions),
        }
    }

    /// What the work rests on, where it rests on anything.
    #[must_use]
    pub fn basis(&self) -> Option<&Basis> {
        match self {
            Self::Drafting { basis, .. } | Self::Shared { basis, .. } => Some(basis),
            Self::Enquiry { .. } | Self::ConsentPending { .. } | Self::Declined { .. } => None,
        }
    }
}
