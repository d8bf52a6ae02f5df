//! What was done about an urgent action, beside it: the way to write it down, and what was written.

use assessment_engine::answers::UrgentLogEntry;
use leptos::prelude::*;

use super::not_sure;
use crate::components::redrawn;
use crate::form::{Form, use_form};
use crate::state::{Certainty, Event};

/// The way to write down what was done.
#[component]
pub(crate) fn LogButton(
    code: String,
    certainty: Certainty,
    /// What screen reader users hear after the words, since several buttons have the same ones.
    #[prop(into)]
    about: String,
) -> impl IntoView {
    let form = use_form();
    let can_log = Memo::new(move |_| form.with(|state| state.can_log()));
    redrawn(move || {
        can_log.get().then(|| {
            let (code, about) = (code.clone(), about.clone());
            view! {
                <button
                    type="button"
                    class="govuk-button govuk-button--secondary ca-urgent__acknowledge"
                    on:click=move |_| begin(form, &code, certainty)
                >
                    {form.text("log.begin")}
                    <span class="govuk-visually-hidden">{about}</span>
                </button>
            }
            .into_any()
        })
    })
}

fn begin(form: Form, code: &str, certainty: Certainty) {
    let standards = form.standards();
    let Some(action) = standards.pack.action(code) else { return };
    let what = match certainty {
        Certainty::Certain => action.action.clone(),
        Certainty::NotSure => not_sure(form, action),
    };
    form.dispatch(Event::LogBegan { action: code.to_owned(), certainty, what });
}

/// What was written down, the latest first.
#[component]
pub(crate) fn Logged(code: String, certainty: Certainty) -> impl IntoView {
    let form = use_form();
    let entries = Memo::new(move |_| {
        let today = form.moment.get().local.date();
        form.answers(|answers| {
            let entries = answers.logged(&code, certainty == Certainty::Certain);
            let said = |entry: &UrgentLogEntry| form.words().logged(entry, today);
            entries.map(said).collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>()
        })
    });
    redrawn(move || {
        let entries = entries.get();
        (!entries.is_empty()).then(|| {
            let items = entries.into_iter().map(|entry| view! { <li>{entry}</li> }.into_any()).collect_view();
            view! { <ul class="govuk-list ca-urgent__log">{items}</ul> }.into_any()
        })
    })
}
