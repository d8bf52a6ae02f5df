//! The access log of everyone: who saw what, when and why; the newest first, a page at a time, of every day or of one. Of a record that may not be
//! known of, it is said that something was done and by whom, and nothing else.

use assessment_api::audit::{AuditEntry, AuditRecord, AuditTrail};
use assessment_api::path::AUDIT;
use assessment_people::access::REFUSED;
use leptos::prelude::*;

use super::super::work::asked::{answer, asked, more};
use super::super::work::log_day::{of_day, query};
use super::looks::looks;
use super::{CoordinatorLink, Work, WorkLink, use_work};
use crate::io::clock;
use crate::state::coordinator::CoordinatorPage;
use crate::state::work::WorkPage;

/// How many entries at a time.
const PAGE: u32 = 25;

#[component]
pub(super) fn Trail(runs_lists: bool) -> impl IntoView {
    let work = use_work();
    view! {
        <p>{work.text("coordinator.trail.about")}</p>
        {more(work, "coordinator.looks.show", "coordinator.looks".to_owned(), move || looks(work))}
        <h2 class="govuk-heading-m">{work.text("coordinator.trail.all")}</h2>
        {of_day(work, move |day| entries(work, runs_lists, day, None))}
    }
}

fn entries(work: Work, runs_lists: bool, day: Option<String>, before: Option<u64>) -> AnyView {
    let at = format!("{AUDIT}?limit={PAGE}{}", query(day.as_deref(), before));
    let ask = move || {
        let (asking, at) = (work.asking(None), at.clone());
        answer(async move { asking.get(&at).await?.read::<AuditTrail>() })
    };
    asked(work, None, ask, move |AuditTrail { entries: found, next }| {
        let is_empty = found.is_empty();
        let rows: Vec<AnyView> = found.into_iter().map(|entry| row(work, runs_lists, entry)).collect();
        let rows = match is_empty {
            true => view! { <p>{work.text("coordinator.trail.none")}</p> }.into_any(),
            false => view! { <ul class="ca-drafts">{rows}</ul> }.into_any(),
        };
        view! {
            {rows}
            {next.map(|next| {
                let day = day.clone();
                let id = format!("coordinator.before.{next}");
                more(work, "work.log.more", id, move || earlier(work, runs_lists, day.clone(), next))
            })}
        }
        .into_any()
    })
}

fn earlier(work: Work, runs_lists: bool, day: Option<String>, before: u64) -> AnyView {
    entries(work, runs_lists, day, Some(before))
}

fn row(work: Work, runs_lists: bool, entry: AuditEntry) -> AnyView {
    let name = entry.by.name.unwrap_or_else(|| work.text("work.somebody"));
    let who = match entry.by.organisation {
        Some(organisation) => format!("{name}, {organisation}"),
        None => name,
    };
    let did = match entry.action.strip_prefix(REFUSED) {
        Some(action) => work.filled("coordinator.did.refused", &[("what", &done(work, action))]),
        None => done(work, &entry.action),
    };
    let record = entry.record.and_then(|record| opened(work, runs_lists, record));
    let withheld = entry
        .withheld
        .then(|| view! { <p class="ca-drafts__detail">{work.text("coordinator.trail.withheld")}</p> });
    let why = entry.reason.map(|reason| work.filled("work.log.why", &[("reason", &reason)]));
    let hidden = work.filled("coordinator.trail.entry", &[("number", &entry.sequence.to_string())]);
    view! {
        <li class="ca-drafts__item" data-entry=entry.sequence.to_string()>
            <div class="ca-drafts__about">
                <p class="ca-drafts__detail">
                    <strong><bdi>{who}</bdi></strong>
                    <span class="govuk-visually-hidden">{hidden}</span>
                </p>
                <p class="ca-drafts__detail">{did} " " {clock::in_words(&entry.at)}</p>
                {why.map(|why| view! { <p class="ca-drafts__detail" dir="auto">{why}</p> }.into_any())}
                {withheld}
                {record}
            </div>
        </li>
    }
    .into_any()
}

/// What was done, by its code: in the words of a record's own log, unless this one has others.
fn done(work: Work, action: &str) -> String {
    let said = work.code("coordinator.did.", action);
    if said == action { work.code("work.did.", action) } else { said }
}

/// The way to the record, where there is a page for it. No child's name is in the log.
fn opened(work: Work, runs_lists: bool, record: AuditRecord) -> Option<AnyView> {
    let AuditRecord { kind, id, episode } = record;
    let link = match (kind.as_str(), episode) {
        ("episode", _) => episode_link(work, id),
        ("assessment", Some(episode)) => episode_link(work, episode),
        ("person", _) if runs_lists => view! {
            <CoordinatorLink page=CoordinatorPage::Person(id)>
                {work.text("coordinator.trail.person")}
            </CoordinatorLink>
        }
        .into_any(),
        _ => return None,
    };
    Some(view! { <p class="ca-drafts__detail">{link}</p> }.into_any())
}

/// A link to an episode.
pub(super) fn episode_link(work: Work, id: String) -> AnyView {
    view! { <WorkLink page=WorkPage::Episode(id)>{work.text("coordinator.trail.episode")}</WorkLink> }
        .into_any()
}
