//! The assessment triangle then and now: the first and the newest assessment that was sent, side by side or one above the
//! other, and a table of what has changed.

use assessment_engine::triangle::{ElementState, Talk, Viewer, triangle};
use assessment_form::parse_day;
use assessment_team::pictures::{ElementChange, then_and_now};
use leptos::prelude::*;

use super::super::work::asked::asked_about;
use super::super::work::list::day;
use super::super::work::{Work, read_version, use_work, versions};
use super::pictures::{print, table};
use crate::components::{SignIcons, Triangle, TriangleKey};
use crate::io::records_client::Asking;
use crate::state::work::Version;

#[component]
pub(super) fn ThenNow(episode: String) -> impl IntoView {
    let work = use_work();
    let ask = move |asking: Asking, id: String| async move {
        let list = versions(&asking, &id).await?;
        let numbers = (list.versions.first(), list.versions.last());
        let (Some(first), Some(last)) = numbers else { return Ok(None) };
        let now = read_version(&asking, &id, last.number).await?;
        let then = match first.number == last.number {
            true => None,
            false => Some(read_version(&asking, &id, first.number).await?),
        };
        Ok(Some((then, now)))
    };
    asked_about(work, episode, ask, move |found| match found {
        None => view! { <p>{work.text("work.versions.none")}</p> }.into_any(),
        Some((then, now)) => shown(work, then.as_ref(), &now),
    })
}

/// What a version says of each element, on the day on which it was sent. What may not be seen is not said to be blank.
fn states(work: Work, version: &Version) -> Vec<ElementState> {
    let sent = version.version.sent.at.get(..10).and_then(parse_day);
    let today = sent.unwrap_or_else(|| work.form.today());
    let states = triangle(&version.answers, today, &work.form.standards().pack, Viewer::Practitioner);
    let hide = |state: ElementState| match state.talk {
        Talk::NotYet if !version.whole => ElementState { talk: Talk::NotShown, ..state },
        _ => state,
    };
    states.into_iter().map(hide).collect()
}

fn sent(work: Work, version: &Version) -> String {
    day(work, version.version.sent.at.get(..10).unwrap_or_default())
}

fn shown(work: Work, then: Option<&Version>, now: &Version) -> AnyView {
    let part = [then, Some(now)].into_iter().flatten().any(|version| !version.whole);
    let part = part.then(|| view! { <p class="govuk-inset-text">{work.text("work.part")}</p> }.into_any());
    let now_states = states(work, now);
    let now_said = work.filled("team.then_now.now", &[("day", &sent(work, now))]);
    let content = match then {
        None => view! {
            <p>{work.text("team.then_now.one")}</p>
            {one(now_said, now_states.clone())}
            {signs(now_states)}
        }
        .into_any(),
        Some(then) => {
            let then_states = states(work, then);
            let changes = then_and_now(&then_states, &now_states);
            let then_said = work.filled("team.then_now.then", &[("day", &sent(work, then))]);
            let all = then_states.iter().chain(&now_states).copied().collect();
            view! {
                {one(then_said, then_states)}
                {one(now_said, now_states)}
                {signs(all)}
                {changes_table(work, (then, now), &changes)}
            }
            .into_any()
        }
    };
    view! {
        {part}
        {content}
        {print(work)}
    }
    .into_any()
}

/// One triangle, where there is room for it. The table has it all the same.
fn one(heading: String, states: Vec<ElementState>) -> AnyView {
    view! {
        <div class="ca-triangle-box">
            <h2 class="govuk-heading-m">{heading}</h2>
            <Triangle states=Signal::stored(states) is_linked=false/>
        </div>
    }
    .into_any()
}

/// What the signs of these mean.
fn signs(states: Vec<ElementState>) -> AnyView {
    let mut codes: Vec<&'static str> = Vec::new();
    for code in states.iter().flat_map(ElementState::signs) {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    view! { <div class="ca-triangle-box"><TriangleKey codes/></div> }.into_any()
}

fn changes_table(work: Work, (then, now): (&Version, &Version), changes: &[ElementChange]) -> AnyView {
    let standards = work.form.standards();
    let asked = || changes.iter().filter(|change| change.then.is_asked || change.now.is_asked);
    let changed = asked().filter(|change| change.is_change()).count();
    let count = work.filled(
        "team.then_now.changed",
        &[("changed", &changed.to_string()), ("count", &asked().count().to_string())],
    );
    let rows = asked().map(|change| {
        let name = standards.framework.element(change.now.id).map(|element| element.label.clone());
        let mark = change.is_change().then(|| {
            view! { <strong class="ca-picture-table__part">{work.text("team.then_now.is_changed")}</strong> }
                .into_any()
        });
        let last = view! { {mark} <SignIcons state=change.now/> };
        vec![name.into_any(), view! { <SignIcons state=change.then/> }.into_any(), last.into_any()]
    });
    let heads = vec![work.text("team.then_now.part"), sent(work, then), sent(work, now)];
    view! {
        <p>{count}</p>
        {table(work.text("team.then_now.table"), heads, rows.collect())}
    }
    .into_any()
}
