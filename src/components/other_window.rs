//! What the page says when another window has the same record, or changed it at the same time.

use leptos::prelude::*;

use super::redrawn;
use crate::form::use_form;
use crate::state::Event;

#[derive(Clone, Copy, PartialEq)]
enum Notice {
    ReadOnly,
    Copied,
}

#[component]
pub(crate) fn OtherWindow() -> impl IntoView {
    let form = use_form();
    let notice = Memo::new(move |_| {
        form.with(|state| match (state.read_only && state.record.is_some(), state.copied) {
            (true, _) => Some(Notice::ReadOnly),
            (false, true) => Some(Notice::Copied),
            (false, false) => None,
        })
    });
    let take_over = move || {
        view! {
            <button
                part="button"
                type="button"
                class="govuk-button govuk-button--secondary"
                on:click=move |_| form.dispatch(Event::TakeOverAsked)
            >
                {form.text("tabs.take_over")}
            </button>
        }
        .into_any()
    };
    redrawn(move || {
        notice.get().map(|notice| {
            let key = if notice == Notice::ReadOnly { "tabs.read_only" } else { "tabs.copied" };
            view! {
                <div class="govuk-inset-text">
                    <p>{form.text(key)}</p>
                    {(notice == Notice::ReadOnly).then(take_over)}
                </div>
            }
            .into_any()
        })
    })
}
