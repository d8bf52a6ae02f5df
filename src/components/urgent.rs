//! The urgent banner: what to do now, by when, whom to ring, and whether to tell the family. It is on every page. An action
//! that was read is one line of it, one that was logged as done says so; each stays as long as its answer does.

mod action;
mod clock;
mod facts;
mod gone;
mod log;
mod ring;

use assessment_rules::Due;
use leptos::prelude::*;

use super::on_own;
use crate::form::{Form, use_form};
use crate::state::Certainty;
use action::Action;
pub(crate) use action::not_sure;
use gone::Gone;
pub(crate) use gone::{WhyGone, in_words as gone_in_words};
pub(crate) use log::LogButton;
use ring::Ring;

/// "Act now", "Check now" below it for answers that are not sure, and below both what went.
#[component]
pub(crate) fn Urgent() -> impl IntoView {
    on_own(|| {
        view! {
            <Banner certainty=Certainty::Certain/>
            <Banner certainty=Certainty::NotSure/>
            <Gone/>
        }
        .into_any()
    })
}

/// How an action is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shown {
    /// In full: nobody has read it.
    Unread,
    /// On one line, since it was read at this time of day.
    Read(String),
    /// On one line, since it was logged as done.
    Done,
}

/// The urgent actions of one certainty that are called for.
pub(crate) fn urgent_codes(form: Form, certainty: Certainty) -> Vec<String> {
    form.outcome.get().map_or_else(Vec::new, |outcome| match certainty {
        Certainty::Certain => outcome.urgent.clone(),
        Certainty::NotSure => outcome.urgent_to_check.clone(),
    })
}

fn shown(form: Form, code: &str, certainty: Certainty) -> Shown {
    form.with(|state| {
        let Some(record) = &state.record else { return Shown::Unread };
        if record.urgency.done(&record.answers, code, certainty).is_some() {
            return Shown::Done;
        }
        let read = record.acknowledged.time(code, certainty);
        read.map_or(Shown::Unread, |time| Shown::Read(time.to_owned()))
    })
}

/// Whether nobody has read an action, and nobody has logged it as done.
pub(super) fn is_unread(form: Form, code: &str, certainty: Certainty) -> bool {
    shown(form, code, certainty) == Shown::Unread
}

/// Whether an action is not logged as done, and should have been.
pub(super) fn is_overdue(form: Form, code: &str, certainty: Certainty) -> bool {
    let deadline = clock::deadline(form, code, certainty);
    shown(form, code, certainty) != Shown::Done
        && deadline.is_some_and(|deadline| deadline.at(form.moment.get()) == Due::Overdue)
}

#[component]
fn Banner(certainty: Certainty) -> impl IntoView {
    let form = use_form();
    let codes = Memo::new(move |_| urgent_codes(form, certainty));
    let is_shown = Memo::new(move |_| codes.with(|codes| !codes.is_empty()));
    let is_read =
        Memo::new(move |_| codes.with(|codes| codes.iter().all(|code| !is_unread(form, code, certainty))));
    // An item of one record must never be taken for that of another.
    let items = move || {
        let opened = form.with(|state| state.opened);
        codes.get().into_iter().map(move |code| (opened, code)).collect::<Vec<_>>()
    };
    let (id, class, heading) = match certainty {
        Certainty::Certain => ("urgent", "ca-urgent", "urgent.heading"),
        Certainty::NotSure => ("urgent-check", "ca-urgent ca-urgent--check", "urgent.check_heading"),
    };
    let about = move || {
        (certainty == Certainty::NotSure && !is_read.get())
            .then(|| view! { <p>{form.text("urgent.check_about")}</p> }.into_any())
    };
    view! {
        <Show when=move || is_shown.get()>
            <section class=class class:ca-urgent--read=is_read aria-labelledby=id>
                <div class="ca-urgent__top">
                    <h2 class="ca-urgent__heading" id=id tabindex="-1">{form.text(heading)}</h2>
                    <Ring codes certainty/>
                </div>
                {about}
                <ul class="ca-urgent__list">
                    <For each=items key=|item| item.clone() let((_, code))>
                        <Item code certainty/>
                    </For>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn Item(code: String, certainty: Certainty) -> impl IntoView {
    let form = use_form();
    let action = form.standards().pack.action(&code).cloned();
    action.map(|action| view! { <Action code action certainty/> }.into_any())
}
