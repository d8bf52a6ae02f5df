//! That the written form of a referral was sent, said by the one who sent it, and what social care answered, written down by its
//! own front door or by the coordinator.

use assessment_api::episode_change::{NewReferralAnswer, NewWrittenForm};
use assessment_people::episode::SentBy;
use leptos::prelude::*;

use super::after::{OpenRecord, Sent, typed};
use super::asked::answer;
use super::episode::write_by;
use super::fields::Choice;
use super::use_work;

/// The ids of the choices.
const WRITTEN: &str = "work.written";
const ANSWER: &str = "work.answer";

#[component]
pub(super) fn WrittenForm(held: OpenRecord) -> impl IntoView {
    let work = use_work();
    let chosen = held.field("written");
    let is_pressed = RwSignal::new(false);
    let ways = SentBy::ALL.map(SentBy::code);
    let options = ways.map(|code| (code.to_owned(), work.text(&["work.written.", code].concat()))).to_vec();
    let due = write_by(work, &held.record()).map(|due| view! { <p class="govuk-inset-text">{due}</p> });
    let is_ready = move || {
        is_pressed.set(true);
        let is_there = typed(chosen).is_some();
        if !is_there {
            work.form.focus(WRITTEN);
        }
        is_there
    };
    let send = move || {
        let said = NewWrittenForm { by: typed(chosen).unwrap_or_default() };
        let tell: Sent = Box::new(|asking, at, revision| {
            answer(
                async move { asking.post(&format!("{at}/referral/written"), &said, Some(&revision)).await },
            )
        });
        held.send(tell, None, "work.written.done");
    };
    let again = Signal::derive(|| None);
    view! {
        <p>{work.text("work.written.about")}</p>
        {due}
        <Choice
            name=WRITTEN
            legend=work.text("work.written")
            options
            value=chosen
            error=held.needed(is_pressed, chosen, "work.written.needed")
        />
        {held.button("work.written.save", again, is_ready, send)}
    }
}

#[component]
pub(super) fn ReferralAnswer(held: OpenRecord) -> impl IntoView {
    let work = use_work();
    let chosen = held.field("answer");
    let is_pressed = RwSignal::new(false);
    let options = ["accepted", "not_accepted"]
        .map(|code| (code.to_owned(), work.text(&["work.answer.", code].concat())))
        .to_vec();
    let is_ready = move || {
        is_pressed.set(true);
        let is_there = typed(chosen).is_some();
        if !is_there {
            work.form.focus(ANSWER);
        }
        is_there
    };
    let send = move || {
        let said = NewReferralAnswer { answer: typed(chosen).unwrap_or_default() };
        let tell: Sent = Box::new(|asking, at, revision| {
            answer(async move { asking.post(&format!("{at}/referral/answer"), &said, Some(&revision)).await })
        });
        held.send(tell, None, "work.answer.done");
    };
    let again = Signal::derive(move || {
        chosen.with(|code| code == "not_accepted").then(|| work.text("work.answer.again"))
    });
    view! {
        <p>{work.text("work.answer.about")}</p>
        <Choice
            name=ANSWER
            legend=work.text("work.answer")
            options
            value=chosen
            error=held.needed(is_pressed, chosen, "work.answer.needed")
        />
        {held.button("work.answer.save", again, is_ready, send)}
    }
}
