//! Proof at publication: a search through a pack for what its author should know before families meet it. Gaps, rules that
//! never decide, suggestions that nothing leads to, parts that never apply, and breaches of the laws; for each breach a
//! witness: a record and a change that show it.
//!
//! Decision rules look at nothing but how many elements have an indicator at each level, at the indicators, actions and answers that
//! they name, and at the child's age. So it is enough to try every count up to the largest that a rule asks for, every
//! combination of what is named, and every age on both sides of each limit: the search is then complete for records of
//! any size. Where too much is named to try every combination, the report says so. See `space`. That strengths
//! change nothing, and that a complete record has one result, no pack can break: see the engine's own tests.

mod imagined;
mod laws;
mod rules;
mod space;

use serde::Serialize;

use jiff::civil::Date;

use super::{PackProblem, RulePack};
use space::Space;

/// What a search through a pack found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// The rule pack's id and version.
    pub pack_version: String,
    /// How much was tried.
    pub tried: Tried,
    /// What was not tried, by code: `named-signs`, `answers` or `elements` where rules name more than can be combined.
    pub not_covered: Vec<&'static str>,
    /// What must be fixed before the pack can be used.
    pub breaches: Vec<Breach>,
    /// What its author should look at.
    pub remarks: Vec<Breach>,
    /// Places where the form of the pack could break a law, or has less than the floor.
    pub places: Vec<(String, String)>,
}

/// How much was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Tried {
    /// Days on which the pack changes, its first day included.
    pub days: usize,
    /// Ages on both sides of each limit, and a child who is not born.
    pub ages: usize,
    /// Combinations of day, age and answers.
    pub situations: usize,
    /// Records.
    pub records: usize,
    /// Changes of one answer, and of the age.
    pub changes: usize,
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Breach {
    /// What it is.
    pub matter: Matter,
    /// Ids of rules, indicators and actions, or a step, that it is about.
    pub about: Vec<String>,
    /// A record that shows it, where one can.
    pub witness: Option<Witness>,
}

/// What can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Matter {
    /// A record for which no rule gives a suggestion.
    Gap,
    /// A rule that holds for no record.
    NeverHolds,
    /// A rule that gives a suggestion, holds, and never decides: a rule before it always does.
    NeverDecides,
    /// A suggestion that nothing leads to.
    Unreachable,
    /// Something that raises an indicator and never applies to a child who has it.
    NeverRaises,
    /// An indicator that is asked of no child.
    NeverAsked,
    /// More concern lowers a suggestion.
    MoreConcernLowers,
    /// An answer to a blank lowers what is certain, or raises what cannot be ruled out.
    AnswerReverses,
    /// A younger child comes out as safer.
    YoungerIsSafer,
    /// R4 or R5 with nothing to do.
    HarmWithoutAction,
    /// A concern in a blank makes the headline less serious.
    HeadlineFalls,
    /// Danger now, or an indicator with an urgent action, does not come first.
    UrgentIsNotFirst,
}

/// A record, a change, and what it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Witness {
    /// The day of the evaluation.
    pub day: String,
    /// Completed months; `None` for a child who is not born yet.
    pub age_months: Option<u32>,
    /// Paths and answers; every indicator that is not named is answered no.
    pub answers: Vec<(String, String)>,
    /// The change: a path and its new answer, or `age_months` and a number.
    pub change: Option<(String, String)>,
    /// The suggestion before the change, or the only one.
    pub before: String,
    /// The suggestion after it.
    pub after: String,
}

/// Searches through a pack, or a draft of one.
#[must_use]
pub fn prove(pack: &RulePack) -> Proof {
    let space = Space::of(pack);
    let mut found = Found::default();
    rules::look(&space, &mut found);
    laws::look(&space, &mut found);
    found.remarks.sort_by(|one, other| (one.matter, &one.about).cmp(&(other.matter, &other.about)));
    let places = pack.law_problems().into_iter().chain(pack.floor_problems());
    Proof {
        pack_version: pack.version(),
        tried: Tried { days: space.days.len(), ages: space.ages.len() + 1, ..found.tried },
        not_covered: space.not_covered.clone(),
        breaches: found.breaches,
        remarks: found.remarks,
        places: places.map(|PackProblem { place, message }| (place, message)).collect(),
    }
}

impl Proof {
    /// Whether the pack may be used.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.breaches.is_empty() && self.places.is_empty()
    }
}

/// What is collected on the way.
#[derive(Default)]
struct Found {
    tried: Tried,
    breaches: Vec<Breach>,
    remarks: Vec<Breach>,
}

impl Found {
    /// Adds a breach, one for each matter and thing it is about: the first witness is the smallest.
    fn breach(&mut self, matter: Matter, about: Vec<String>, witness: impl FnOnce() -> Witness) {
        if !self.breaches.iter().any(|known| known.matter == matter && known.about == about) {
            self.breaches.push(Breach { matter, about, witness: Some(witness()) });
        }
    }

    fn remark(&mut self, matter: Matter, about: Vec<String>) {
        self.remarks.push(Breach { matter, about, witness: None });
    }
}

/// A day as text.
fn day(date: Date) -> String {
    date.to_string()
}
