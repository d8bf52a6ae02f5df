//! One section on one page: its questions in catalogue order, whatever they are.

use assessment_engine::answers::Answers;
use assessment_engine::answers::Caf;
use assessment_form::Group;
use assessment_form::Kind;
use leptos::prelude::*;

use crate::components::{BackLink, Column, ErrorSummary, Suggestion, TasksLink};
use crate::form::use_form;
use crate::questions::{Questions, TopLevel};
use crate::state::{Event, Page};

#[component]
pub(super) fn Section(name: String) -> impl IntoView {
    let form = use_form();
    let intro = form.maybe_text(&format!("section.{name}.intro"));
    let heading = form.text(&format!("section.{name}"));
    view! {
        <BackLink page=Page::Tasks/>
        <ErrorSummary/>
        <h1 class="govuk-heading-l" tabindex="-1">{heading}</h1>
        {intro.map(|intro| view! { <Column><p>{intro}</p></Column> }.into_any())}
        <Column>{content(name)}</Column>
        <button
            type="button"
            class="govuk-button ca-no-print"
            on:click=move |_| form.dispatch(Event::Continued)
        >
            {form.text("save_and_continue")}
        </button>
        <TasksLink/>
    }
}

/// A section is a struct, or the rows of one repeating group.
fn content(name: String) -> AnyView {
    let record: &dyn Group<Caf> = Answers::blank();
    let question = record.position(&name).and_then(|index| record.questions().get(index));
    if question.is_some_and(|question| matches!(question.kind, Kind::Rows(_))) {
        view! { <TopLevel name/> }.into_any()
    } else {
        view! { <Questions stem=name before=suggestion/> }.into_any()
    }
}

/// The suggestion comes before the practitioner's decision.
fn suggestion(path: &str) -> Option<AnyView> {
    (path == "conclusions.decision").then(|| view! { <Suggestion/> }.into_any())
}
