//! Another council is asked to take a record over, it does not, and it has. Until it has, early help goes on here.

use assessment_api::episode_change::{CancelledTransfer, FinishedTransfer, NewTransfer};
use leptos::prelude::*;

use super::after::{OpenRecord, Sent, typed};
use super::asked::answer;
use super::choices::Select;
use super::episode::by_whom;
use super::fields::{Choice, LongText, ShortText};
use super::lead::{Next, TellFamily};
use super::settling::Settling;
use super::use_work;
use crate::components::redrawn;

/// The ids of the fields.
const TO: &str = "work.transfer.to";
const GROUND: &str = "work.transfer.ground";
const LAWFUL: &str = "work.transfer.lawful";
const WORDS: &str = "work.transfer.words";
const WHY: &str = "work.cancel_transfer.why";
const ACCEPTED: &str = "work.finish_transfer.accepted";

/// The two grounds: the family agrees, or the law allows it without.
const AGREED: &str = "agreed";
const WITHOUT: &str = "lawful";

#[component]
pub(super) fn Transfer(held: OpenRecord) -> impl IntoView {
    let work = use_work();
    let [to, ground, lawful, words] = ["to", "ground", "lawful", "words"].map(|name| held.field(name));
    let is_pressed = RwSignal::new(false);
    let is_without = Memo::new(move |_| ground.with(|ground| ground == WITHOUT));
    let grounds = [AGREED, WITHOUT]
        .map(|code| (code.to_owned(), work.text(&["work.transfer.ground.", code].concat())))
        .to_vec();
    let why = move || {
        is_without.get().then(|| {
            let standards = work.form.standards();
            let reasons = standards.lists.list("reason_to_share");
            let reasons = reasons.iter().map(|reason| (reason.code.clone(), reason.label.clone()));
            view! {
                <Select
                    id=LAWFUL
                    label=work.text("work.transfer.lawful")
                    none=work.form.text("choose")
                    options=vec![(None, reasons.collect())]
                    value=lawful
                    error=held.needed(is_pressed, lawful, "work.transfer.lawful.needed")
                />
                <LongText
                    id=WORDS
                    label=work.text("work.transfer.words")
                    hint=work.text("work.transfer.words.hint")
                    value=words
                    error=held.needed(is_pressed, words, "work.transfer.words.needed")
                />
            }
            .into_any()
        })
    };
    let is_ready = move || {
        let always = [(to, TO), (ground, GROUND)];
        let without = [(to, TO), (ground, GROUND), (lawful, LAWFUL), (words, WORDS)];
        let asked: &[_] = if is_without.get_untracked() { &without } else { &always };
        held.is_filled_in(is_pressed, asked)
    };
    let send = move || {
        let is_without = is_without.get_untracked();
        let transfer = NewTransfer {
            to: typed(to).unwrap_or_default(),
            lawful_reason: typed(lawful).filter(|_| is_without),
            words: typed(words).filter(|_| is_without),
        };
        let offer: Sent = Box::new(|asking, at, revision| {
            answer(async move { asking.post(&format!("{at}/transfer"), &transfer, Some(&revision)).await })
        });
        held.send(offer, None, "work.transfer.done");
    };
    view! {
        <p>{work.text("work.transfer.about")}</p>
        <ShortText
            id=TO
            label=work.text("work.transfer.to")
            hint=Some(work.text("work.transfer.to.hint"))
            value=to
            error=held.needed(is_pressed, to, "work.transfer.to.needed")
        />
        <Choice
            name=GROUND
            legend=work.text("work.transfer.ground")
            options=grounds
            value=ground
            error=held.needed(is_pressed, ground, "work.transfer.ground.needed")
        />
        {redrawn(why)}
        <Next key="work.transfer.next"/>
        <TellFamily/>
        {held.button("work.transfer.save", Signal::derive(|| None), is_ready, send)}
    }
}

#[component]
pub(super) fn CancelTransfer(held: OpenRecord) -> impl IntoView {
    let work = use_work();
    let why = held.field("why");
    let is_pressed = RwSignal::new(false);
    let send = move || {
        let cancelled = CancelledTransfer { reason: typed(why).unwrap_or_default() };
        let cancel: Sent = Box::new(|asking, at, revision| {
            answer(async move {
                asking.post(&format!("{at}/transfer/cancelled"), &cancelled, Some(&revision)).await
            })
        });
        held.send(cancel, None, "work.cancel_transfer.done");
    };
    view! {
        <Offered held/>
        <p>{work.text("work.cancel_transfer.about")}</p>
        <LongText
            id=WHY
            label=work.text("work.cancel_transfer.why")
            hint=work.text("work.cancel_transfer.why.hint")
            value=why
            error=held.needed(is_pressed, why, "work.cancel_transfer.why.needed")
        />
        <Next key="work.cancel_transfer.next"/>
        <TellFamily/>
        {held.button(
            "work.cancel_transfer.save",
            Signal::derive(|| None),
            move || held.is_filled_in(is_pressed, &[(why, WHY)]),
            send,
        )}
    }
}

#[component]
pub(super) fn FinishTransfer(held: OpenRecord) -> impl IntoView {
    let work = use_work();
    let accepted = held.field("accepted");
    let is_pressed = RwSignal::new(false);
    let settling = Settling::of(held);
    let (asked, chosen) = (settling.clone(), settling.clone());
    let is_ready = move || {
        let is_filled_in = held.is_filled_in(is_pressed, &[(accepted, ACCEPTED)]);
        let undecided = asked.undecided().filter(|_| is_filled_in);
        if let Some(id) = &undecided {
            work.form.focus(id);
        }
        is_filled_in && undecided.is_none()
    };
    let send = move || {
        let finished =
            FinishedTransfer { accepted: typed(accepted).unwrap_or_default(), settled: chosen.chosen() };
        let finish: Sent = Box::new(|asking, at, revision| {
            answer(async move {
                asking.post(&format!("{at}/transfer/finished"), &finished, Some(&revision)).await
            })
        });
        held.send(finish, None, "work.finish_transfer.done");
    };
    // Something urgent that is open, or something overdue, is asked about once more.
    let again = Signal::derive(move || {
        held.pressing().map(|pressing| [pressing, work.text("work.close.again")].join(" "))
    });
    view! {
        <Offered held/>
        <p>{work.text("work.finish_transfer.about")}</p>
        <LongText
            id=ACCEPTED
            label=work.text("work.finish_transfer.accepted")
            hint=work.text("work.finish_transfer.accepted.hint")
            value=accepted
            error=held.needed(is_pressed, accepted, "work.finish_transfer.accepted.needed")
        />
        {settling.view(held, is_pressed)}
        <Next key="work.finish_transfer.next"/>
        <TellFamily/>
        {held.button("work.finish_transfer.save", again, is_ready, send)}
    }
}

/// To which council it is offered, by whom, and since when.
#[component]
fn Offered(held: OpenRecord) -> impl IntoView {
    let work = use_work();
    held.record().transfer.map(|transfer| {
        let values = [("council", &*transfer.to), ("deed", &*by_whom(work, &transfer.begun))];
        view! { <p class="govuk-inset-text">{work.filled("work.transfer.offered", &values)}</p> }
    })
}
