//! What does not fit together at submission. One function for each matter, listed once.
//!
//! To add a check: write a function, put it into [`CHECKS`], give its code wording and a case each way in the tests.

use assessment_form::is_blank;
use assessment_rules::Outcome;

use crate::answers::agreement::{can_record_refusal, conflicts};
use crate::answers::{
    IdentifyingDetails, LATEST_BIRTH_DAYS, PREGNANCY_DAYS, Scope, birth_range, completed_months, days_between,
};
use crate::contradictions::is_below;
use crate::reasons::is_reason;
use crate::sections;
use crate::standards::Standards;

use super::indicators::Indicators;
use super::{Problem, ProblemCode as Code};

struct View<'a> {
    scope: &'a Scope<'a>,
    standards: &'a Standards,
    indicators: &'a Indicators<'a>,
    outcome: &'a Outcome,
}

impl View<'_> {
    fn child(&self) -> &IdentifyingDetails {
        &self.scope.answers.identifying_details
    }
}

const CHECKS: &[fn(&View<'_>, &mut Vec<Problem>)] = &[
    birth_and_expected,
    days_before_birth,
    age_limits,
    sex_of_unborn,
    end_after_start,
    elements,
    outside_age,
    injury_and_mobility,
    sharing,
    decision_reason,
];

/// All problems of this kind, in no particular order.
pub(super) fn check(
    scope: &Scope<'_>,
    standards: &Standards,
    indicators: &Indicators<'_>,
    outcome: &Outcome,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let view = View { scope, standards, indicators, outcome };
    for check in CHECKS {
        check(&view, &mut problems);
    }
    problems
}

/// A child is born or expected, not both. That one of them is given is in the required set.
fn birth_and_expected(view: &View<'_>, problems: &mut Vec<Problem>) {
    let child = view.child();
    let is_born = !child.dob.is_blank() || !is_blank(&child.age_about);
    // One that cannot be read has a problem of its own.
    if is_born && child.expected().is_some() {
        problems.push(Problem::new("identifying_details.edd", Code::BirthAndExpected));
    }
}

/// A pregnancy lasts about 280 days: neither the start nor the expected date can be further away.
fn days_before_birth(view: &View<'_>, problems: &mut Vec<Problem>) {
    let child = view.child();
    let start = child.assessment_start.whole();
    let from = start.unwrap_or(view.scope.facts.today);
    let expected = child.expected().filter(|_| child.dob.is_blank());
    let expected = expected.and_then(|date| Some((date.earliest()?, date.latest()?)));
    if let Some((first, last)) = expected {
        if days_between(from, first) > PREGNANCY_DAYS {
            problems.push(Problem::new("identifying_details.edd", Code::ExpectedTooFar));
        }
        // By then the baby is born, and what the rules say about babies holds only once the day of birth is known.
        if days_between(last, view.scope.facts.today) > LATEST_BIRTH_DAYS {
            problems.push(Problem::new("identifying_details.edd", Code::ExpectedPassed));
        }
    } else if let (Some(start), Some(dob)) = (start, child.dob.partial().and_then(|dob| dob.earliest()))
        && days_between(start, dob) > PREGNANCY_DAYS
        // A birth in the future is one fault, and has its own problem.
        && dob <= view.scope.facts.today
    {
        problems.push(Problem::new("identifying_details.assessment_start", Code::StartTooEarly));
    }
}

/// At the start of the assessment: to 18; to 25 with a reason; never over 25.
fn age_limits(view: &View<'_>, problems: &mut Vec<Problem>) {
    let child = view.child();
    let start = child.assessment_start.whole().unwrap_or(view.scope.facts.today);
    let by_age = child.dob.is_blank();
    if by_age && is_blank(&child.age_about) {
        return;
    }
    // A guess may be a year off, and is never taken for an adult on the strength of that year.
    let latest = birth_range(child, view.scope.facts.today).map(|(_, latest)| latest);
    let Some(youngest) = latest.and_then(|dob| completed_months(dob.min(start), start)) else { return };
    let path = if by_age { "identifying_details.age_about" } else { "identifying_details.dob" };
    let has_reason = child.disabled == "yes"
        || matches!(child.send_provision.as_str(), "K" | "E")
        || child.legal_status == "care_leaver";
    if youngest >= 26 * 12 {
        problems.push(Problem::new(path, Code::OverTwentyFive));
    } else if youngest >= 18 * 12 && !has_reason {
        problems.push(Problem::new(path, Code::OverEighteen));
    }
}

fn sex_of_unborn(view: &View<'_>, problems: &mut Vec<Problem>) {
    if view.scope.unborn() && !matches!(view.child().sex.as_str(), "" | "U") {
        problems.push(Problem::new("identifying_details.sex", Code::SexOfUnborn));
    }
}

fn end_after_start(view: &View<'_>, problems: &mut Vec<Problem>) {
    if let (Some(start), Some(end)) =
        (view.child().assessment_start.whole(), view.child().assessment_end.whole())
        && end < start
        // A start in the future has a problem of its own.
        && start <= view.scope.facts.today
    {
        problems.push(Problem::new("identifying_details.assessment_end", Code::EndBeforeStart));
    }
}

/// An element says what it holds.
fn elements(view: &View<'_>, problems: &mut Vec<Problem>) {
    for (index, id) in sections::elements().into_iter().enumerate() {
        let Some(element) = view.scope.answers.elements.at(index) else { continue };
        let marked = |mark: &str| element.indicators.values().any(|given| given == mark);
        let words = !is_blank(&element.needs);
        let any = words
            || !is_blank(&element.strengths)
            || !is_blank(&element.child_words)
            || marked("yes")
            || marked("unsure")
            || marked("no");
        // A strength beside "no concern" is welcome.
        let concern = || {
            let mut known = view.indicators.of_element(id).filter(|known| !known.strength);
            let counts = |mark: &String| matches!(mark.as_str(), "yes" | "unsure");
            known.any(|known| element.indicators.get(&known.id).is_some_and(counts))
        };
        let path = || format!("elements.{id}.status");
        match element.status.as_str() {
            "recorded" if !any => problems.push(Problem::new(path(), Code::ElementEmpty)),
            "no_concern" | "not_discussed" if words || concern() => {
                problems.push(Problem::new(path(), Code::ElementNotEmpty));
            }
            _ => {}
        }
    }
}

/// An indicator outside the child's age counts for nothing, and must not do so silently.
fn outside_age(view: &View<'_>, problems: &mut Vec<Problem>) {
    for set_aside in &view.outcome.set_aside {
        let indicator = view.standards.pack.indicator(&set_aside.indicator);
        if let Some(indicator) = indicator {
            let path = format!("elements.{}.indicators.{}", indicator.element, indicator.id);
            problems.push(Problem::new(path, Code::OutsideAge));
        }
    }
}

/// GH-404 is for a child who cannot move. The level stays; the problem asks for another look, at the indicator where the
/// question about moving is not asked any more.
fn injury_and_mobility(view: &View<'_>, problems: &mut Vec<Problem>) {
    const QUESTION: &str = "identifying_details.independently_mobile";
    let injury = view.outcome.findings.iter().find(|finding| finding.indicator == "GH-404");
    let Some(injury) = injury.filter(|_| view.child().independently_mobile == "yes") else { return };
    let asked = view.scope.answers.find(QUESTION).is_some_and(|found| found.question.is_asked(view.scope));
    let path = if asked {
        QUESTION.to_owned()
    } else {
        format!("elements.{}.indicators.{}", injury.element, injury.indicator)
    };
    problems.push(Problem::new(path, Code::InjuryAndMobile));
}

/// What is sent although the family has not agreed has a reason that says something. In an emergency the lawful reason
/// alone is enough: nobody waits for words.
fn sharing(view: &View<'_>, problems: &mut Vec<Problem>) {
    let (answers, urgent) = (view.scope.answers, view.scope.urgent);
    let (consent, sharing) = (&answers.consent, &answers.sharing);
    let is_weak = |text: &str| !urgent && !is_blank(text) && !is_reason(text);
    if consent.sought == "no" && is_weak(&consent.not_sought_details) {
        problems.push(Problem::new("consent.not_sought_details", Code::WeakReason));
    }
    if conflicts(answers).is_empty() {
        return;
    }
    match sharing.choice.as_str() {
        "do_not_send" => problems.push(Problem::new("sharing.choice", Code::NotToBeSent)),
        "record_only" if !can_record_refusal(answers) => {
            problems.push(Problem::new("sharing.choice", Code::NothingRefused));
        }
        "share" if is_weak(&sharing.reason) => {
            problems.push(Problem::new("sharing.reason", Code::WeakReason));
        }
        _ => {}
    }
}

/// A decision below the suggestion says why. Where something urgent is in force nothing is held up: there the form asks,
/// and the record can be sent all the same.
fn decision_reason(view: &View<'_>, problems: &mut Vec<Problem>) {
    let conclusions = &view.scope.answers.conclusions;
    let is_weak = !is_blank(&conclusions.decision_reason) && !is_reason(&conclusions.decision_reason);
    if is_weak && view.outcome.urgent.is_empty() && is_below(&conclusions.decision, view.outcome) {
        problems.push(Problem::new("conclusions.decision_reason", Code::ReasonSaysNothing));
    }
}
