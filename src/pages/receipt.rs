//! The receipt: what the server has stored, to be kept or printed.

use super::{heading, link};
use crate::dom::{El, View, el, p};
use crate::form::Form;
use crate::state::{Place, Sent};

pub(super) fn receipt(form: Form) -> View {
    let found = form.peek(|state| match state.record.as_ref().map(|record| (&record.sent, record.name())) {
        Some((Sent::Received(receipt), name)) => Some((receipt.clone(), name)),
        _ => None,
    });
    let Some((receipt, name)) = found else {
        return link(form, "govuk-link", Place::Tasks, form.text("back.tasks")).into();
    };
    let suggestion = form.text(&format!("suggestion.{}", receipt.suggestion.certain));
    let panel = el("div")
        .class("govuk-panel govuk-panel--confirmation")
        .add(heading("govuk-panel__title", form.text("receipt.heading")))
        .add(el("div").class("govuk-panel__body").text(form.text("receipt.reference")).add(el("br")).add(p(
            "span",
            "ca-receipt__reference",
            &receipt.reference,
        )));
    let list = el("dl")
        .class("govuk-summary-list")
        .add(row(form, "receipt.child", el("span").text(&name)))
        .add(row(form, "receipt.received", el("span").text(&form.moment(&receipt.received_at))))
        .add(row(form, "receipt.suggestion", el("span").text(suggestion)))
        .add(row(form, "receipt.pack", el("span").text(&receipt.pack_version)))
        .add(row(form, "receipt.sha256", p("code", "ca-receipt__code", &receipt.sha256)));
    let difference =
        receipt.difference.is_some().then(|| form.say("p", "govuk-inset-text", "receipt.difference"));
    let buttons = el("div")
        .class("govuk-button-group ca-no-print")
        .add(form.button("govuk-button", "receipt.print", move || form.print()))
        .add(link(form, "govuk-link", Place::Check, form.text("receipt.answers")))
        .add(link(form, "govuk-link", Place::Start, form.text("receipt.start")));
    el("div")
        .class("ca-receipt")
        .add(panel)
        .add(list)
        .add(difference)
        .add(form.say("h2", "govuk-heading-m", "receipt.next_heading"))
        .add(form.say("p", "", "receipt.next"))
        .add(form.say("p", "", "receipt.kept"))
        .add(buttons)
        .into()
}

fn row(form: Form, key: &str, value: El) -> El {
    el("div")
        .class("govuk-summary-list__row")
        .add(form.say("dt", "govuk-summary-list__key", key))
        .add(el("dd").class("govuk-summary-list__value").add(value))
}
