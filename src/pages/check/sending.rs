//! What is known before sending, and the button that sends the record; once it was pressed, what became of it.

use assessment_engine::agreement::{Sending as Leaves, sending};
use leptos::prelude::*;

use super::choice::Choice;
use super::family::{Family, Receiver};
use crate::components::redrawn;
use crate::form::{Form, use_form};
use crate::io::clock;
use crate::state::{Event, Mode, NotSent, Sent};

/// The id of the heading.
const HEADING: &str = "sending";

#[derive(Clone, PartialEq)]
enum Status {
    /// Another window has the record.
    ReadOnly,
    Open,
    /// The wording key of the reason.
    Waiting(&'static str),
    /// The reference.
    Received(String),
}

#[component]
pub(super) fn Sending() -> impl IntoView {
    let form = use_form();
    let status = Memo::new(move |_| {
        form.with(|state| match state.record.as_ref().map(|record| &record.sent) {
            _ if state.read_only => Status::ReadOnly,
            Some(Sent::Received(receipt)) => Status::Received(receipt.reference.clone()),
            Some(Sent::Waiting(_)) => Status::Waiting(match state.not_sent {
                Some(NotSent::Waits(reason)) => reason,
                _ => "submit.waiting",
            }),
            Some(Sent::No) | None => Status::Open,
        })
    });
    move || match status.get() {
        Status::ReadOnly => ().into_any(),
        Status::Open => view! {
            <h2 class="govuk-heading-m" id=HEADING tabindex="-1">{form.text("submit.heading")}</h2>
            <Receiver/>
            {redrawn(move || if form.with_family.get() { alone(form) } else { decided(form) })}
        }
        .into_any(),
        Status::Waiting(why) => view! { <Waiting why/> }.into_any(),
        Status::Received(reference) => {
            let text = form.filled("drafts.sent", &[("reference", &reference)]);
            view! { <p class="govuk-inset-text">{text}</p> }.into_any()
        }
    }
}

/// What each person said, the choice that follows, and the button.
fn decided(form: Form) -> AnyView {
    view! {
        <p class="govuk-inset-text">{form.text("before.phone")}</p>
        <Family/>
        <Choice/>
        <Send/>
    }
    .into_any()
}

/// What one person said is not for another, and what is still to be put right may be the practitioner's own: nothing is sent
/// while the family can see the screen, whatever the record says.
fn alone(form: Form) -> AnyView {
    let show = move |_| {
        form.dispatch(Event::ModeChosen(Mode::OnOwn));
        // The button goes away.
        form.focus(HEADING);
    };
    view! {
        <div class="govuk-inset-text ca-no-print">
            <p>{form.text("mode.sending")}</p>
            <button type="button" class="govuk-button govuk-button--secondary" on:click=show>
                {form.text("mode.to_own")}
            </button>
        </div>
    }
    .into_any()
}

/// The button, which says what it sends. Where nothing is to be sent there is none.
#[component]
fn Send() -> impl IntoView {
    let form = use_form();
    let leaves = Memo::new(move |_| form.answers(sending));
    redrawn(move || {
        let label = match leaves.get() {
            Leaves::Whole => "submit.button",
            Leaves::RefusalOnly => "before.record_only.button",
            Leaves::Nothing => return None,
        };
        let send = move |_| {
            // What is sent is what was on the screen: at midnight it is redrawn first, and somebody looks again.
            let day = form.today();
            form.look_at_clock();
            if form.today() == day {
                form.dispatch(Event::Submitted(clock::random_id()));
            } else {
                form.focus(HEADING);
            }
        };
        Some(
            view! {
                <p>{form.text("submit.about")}</p>
                <button type="button" class="govuk-button" id="before.send" on:click=send>
                    {form.text(label)}
                </button>
            }
            .into_any(),
        )
    })
}

#[component]
fn Waiting(why: &'static str) -> impl IntoView {
    let form = use_form();
    let is_sending = Memo::new(move |_| form.with(|state| state.sending));
    let label = move || form.text(if is_sending.get() { "submit.sending" } else { "submit.again" });
    view! {
        <div class="govuk-notification-banner" role="region" aria-labelledby="waiting">
            <div class="govuk-notification-banner__header">
                <h2 class="govuk-notification-banner__title" id="waiting">
                    {form.text("submit.waiting_heading")}
                </h2>
            </div>
            <div class="govuk-notification-banner__content">
                <p class="govuk-notification-banner__heading">{form.text(why)}</p>
                <p>{form.text("submit.safe")}</p>
                <button
                    type="button"
                    class="govuk-button"
                    disabled=is_sending
                    on:click=move |_| form.dispatch(Event::Retried)
                >
                    {label}
                </button>
            </div>
        </div>
    }
}
