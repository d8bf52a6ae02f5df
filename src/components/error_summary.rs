//! "There is a problem": every problem of the page, in the order of the page, each a link to its question. Where there
//! are many, on the page from which the record is sent, they are grouped by section.

use assessment_engine::answers::Answers;
use assessment_engine::disclosure::{OwnPart, is_one_persons, is_practitioners_own_at, own_part};
use assessment_engine::validation::Problem;
use assessment_form::PartialDate;
use jiff::civil::Date;
use leptos::prelude::*;

use super::{Details, Follow, ProblemLink, redrawn};
use crate::form::{Form, use_form};
use crate::state::{NotSent, Rejection};

/// The most problems that are listed without groups.
const MAX_IN_ONE_LIST: usize = 10;

/// What has to be put right.
#[derive(Clone, PartialEq, Default)]
struct Shown {
    problems: Vec<Problem>,
    /// The server's refusal of the whole record, on the page from which it was sent.
    rejection: Option<Rejection>,
    /// The day as of which the server refused the answers, where the device has another.
    other_day: Option<Date>,
    is_check: bool,
}

/// The summary, while there is something to show.
#[component]
pub(crate) fn ErrorSummary() -> impl IntoView {
    let form = use_form();
    let shown = Memo::new(move |_| {
        form.with(|state| {
            let is_check = state.page.sends();
            let rejection = match &state.not_sent {
                Some(NotSent::Rejected(rejection)) if is_check => Some(rejection.clone()),
                _ => None,
            };
            let other_day = match &state.not_sent {
                Some(NotSent::Refused { other_day }) if is_check => *other_day,
                _ => None,
            };
            Shown { problems: state.problems_here().cloned().collect(), rejection, other_day, is_check }
        })
    });
    redrawn(move || {
        let shown = shown.get();
        let is_empty = shown.problems.is_empty() && shown.rejection.is_none();
        (!is_empty).then(|| {
            view! {
                <div class="govuk-error-summary" tabindex="-1">
                    <div role="alert">
                        <h2 class="govuk-error-summary__title">{form.text("error.heading")}</h2>
                        <div class="govuk-error-summary__body">
                            {shown.rejection.map(|rejection| said(form, &rejection))}
                            {shown.other_day.map(|day| both_days(form, day))}
                            {listed(form, &shown.problems, shown.is_check)}
                        </div>
                    </div>
                </div>
            }
            .into_any()
        })
    })
}

/// What the server said when it refused the record.
fn said(form: Form, rejection: &Rejection) -> impl IntoView + use<> {
    let reason = if rejection.detail.is_empty() {
        form.filled("submit.rejected_status", &[("status", &rejection.status.to_string())])
    } else {
        form.filled("submit.rejected_said", &[("detail", &rejection.detail)])
    };
    view! {
        <p>{form.text("submit.rejected")}</p>
        <p>{reason}</p>
    }
}

/// That device and server do not agree what day it is, with both days.
fn both_days(form: Form, server: Date) -> impl IntoView + use<> {
    let date = |day| form.words().date(PartialDate::Day(day));
    let own = date(form.moment.get_untracked().local.date());
    view! { <p>{form.filled("submit.other_day", &[("own", &own), ("server", &date(server))])}</p> }
}

fn listed(form: Form, problems: &[Problem], is_check: bool) -> AnyView {
    if !is_check || problems.len() <= MAX_IN_ONE_LIST {
        return (!problems.is_empty()).then(|| list(form, problems)).into_any();
    }
    let section = |problem: &Problem| problem.path.split(['.', '[']).next().unwrap_or_default().to_owned();
    let groups = problems.chunk_by(|one, next| section(one) == section(next)).filter_map(|group| {
        let section = section(group.first()?);
        let key = match &*section {
            "danger_now" => "title.danger".to_owned(),
            name if form.with_family.get() && own_part(name) == OwnPart::Whole => "mode.title".to_owned(),
            name => format!("section.{name}"),
        };
        let (name, count) = (form.text(&key), group.len().to_string());
        let summary = form.filled("error.count", &[("section", &name), ("count", &count)]);
        let list = list(form, group);
        Some(view! { <Details summary>{list}</Details> }.into_any())
    });
    groups.collect_view().into_any()
}

/// Whether the question of a problem may be hidden from the family.
fn is_kept(answers: &Answers, path: &str) -> bool {
    let is_theirs =
        || answers.find(path).is_some_and(|found| is_one_persons(found.group.key(), found.question));
    is_practitioners_own_at(answers, path) || is_theirs()
}

/// Problems in words, each with its path. What the practitioner's own parts ask is not said while the family can see the
/// screen, only that there is something on their page.
pub(crate) fn problems_in_words(form: Form, problems: &[Problem]) -> Vec<(String, Problem)> {
    let is_own = |problem: &Problem| {
        form.with_family.get() && form.peek_answers(|answers| is_kept(answers, &problem.path))
    };
    let mut shown: Vec<(String, Problem)> = Vec::new();
    for problem in problems {
        let text = if is_own(problem) { form.text("mode.problem") } else { form.problem_with_part(problem) };
        if !is_own(problem) || shown.iter().all(|(other, _)| *other != text) {
            shown.push((text, problem.clone()));
        }
    }
    shown
}

fn list(form: Form, problems: &[Problem]) -> impl IntoView + use<> {
    let items = problems_in_words(form, problems).into_iter().map(|(text, problem)| {
        view! {
            <li>
                <ProblemLink class="" problem text/>
            </li>
        }
        .into_any()
    });
    view! { <ul class="govuk-list govuk-error-summary__list">{items.collect_view()}</ul> }
}

/// The way back to the problems of the whole record, from a page on which some of them can be put right.
#[component]
pub(crate) fn WayBackToProblems() -> impl IntoView {
    let form = use_form();
    let is_shown = Memo::new(move |_| {
        form.with(|state| state.problems_of_all && !state.problems.is_empty() && !state.page.sends())
    });
    redrawn(move || {
        is_shown.get().then(|| {
            view! {
                <p class="ca-no-print">
                    <Follow class="govuk-link" follow=move || form.go_to_problems()>
                        {form.text("error.back")}
                    </Follow>
                </p>
            }
            .into_any()
        })
    })
}
