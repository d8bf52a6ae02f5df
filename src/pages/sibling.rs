//! A record for a brother or sister: for whom, what is carried over and what is not. It is the practitioner's own.

use assessment_engine::sibling::{NewChild, siblings};
use leptos::prelude::*;

use crate::components::{BackLink, Column, TasksLink};
use crate::form::use_form;
use crate::io::clock;
use crate::state::{Event, Page};

#[component]
pub(super) fn Sibling() -> impl IntoView {
    let form = use_form();
    let named = form.peek_answers(|answers| {
        siblings(answers).map(|(row, member)| (row, member.name.trim().to_owned())).collect::<Vec<_>>()
    });
    let named = named
        .into_iter()
        .map(|(row, name)| (form.filled("sibling.for", &[("name", &name)]), NewChild::Member(row)));
    let others = [("sibling.twin", NewChild::Twin), ("sibling.other", NewChild::Another)];
    let others = others.into_iter().map(|(key, child)| (form.text(key), child));
    let choices = named.chain(others).map(|(text, child)| {
        let begin = move |_| form.dispatch(Event::SiblingStarted(clock::random_id(), child));
        view! {
            <li>
                <button part="button" type="button" class="govuk-button govuk-button--secondary" on:click=begin>
                    {text}
                </button>
            </li>
        }
        .into_any()
    });
    let choices = choices.collect_view();
    view! {
        <BackLink page=Page::Tasks/>
        <h1 part="heading" class="govuk-heading-l" tabindex="-1">{form.text("title.sibling")}</h1>
        <Column>
            <p>{form.text("sibling.about")}</p>
            <ul class="govuk-list">{choices}</ul>
            <h2 class="govuk-heading-m">{form.text("sibling.carried_heading")}</h2>
            <p>{form.text("sibling.carried")}</p>
            <p>{form.text("sibling.never")}</p>
            <p>{form.text("sibling.linked")}</p>
        </Column>
        <TasksLink/>
    }
}
