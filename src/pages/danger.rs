//! The first question on every new record: is anyone in danger now? The urgent banner above answers at once.

use leptos::prelude::*;

use crate::components::{BackLink, Column, ErrorSummary, OwnNote, on_own};
use crate::form::use_form;
use crate::questions::FirstQuestion;
use crate::state::{Event, Page};

#[component]
pub(super) fn Danger() -> impl IntoView {
    let form = use_form();
    view! {
        <BackLink page=Page::Start/>
        <ErrorSummary/>
        <Column>
            <h1 part="heading" class="govuk-heading-l" tabindex="-1">{form.text("danger.heading")}</h1>
            {on_own(move || view! { <p>{form.text("danger.about")}</p> }.into_any())}
            <FirstQuestion name="danger_now"/>
            <OwnNote stem=Some("danger_now".to_owned())/>
            <button part="button" type="button" class="govuk-button" on:click=move |_| form.dispatch(Event::Continued)>
                {form.text("continue")}
            </button>
        </Column>
    }
}
