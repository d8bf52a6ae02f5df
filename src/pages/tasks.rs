//! The task list: what is still needed to send, then the sections that need something, then the others, each with how far
//! it is. Sections can be filled in in any order.

use assessment_engine::answers::{LINKED_RECORDS, URGENT_LOG};
use assessment_engine::disclosure::{OwnPart, own_part};
use assessment_engine::not_recorded::NotRecorded;
use assessment_engine::sections::{elements, sections};
use assessment_engine::triangle::talked_about;
use assessment_engine::validation::Problem;
use leptos::prelude::*;

use super::elements::element_states;
use super::gaps;
use crate::components::{
    BackLink, Details, OwnNote, PageLink, ProblemLink, StatusTag, Task, WayBackToProblems, on_own,
    problems_in_words, redrawn,
};
use crate::form::{Form, use_form};
use crate::state::{Page, SectionStatus, section_status};

/// The most answers that are named without a press.
const MAX_NAMED: usize = 12;

/// The name of the first question's line.
const DANGER: &str = "danger_now";

#[component]
pub(super) fn Tasks() -> impl IntoView {
    let form = use_form();
    let problems = Memo::new(move |_| form.problems_of_submission());
    let gaps = Memo::new(move |_| gaps::found(form));
    let is_linked = form.peek_answers(|answers| !answers.linked_records.is_empty());
    let is_shown = |name: &&str| match *name {
        URGENT_LOG => has_log(form),
        LINKED_RECORDS => is_linked,
        _ => true,
    };
    // Decided when the page is drawn: no line moves while somebody looks at it.
    let is_needed = |name: &&str| problems.read_untracked().iter().any(|problem| is_of(problem, name));
    let all = std::iter::once(DANGER).chain(sections()).filter(is_shown);
    let (needed, others): (Vec<_>, Vec<_>) = all.partition(is_needed);
    let others_title = if needed.is_empty() { "tasks.all" } else { "tasks.others" };
    let line = move |name: &'static str| {
        let line = move || view! { <Section name problems gaps/> }.into_any();
        if own_part(name) == OwnPart::Whole { on_own(line) } else { line() }
    };
    let list = |title: &str, names: Vec<&'static str>| {
        (!names.is_empty()).then(|| {
            let lines = names.into_iter().map(line).collect_view();
            view! {
                <h2 class="govuk-heading-m">{form.text(title)}</h2>
                <ul class="govuk-task-list">{lines}</ul>
            }
            .into_any()
        })
    };
    view! {
        <BackLink page=Page::Start/>
        <h1 part="heading" class="govuk-heading-l" tabindex="-1">{form.text("tasks.heading")}</h1>
        <p>{form.text("tasks.about")}</p>
        <StillNeeded problems/>
        {list("tasks.needed", needed)}
        {list(others_title, others)}
        <h2 class="govuk-heading-m">{form.text("tasks.finish")}</h2>
        <ul class="govuk-task-list">
            {on_own(move || view! {
                <Task
                    id="refusal"
                    name=form.text("title.refusal")
                    page=Page::Refusal
                    hint=Some(form.text("tasks.refusal_hint"))
                >
                    ""
                </Task>
            }.into_any())}
            <Task
                id="check"
                name=form.text("title.check")
                page=Page::Check
                hint=Some(form.text("tasks.check_hint"))
            >
                ""
            </Task>
            <Task
                id="outputs"
                name=form.text("title.outputs")
                page=Page::Outputs
                hint=Some(form.text("tasks.outputs_hint"))
            >
                ""
            </Task>
        </ul>
        {on_own(move || view! {
            <p class="ca-no-print">
                <PageLink class="govuk-link" page=Page::Sibling>{form.text("sibling.link")}</PageLink>
            </p>
        }.into_any())}
        <OwnNote stem=Some("conclusions".to_owned())/>
        <WayBackToProblems/>
    }
}

/// How many answers are still needed, each a link to its question.
#[component]
fn StillNeeded(problems: Memo<Vec<Problem>>) -> impl IntoView {
    let form = use_form();
    redrawn(move || {
        if form.with(|state| state.record.as_ref().is_none_or(|record| !record.is_open())) {
            return ().into_any();
        }
        // Tracked: what the family may read is another list.
        let _ = form.with_family.get();
        let problems = problems.read();
        let title = match problems.len() {
            0 => {
                return view! { <p class="govuk-inset-text">{form.text("tasks.nothing_needed")}</p> }
                    .into_any();
            }
            1 => form.text("tasks.still_needed_one"),
            count => form.filled("tasks.still_needed", &[("count", &count.to_string())]),
        };
        let links = problems_in_words(form, &problems).into_iter().map(|(text, problem)| {
            view! {
                <li><ProblemLink problem text/></li>
            }
            .into_any()
        });
        let links = view! { <ul class="govuk-list ca-needed">{links.collect_view()}</ul> };
        if problems.len() <= MAX_NAMED {
            view! {
                <p><strong>{title}</strong></p>
                {links}
            }
            .into_any()
        } else {
            view! { <Details summary=title>{links}</Details> }.into_any()
        }
    })
}

/// Whether a problem is one of a section.
fn is_of(problem: &Problem, section: &str) -> bool {
    problem.path.split(['.', '[']).next() == Some(section)
}

/// Whether there is anything to write down about urgent actions, or anything written.
fn has_log(form: Form) -> bool {
    let is_urgent = form
        .outcome
        .get_untracked()
        .is_some_and(|outcome| !outcome.urgent.is_empty() || !outcome.urgent_to_check.is_empty());
    is_urgent || form.peek_answers(|answers| !answers.urgent_log.is_empty())
}

#[component]
fn Section(name: &'static str, problems: Memo<Vec<Problem>>, gaps: Memo<NotRecorded>) -> impl IntoView {
    let form = use_form();
    let (id, title, page) = match name {
        DANGER => ("danger", "record.danger_now".to_owned(), Page::Danger),
        "elements" => (name, format!("section.{name}"), Page::Elements),
        _ => (name, format!("section.{name}"), Page::Section(name.to_owned())),
    };
    let hint = match name {
        "elements" => {
            let states = untrack(|| element_states(form).get());
            let (done, count) = (talked_about(&states).to_string(), elements().len().to_string());
            Some(form.filled("triangle.count_in_words", &[("done", &done), ("count", &count)]))
        }
        "pre_assessment_checklist" => Some(form.text("tasks.checklist_hint")),
        _ => None,
    };
    let status = Memo::new(move |_| {
        let status =
            form.answers(|answers| problems.with(|problems| section_status(answers, problems, name)));
        let has_gaps = status == SectionStatus::Completed
            && gaps.with(|gaps| gaps.gaps.iter().any(|gap| gap.section == name));
        if has_gaps { SectionStatus::Enough } else { status }
    });
    view! {
        <Task id name=form.text(&title) page hint>
            {redrawn(move || view! { <StatusTag status=status.get()/> }.into_any())}
        </Task>
    }
}
