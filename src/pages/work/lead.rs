//! Social care takes the lead, once it has accepted, and gives it back with a summary of what it hands over.

use assessment_api::episode_change::NewHandover;
use leptos::prelude::*;
use serde_json::json;

use super::after::{OpenRecord, Sent, typed};
use super::asked::answer;
use super::episode::answer_said;
use super::fields::LongText;
use super::use_work;

/// The ids of the fields.
const WHY: &str = "work.step_down.why";
const NEEDED: &str = "work.step_down.still_needed";

#[component]
pub(super) fn StepUp(held: OpenRecord) -> impl IntoView {
    let work = use_work();
    let accepted = answer_said(work, &held.record());
    let send = move || {
        let up: Sent = Box::new(|asking, at, revision| {
            answer(async move { asking.post(&format!("{at}/step-up"), &json!({}), Some(&revision)).await })
        });
        held.send(up, None, "work.step_up.done");
    };
    let again = Signal::derive(move || Some(work.text("work.step_up.again")));
    view! {
        {accepted.map(|text| view! { <p class="govuk-inset-text">{text}</p> })}
        <p>{work.text("work.step_up.about")}</p>
        <Next key="work.step_up.next"/>
        <TellFamily/>
        {held.button("work.step_up.save", again, || true, send)}
    }
}

#[component]
pub(super) fn StepDown(held: OpenRecord) -> impl IntoView {
    let work = use_work();
    let [why, needed] = ["why", "still_needed"].map(|name| held.field(name));
    let is_pressed = RwSignal::new(false);
    let send = move || {
        let handover = NewHandover {
            why: typed(why).unwrap_or_default(),
            still_needed: typed(needed).unwrap_or_default(),
        };
        let down: Sent = Box::new(|asking, at, revision| {
            answer(async move { asking.post(&format!("{at}/step-down"), &handover, Some(&revision)).await })
        });
        held.send(down, None, "work.step_down.done");
    };
    view! {
        <p>{work.text("work.step_down.about")}</p>
        <LongText
            id=WHY
            label=work.text("work.step_down.why")
            hint=work.text("work.step_down.why.hint")
            value=why
            error=held.needed(is_pressed, why, "work.step_down.why.needed")
        />
        <LongText
            id=NEEDED
            label=work.text("work.step_down.still_needed")
            hint=work.text("work.step_down.still_needed.hint")
            value=needed
            error=held.needed(is_pressed, needed, "work.step_down.still_needed.needed")
        />
        <Next key="work.step_down.next"/>
        <TellFamily/>
        {held.button(
            "work.step_down.save",
            Signal::derive(|| None),
            move || held.is_filled_in(is_pressed, &[(why, WHY), (needed, NEEDED)]),
            send,
        )}
    }
}

/// What happens after the button.
#[component]
pub(super) fn Next(key: &'static str) -> impl IntoView {
    let work = use_work();
    view! {
        <h2 class="govuk-heading-s">{work.text("work.then")}</h2>
        <p>{work.text(key)}</p>
    }
}

/// Whether to tell the family: the same rule as for what the form suggests.
#[component]
pub(super) fn TellFamily() -> impl IntoView {
    let work = use_work();
    view! {
        <h2 class="govuk-heading-s">{work.text("work.family")}</h2>
        <p>{work.text("telling.tell_family_unless_risk")}</p>
    }
}
