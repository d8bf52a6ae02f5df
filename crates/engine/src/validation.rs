//! What is wrong with a record, as data and in form order. Never fails, never refuses to run on half-filled answers,
//! and never carries a value: a problem is a path, a code and limits.
//!
//! Three stages: while editing (limits only), when leaving a section (limits and formats of what was typed), and at
//! submission (also what is required and missing, and what does not fit together). Nothing is ever needed to save a draft.

mod completeness;
mod consistency;
mod format;
pub mod identifiers;
mod indicators;
mod limits;

pub use crate::problem::{Problem, ProblemCode};
pub use format::{unreadable, unreadable_date, wrong_choices};
pub use limits::too_long;

use indicators::Indicators;
use limits::Limits;

use assessment_form::Kind;
use assessment_rules::{Outcome, evaluate};
use jiff::civil::Date;

use crate::answers::agreement::{Sending, is_recorded, sending};
use crate::answers::{Answers, Facts, Node, Scope};
use crate::standards::Standards;

/// How far the practitioner is, and so how much is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Somebody is typing: limits only.
    Editing,
    /// A section is left: what was typed must be readable. Blanks are fine.
    Section,
    /// The assessment is submitted: complete and consistent.
    Submit,
}

/// Checks a record.
#[must_use]
pub fn check(answers: &Answers, stage: Stage, today: Date, standards: &Standards) -> Vec<Problem> {
    let outcome = evaluate(answers, today, &standards.pack);
    check_with(answers, stage, today, standards, &outcome)
}

/// Checks a record whose outcome has been computed already, as the form does on every change.
#[must_use]
pub fn check_with(
    answers: &Answers,
    stage: Stage,
    today: Date,
    standards: &Standards,
    outcome: &Outcome,
) -> Vec<Problem> {
    let facts = Facts::of(answers, today);
    let scope = Scope::of(answers, &facts, outcome);
    let indicators = Indicators::of(&standards.pack);
    // Problems that were not found on the way are put in their place on the way.
    let limits = Limits::of(answers);
    let mut elsewhere = if stage == Stage::Submit {
        consistency::check(&scope, standards, &indicators, outcome)
    } else {
        Vec::new()
    };
    in_path_order(&mut elsewhere);
    let mut placed = vec![false; elsewhere.len()];
    // A problem at a question that is no longer asked could not be fixed: there is no field to fix it in.
    let mut place = |problems: &mut Vec<Problem>, asked: bool, start: &str, fits: fn(&str, &str) -> bool| {
        let from = elsewhere.partition_point(|problem| problem.path.as_str() < start);
        for (problem, placed) in elsewhere.iter().zip(&mut placed).skip(from) {
            if !fits(&problem.path, start) {
                break;
            }
            *placed = true;
            if asked {
                problems.push(problem.clone());
            }
        }
    };
    let mut problems = Vec::new();
    let mut here = String::new();
    answers.walk(&scope, &mut |visit| {
        if let Node::Rows(rows) = visit.node
            && let Kind::Rows(max) = visit.question.kind
            && rows.len() > usize::from(max)
        {
            problems.push(Problem::with_max(visit.path(), ProblemCode::TooManyRows, u32::from(max)));
        }
        let before = problems.len();
        if visit.asked {
            limits.check(visit, &mut problems);
        }
        if !elsewhere.is_empty() {
            visit.write_path(&mut here);
            place(&mut problems, visit.asked, &here, |path, here| path == here);
        }
        if let Some(same_place @ [_, _, ..]) = problems.get_mut(before..) {
            in_path_order(same_place);
        }
        let before = problems.len();
        if matches!(visit.node, Node::Marks(_)) && !elsewhere.is_empty() {
            // The indicators of an element have paths of their own below its question.
            let below = [&visit.path(), "."].concat();
            place(&mut problems, visit.asked, &below, |path, below| path.starts_with(below));
        }
        if stage >= Stage::Section && visit.asked {
            format::check(visit, standards, &indicators, &mut problems);
        }
        if stage == Stage::Submit {
            completeness::check(visit, &standards.required, &mut problems);
        }
        if matches!(visit.node, Node::Marks(_))
            && let Some(indicators) = problems.get_mut(before..)
        {
            // Ids are in list order within an element.
            in_path_order(indicators);
        }
        true
    });
    if stage == Stage::Submit && sending(answers) == Sending::RefusalOnly {
        // A family that says no leaves most of the form blank, and that is no obstacle to writing down that they said no.
        problems.retain(|problem| is_recorded(&problem.path));
        return problems;
    }
    if problems.iter().any(leaves_agreement_open) {
        // What to do without agreement is not asked before it is clear whether there is any.
        problems.retain(|problem| !(problem.code.is_missing() && problem.path.starts_with("sharing.")));
    }
    // None should be left; one that is must not be lost.
    problems
        .extend(elsewhere.into_iter().zip(placed).filter(|(_, placed)| !placed).map(|(problem, _)| problem));
    problems
}

/// Whether nobody can tell what was said about agreement, because the answer is none of the options.
fn leaves_agreement_open(problem: &Problem) -> bool {
    let is_persons = problem.path.starts_with("consent.people[") && problem.path.ends_with("].says");
    problem.code == ProblemCode::NotOffered
        && (is_persons || matches!(problem.path.as_str(), "consent.status" | "consent.sought"))
}

fn in_path_order(problems: &mut [Problem]) {
    problems.sort_unstable_by(|one, other| (&one.path, one.code).cmp(&(&other.path, other.code)));
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test says what must exist")]
mod tests {
    use assessment_form::parse_day;

    use super::*;

    /// Text that is hidden and too long must not block sending: there would be no field in which to shorten it.
    #[test]
    fn a_question_that_is_not_asked_has_no_problem() {
        let (today, standards) = (parse_day("2026-11-23").unwrap(), Standards::built_in().unwrap());
        let mut answers = Answers::default();
        answers.identifying_details.religion_other = "x".repeat(61);
        answers.identifying_details.religion = "other".to_owned();
        let too_long = |answers: &Answers| {
            check(answers, Stage::Submit, today, &standards).iter().any(|p| p.code == ProblemCode::TooLong)
        };
        assert!(too_long(&answers));
        answers.identifying_details.religion = "none".to_owned();
        assert!(!too_long(&answers));
    }
}
