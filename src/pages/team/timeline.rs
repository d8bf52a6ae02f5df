//! What happened in an episode and what is due, by day: a list that reads without the picture.

use assessment_api::episode::EpisodeRecord;
use assessment_api::path::{self, TIMELINE};
use assessment_api::team::TimelineEntry;
use leptos::prelude::*;

use super::super::work::asked::{answer, asked};
use super::super::work::list::{child, day};
use super::super::work::{Work, use_work};

#[component]
pub(super) fn Timeline(episode: String) -> impl IntoView {
    let work = use_work();
    let ask = {
        let episode = episode.clone();
        move || {
            let (asking, id) = (work.asking(Some(&episode)), episode.clone());
            answer(async move {
                let record: EpisodeRecord = asking.get(&path::episode(&id)).await?.read()?;
                let line: assessment_api::team::Timeline =
                    asking.get(&TIMELINE.replace("{id}", &id)).await?.read()?;
                Ok((record, line))
            })
        }
    };
    asked(work, Some(episode), ask, move |(record, line)| {
        let rows: Vec<AnyView> = line.entries.iter().map(|entry| row(work, entry)).collect();
        let rows = match rows.is_empty() {
            true => view! { <p>{work.text("team.timeline.none")}</p> }.into_any(),
            false => view! { <ol class="govuk-list ca-timeline">{rows}</ol> }.into_any(),
        };
        view! {
            <h2 class="govuk-heading-m"><bdi>{child(work, &record.shown)}</bdi></h2>
            {rows}
        }
        .into_any()
    })
}

fn row(work: Work, entry: &TimelineEntry) -> AnyView {
    let number = entry.number.map(|number| number.to_string()).unwrap_or_default();
    let key = format!("team.timeline.{}", entry.kind);
    let what = match work.maybe_text(&key) {
        Some(_) => work.filled(&key, &[("number", &number)]),
        // A clock of the authority's own.
        None => entry.kind.clone(),
    };
    let is_late = matches!(entry.status.as_str(), "overdue" | "late");
    let status = work.code("team.status.", &entry.status);
    view! {
        <li class:ca-drafts__urgent=is_late>
            {day(work, &entry.on)}
            ": "
            <span dir="auto">{what}</span>
            ". "
            <strong>{status}</strong>
        </li>
    }
    .into_any()
}
