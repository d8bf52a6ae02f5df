//! The family says no: who, when and how; whether the child is safe; what happens now. One page, which edits the same
//! answers as the sections do. Which questions it asks follows from what a record of a refusal holds and what is
//! required; it has no list of its own.

use assessment_engine::agreement::is_recorded;
use assessment_engine::answers::child_name;
use assessment_engine::answers::{Answers, Caf};
use assessment_form::{Group, Kind, Node, is_blank};
use leptos::prelude::*;

use super::check::sending::{Sending, Waiting};
use crate::components::{BackLink, Details, ErrorSummary, OwnDetails, PageLink, TasksLink, redrawn};
use crate::form::{Form, use_form};
use crate::questions::{Ask, TopLevel};
use crate::state::{Event, Page};

/// What a section of the record gives to this page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// What nobody can do without.
    Required,
    /// What may be written down besides.
    More,
}

#[component]
pub(super) fn Refusal() -> impl IntoView {
    let form = use_form();
    view! {
        <BackLink page=Page::Tasks/>
        <ErrorSummary/>
        <h1 part="heading" class="govuk-heading-l" tabindex="-1">{form.text("title.refusal")}</h1>
        <Waiting/>
        {asked(form)}
        <TasksLink/>
    }
}

fn asked(form: Form) -> AnyView {
    let law = ["free", "risk", "young", "record"]
        .map(|name| view! { <li>{form.text(&format!("refusal.law.{name}"))}</li> }.into_any());
    let has_people = Memo::new(move |_| {
        form.answers(|answers| answers.consent.is_by_status() || !answers.consent.people.is_empty())
    });
    let who = redrawn(move || match has_people.get() {
        true => questions(form, "consent", Part::Required),
        false => view! {
            <button
                part="button"
                type="button"
                class="govuk-button"
                disabled=form.is_locked
                on:click=move |_| form.dispatch(Event::RefusalBegan)
            >
                {form.text("refusal.begin.person")}
            </button>
        }
        .into_any(),
    });
    let worry = || {
        view! {
            {question("conclusions", "decision")}
            {question("conclusions", "decision_reason")}
        }
        .into_any()
    };
    let more =
        ["identifying_details", "assessor", "consent"].map(|section| questions(form, section, Part::More));
    view! {
        <div class="ca-refusal">
            <Details summary=form.text("refusal.law")>
                <ul class="govuk-list govuk-list--bullet">{law.into_iter().collect_view()}</ul>
            </Details>
            {who}
            {heading(form, "refusal.risk")}
            <p>{form.text("refusal.risk.about")}</p>
            <div class="ca-refusal__pair">
                <TopLevel name="danger_now"/>
                {questions(form, "pre_assessment_checklist", Part::More)}
            </div>
            <p>
                <PageLink class="govuk-link" page=Page::Refer>{form.text("refusal.signs")}</PageLink>
            </p>
            <Details summary=form.text("refusal.worry")>{worry()}</Details>
            {heading(form, "refusal.about")}
            <OwnDetails/>
            {folded(form, "refusal.child", "identifying_details", child_name)}
            {folded(form, "refusal.you", "assessor", |answers| answers.assessor.name.trim().to_owned())}
            <Details summary=form.text("refusal.more")>{more.into_iter().collect_view()}</Details>
        </div>
        <Sending is_said_above=true/>
    }
    .into_any()
}

/// What is required of the child or the practitioner, under the name that is known.
fn folded(form: Form, key: &str, section: &'static str, name: fn(&Answers) -> String) -> AnyView {
    let name = form.peek_answers(name);
    let summary = match is_blank(&name) {
        true => form.text(&format!("{key}.open")),
        false => form.filled(key, &[("name", &name)]),
    };
    view! { <Details summary>{questions(form, section, Part::Required)}</Details> }.into_any()
}

fn heading(form: Form, key: &str) -> AnyView {
    view! { <h2 class="govuk-heading-m">{form.text(key)}</h2> }.into_any()
}

/// The questions of a section that a record of a refusal holds.
fn questions(form: Form, section: &'static str, part: Part) -> AnyView {
    let standards = form.standards();
    let record: &dyn Group<Caf> = Answers::blank();
    let Some(Node::Group(group)) = record.position(section).and_then(|at| record.get(at)) else {
        return ().into_any();
    };
    let is_here = |name: &str, kind: Kind| {
        let path = format!("{section}.{name}");
        let is_required = standards.required.requirement(&path).is_some() || matches!(kind, Kind::Rows(_));
        // That they were asked is what this page is about.
        path != "consent.sought" && is_recorded(&path) && is_required == (part == Part::Required)
    };
    let here = group.questions().iter().filter(|question| is_here(question.name, question.kind));
    here.map(|question| view! { <Ask stem=section group_key=group.key() question/> }.into_any())
        .collect_view()
        .into_any()
}

/// One question.
fn question(section: &'static str, name: &str) -> AnyView {
    let record: &dyn Group<Caf> = Answers::blank();
    let Some(Node::Group(group)) = record.position(section).and_then(|at| record.get(at)) else {
        return ().into_any();
    };
    let question = group.position(name).and_then(|at| group.questions().get(at));
    question
        .map(|question| view! { <Ask stem=section group_key=group.key() question/> }.into_any())
        .into_any()
}
