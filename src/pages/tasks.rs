//! The task list: sections in any order, each with how far it is.

use assessment_engine::answers::URGENT_LOG;
use assessment_engine::disclosure::{OwnPart, own_part};
use assessment_engine::sections::{elements, sections};
use assessment_engine::validation::{Problem, Stage, check_with};
use assessment_form::Answer;
use leptos::prelude::*;

use crate::components::{BackLink, OwnNote, StatusTag, Task, WayBackToProblems, on_own, redrawn};
use crate::form::{Form, use_form};
use crate::state::{Page, SectionStatus, section_status};

#[component]
pub(super) fn Tasks() -> impl IntoView {
    let form = use_form();
    let problems = problems_of_submission(form);
    let is_shown = |name: &&str| *name != URGENT_LOG || has_log(form);
    let lines = sections().into_iter().filter(is_shown).map(move |name| {
        let line = move || view! { <Section name problems/> }.into_any();
        if own_part(name) == OwnPart::Whole { on_own(line) } else { line() }
    });
    let lines = lines.collect_view();
    view! {
        <BackLink page=Page::Start/>
        <h1 class="govuk-heading-l" tabindex="-1">{form.text("tasks.heading")}</h1>
        <p>{form.text("tasks.about")}</p>
        <ul class="govuk-task-list">
            {on_own(move || view! {
                <Task id="danger" name=form.text("record.danger_now") page=Page::Danger hint=None>
                    {danger(form)}
                </Task>
            }.into_any())}
            {lines}
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
        <OwnNote stem=Some("conclusions".to_owned())/>
        <WayBackToProblems/>
    }
}

/// Whether there is anything to write down about urgent actions, or anything written.
fn has_log(form: Form) -> bool {
    let is_urgent = form
        .outcome
        .get_untracked()
        .is_some_and(|outcome| !outcome.urgent.is_empty() || !outcome.urgent_to_check.is_empty());
    is_urgent || form.peek_answers(|answers| !answers.urgent_log.is_empty())
}

fn danger(form: Form) -> AnyView {
    redrawn(move || {
        let status = if form.answers(|answers| answers.danger_now.is_empty()) {
            SectionStatus::NotStarted
        } else {
            SectionStatus::Completed
        };
        view! { <StatusTag status/> }.into_any()
    })
}

#[component]
fn Section(name: &'static str, problems: Memo<Vec<Problem>>) -> impl IntoView {
    let form = use_form();
    let (page, hint) = if name == "elements" {
        (Page::Elements, Some(form.filled("tasks.boxes", &[("done", &talked_about(form).to_string())])))
    } else {
        (Page::Section(name.to_owned()), None)
    };
    let status = Memo::new(move |_| {
        form.answers(|answers| problems.with(|problems| section_status(answers, problems, name)))
    });
    view! {
        <Task id=name name=form.text(&format!("section.{name}")) page hint>
            {redrawn(move || view! { <StatusTag status=status.get()/> }.into_any())}
        </Task>
    }
}

/// How many elements hold anything.
fn talked_about(form: Form) -> usize {
    form.peek_answers(|answers| {
        let is_filled =
            |id: &&&str| answers.elements.get(id).is_some_and(|element| !element.node().is_blank());
        elements().iter().filter(is_filled).count()
    })
}

/// What sending the record now would find.
pub(super) fn problems_of_submission(form: Form) -> Memo<Vec<Problem>> {
    Memo::new(move |_| {
        let Some(outcome) = form.outcome.get() else { return Vec::new() };
        form.answers(|answers| check_with(answers, Stage::Submit, form.today(), &form.standards(), &outcome))
    })
}
