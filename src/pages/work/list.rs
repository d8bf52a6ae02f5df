//! My episodes and those of my organisation: urgent ones first, then what is due soonest, as the server has them in order.

use assessment_api::episode::{EpisodeList, EpisodeShown, EpisodeSummary};
use assessment_api::path::EPISODES;
use leptos::prelude::*;

use super::asked::{answer, asked, more};
use super::demo::Demo;
use super::desk::Desk;
use super::owners::Owners;
use super::{Work, WorkLink, use_work};
use crate::components::BackLink;
use crate::state::Page;
use crate::state::work::typed_fields::DAYS;
use crate::state::work::{WorkPage, is_overdue};

/// Whose episodes, as the server calls it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    Mine,
    Organisations,
}

#[component]
pub(super) fn List() -> impl IntoView {
    let work = use_work();
    Owners::provide(work);
    view! {
        <BackLink page=Page::Start/>
        <h1 part="heading" class="govuk-heading-l" tabindex="-1">{work.text("work.title.list")}</h1>
        <Demo/>
        <Desk/>
        {episodes(work, Whose::Mine, None)}
        <p class="govuk-hint">{work.filled("work.kept", &[("days", &DAYS.to_string())])}</p>
    }
}

/// A page of a list, and the way to the next one. My own come first, and what others hold below.
fn episodes(work: Work, whose: Whose, after: Option<String>) -> AnyView {
    let is_first = after.is_none();
    let name = if whose == Whose::Mine { "mine" } else { "organisation" };
    let at = match after {
        Some(after) => format!("{EPISODES}?whose={name}&after={after}"),
        None => format!("{EPISODES}?whose={name}"),
    };
    let ask = move || {
        let (asking, at) = (work.asking(None), at.clone());
        answer(async move { asking.get(&at).await?.read::<EpisodeList>() })
    };
    asked(work, None, ask, move |EpisodeList { episodes, next }| {
        // What is mine is above already.
        let is_shown = |episode: &EpisodeSummary| {
            whose == Whose::Mine || !episode.shown.as_ref().is_some_and(|shown| shown.mine)
        };
        let rows: Vec<AnyView> =
            episodes.into_iter().filter(is_shown).map(|episode| row(work, episode)).collect();
        let is_empty = rows.is_empty() && next.is_none() && is_first;
        let rows = match is_empty {
            true => view! { <p>{work.text(&format!("work.list.none.{name}"))}</p> }.into_any(),
            false => view! { <ul class="ca-drafts">{rows}</ul> }.into_any(),
        };
        let heading = is_first.then(|| {
            view! { <h2 class="govuk-heading-m">{work.text(&format!("work.list.{name}"))}</h2> }.into_any()
        });
        let others = (whose == Whose::Mine && is_first).then(|| episodes_of_others(work));
        view! {
            {heading}
            {rows}
            {next.map(|next| {
                let id = format!("work.after.{next}");
                more(work, "work.more", id, move || episodes_after(work, whose, next.clone()))
            })}
            {others}
        }
        .into_any()
    })
}

fn episodes_of_others(work: Work) -> AnyView {
    episodes(work, Whose::Organisations, None)
}

fn episodes_after(work: Work, whose: Whose, after: String) -> AnyView {
    episodes(work, whose, Some(after))
}

fn row(work: Work, EpisodeSummary { id, shown, .. }: EpisodeSummary) -> AnyView {
    let page = WorkPage::Episode(id.clone());
    let Some(shown) = shown else {
        return view! {
            <li class="ca-drafts__item">
                <div class="ca-drafts__about">
                    <WorkLink class="govuk-link ca-drafts__name" page>{work.text("work.list.reason")}</WorkLink>
                    <p class="ca-drafts__detail">{work.text("work.list.reason.about")}</p>
                </div>
            </li>
        }
        .into_any();
    };
    let name = child(work, &shown);
    let headline = headline(work, &shown);
    let detail = detail(work, &shown);
    let pressing = pressing(work, &shown);
    let hidden = format!(", {}", shown.reference);
    let owners = use_context::<Owners>().map(|owners| owners.said(id, name.clone()));
    let urgent = shown.urgent.then(|| {
        let (page, about) = (page.clone(), format!(": {name}"));
        view! {
            <p class="ca-drafts__detail">
                <WorkLink page>
                    {work.text("work.urgent.open")}
                    <span class="govuk-visually-hidden">{about}</span>
                </WorkLink>
            </p>
        }
        .into_any()
    });
    view! {
        <li class="ca-drafts__item">
            <div class="ca-drafts__about">
                <WorkLink class="govuk-link ca-drafts__name" page>
                    <bdi>{name}</bdi>
                    <span class="govuk-visually-hidden">{hidden}</span>
                </WorkLink>
                {pressing.map(|text| view! { <p class="ca-drafts__urgent">{text}</p> }.into_any())}
                {urgent}
                {owners}
                {headline.map(|text| view! { <p class="ca-drafts__detail">{text}</p> }.into_any())}
                <p class="ca-drafts__detail">{detail}</p>
            </div>
        </li>
    }
    .into_any()
}

/// What the child is called.
pub(in crate::pages) fn child(work: Work, shown: &EpisodeShown) -> String {
    shown.child_name.clone().unwrap_or_else(|| work.text("work.no_name"))
}

/// The headline of the newest version.
pub(in crate::pages) fn headline(work: Work, shown: &EpisodeShown) -> Option<String> {
    let headline = shown.headline.as_ref()?;
    Some(work.form.words().headline(&headline.kind, &headline.code, true).line)
}

/// What must not be overlooked: that something urgent was found, and what should have been done by now.
pub(in crate::pages) fn pressing(work: Work, shown: &EpisodeShown) -> Option<String> {
    let urgent = shown.urgent.then(|| work.text("work.urgent"));
    let overdue = is_overdue(shown, work.form.today()).then(|| {
        work.filled("work.overdue", &[("day", &day(work, shown.due_on.as_deref().unwrap_or_default()))])
    });
    let said: Vec<String> = urgent.into_iter().chain(overdue).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// A day of the server's in words.
pub(in crate::pages) fn day(work: Work, day: &str) -> String {
    let read = assessment_form::parse_day(day).map(assessment_form::PartialDate::Day);
    read.map_or_else(|| day.to_owned(), |day| work.form.words().date(day))
}

/// State, what is due, who holds it, the reference.
pub(in crate::pages) fn detail(work: Work, shown: &EpisodeShown) -> String {
    let due = shown.due_on.as_deref().filter(|_| !is_overdue(shown, work.form.today()));
    let due = due.map(|due| work.filled("work.due", &[("day", &day(work, due))]));
    let parts = [
        Some(work.code("work.state.", &shown.state)),
        due,
        Some(work.filled("work.held_by", &[("organisation", &shown.holder)])),
        Some(work.filled("work.reference", &[("reference", &shown.reference)])),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
