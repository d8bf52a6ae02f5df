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

#[component]
pub(super) fn Known() -> impl IntoView {
    let form = use_form();
    // How often it was asked.
    let asked = RwSignal::new(0_u32);
    let is_open = Memo::new(move |_| form.with(|state| state.record.as_ref().is_some_and(Record::is_open)));
    let ask = move |_| {
        asked.update(|asked| *asked += 1);
        form.focus(ANSWER);
    };
    redrawn(move || {
        // What is found is about other records.
        if !is_open.get() || form.with_family.get() || form.own_api().is_none() {
            return ().into_any();
        }
        let answer = redrawn(move || {
            (asked.get() > 0).then(|| {
                let draw = || later::at_once(work::draw(work::Drawn::Known));
                let said = view! { <FromWork draw/> };
                view! { <div id=ANSWER tabindex="-1" role="group" aria-label=form.text("known.ask")>{said}</div> }
                    .into_any()
            })
        });
        view! {
            <div class="ca-no-print">
                <button part="button" type="button" class="govuk-button govuk-button--secondary" on:click=ask>
                    {form.text("known.ask")}
                </button>
                <p class="govuk-hint">{form.text("known.about")}</p>
                {answer}
            </div>
        }
        .into_any()
    })
}

/// Something of the part of my work on a page of a record, fetched where it is not there yet.
#[component]
pub(super) fn FromWork(draw: fn() -> Option<AnyView>) -> impl IntoView {
    let form = use_form();
    let is_here = RwSignal::new(None::<bool>);
    spawn_local(async move {
        let fetched = work::fetch_part().await.is_ok();
        let _ = is_here.try_set(Some(fetched));
    });
    redrawn(move || match is_here.get() {
        None => view! { <p role="status">{form.text("later.fetching")}</p> }.into_any(),
        Some(is_here) => is_here
            .then(draw)
            .flatten()
            .unwrap_or_else(|| view! { <p role="alert">{form.text("later.missing")}</p> }.into_any()),
    })
}
