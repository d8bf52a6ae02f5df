//! Answers that cannot both be right, as questions to the practitioner: two places each, and room for the reason why
//! both are right after all. Not problems: nothing here stops saving or sending. (A decision below the suggestion whose
//! reason says nothing is a problem as well; see `validation::consistency`.)
//!
//! To add a matter: add it to [`Matter`], write a function in the file of its subject, put it into [`FINDERS`], and give it
//! a question in `questions.json`, a name in `code_lists.json` and a case each way in the tests.
//!
//! Only what practitioners meet and what would embarrass or harm is asked. Dates count as typed: a partial or guessed
//! date only where no day that it may mean would be right.

mod child;
mod decisions;
mod matter;
mod people;
mod sharing;

pub use decisions::is_below;
pub use matter::Matter;

use assessment_rules::Outcome;
use jiff::civil::Date;

use crate::answers::{Answers, Explained, Facts, IdentifyingDetails, fingerprint};
use crate::reasons::is_reason;

/// Two answers that do not fit together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// What it is about.
    pub matter: Matter,
    /// The paths of the two answers.
    pub places: [String; 2],
    /// A digest of the two answers. A reason counts for the answers that it was given for, and for no others.
    pub fingerprint: String,
    /// Whether a reason says why both are right.
    pub is_explained: bool,
}

/// What the finders look at.
struct View<'a> {
    answers: &'a Answers,
    facts: Facts,
    outcome: &'a Outcome,
}

impl View<'_> {
    fn child(&self) -> &IdentifyingDetails {
        &self.answers.identifying_details
    }
}

/// What a finder hands over: the matter, the two places, and what the answers are.
type Found = Vec<(Matter, [String; 2], [String; 2])>;

const FINDERS: &[fn(&View<'_>, &mut Found)] = &[
    decisions::unsafe_and_no_action,
    decisions::no_danger_and_999,
    decisions::safe_and_harm,
    decisions::decided_below,
    decisions::search_and_caf,
    child::disability,
    child::social_worker,
    child::care_leaver,
    child::year_group,
    child::address,
    people::twelve_years,
    people::same_person,
    people::born_and_unborn,
    people::kept_from_and_present,
    sharing::refused_and_shared,
    sharing::not_agreed_and_ticked,
];

/// Everything that does not fit together, explained or not, in a fixed order. `outcome` is that of these answers on this
/// day.
#[must_use]
pub fn contradictions(answers: &Answers, today: Date, outcome: &Outcome) -> Vec<Contradiction> {
    let view = View { answers, facts: Facts::of(answers, today), outcome };
    let mut found = Vec::new();
    for finder in FINDERS {
        finder(&view, &mut found);
    }
    let contradiction = |(matter, places, given): (Matter, [String; 2], [String; 2])| {
        let fingerprint = fingerprint(&given);
        let is_explained = match matter.own_reason() {
            Some(path) => is_reason(answers.text(path)),
            None => explanation(answers, matter, &fingerprint).is_some_and(|(_, row)| is_reason(&row.reason)),
        };
        Contradiction { matter, places, fingerprint, is_explained }
    };
    let mut all: Vec<Contradiction> = Vec::new();
    for one in found.into_iter().map(contradiction) {
        // The same person may be among the parents and in the household: that is one question.
        if !all.iter().any(|other| other.matter == one.matter && other.fingerprint == one.fingerprint) {
            all.push(one);
        }
    }
    all
}

/// The reason that was given for a contradiction, with its row.
#[must_use]
pub fn explanation<'a>(
    answers: &'a Answers,
    matter: Matter,
    fingerprint: &str,
) -> Option<(usize, &'a Explained)> {
    let rows = answers.conclusions.explained.iter().enumerate();
    rows.into_iter().find(|(_, row)| row.matter == matter.code() && row.answers == fingerprint)
}

/// Keeps the reason why both answers are right; a blank one takes it back.
pub fn explain(answers: &mut Answers, matter: Matter, fingerprint: &str, reason: String) {
    let at = explanation(answers, matter, fingerprint).map(|(at, _)| at);
    let rows = &mut answers.conclusions.explained;
    match at {
        Some(at) if reason.is_empty() => drop(rows.remove(at)),
        Some(at) => {
            if let Some(row) = rows.get_mut(at) {
                row.reason = reason;
            }
        }
        None if reason.is_empty() => {}
        None => {
            rows.push(Explained { matter: matter.code().to_owned(), answers: fingerprint.to_owned(), reason })
        }
    }
}
