//! Pairs of people who may be one, for coordinators to settle.

use serde::{Deserialize, Serialize};

use crate::person::{Decision, MatchReason, PersonSummary, Strength};

/// The reply of `GET /duplicates`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DuplicateList {
    /// The strongest pair first. Pairs that were joined or kept apart are not in it.
    pub pairs: Vec<DuplicatePair>,
    /// Give this as `after` for the next page; absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// How many people are still to be compared with others. Ask again for what they add; 0 is usual.
    pub to_compare: u64,
}

/// Two people who may be one. A person decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DuplicatePair {
    /// One of them.
    pub one: PersonSummary,
    /// The other.
    pub other: PersonSummary,
    /// How strongly.
    pub strength: Strength,
    /// What speaks for it. Empty where only the existence of one of them may be known.
    pub reasons_for: Vec<MatchReason>,
    /// What speaks against it.
    pub reasons_against: Vec<MatchReason>,
    /// An earlier decision that they are not the same. A fact that mattered has changed since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier_decision: Option<Decision>,
}
