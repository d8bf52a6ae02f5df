//! What is counted, and by what it is split. The codes are those of the interface and of what is kept.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

/// What is counted: episodes to which this happened in the quarter, or people who did something in it. Each counts once, by
/// the last time.
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
    /// It was closed, and scores are compared: did things get better? The same episodes as [`Self::Closed`], so that the two
    /// together tell no more than one of them.
    Outcome,
    /// Something was recorded that stood in the way of help.
    Barrier,
    /// People who sent an assessment or led, and whose own page had a day of training. Nobody of these is in
    /// [`Self::TrainingNotRecorded`], and the two together are published nowhere: no table of the one says anything of the
    /// other.
    Trained,
    /// People who sent an assessment or led, and whose own page has no such day. Nobody knows: they may be trained.
    TrainingNotRecorded,
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
    /// What stood in the way of help.
    Barrier,
    /// Whether it was written up in the quarter in which it was held, or later: a late one counts in the quarter in which it
    /// was written up.
    WrittenUp,
    /// What became of the child's own scores: see [`ScoreChange`]. There is no split by all scores together: beside these
    /// three it would say how many families have only one person's scores, and so what is hidden.
    ChildChange,
    /// What became of those of parents and carers.
    ParentChange,
    /// What became of the practitioner's.
    PractitionerChange,
}

/// What became of scores, from the first that somebody gave a goal to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScoreChange {
    /// Some are higher, and none is lower.
    Better,
    /// All are the same.
    Same,
    /// Some are lower, and none is higher.
    Worse,
    /// Some are higher and some are lower.
    Mixed,
}

impl ScoreChange {
    /// What became of goals, where each says how its last score compares with its first. `None` where no goal has two: then
    /// nobody knows.
    pub fn of<'a>(goals: impl IntoIterator<Item = &'a Ordering>) -> Option<Self> {
        let (mut higher, mut lower, mut any) = (false, false, false);
        for goal in goals {
            any = true;
            higher |= goal.is_gt();
            lower |= goal.is_lt();
        }
        any.then_some(match (higher, lower) {
            (true, false) => Self::Better,
            (false, false) => Self::Same,
            (false, true) => Self::Worse,
            (true, true) => Self::Mixed,
        })
    }

    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Same => "same",
            Self::Worse => "worse",
            Self::Mixed => "mixed",
        }
    }
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
    pub const ALL: [Self; 10] = [
        Self::Started,
        Self::Completed,
        Self::FirstMeeting,
        Self::PlanAgreed,
        Self::Reviewed,
        Self::Closed,
        Self::Outcome,
        Self::Barrier,
        Self::Trained,
        Self::TrainingNotRecorded,
    ];

    /// Whether only the records of a team can say it.
    #[must_use]
    pub const fn is_of_team(self) -> bool {
        matches!(self, Self::FirstMeeting | Self::PlanAgreed | Self::Reviewed | Self::Barrier)
    }

    /// Whether people are counted, and not episodes.
    #[must_use]
    pub const fn is_of_people(self) -> bool {
        matches!(self, Self::Trained | Self::TrainingNotRecorded)
    }

    /// Whether there are days from opening to it.
    #[must_use]
    pub const fn has_days(self) -> bool {
        !self.is_of_people() && !matches!(self, Self::Started)
    }

    /// The measure with that code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.code() == code)
    }

    /// By what it is split.
    #[must_use]
    pub const fn splits(self) -> &'static [Split] {
        use Split::{
            Agency, Barrier, ChildChange, Cluster, LeadAgency, Month, Need, ParentChange, PractitionerChange,
            Reason, WrittenUp,
        };
        match self {
            Self::FirstMeeting | Self::Reviewed => &[Month, Cluster, Agency, LeadAgency, Need, WrittenUp],
            Self::Closed => &[Month, Cluster, Agency, LeadAgency, Need, Reason],
            Self::Outcome => {
                &[Month, Cluster, Agency, LeadAgency, Need, ChildChange, ParentChange, PractitionerChange]
            }
            Self::Barrier => &[Month, Cluster, Agency, LeadAgency, Need, Barrier],
            // Somebody works in several months, and in several places. By agency the two would add up to the people of a small
            // one, of whom nobody then is hidden.
            Self::Trained | Self::TrainingNotRecorded => &[],
            Self::Started | Self::Completed | Self::PlanAgreed => &[Month, Cluster, Agency, LeadAgency, Need],
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
            Self::Trained => "trained",
            Self::TrainingNotRecorded => "training_not_recorded",
        }
    }
}

impl Split {
    /// Every split.
    pub const ALL: [Self; 11] = [
        Self::Month,
        Self::Cluster,
        Self::Agency,
        Self::LeadAgency,
        Self::Need,
        Self::Reason,
        Self::Barrier,
        Self::WrittenUp,
        Self::ChildChange,
        Self::ParentChange,
        Self::PractitionerChange,
    ];

    /// Whether only the records of a team can say it.
    #[must_use]
    pub const fn is_of_team(self) -> bool {
        matches!(
            self,
            Self::Barrier
                | Self::WrittenUp
                | Self::ChildChange
                | Self::ParentChange
                | Self::PractitionerChange
        )
    }

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
            Self::Barrier => "barrier",
            Self::WrittenUp => "written_up",
            Self::ChildChange => "child_change",
            Self::ParentChange => "parent_change",
            Self::PractitionerChange => "practitioner_change",
        }
    }
}
