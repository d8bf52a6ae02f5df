//! The start page: help that needs no data, the records on this device, and a new one.

mod saved_records;

use leptos::prelude::*;

use super::later;
use crate::components::{Column, Contacts, OpenFile, PageLink, RememberedHere, redrawn};
use crate::form::use_form;
use crate::io::{clock, sign_in};
use crate::state::{Event, NotOpened, Page};
use saved_records::SavedRecordsList;

/// The id of the heading above the numbers.
const WHO_TO_RING: &str = "who-to-ring";

#[component]
pub(super) fn Start() -> impl IntoView {
    let form = use_form();
    // It comes first where somebody has just been sent back.
    let why_not = sign_in::not_signed_in();
    let not_opened = Memo::new(move |_| form.with(|state| state.not_opened.and_then(NotOpened::stored)));
    view! {
        <h1 part="heading" class="govuk-heading-xl" tabindex="-1">{form.text("start.heading")}</h1>
        {redrawn(move || not_opened.get().map(|key| {
            view! { <p class="govuk-error-message" role="alert">{form.text(key)}</p> }.into_any()
        }))}
        {why_not.is_some().then(|| later::account(why_not))}
        <Column>
            <p>{form.text("start.about")}</p>
            <ul class="govuk-list govuk-list--bullet">
                <li>{form.text("start.saves")}</li>
                <li>{form.text("start.any_order")}</li>
                <li>{form.text("start.decides")}</li>
            </ul>
            <button
                part="button"
                type="button"
                class="govuk-button"
                on:click=move |_| form.dispatch(Event::Started(clock::random_id()))
            >
                {form.text("start.begin")}
            </button>
            " "
            <button
                part="button"
                type="button"
                class="govuk-button govuk-button--secondary"
                on:click=move |_| form.dispatch(Event::CheckBegan(clock::random_id()))
            >
                {form.text("title.refer")}
            </button>
            <p class="govuk-hint">{form.text("start.refer")}</p>
            <p>
                <PageLink class="govuk-link" page=Page::Work("list".to_owned())>{form.text("start.work")}</PageLink>
            </p>
        </Column>
        {why_not.is_none().then(|| later::account(why_not))}
        <SavedRecordsList/>
        <RememberedHere/>
        <h2 class="govuk-heading-l" id=WHO_TO_RING tabindex="-1">{form.text("help.heading")}</h2>
        <p>{form.text("help.about")}</p>
        <Contacts/>
        <OpenFile/>
    }
}
