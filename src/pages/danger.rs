//! The first question on every new record: is anyone in danger now? The urgent banner above answers at once.

use leptos::prelude::*;

use super::back;
use crate::components::error_summary;
use crate::form::Form;
use crate::questions;
use crate::state::{Event, Place};

pub(super) fn danger(form: Form) -> AnyView {
    let question = questions::top_level(form, "danger_now");
    view! {
        {back(form, Place::Start)}
        {error_summary::error_summary(form)}
        <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
            <h1 class="govuk-heading-l" tabindex="-1">{form.text("danger.heading")}</h1>
            <p>{form.text("danger.about")}</p>
            {question}
            <button type="button" class="govuk-button" on:click=move |_| form.dispatch(Event::Continued)>
                {form.text("continue")}
            </button>
        </div></div>
    }
    .into_any()
}
