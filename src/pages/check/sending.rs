//! What is known before sending, and the button that sends the record; once it was pressed, what became of it.

use assessment_engine::agreement::{Sending as Leaves, sending};
use leptos::prelude::*;

use super::choice::Choice;
use super::family::{Family, Receiver};
use crate::components::{SignIn, TakeBack, redrawn};
use crate::form::{Form, use_form};
use crate::io::clock;
use crate::state::{Event, Mode, NOBODYS, NotSent, SIGN_IN, Sent, WAITING};

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

fn status(form: Form) -> Memo<Status> {
    Memo::new(move |_| {
        form.with(|state| match state.record.as_ref().map(|record| &record.sent) {
            _ if state.read_only => Status::ReadOnly,
            Some(Sent::Received(receipt)) => Status::Received(receipt.reference.clone()),
            Some(Sent::Waiting(_)) if state.waits_for_a_press() => Status::Waiting(NOBODYS),
            Some(Sent::Waiting(_)) => Status::Waiting(match state.not_sent {
                Some(NotSent::Waits(reason)) => reason,
                _ => "submit.waiting",
            }),
            Some(Sent::No) | None => Status::Open,
        })
    })
}

#[component]
pub(crate) fn Sending(
    /// Whether what the family said is on the same page already.
    #[prop(optional)]
    is_said_above: bool,
) -> impl IntoView {
    let form = use_form();
    let status = status(form);
    move || match status.get() {
        // What became of it is said at the top of the page.
        Status::ReadOnly | Status::Waiting(_) => ().into_any(),
        Status::Open => view! {
            <h2 class="govuk-heading-m" id=HEADING tabindex="-1">{form.text("submit.heading")}</h2>
            <Receiver/>
            {redrawn(move || if form.with_family.get() { alone(form) } else { decided(form, is_said_above) })}
        }
        .into_any(),
        Status::Received(reference) => {
            let text = form.filled("drafts.sent", &[("reference", &reference)]);
            view! { <p class="govuk-inset-text">{text}</p> }.into_any()
        }
    }
}

/// What became of sending, while the record waits: at the top, where the focus goes.
#[component]
pub(crate) fn Waiting() -> impl IntoView {
    let form = use_form();
    let status = status(form);
    let why = Memo::new(move |_| match status.get() {
        Status::Waiting(why) => Some(why),
        Status::ReadOnly | Status::Open | Status::Received(_) => None,
    });
    let is_waiting = Memo::new(move |_| why.get().is_some());
    // Drawn once: the focus is in it while the reason changes.
    redrawn(move || is_waiting.get().then(|| view! { <Notice why/> }.into_any()))
}

/// What each person said, the choice that follows, and the button.
fn decided(form: Form, is_said_above: bool) -> AnyView {
    let said = (!is_said_above).then(|| {
        view! {
            <p class="govuk-inset-text">{form.text("before.phone")}</p>
            <Family/>
        }
        .into_any()
    });
    view! {
        {said}
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
            <button part="button" type="button" class="govuk-button govuk-button--secondary" on:click=show>
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
                <button part="button" type="button" class="govuk-button" id="before.send" on:click=send>
                    {form.text(label)}
                </button>
            }
            .into_any(),
        )
    })
}

#[component]
fn Notice(why: Memo<Option<&'static str>>) -> impl IntoView {
    let form = use_form();
    let is_sending = Memo::new(move |_| form.with(|state| state.sending));
    let is_nobodys = Memo::new(move |_| why.get() == Some(NOBODYS));
    let label = move || {
        form.text(match (is_sending.get(), is_nobodys.get()) {
            (true, _) => "submit.sending",
            (false, true) => "submit.as_mine",
            (false, false) => "submit.again",
        })
    };
    let about = move || form.text(if is_nobodys.get() { "submit.nobodys.about" } else { "submit.safe" });
    let again = move |_| {
        form.dispatch(if is_nobodys.get_untracked() { Event::SentAsOwn } else { Event::Retried });
        // The button cannot be pressed while it is sent.
        form.focus(WAITING);
    };
    view! {
        <div class="govuk-notification-banner" role="region" aria-labelledby=WAITING>
            <div class="govuk-notification-banner__header">
                <h2 class="govuk-notification-banner__title" id=WAITING tabindex="-1">
                    {form.text("submit.waiting_heading")}
                </h2>
            </div>
            <div class="govuk-notification-banner__content">
                <p class="govuk-notification-banner__heading">
                    {move || why.get().map(|why| form.text(why))}
                </p>
                <p>{about}</p>
                {move || (why.get() == Some(SIGN_IN)).then(|| view! { <SignIn text="submit.sign_in.link" sends=true/> })}
                <button
                    part="button"
                    type="button"
                    class="govuk-button"
                    disabled=is_sending
                    on:click=again
                >
                    {label}
                </button>
                <TakeBack/>
            </div>
        </div>
    }
}
