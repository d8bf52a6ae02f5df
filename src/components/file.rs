//! Saving a record as a file, and opening one. What is read and written is `form::files`.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Details, redrawn};
use crate::form::use_form;
use crate::state::{NotOpened, SaveStatus, Sent};

/// The id of the field for a file.
const FIELD: &str = "file.open";

/// A button that saves a record as a file, and what is said then.
#[component]
pub(crate) fn SaveAsFile(
    /// A stored record; without it the open one.
    #[prop(optional)]
    record: Option<String>,
    /// What a screen reader adds to the button.
    #[prop(into, optional)]
    hidden: Signal<String>,
) -> impl IntoView {
    let form = use_form();
    let is_open = record.is_none();
    let said = RwSignal::new(None::<&'static str>);
    let save = move |_| {
        let record = record.clone();
        spawn_local(async move {
            let key = if form.save_as_file(record).await { "file.saved" } else { "file.failed" };
            let _ = said.try_set(Some(key));
        });
    };
    view! {
        <button
            part="button"
            type="button"
            class="govuk-button govuk-button--secondary"
            class:ca-child-bar__file=is_open
            on:click=save
        >
            {form.text("file.save")}
            <span class="govuk-visually-hidden">{hidden}</span>
        </button>
        <p class="ca-file__said" role="status">{move || said.get().map(|key| form.text(key))}</p>
    }
}

/// For the open record, where it is in this page only and the page lets records be on this device.
#[component]
pub(super) fn OpenRecordAsFile() -> impl IntoView {
    let form = use_form();
    let is_offered = Memo::new(move |_| {
        form.may_be_file()
            && form.with(|state| {
                let is_sent = |sent: &Sent| matches!(sent, Sent::Received(_));
                let is_here = state.record.as_ref().is_some_and(|record| !is_sent(&record.sent));
                let is_nowhere_else = match form.is_on_device() {
                    true => state.save == SaveStatus::Failed,
                    false => state.save != SaveStatus::Nothing,
                };
                is_here && is_nowhere_else
            })
    });
    redrawn(move || is_offered.get().then(|| view! { <SaveAsFile/> }.into_any()))
}

/// Where a record is opened from a file.
#[component]
pub(crate) fn OpenFile() -> impl IntoView {
    let form = use_form();
    let (hint, error) = (format!("{FIELD}-hint"), format!("{FIELD}-error"));
    let refused = Memo::new(move |_| form.with(|state| state.not_opened.and_then(NotOpened::file)));
    let is_refused = move || refused.get().is_some();
    let described = {
        let (hint, error) = (hint.clone(), error.clone());
        move || if is_refused() { format!("{hint} {error}") } else { hint.clone() }
    };
    form.may_be_file().then(|| {
        view! {
            <Details summary=form.text("file.open")>
                <div class="govuk-form-group" class:govuk-form-group--error=is_refused>
                    <label class="govuk-label" for=FIELD>{form.text("file.choose")}</label>
                    <div class="govuk-hint" id=hint>{form.text("file.hint")}</div>
                    {redrawn(move || refused.get().map(|key| {
                        view! { <p class="govuk-error-message" id=error.clone() role="alert">{form.text(key)}</p> }
                            .into_any()
                    }))}
                    <input
                        class="govuk-file-upload"
                        class:govuk-file-upload--error=is_refused
                        aria-invalid=move || is_refused().then_some("true")
                        id=FIELD
                        type="file"
                        accept=".json,application/json"
                        aria-describedby=described
                        on:change:target=move |event| {
                            let field = event.target();
                            if let Some(file) = field.files().and_then(|files| files.get(0)) {
                                form.take_file(file);
                            }
                            // The same file can be chosen again.
                            field.set_value("");
                        }
                    />
                </div>
            </Details>
        }
        .into_any()
    })
}
