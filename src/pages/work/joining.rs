//! Making a record part of another one of the same child, undoing that, and saying that what was sent late for a joined record
//! was looked at. Whether it is the same child was settled before, on the coordinator's pages.

use assessment_api::episode::EpisodeRecord;
use assessment_api::episode_change::NewEpisodeMerge;
use assessment_api::path::{PERSON, episode};
use assessment_api::person::PersonRecord;
use gloo_net::http::Method;
use leptos::prelude::*;

use super::after::{OpenRecord, Sent, typed};
use super::asked::{answer, asked};
use super::fields::Choice;
use super::list::day;
use super::use_work;
use crate::io::clock;
use crate::io::records_client::Follows;

/// The id of the choice.
const INTO: &str = "work.join.into";

#[component]
pub(super) fn Join(held: OpenRecord) -> impl IntoView {
    let work = use_work();
    let ask = move || {
        let (asking, record) = (work.asking(None), held.record());
        answer(async move {
            let at = PERSON.replace("{id}", &record.child);
            let person: PersonRecord = asking.get(&at).await?.read()?;
            let mut others = Vec::new();
            for id in person.episodes.iter().filter(|id| **id != record.id) {
                let other: EpisodeRecord = asking.get(&episode(id)).await?.read()?;
                // What is itself part of another takes nothing in.
                if other.merged.is_none() {
                    others.push(other);
                }
            }
            Ok(others)
        })
    };
    view! {
        <p>{work.text("work.join.about")}</p>
        {asked(work, None, ask, move |others| match others.is_empty() {
            true => view! { <p class="govuk-inset-text">{work.text("work.join.none")}</p> }.into_any(),
            false => view! { <Which held others/> }.into_any(),
        })}
    }
}

/// The other records of the child, and the button.
#[component]
fn Which(held: OpenRecord, others: Vec<EpisodeRecord>) -> impl IntoView {
    let work = use_work();
    let into = held.field("into");
    let is_pressed = RwSignal::new(false);
    let label = |other: &EpisodeRecord| {
        let (state, opened) =
            (work.code("work.state.", &other.shown.state), clock::in_words(&other.opened_at));
        let values = [
            ("reference", &*other.shown.reference),
            ("holder", &*other.shown.holder),
            ("state", &*state),
            ("opened", &*opened),
        ];
        work.filled("work.join.other", &values)
    };
    let options = others.iter().map(|other| (other.id.clone(), label(other))).collect();
    let is_ready = move || {
        is_pressed.set(true);
        let is_there = typed(into).is_some();
        if !is_there {
            work.form.focus(INTO);
        }
        is_there
    };
    let send = move || {
        let merge = NewEpisodeMerge { into: typed(into).unwrap_or_default() };
        let join: Sent = Box::new(|asking, at, revision| {
            answer(async move { asking.post(&format!("{at}/merge"), &merge, Some(&revision)).await })
        });
        held.send(join, None, "work.join.done");
    };
    let again = Signal::derive(move || Some(work.text("work.join.again")));
    view! {
        <Choice
            name=INTO
            legend=work.text("work.join.into")
            options
            value=into
            error=held.needed(is_pressed, into, "work.join.into.needed")
        />
        {held.button("work.title.join", again, is_ready, send)}
    }
}

#[component]
pub(super) fn Apart(held: OpenRecord) -> impl IntoView {
    let work = use_work();
    let until = held.record().merged.map(|merge| {
        let until = day(work, &merge.can_be_undone_until);
        view! { <p>{work.filled("work.apart.until", &[("day", &until)])}</p> }.into_any()
    });
    let send = move || {
        let apart: Sent = Box::new(|asking, at, revision| {
            answer(async move { asking.delete(&format!("{at}/merge"), &revision).await })
        });
        held.send(apart, None, "work.apart.done");
    };
    let again = Signal::derive(move || Some(work.text("work.apart.again")));
    view! {
        <p>{work.text("work.apart.about")}</p>
        {until}
        {held.button("work.title.apart", again, || true, send)}
    }
}

#[component]
pub(super) fn Look(held: OpenRecord) -> impl IntoView {
    let work = use_work();
    let send = move || {
        let look: Sent = Box::new(|asking, at, revision| {
            answer(async move {
                let at = format!("{at}/looked-at");
                let follows = Follows::Revision(&revision);
                Ok(asking.change(Method::POST, &at, None::<&()>, follows).await?)
            })
        });
        held.send(look, None, "work.look.done");
    };
    view! {
        <p>{work.text("work.look.about")}</p>
        {held.button("work.title.look", Signal::derive(|| None), || true, send)}
    }
}
