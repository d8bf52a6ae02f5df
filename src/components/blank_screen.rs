//! Blanking the screen at once, and bringing it back. The page stays where it is, hidden and inert, so that nothing typed,
//! focused or scrolled is lost; saving and sending go on.

use leptos::prelude::*;

use super::redrawn;
use crate::form::use_form;
use crate::state::Event;

/// First on every page and always in reach of a thumb: the button and, while the warnings are hidden, what to do in danger.
#[component]
pub(crate) fn BlankButton() -> impl IntoView {
    let form = use_form();
    let danger = redrawn(move || {
        form.with_family
            .get()
            .then(|| view! { <p class="ca-foot__danger">{form.text("mode.danger")}</p> }.into_any())
    });
    view! {
        <div class="ca-foot ca-no-print" class:ca-foot--family=form.with_family>
            <button
                type="button"
                class="ca-blank-button"
                on:click=move |_| form.dispatch(Event::Blanked(true))
            >
                {form.text("blank.button")}
                <span class="ca-blank-button__more">{form.text("blank.more")}</span>
                <span class="govuk-visually-hidden">{form.text("blank.key")}</span>
            </button>
            {danger}
        </div>
    }
    .into_any()
}

/// What is shown instead of the form: nothing about anybody.
#[component]
pub(crate) fn BlankPage() -> impl IntoView {
    let form = use_form();
    view! {
        <div class="ca-blank">
            <h1 class="govuk-heading-m" tabindex="-1">{form.text("title.blank")}</h1>
            <button
                type="button"
                class="govuk-button govuk-button--secondary"
                data-show-again=""
                on:click=move |_| form.dispatch(Event::Blanked(false))
            >
                {form.text("blank.show")}
            </button>
        </div>
    }
    .into_any()
}
