//! Who has seen a record, when and why, in plain words; the newest first, a page at a time, of every day or of one.

use assessment_api::episode::{AccessLog, AccessLogEntry};
use assessment_api::path;
use assessment_people::access::REFUSED;
use leptos::prelude::*;

use super::asked::{answer, asked, more};
use super::log_day::{of_day, query};
use super::{Top, Work, use_work};
use crate::io::clock;
use crate::state::work::WorkPage;

/// How many entries at a time.
const PAGE: u32 = 25;

#[component]
pub(super) fn Log(id: String) -> impl IntoView {
    let work = use_work();
    view! {
        <Top page=WorkPage::Log(id.clone())/>
        <p>{work.text("work.log.about")}</p>
        {of_day(work, move |day| entries(work, id.clone(), day, None))}
    }
}

fn entries(work: Work, id: String, day: Option<String>, before: Option<u64>) -> AnyView {
    let at = format!("{}/access-log?limit={PAGE}{}", path::episode(&id), query(day.as_deref(), before));
    let episode = id.clone();
    let ask = move || {
        let (asking, at) = (work.asking(Some(&episode)), at.clone());
        answer(async move { asking.get(&at).await?.read::<AccessLog>() })
    };
    let of = id.clone();
    asked(work, Some(id), ask, move |AccessLog { entries: found, next }| {
        let rows: Vec<AnyView> = found.into_iter().map(|entry| row(work, entry)).collect();
        let rows = match rows.is_empty() {
            true => view! { <p role="status">{work.text("work.log.none")}</p> }.into_any(),
            false => view! { <ul class="ca-drafts">{rows}</ul> }.into_any(),
        };
        view! {
            {rows}
            {next.map(|next| {
                let (of, day) = (of.clone(), day.clone());
                let id = format!("work.before.{next}");
                more(work, "work.log.more", id, move || earlier(work, of.clone(), day.clone(), next))
            })}
        }
        .into_any()
    })
}

fn earlier(work: Work, id: String, day: Option<String>, before: u64) -> AnyView {
    entries(work, id, day, Some(before))
}

fn row(work: Work, entry: AccessLogEntry) -> AnyView {
    let name = entry.name.unwrap_or_else(|| work.text("work.somebody"));
    let who = match entry.organisation {
        Some(organisation) => format!("{name}, {organisation}"),
        None => name,
    };
    let did = match entry.action.strip_prefix(REFUSED) {
        None => work.code("work.did.", &entry.action),
        Some(action) => {
            let did = work.code("work.did.", action);
            work.filled("work.log.refused", &[("did", &did)])
        }
    };
    let why = entry.reason.map(|reason| work.filled("work.log.why", &[("reason", &reason)]));
    view! {
        <li class="ca-drafts__item">
            <div class="ca-drafts__about">
                <p class="ca-drafts__detail"><strong><bdi>{who}</bdi></strong></p>
                <p class="ca-drafts__detail">{did} " " {clock::in_words(&entry.at)}</p>
                {why.map(|why| view! { <p class="ca-drafts__detail" dir="auto">{why}</p> }.into_any())}
            </div>
        </li>
    }
    .into_any()
}
