//! All meetings, or all reviews, of an episode: the newest first, with a way to begin the next.

use assessment_api::episode::EpisodeRecord;
use assessment_api::path;
use assessment_api::team::{TeamRecordList, TeamRecordSummary};
use assessment_team::RecordKind;
use leptos::prelude::*;

use super::super::work::asked::asked_about;
use super::super::work::list::{child, day};
use super::super::work::{Work, use_work};
use super::TeamLink;
use super::stored::team_records;
use super::words::by;
use crate::io::records_client::Asking;
use crate::state::Page;
use crate::state::team::TeamPage;
use crate::state::work::WorkPage;
use crate::state::work::after::may_write_records;

#[component]
pub(super) fn List(episode: String, kind: RecordKind) -> impl IntoView {
    let work = use_work();
    let ask = move |asking: Asking, id: String| async move {
        let record: EpisodeRecord = asking.get(&path::episode(&id)).await?.read()?;
        Ok((record, team_records(&asking, &id).await?))
    };
    asked_about(work, episode, ask, move |(record, list)| found(work, kind, &record, list))
}

/// The page of one record.
pub(super) fn page_of(kind: RecordKind, episode: &str, number: u32) -> TeamPage {
    match kind {
        RecordKind::Plan => TeamPage::Plan(episode.to_owned()),
        RecordKind::Meeting => TeamPage::Meeting(episode.to_owned(), number),
        RecordKind::Review => TeamPage::Review(episode.to_owned(), number),
    }
}

fn found(work: Work, kind: RecordKind, record: &EpisodeRecord, list: TeamRecordList) -> AnyView {
    let mine: Vec<TeamRecordSummary> =
        list.records.into_iter().filter(|one| one.kind == kind.code()).collect();
    let next = mine.iter().map(|one| one.number).max().unwrap_or_default() + 1;
    // One that is begun and not finished is gone on with: two half-filled reviews help nobody.
    let is_open = kind == RecordKind::Review && mine.iter().any(|one| one.completed.is_none());
    let begin = (may_write_records(record) && !is_open).then(|| {
        let page = Page::Work(WorkPage::Together(page_of(kind, &record.id, next)).to_string());
        let press = move |_| work.form.go(page.clone());
        view! {
            <button part="button" type="button" class="govuk-button ca-no-print" on:click=press>
                {work.text(&format!("team.{}.begin", kind.code()))}
            </button>
        }
        .into_any()
    });
    let rows: Vec<AnyView> = mine.iter().rev().map(|one| row(work, kind, &record.id, one)).collect();
    let rows = match rows.is_empty() {
        true => view! { <p>{work.text(&format!("team.{}.none", kind.code()))}</p> }.into_any(),
        false => view! { <ul class="ca-drafts">{rows}</ul> }.into_any(),
    };
    view! {
        <h2 class="govuk-heading-m"><bdi>{child(work, &record.shown)}</bdi></h2>
        {rows}
        {begin}
    }
    .into_any()
}

fn row(work: Work, kind: RecordKind, episode: &str, one: &TeamRecordSummary) -> AnyView {
    let number = one.number.to_string();
    let on = one.on.as_deref().map(|on| day(work, on));
    let name = match &on {
        Some(on) => work.filled(&format!("team.{}.on", kind.code()), &[("number", &number), ("day", on)]),
        None => work.filled(&format!("team.{}.number", kind.code()), &[("number", &number)]),
    };
    let state = match (&one.completed, one.cancelled) {
        (_, true) => work.text("team.cancelled"),
        (Some(deed), _) => {
            work.filled(&format!("team.{}.completed", kind.code()), &[("who", &by(work, Some(deed)))])
        }
        (None, _) => work.text(&format!("team.{}.open", kind.code())),
    };
    let kept = (one.kept > 0)
        .then(|| view! { <p class="ca-drafts__urgent">{work.text("team.clash.waits")}</p> }.into_any());
    let next = one.next_on.as_deref().map(|next| {
        let text = work.filled(&format!("team.{}.next", kind.code()), &[("day", &day(work, next))]);
        view! { <p class="ca-drafts__detail">{text}</p> }.into_any()
    });
    let name = match one.readable {
        true => {
            let page = page_of(kind, episode, one.number);
            view! { <TeamLink class="govuk-link ca-drafts__name" page>{name}</TeamLink> }.into_any()
        }
        false => view! { <p class="ca-drafts__name">{name}</p> }.into_any(),
    };
    view! {
        <li class="ca-drafts__item">
            <div class="ca-drafts__about">
                {name}
                <p class="ca-drafts__detail">{state}</p>
                {next}
                {kept}
            </div>
        </li>
    }
    .into_any()
}
