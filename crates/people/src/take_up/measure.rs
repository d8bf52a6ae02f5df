//! What is counted, and by what it is split. The codes are those of the interface and of what is kept.

use serde::{Deserialize, Serialize};

/// What is counted: episodes to which this happened in the quarter. An episode counts once, by the last time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Somebody noticed something and an episode was opened.
    Started,
    /// The first assessment was sent. A record of a refusal is none.
    Completed,
    /// The first meeting of the team around the child was held.
    FirstMeeting,
    /// The plan was agreed with the family.
    PlanAgreed,
    /// A review was finished.
    Reviewed,
    /// It was closed.
    Closed,
    /// Scores were compared at the end: did things get better?
    Outcome,
    /// Something was recorded that stood in the way of help.
    Barrier,
}

/// By what a number is split. In each of them every episode is in one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Split {
    /// The month of the quarter in which it happened.
    Month,
    /// The cluster of the child's school or home.
    Cluster,
    /// The organisation that holds the episode.
    Agency,
    /// The organisation of the lead professional.
    LeadAgency,
    /// The main need.
    Need,
    /// Why it was closed.
    Reason,
    /// Whether things got better, stayed the same or got worse.
    Change,
}

/// What is recorded at all. Everything else is published as not recorded, and never as 0.
#[derive(Debug, Clone, Copy)]
pub struct Recorded {
    /// What is counted.
    pub measures: &'static [Measure],
    /// By what it can be split.
    pub splits: &'static [Split],
}

impl Measure {
    /// Every measure, in the order in which things happen.
    pub const ALL: [Self; 8] = [
        Self::Started,
        Self::Completed,
        Self::FirstMeeting,
        Self::PlanAgreed,
        Self::Reviewed,
        Self::Closed,
        Self::Outcome,
        Self::Barrier,
    ];

    /// By what it is split.
    #[must_use]
    pub const fn splits(self) -> &'static [Split] {
        use Split::{Agency, Change, Cluster, LeadAgency, Month, Need, Reason};
        match self {
            Self::Closed => &[Month, Cluster, Agency, LeadAgency, Need, Reason],
            Self::Outcome => &[Month, Cluster, Agency, LeadAgency, Need, Change],
            _ => &[Month, Cluster, Agency, LeadAgency, Need],
        }
    }

    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Completed => "completed",
            Self::FirstMeeting => "first_meeting",
            Self::PlanAgreed => "plan_agreed",
            Self::Reviewed => "reviewed",
            Self::Closed => "closed",
            Self::Outcome => "outcome",
            Self::Barrier => "barrier",
        }
    }
}

impl Split {
    /// Every split.
    pub const ALL: [Self; 7] =
        [Self::Month, Self::Cluster, Self::Agency, Self::LeadAgency, Self::Need, Self::Reason, Self::Change];

    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Cluster => "cluster",
            Self::Agency => "agency",
            Self::LeadAgency => "lead_agency",
            Self::Need => "need",
            Self::Reason => "reason",
            Self::Change => "change",
        }
    }
}
