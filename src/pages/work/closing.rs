//! Closing a record, with a reason, and opening it again. Which reasons there are follows from what social care has answered.

use assessment_api::episode_change::{NewClosure, NewReopening};
use assessment_people::episode::ClosureReason;
use leptos::prelude::*;

use super::after::{OpenRecord, Sent, typed};
use super::asked::answer;
use super::fields::{Choice, LongText};
use super::list::headline;
use super::settling::Settling;
use super::use_work;
use crate::components::redrawn;
use crate::state::work::after::closure_reasons;

/// The ids of the fields.
const REASON: &str = "work.close.reason";
const WORDS: &str = "work.close.words";
const SAFE: &str = "work.close.safe";
const AGAIN: &str = "work.reopen.reason";

#[component]
pub(super) fn Close(held: OpenRecord) -> impl IntoView {
    let work = use_work();
    let [reason, words, safe] = ["reason", "words", "safe"].map(|name| held.field(name));
    let is_pressed = RwSignal::new(false);
    let record = held.record();
    let reasons = closure_reasons(&record);
    let waits =
        record.referral.as_ref().is_some_and(|referral| referral.answer.is_none()).then(|| {
            view! { <p class="govuk-inset-text">{work.text("work.law.referral-waits")}</p> }.into_any()
        });
    let came_to = headline(work, &record.shown).unwrap_or_default();
    let options = reasons
        .iter()
        .map(|reason| (reason.code().to_owned(), work.text(&["work.closure.", reason.code()].concat())))
        .collect::<Vec<_>>();
    let is_urgent = record.shown.urgent;
    let chosen =
        move || reason.with(|code| ClosureReason::ALL.iter().copied().find(|one| one.code() == code));
    let is_gone = Memo::new(move |_| chosen().is_some_and(|reason| reason.needs_risk_check_where(is_urgent)));
    let missing_words = held.needed(is_pressed, words, "work.close.words.needed");
    let words_missing = Signal::derive(move || {
        missing_words.get().filter(|_| chosen().is_some_and(ClosureReason::needs_words))
    });
    let look = move || {
        is_gone.get().then(|| {
            let about = work.filled("work.close.safe.about", &[("headline", &came_to)]);
            view! {
                <p>{about}</p>
                <LongText
                    id=SAFE
                    label=work.text("work.close.safe")
                    hint=work.text("work.close.safe.hint")
                    value=safe
                    error=held.needed(is_pressed, safe, "work.close.safe.needed")
                />
            }
            .into_any()
        })
    };
    let settling = Settling::of(held);
    let (asked, chosen_for) = (settling.clone(), settling.clone());
    let is_ready = move || {
        is_pressed.set(true);
        let missing = [
            (typed(reason).is_none(), REASON),
            (words_missing.get_untracked().is_some(), WORDS),
            (is_gone.get_untracked() && typed(safe).is_none(), SAFE),
        ];
        let first = missing.into_iter().find(|(is_missing, _)| *is_missing).map(|(_, id)| id.to_owned());
        let first = first.or_else(|| asked.undecided());
        if let Some(id) = &first {
            work.form.focus(id);
        }
        first.is_none()
    };
    let send = move || {
        let closure = NewClosure {
            reason: typed(reason).unwrap_or_default(),
            words: typed(words),
            why_safe: typed(safe).filter(|_| is_gone.get_untracked()),
            settled: chosen_for.chosen(),
        };
        let close: Sent = Box::new(|asking, at, revision| {
            answer(async move { asking.post(&format!("{at}/closure"), &closure, Some(&revision)).await })
        });
        held.send(close, None, "work.close.done");
    };
    // Something urgent that is open, or something overdue, is asked about once more.
    let again = Signal::derive(move || {
        held.pressing().map(|pressing| [pressing, work.text("work.close.again")].join(" "))
    });
    view! {
        <p>{work.text("work.close.about")}</p>
        {waits}
        <Choice
            name=REASON
            legend=work.text("work.close.reason")
            options
            value=reason
            error=held.needed(is_pressed, reason, "work.close.reason.needed")
        />
        <LongText
            id=WORDS
            label=work.text("work.close.words")
            hint=work.text("work.close.words.hint")
            value=words
            error=words_missing
        />
        {redrawn(look)}
        {settling.view(held, is_pressed)}
        {held.button("work.title.close", again, is_ready, send)}
    }
}

#[component]
pub(super) fn Reopen(held: OpenRecord) -> impl IntoView {
    let work = use_work();
    let reason = held.field("reason");
    let is_pressed = RwSignal::new(false);
    let is_ready = move || {
        is_pressed.set(true);
        let is_there = typed(reason).is_some();
        if !is_there {
            work.form.focus(AGAIN);
        }
        is_there
    };
    let send = move || {
        let reopening = NewReopening { reason: typed(reason).unwrap_or_default() };
        let reopen: Sent = Box::new(|asking, at, revision| {
            answer(async move { asking.post(&format!("{at}/reopening"), &reopening, Some(&revision)).await })
        });
        held.send(reopen, None, "work.reopen.done");
    };
    view! {
        <p>{work.text("work.reopen.about")}</p>
        <LongText
            id=AGAIN
            label=work.text("work.reopen.reason")
            hint=work.text("work.reopen.reason.hint")
            value=reason
            error=held.needed(is_pressed, reason, "work.reopen.reason.needed")
        />
        {held.button("work.title.reopen", Signal::derive(|| None), is_ready, send)}
    }
}
