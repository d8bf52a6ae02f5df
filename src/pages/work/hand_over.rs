//! Giving a record to another organisation. Those who had it see it no longer, so it is asked once more.

use assessment_api::episode_change::NewHolder;
use leptos::prelude::*;

use super::after::{OpenRecord, Sent, typed};
use super::asked::answer;
use super::organisation::WhichOrganisation;
use super::use_work;

/// The id of the field.
const TO: &str = "work.hand_over.to";

#[component]
pub(super) fn HandOver(held: OpenRecord) -> impl IntoView {
    let work = use_work();
    let to = held.field("to");
    let is_pressed = RwSignal::new(false);
    let holder = held.record().shown.holder;
    let about = work.filled("work.hand_over.about", &[("holder", &holder)]);
    let is_ready = move || {
        is_pressed.set(true);
        let is_there = typed(to).is_some();
        if !is_there {
            work.form.focus(TO);
        }
        is_there
    };
    let send = move || {
        let holder = NewHolder { organisation: typed(to).unwrap_or_default() };
        let give: Sent = Box::new(|asking, at, revision| {
            answer(async move { asking.put(&format!("{at}/holder"), &holder, &revision).await })
        });
        held.send(give, None, "work.hand_over.done");
    };
    let before = holder.clone();
    let again = Signal::derive(move || {
        let to = to.with(|to| to.trim().to_owned());
        let values = [("holder", &*before), ("organisation", &*to)];
        (!to.is_empty()).then(|| work.filled("work.hand_over.again", &values))
    });
    view! {
        <p>{about}</p>
        <WhichOrganisation
            id=TO
            without=vec![holder]
            value=to
            error=held.needed(is_pressed, to, "work.organisation.needed")
        />
        {held.button("work.title.hand_over", again, is_ready, send)}
    }
}
