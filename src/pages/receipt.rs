//! The receipt: what the server has stored, to be kept or printed.

use leptos::prelude::*;

use super::link;
use crate::form::Form;
use crate::state::{Place, Sent};

pub(super) fn receipt(form: Form) -> AnyView {
    let found = form.peek(|state| match state.record.as_ref().map(|record| (&record.sent, record.name())) {
        Some((Sent::Received(receipt), name)) => Some((receipt.clone(), name)),
        _ => None,
    });
    let Some((receipt, name)) = found else {
        return link(form, "govuk-link", Place::Tasks, form.text("back.tasks")).into_any();
    };
    let suggestion = form.text(&format!("suggestion.{}", receipt.suggestion.certain));
    let difference = receipt.difference.is_some().then(|| {
        view! { <p class="govuk-inset-text">{form.text("receipt.difference")}</p> }
    });
    let rows = [
        ("receipt.child", name),
        ("receipt.received", form.moment(&receipt.received_at)),
        ("receipt.suggestion", suggestion),
        ("receipt.pack", receipt.pack_version.clone()),
    ]
    .map(|(key, value)| {
        view! {
            <div class="govuk-summary-list__row">
                <dt class="govuk-summary-list__key">{form.text(key)}</dt>
                <dd class="govuk-summary-list__value">{value}</dd>
            </div>
        }
    })
    .collect_view();
    view! {
        <div class="ca-receipt">
            <div class="govuk-panel govuk-panel--confirmation">
                <h1 class="govuk-panel__title" tabindex="-1">{form.text("receipt.heading")}</h1>
                <div class="govuk-panel__body">
                    {form.text("receipt.reference")}<br/>
                    <span class="ca-receipt__reference">{receipt.reference.clone()}</span>
                </div>
            </div>
            <dl class="govuk-summary-list">
                {rows}
                <div class="govuk-summary-list__row">
                    <dt class="govuk-summary-list__key">{form.text("receipt.sha256")}</dt>
                    <dd class="govuk-summary-list__value"><code class="ca-receipt__code">{receipt.sha256.clone()}</code></dd>
                </div>
            </dl>
            {difference}
            <h2 class="govuk-heading-m">{form.text("receipt.next_heading")}</h2>
            <p>{form.text("receipt.next")}</p>
            <p>{form.text("receipt.kept")}</p>
            <div class="govuk-button-group ca-no-print">
                <button type="button" class="govuk-button" on:click=move |_| form.print()>{form.text("receipt.print")}</button>
                {link(form, "govuk-link", Place::Check, form.text("receipt.answers"))}
                {link(form, "govuk-link", Place::Start, form.text("receipt.start"))}
            </div>
        </div>
    }
    .into_any()
}
