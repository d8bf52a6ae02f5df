//! "Is this child known already?" A question that somebody may ask while they fill in who the child is. It stops nothing and
//! waits for nothing; what answers it is in the part of my work (`pages::work`).

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{later, work};
use crate::components::redrawn;
use crate::form::use_form;
use crate::state::Record;

/// The id of what comes after the press.
const ANSWER: &str = "known";

/// How far the answer is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    No,
    Fetching,
    Missing,
    /// The part is here; how often it was asked.
    Here(u32),
}

#[component]
pub(super) fn Known() -> impl IntoView {
    let form = use_form();
    let asked = RwSignal::new(Asked::No);
    let is_open = Memo::new(move |_| form.with(|state| state.record.as_ref().is_some_and(Record::is_open)));
    let ask = move |_| {
        let times = if let Asked::Here(times) = asked.get_untracked() { times } else { 0 };
        asked.set(Asked::Fetching);
        spawn_local(async move {
            let is_here = work::fetch_part().await.is_ok();
            let found = if is_here { Asked::Here(times + 1) } else { Asked::Missing };
            if asked.try_set(found).is_none() {
                form.focus(ANSWER);
            }
        });
    };
    redrawn(move || {
        // What is found is about other records.
        if !is_open.get() || form.with_family.get() || form.own_api().is_none() {
            return ().into_any();
        }
        let answer = redrawn(move || {
            let said = match asked.get() {
                Asked::No => return ().into_any(),
                Asked::Here(_) => match later::at_once(work::draw_known()) {
                    Some(found) => found,
                    None => form.text("later.missing").into_any(),
                },
                Asked::Fetching => form.text("later.fetching").into_any(),
                Asked::Missing => form.text("later.missing").into_any(),
            };
            view! { <div id=ANSWER tabindex="-1" role="group" aria-label=form.text("known.ask")>{said}</div> }
                .into_any()
        });
        view! {
            <div class="ca-no-print">
                <button type="button" class="govuk-button govuk-button--secondary" on:click=ask>
                    {form.text("known.ask")}
                </button>
                <p class="govuk-hint">{form.text("known.about")}</p>
                {answer}
            </div>
        }
        .into_any()
    })
}
