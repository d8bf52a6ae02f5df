//! What was done about urgent actions: an entry each time somebody did something or tried. Reached from the banner, and
//! left to where somebody came from. Also once the record was sent; what is written then stays on this device.

mod entry;

use assessment_engine::agreement::{Sending as Leaves, sending};
use leptos::prelude::*;

use crate::components::{
    BackLink, Column, ErrorSummary, LogButton, WhyGone, gone_in_words, redrawn, urgent_codes,
};
use crate::form::{Form, use_form};
use crate::state::{Certainty, Event, Page, Sent};
use entry::Entry;

#[component]
pub(super) fn UrgentLog() -> impl IntoView {
    let form = use_form();
    let count = Memo::new(move |_| form.answers(|answers| answers.urgent_log.len()));
    let is_sent = Memo::new(move |_| {
        form.with(|state| state.record.as_ref().is_some_and(|record| record.sent != Sent::No))
    });
    let sent = redrawn(move || {
        let is_refusal = form.peek_answers(sending) == Leaves::RefusalOnly;
        let text = form.text(if is_refusal { "log.sent_refusal" } else { "log.sent" });
        is_sent.get().then(|| view! { <p class="govuk-inset-text">{text}</p> }.into_any())
    });
    view! {
        <BackLink page=Page::Tasks/>
        <ErrorSummary/>
        <h1 part="heading" class="govuk-heading-l" tabindex="-1">{form.text("section.urgent_log")}</h1>
        <Column>
            <p>{form.text("section.urgent_log.intro")}</p>
            {sent}
            <For each=move || 0..count.get() key=|row| *row let(row)>
                <Entry row/>
            </For>
            <button
                part="button"
                type="button"
                class="govuk-button ca-no-print"
                on:click=move |_| form.dispatch(Event::Continued)
            >
                {form.text("log.back")}
            </button>
            <More/>
            <History/>
        </Column>
    }
}

/// The way to another entry, for each action that is called for.
#[component]
fn More() -> impl IntoView {
    let form = use_form();
    let codes = Memo::new(move |_| {
        let of = |certainty| urgent_codes(form, certainty).into_iter().map(move |code| (code, certainty));
        of(Certainty::Certain).chain(of(Certainty::NotSure)).collect::<Vec<_>>()
    });
    redrawn(move || {
        let codes = codes.get();
        if codes.is_empty() {
            return view! { <p>{form.text("log.none")}</p> }.into_any();
        }
        let standards = form.standards();
        let items = codes.into_iter().filter_map(|(code, certainty)| {
            let trigger = standards.pack.action(&code)?.trigger.clone();
            let about = format!(": {trigger}");
            Some(
                view! {
                    <li class="ca-log__more">
                        <p class="ca-urgent__line">{trigger}</p>
                        <LogButton code certainty about/>
                    </li>
                }
                .into_any(),
            )
        });
        let items = items.collect_view();
        view! {
            <h2 class="govuk-heading-m ca-no-print">{form.text("log.about_heading")}</h2>
            <ul class="govuk-list ca-no-print">{items}</ul>
        }
        .into_any()
    })
}

/// Warnings that went, also those that were read: the record keeps that it happened, when, and why.
#[component]
fn History() -> impl IntoView {
    let form = use_form();
    let gone = Memo::new(move |_| {
        form.with(|state| {
            let gone = state.record.iter().flat_map(|record| record.urgency.gone());
            gone.filter(|gone| !gone.is_in_passing()).cloned().collect::<Vec<_>>()
        })
    });
    redrawn(move || {
        let gone = gone.get();
        (!gone.is_empty()).then(|| {
            let items = gone.into_iter().map(|gone| view! { <li>{went(form, gone)}</li> }.into_any());
            let items = items.collect_view();
            view! {
                <h2 class="govuk-heading-m">{form.text("log.gone_heading")}</h2>
                <ul class="govuk-list govuk-list--bullet">{items}</ul>
            }
            .into_any()
        })
    })
}

fn went(form: Form, gone: crate::state::Gone) -> AnyView {
    let when = form.words().moment(gone.at, form.moment.get_untracked());
    let when = form.filled("gone.went", &[("when", &when)]);
    let read = gone.read.as_deref().map(|time| form.filled("gone.read_at", &[("time", time)]));
    view! {
        <p class="ca-urgent__line">
            {format!("{when} {} {}", gone_in_words(form, &gone), read.unwrap_or_default())}
        </p>
        <WhyGone because=gone.because/>
    }
    .into_any()
}
