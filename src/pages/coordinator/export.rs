//! The register as a file for a spreadsheet. What it is for is asked, since each record in it says who took a copy and why.
//! Nothing of it is in an address: the filter has codes, and the reason goes in a header.

use assessment_api::path::REGISTER_EXPORT;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::work::fields::LongText;
use super::{Work, told, use_work};
use crate::components::{Details, redrawn};
use crate::io::download;
use crate::io::records_client::Asking;
use crate::state::coordinator::RegisterFilter;
use crate::state::work::Failure;

/// The ids of the reason and of what is said afterwards.
const REASON: &str = "coordinator.export.reason";
const SAID: &str = "coordinator.export.said";
/// What the file is called: nothing about anybody.
const NAME: &str = "register.csv";

#[component]
pub(super) fn Export(wanted: RwSignal<RegisterFilter>) -> impl IntoView {
    let work = use_work();
    let reason = work.field(REASON);
    let is_missing = RwSignal::new(false);
    let is_asking = RwSignal::new(false);
    let said = RwSignal::new(None::<String>);
    let error = Signal::derive(move || {
        (is_missing.get() && reason.with(|reason| reason.trim().is_empty()))
            .then(|| work.text("coordinator.export.needed"))
    });
    let take = move |_| {
        let why = reason.get_untracked().trim().to_owned();
        if why.is_empty() {
            is_missing.set(true);
            return work.form.focus(REASON);
        }
        if is_asking.get_untracked() {
            return;
        }
        is_asking.set(true);
        said.set(None);
        let (wanted, typed) = (wanted.get_untracked(), work.sending(REASON));
        spawn_local(async move {
            let done = fetched(work, &wanted, why).await;
            if done.is_ok() {
                is_missing.try_set(false);
                typed.taken();
            }
            is_asking.try_set(false);
            if said.try_set(Some(outcome(work, done))).is_none() {
                work.form.focus(SAID);
            }
        });
    };
    view! {
        <Details summary=work.text("coordinator.export")>
            <p>{work.text("coordinator.export.about")}</p>
            <LongText
                id=REASON
                label=work.text("coordinator.export.reason")
                hint=work.text("coordinator.export.reason.hint")
                value=reason
                error
            />
            <button part="button" type="button" class="govuk-button govuk-button--secondary" on:click=take>
                {work.text("coordinator.export.button")}
            </button>
            {redrawn(move || said.get().map(|text| told(SAID, text)))}
        </Details>
    }
}

/// Has the browser save the file.
async fn fetched(work: Work, wanted: &RegisterFilter, reason: String) -> Result<(), Failure> {
    let asking = Asking { reason: Some(reason), ..work.asking(None) };
    let file = asking.file(&format!("{REGISTER_EXPORT}?{}", wanted.query(&[]))).await?;
    download::save(&file, NAME).map_err(|_| Failure::Trouble)
}

/// What became of it, in words.
fn outcome(work: Work, done: Result<(), Failure>) -> String {
    work.text(match done {
        Ok(()) => "coordinator.export.done",
        Err(Failure::Refused) => "coordinator.export.too_many",
        Err(failure) => failure.key(),
    })
}
