//! What pictures of an episode are drawn from: scores over time for each outcome, how far the plan is, what happened and
//! what is due, and the assessment triangle then and now. Data only: shapes and words are the screen's, and each picture
//! has a table of the same data.

use assessment_engine::triangle::ElementState;
use assessment_engine::validation::identifiers::score;
use jiff::civil::Date;

use crate::{Plan, Review};

mod glance;
mod map;

pub use glance::{ActionState, Goal, GoalAction, PlanProgress, goals, progress};
pub use map::{FamilyMap, Helper, Lives, Relative, Seen, family_map};

/// Who gave a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scorer {
    /// The child.
    Child,
    /// A parent or carer.
    Parent,
    /// The practitioner.
    Practitioner,
}

impl Scorer {
    /// Everybody who gives scores.
    pub const ALL: [Scorer; 3] = [Scorer::Child, Scorer::Parent, Scorer::Practitioner];

    /// The code, as wording keys have it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Scorer::Child => "child",
            Scorer::Parent => "parent",
            Scorer::Practitioner => "practitioner",
        }
    }
}

/// What became of a score from its first to its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Higher.
    Better,
    /// The same.
    Same,
    /// Lower.
    Worse,
    /// There are not two scores of one person.
    NotKnown,
}

impl Change {
    /// Every change.
    pub const ALL: [Change; 4] = [Change::Better, Change::Same, Change::Worse, Change::NotKnown];

    /// The code, as wording keys have it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Change::Better => "better",
            Change::Same => "same",
            Change::Worse => "worse",
            Change::NotKnown => "not_known",
        }
    }

    /// Of a first and a last score.
    #[must_use]
    pub fn of(first: Option<u8>, last: Option<u8>) -> Change {
        match (first, last) {
            (Some(first), Some(last)) if last > first => Change::Better,
            (Some(first), Some(last)) if last < first => Change::Worse,
            (Some(_), Some(_)) => Change::Same,
            _ => Change::NotKnown,
        }
    }
}

/// The scores of one outcome over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// The outcome, by its id.
    pub outcome: String,
    /// What is to get better.
    pub what: String,
    /// The days on which somebody gave a score, the earliest first. The baseline has the day on which the plan was agreed.
    pub points: Vec<ScorePoint>,
}

/// The scores of one day. What nobody gave, or what cannot be read, is `None`: a gap, never 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScorePoint {
    /// The day. `None` for a baseline of a plan that is not agreed yet.
    pub on: Option<Date>,
    /// From 0 to 10, in the order of [`Scorer::ALL`].
    pub scores: [Option<u8>; 3],
}

impl Series {
    /// What became of one person's score, from the first that they gave to the last.
    #[must_use]
    pub fn change(&self, scorer: Scorer) -> Change {
        let at = scorer as usize;
        let mut given = self.points.iter().filter_map(|point| point.scores.get(at).copied().flatten());
        let first = given.next();
        Change::of(first, given.next_back())
    }
}

/// The scores of every outcome of a plan, with those of reviews and those that were given between. Give only reviews that are
/// finished; one that was not held scored nothing.
#[must_use]
pub fn series(plan: &Plan, reviews: &[&Review]) -> Vec<Series> {
    let read = |texts: [&String; 3]| texts.map(|text| score(text));
    let of = |outcome: &crate::Outcome| {
        let first = read([&outcome.score_child, &outcome.score_parent, &outcome.score_practitioner]);
        let later = outcome.later_scores.iter().map(|row| ScorePoint {
            on: row.on.whole(),
            scores: read([&row.score_child, &row.score_parent, &row.score_practitioner]),
        });
        let held = reviews.iter().filter(|review| review.is_held());
        let reviewed = held.flat_map(|review| {
            let rows =
                review.outcomes.iter().filter(|row| !row.id.is_empty() && row.outcome_id == outcome.id);
            rows.map(|row| ScorePoint {
                on: review.on.whole(),
                scores: read([&row.score_child, &row.score_parent, &row.score_practitioner]),
            })
        });
        let mut after: Vec<ScorePoint> = later.chain(reviewed).filter(|point| point.on.is_some()).collect();
        after.sort_by_key(|point| point.on);
        // The first scores are the first ones, also where the plan was agreed again since: their day is not known then.
        let earliest = after.first().and_then(|point| point.on);
        let agreed = plan.agreed_on.whole().filter(|on| earliest.is_none_or(|earliest| *on <= earliest));
        after.insert(0, ScorePoint { on: agreed, scores: first });
        let points = after.into_iter();
        let is_given = |point: &ScorePoint| point.scores.iter().any(Option::is_some);
        Series {
            outcome: outcome.id.clone(),
            what: outcome.desired_outcome.clone(),
            points: points.filter(is_given).collect(),
        }
    };
    plan.outcomes.iter().map(of).collect()
}

/// An element whose state differs between two assessments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ElementChange {
    /// The state then.
    pub then: ElementState,
    /// The state now.
    pub now: ElementState,
}

impl ElementChange {
    /// Whether what is shown differs.
    #[must_use]
    pub fn is_change(&self) -> bool {
        self.then.signs() != self.now.signs()
    }
}

/// The triangle then and now, element by element in form order. An element that only one of the two has is not there:
/// nothing can be said of its change.
#[must_use]
pub fn then_and_now(then: &[ElementState], now: &[ElementState]) -> Vec<ElementChange> {
    let pair = |now: &ElementState| {
        let then = then.iter().find(|then| then.id == now.id)?;
        Some(ElementChange { then: *then, now: *now })
    };
    now.iter().filter_map(pair).collect()
}

macro_rules! happened {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        /// What happened in an episode and is on its timeline. What is due is there too, by its clock's code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Happened {$(
            $(#[$doc])*
            $name,
        )*}

        impl Happened {
            /// Everything.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its code, which wording keys have too.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {$(Self::$name => $code,)*}
            }
        }
    };
}

happened! {
    /// Somebody noticed something and the episode began.
    Opened = "opened";
    /// A version of the assessment was sent.
    Version = "version";
    /// A meeting that has a day.
    Meeting = "meeting";
    /// The plan was agreed.
    PlanAgreed = "plan_agreed";
    /// A review that has a day.
    Review = "review";
    /// Social care was asked.
    Referred = "referred";
    /// Somebody said that the written form was sent to social care.
    FormSent = "form_sent";
    /// Social care accepted.
    ReferralAccepted = "referral_accepted";
    /// Social care did not accept.
    ReferralNotAccepted = "referral_not_accepted";
    /// Social care took the lead.
    SteppedUp = "stepped_up";
    /// Social care gave the lead back, with a handover summary.
    SteppedDown = "stepped_down";
    /// Another council was asked to take the episode over.
    TransferBegun = "transfer_begun";
    /// It does not.
    TransferCancelled = "transfer_cancelled";
    /// It has, and the episode ended here.
    Transferred = "transferred";
    /// The episode ended.
    Closed = "closed";
    /// It was opened again.
    Reopened = "reopened";
}
