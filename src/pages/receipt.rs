//! The receipt: what the server has stored, to be kept or printed.

use assessment_engine::agreement::{Sending as Leaves, sending};
use assessment_engine::disclosure::{Audience, Telling, family_advice};
use assessment_engine::planned::overdue;
use assessment_form::Kind;
use leptos::prelude::*;

use super::elements::element_states;
use super::gaps;
use super::outputs::name_of;
use crate::components::{OwnNote, PageLink, TrianglePicture, on_own};
use crate::form::{Form, use_form};
use crate::io::{clock, host};
use crate::questions::shown;
use crate::state::{Event, Page, Sent};

#[component]
pub(super) fn ReceiptPage() -> impl IntoView {
    let form = use_form();
    let found = form.peek(|state| match state.record.as_ref().map(|record| (&record.sent, record.name())) {
        Some((Sent::Received(receipt), name)) => Some((receipt.clone(), name)),
        _ => None,
    });
    let Some((receipt, name)) = found.map(|(receipt, name)| (*receipt, name)) else {
        return view! {
            <PageLink class="govuk-link" page=Page::Tasks>
                {form.text("back.tasks")}
            </PageLink>
        }
        .into_any();
    };
    let received = clock::in_words(&receipt.received_at);
    let (pack, sha256) = (receipt.pack_version, receipt.sha256);
    let is_refusal = form.peek_answers(sending) == Leaves::RefusalOnly;
    // Who said no is not for the next person who sees the screen.
    let heading = move || {
        let is_said = is_refusal && !form.with_family.get();
        form.text(if is_said { "receipt.heading_refusal" } else { "receipt.heading" })
    };
    let suggestion = form.text(&format!("suggestion.{}", receipt.suggestion.certain));
    let suggested = move || {
        let suggestion = suggestion.clone();
        (!is_refusal)
            .then(|| view! { <Fact key="receipt.suggestion"><span>{suggestion}</span></Fact> }.into_any())
    };
    let stayed = move || is_refusal.then(|| view! { <Stayed/> }.into_any());
    let (urgent, is_different) = (receipt.urgent, receipt.difference);
    let difference = move || {
        is_different
            .then(|| view! { <p class="govuk-inset-text">{form.text("receipt.difference")}</p> }.into_any())
    };
    view! {
        <div class="ca-receipt">
            <div class="govuk-panel govuk-panel--confirmation">
                <h1 class="govuk-panel__title" tabindex="-1">{heading}</h1>
                <div class="govuk-panel__body">
                    {form.text("receipt.reference")} <br/>
                    <span class="ca-receipt__reference">{receipt.reference}</span>
                </div>
            </div>
            <dl class="govuk-summary-list">
                <Fact key="receipt.child"><span dir="auto">{name}</span></Fact>
                <Fact key="receipt.received"><span>{received}</span></Fact>
                {on_own(suggested)}
                {on_own(move || unrecorded(form))}
                {on_own(move || if is_refusal { None } else { overdue_actions(form) })}
                <Fact key="receipt.pack"><span>{pack}</span></Fact>
                <Fact key="receipt.sha256"><code class="ca-receipt__code">{sha256}</code></Fact>
            </dl>
            {on_own(difference)}
            <OwnNote stem=Some("conclusions".to_owned())/>
            {(!is_refusal).then(|| view! {
                <h2 class="govuk-heading-m">{form.text("triangle.heading")}</h2>
                <TrianglePicture states=element_states(form) is_linked=false/>
            }.into_any())}
            <h2 class="govuk-heading-m">{form.text("receipt.next_heading")}</h2>
            {on_own(stayed)}
            {on_own(move || (!is_refusal).then(|| advice(form, &urgent)))}
            {on_own(move || view! { <p>{form.text("receipt.next")}</p> }.into_any())}
            <p>{form.text("receipt.kept")}</p>
            <div class="govuk-button-group ca-no-print">
                <button part="button" type="button" class="govuk-button" on:click=move |_| form.with_host(host::print)>
                    {form.text("receipt.print")}
                </button>
                <PageLink class="govuk-link" page=Page::Outputs>{form.text("receipt.copies")}</PageLink>
                <PageLink class="govuk-link" page=Page::Check>{form.text("receipt.answers")}</PageLink>
                <PageLink class="govuk-link" page=Page::Start>{form.text("receipt.start")}</PageLink>
            </div>
        </div>
    }
    .into_any()
}

/// What is not recorded, a line for each part of the form.
fn unrecorded(form: Form) -> Option<AnyView> {
    let lines = untrack(|| gaps::lines(form, &gaps::found(form)));
    let lines: Vec<AnyView> =
        lines.into_iter().map(|line| view! { <span class="ca-gap">{line}</span> }.into_any()).collect();
    (!lines.is_empty()).then(|| view! { <Fact key="receipt.not_recorded">{lines}</Fact> }.into_any())
}

/// The actions that are overdue, a line each.
fn overdue_actions(form: Form) -> Option<AnyView> {
    let today = form.today();
    let lines = form.peek_answers(|answers| {
        let lines = overdue(answers, today).into_iter().filter_map(|path| {
            let date = shown::answer(form, Kind::ComingDate, answers.node(&path)?);
            let line = format!("{}: {date}", form.part_of(&path).unwrap_or_default());
            Some(view! { <span class="ca-gap">{line}</span> }.into_any())
        });
        lines.collect::<Vec<AnyView>>()
    });
    (!lines.is_empty()).then(|| view! { <Fact key="receipt.overdue">{lines}</Fact> }.into_any())
}

/// Where only the refusal was sent: that the rest is still here, and how to go on with it.
#[component]
fn Stayed() -> impl IntoView {
    let form = use_form();
    let carry_on = move |_| form.dispatch(Event::CarriedOn(clock::random_id()));
    view! {
        <p class="govuk-inset-text">{form.text("receipt.refusal")}</p>
        <p>{form.text("receipt.refusal.next")}</p>
        <button part="button" type="button" class="govuk-button ca-no-print" on:click=carry_on>
            {form.text("receipt.refusal.carry_on")}
        </button>
    }
}

/// Whether to give the family a copy, by the strictest telling rule of what this device and the server found.
fn advice(form: Form, urgent: &[String]) -> AnyView {
    let standards = form.standards();
    let outcome = form.outcome.get_untracked();
    let advice =
        form.peek_answers(|answers| family_advice(answers, outcome.as_deref(), urgent, &standards.pack));
    let telling = form.text(&format!("telling.{}", advice.telling.code()));
    let (give, telling) = match advice.telling {
        telling_rule if telling_rule.is_block() => ("receipt.do_not_give", Some(telling)),
        Telling::UnlessRisk | Telling::DoNotDelay => ("receipt.give_unless", Some(telling)),
        _ => ("receipt.give", None),
    };
    let names: Vec<String> =
        advice.kept_from.iter().map(|row| name_of(form, &Audience::Parent(*row))).collect();
    let not_to = (!names.is_empty() && give != "receipt.do_not_give").then(|| {
        view! { <p>{form.filled("receipt.give_not_to", &[("names", &names.join(", "))])}</p> }.into_any()
    });
    view! {
        <p class="govuk-inset-text">
            <strong>{form.text(give)}</strong>
            " "
            {telling}
        </p>
        {not_to}
    }
    .into_any()
}

#[component]
fn Fact(key: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key">{use_form().text(key)}</dt>
            <dd class="govuk-summary-list__value">{children()}</dd>
        </div>
    }
}
