//! One section on one page: its questions in catalogue order, whatever they are.

use assessment_engine::answers::Answers;
use assessment_engine::answers::Caf;
use assessment_engine::disclosure::{OwnPart, own_part};
use assessment_form::Group;
use assessment_form::Kind;
use leptos::prelude::*;

use super::known::Known;
use super::title_of;
use crate::components::{
    BackLink, CarriedOver, Column, ErrorSummary, Explained, OwnDetails, OwnNote, Suggestion, TasksLink,
    on_own,
};
use crate::form::use_form;
use crate::questions::{Contradictions, OldReasons, Questions, TopLevel};
use crate::state::{Event, Page};

#[component]
pub(super) fn Section(name: String) -> impl IntoView {
    let form = use_form();
    let intro = form.maybe_text(&format!("section.{name}.intro"));
    let intro = move || {
        intro
            .clone()
            .map(|intro| view! { <Column><p>{intro.clone()}</p><Explained text=intro/></Column> }.into_any())
    };
    // What a section that is all the practitioner's own is about is not for the family either.
    let intro = if own_part(&name) == OwnPart::Whole { on_own(intro) } else { intro().into_any() };
    let page = Page::Section(name.clone());
    let heading = Memo::new(move |_| title_of(form, &page));
    view! {
        <BackLink page=Page::Tasks/>
        <ErrorSummary/>
        <h1 part="heading" class="govuk-heading-l" tabindex="-1">{heading}</h1>
        {intro}
        <CarriedOver section=name.clone()/>
        {content(name.clone())}
        {(name == "identifying_details").then(|| view! { <Known/> }.into_any())}
        <OwnNote stem=Some(name)/>
        <button
            part="button"
            type="button"
            class="govuk-button ca-no-print"
            on:click=move |_| form.dispatch(Event::Continued)
        >
            {move || form.text(if form.is_locked.get() { "save_and_continue.locked" } else { "save_and_continue" })}
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
        view! { <Questions stem=name before=before instead=contradictions/> }.into_any()
    }
}

/// The suggestion comes before the practitioner's decision, and the way to the short page before what was agreed, and
/// what is remembered before what would be typed.
fn before(path: &str) -> Option<AnyView> {
    match path {
        "conclusions.decision" => Some(view! { <Suggestion/> }.into_any()),
        "consent.sought" => Some(on_own(refusal).into_any()),
        "assessor.name" => Some(view! { <OwnDetails/> }.into_any()),
        _ => None,
    }
}

/// A family that says no is written down on one page.
fn refusal() -> AnyView {
    let form = use_form();
    view! {
        <p>{form.text("refusal.begin.about")}</p>
        <button
            part="button"
            type="button"
            class="govuk-button govuk-button--secondary ca-run__press ca-no-print"
            disabled=form.is_locked
            on:click=move |_| form.dispatch(Event::RefusalBegan)
        >
            {form.text("refusal.begin")}
        </button>
    }
    .into_any()
}

/// Answers that do not fit together are asked about where the practitioner decides; the rows behind that are the form's.
fn contradictions(path: &str) -> Option<AnyView> {
    (path == "conclusions.explained").then(|| {
        view! {
            <Contradictions/>
            <OldReasons/>
        }
        .into_any()
    })
}
