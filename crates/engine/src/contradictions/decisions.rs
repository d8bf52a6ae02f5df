//! What was decided, beside what was answered about safety.

use assessment_rules::{Level, Outcome, Step};

use super::{Found, Matter, View};

const SAFE: &str = "pre_assessment_checklist.safe";
const CHECKLIST_DECISION: &str = "pre_assessment_checklist.decision";
const DANGER: &str = "danger_now";
const DECISION: &str = "conclusions.decision";

fn add(view: &View<'_>, found: &mut Found, matter: Matter, places: [&str; 2]) {
    let given = places.map(|path| view.answers.text(path).to_owned());
    found.push((matter, places.map(str::to_owned), given));
}

/// Not safe from harm, or in danger now, beside a decision to do nothing.
pub(super) fn unsafe_and_no_action(view: &View<'_>, found: &mut Found) {
    let checklist = &view.answers.pre_assessment_checklist;
    let worry = if view.answers.danger_now == "yes" {
        DANGER
    } else if checklist.safe == "no" {
        SAFE
    } else {
        return;
    };
    if checklist.decision == "no_further_action" {
        add(view, found, Matter::UnsafeNoAction, [worry, CHECKLIST_DECISION]);
    }
    if view.answers.conclusions.decision == "R0" {
        add(view, found, Matter::UnsafeNoAction, [worry, DECISION]);
    }
}

/// The first question decides whether the form warns of danger now.
pub(super) fn no_danger_and_999(view: &View<'_>, found: &mut Found) {
    if view.answers.danger_now == "no" && view.answers.conclusions.decision == "R5" {
        add(view, found, Matter::NoDanger999, [DANGER, DECISION]);
    }
}

/// The checklist is filled in first and easily forgotten.
pub(super) fn safe_and_harm(view: &View<'_>, found: &mut Found) {
    if view.answers.pre_assessment_checklist.safe != "yes" {
        return;
    }
    let harm = view.outcome.findings.iter().find(|one| one.answer == "yes" && one.level == Level::L4b);
    if let Some(harm) = harm {
        let place = format!("elements.{}.indicators.{}", harm.element, harm.indicator);
        let given = ["yes".to_owned(), harm.indicator.clone()];
        found.push((Matter::SafeAndHarm, [SAFE.to_owned(), place], given));
    }
}

/// Whether a decision is to do less than what follows from certain answers. Anything that is no step is not compared.
#[must_use]
pub fn is_below(decision: &str, outcome: &Outcome) -> bool {
    let step = match decision {
        // The social worker takes the place of everything up to talking it through.
        "IA-23" => Some(Step::R3),
        code => Step::ALL.into_iter().find(|step| step.code() == code),
    };
    step.is_some_and(|step| step < outcome.suggestion.certain.step())
}

/// The reason for it is the reason for the decision.
pub(super) fn decided_below(view: &View<'_>, found: &mut Found) {
    let decision = &view.answers.conclusions.decision;
    if !is_below(decision, view.outcome) {
        return;
    }
    let suggested = view.outcome.suggestion.certain.code();
    let certain = view.outcome.reasons.iter().filter(|reason| reason.result == "certain");
    let behind = certain.filter(|reason| reason.suggestion == suggested).flat_map(|reason| &reason.because);
    let mut behind = behind.filter(|path| view.answers.find(path).is_some());
    let place = behind.next().map_or(DANGER, String::as_str).to_owned();
    let given = [suggested.to_owned(), decision.clone()];
    found.push((Matter::DecidedBelow, [place, DECISION.to_owned()], given));
}

/// A CAF that was found may be an old one; one that was not found cannot be joined.
pub(super) fn search_and_caf(view: &View<'_>, found: &mut Found) {
    let checklist = &view.answers.pre_assessment_checklist;
    if checklist.existing_search == "not_found" && checklist.decision == "existing_caf_found" {
        let search = "pre_assessment_checklist.existing_search";
        add(view, found, Matter::SearchAndCaf, [search, CHECKLIST_DECISION]);
    }
}
