//! What waits to be sent cannot be changed, and says so on every page: it is taken back first.

use leptos::prelude::*;

use super::redrawn;
use crate::form::use_form;
use crate::state::{Event, Page};

/// The button, and what taking back means.
#[component]
pub(crate) fn TakeBack() -> impl IntoView {
    let form = use_form();
    view! {
        <p>{form.text("submit.take_back.about")}</p>
        <button
            part="button"
            type="button"
            class="govuk-button govuk-button--secondary ca-no-print"
            on:click=move |_| form.dispatch(Event::TakenBack)
        >
            {form.text("submit.take_back")}
        </button>
    }
}

/// Why nothing can be changed while the record waits, where the page does not say it itself.
#[component]
pub(crate) fn Locked() -> impl IntoView {
    let form = use_form();
    let is_locked = Memo::new(move |_| {
        form.with(|state| state.can_take_back() && !matches!(state.page, Page::Check | Page::Start))
    });
    redrawn(move || {
        is_locked.get().then(|| {
            view! {
                <div class="govuk-inset-text ca-no-print">
                    <p>{form.text("submit.locked")}</p>
                    <TakeBack/>
                </div>
            }
            .into_any()
        })
    })
}
