//! What only the plan has: starting points from the needs that the assessment found. They are offered and never filled in by
//! themselves; each says which part of the assessment it comes from.

use assessment_api::path;
use assessment_api::team::{ProposalList, ProposedNeed};
use assessment_form::Edit;
use leptos::prelude::*;

use super::super::work::asked::{answer, asked};
use super::super::work::{Work, WorkLink};
use super::loaded::Loaded;
use super::open::Open;
use crate::components::{Details, redrawn};
use crate::state::work::WorkPage;

/// The rows that a starting point begins.
const OUTCOMES: &str = "outcomes";

/// The starting points, for somebody who may write.
pub(super) fn offered(open: Open, loaded: &Loaded) -> AnyView {
    if !open.may_write() || loaded.is_completed() {
        return ().into_any();
    }
    let work = open.work;
    let episode = loaded.episode.id.clone();
    let ask = {
        let episode = episode.clone();
        move || {
            let (asking, at) =
                (work.asking(Some(&episode)), format!("{}/proposals", path::episode(&episode)));
            answer(async move { asking.get(&at).await?.read::<ProposalList>() })
        }
    };
    let of = episode.clone();
    view! {
        <Details summary=work.text("team.proposals")>
            <p>{work.text("team.proposals.about")}</p>
            {asked(work, Some(episode), ask, move |list| listed(open, &of, list))}
        </Details>
    }
    .into_any()
}

fn listed(open: Open, episode: &str, ProposalList { version, needs, .. }: ProposalList) -> AnyView {
    let work = open.work;
    if needs.is_empty() {
        return view! { <p>{work.text("team.proposals.none")}</p> }.into_any();
    }
    let from = WorkPage::Version(episode.to_owned(), version);
    let rows: Vec<AnyView> = needs.into_iter().map(|one| view! { <Offer open one/> }.into_any()).collect();
    view! {
        <p><WorkLink page=from>{work.text("team.proposals.version")}</WorkLink></p>
        <ul class="ca-drafts">{rows}</ul>
    }
    .into_any()
}

/// The name of an element of the assessment.
fn element(work: Work, id: &str) -> String {
    work.form.standards().framework.element(id).map_or_else(|| id.to_owned(), |element| element.label.clone())
}

/// What the answer at a path of the assessment is called: the text of an indicator, or the label of a question.
fn evidence(work: Work, path: &str) -> Option<String> {
    let standards = work.form.standards();
    let last = path.rsplit('.').next()?;
    if let Some(indicator) = standards.pack.indicator(last) {
        return Some(indicator.text.clone());
    }
    let found = assessment_engine::answers::Answers::blank().find(path)?;
    Some(work.form.words().asked(&found, &standards))
}

#[component]
fn Offer(open: Open, one: ProposedNeed) -> impl IntoView {
    let work = open.work;
    let name = element(work, &one.element);
    let need = one.evidence.clone();
    let evidence: Vec<String> = one.paths.iter().filter_map(|path| evidence(work, path)).collect();
    // In the plan's own words, so that it can be changed there.
    let text = need.iter().chain(&evidence).cloned().collect::<Vec<_>>().join("\n");
    let is_used = {
        let (element, text) = (one.element.clone(), text.clone());
        Memo::new(move |_| {
            open.answers(|record| match record {
                assessment_team::TeamRecord::Plan(plan) => plan
                    .outcomes
                    .iter()
                    .any(|outcome| outcome.elements.contains(&element) && outcome.evidence == text),
                _ => false,
            })
        })
    };
    let press = {
        let (element, text) = (one.element.clone(), text.clone());
        move |_| {
            let row = open.peek(|record| match record {
                assessment_team::TeamRecord::Plan(plan) => plan.outcomes.len(),
                _ => 0,
            });
            let at = format!("{OUTCOMES}[{row}]");
            open.edit_all(vec![
                (OUTCOMES.to_owned(), Edit::AddRow),
                (format!("{at}.elements"), Edit::List(vec![element.clone()])),
                (format!("{at}.evidence"), Edit::Text(text.clone())),
            ]);
            work.form.announce(&work.text("team.proposals.used"));
            work.form.focus(&at);
        }
    };
    let about = format!(": {name}");
    let items: Vec<AnyView> =
        evidence.into_iter().map(|text| view! { <li dir="auto">{text}</li> }.into_any()).collect();
    let button = redrawn(move || match is_used.get() {
        true => view! { <p class="ca-drafts__detail">{work.text("team.proposals.used")}</p> }.into_any(),
        false => view! {
            <button
                type="button"
                class="govuk-button govuk-button--secondary"
                disabled=open.is_locked
                on:click=press.clone()
            >
                {work.text("team.proposals.use")}
                <span class="govuk-visually-hidden">{about.clone()}</span>
            </button>
        }
        .into_any(),
    });
    view! {
        <li class="ca-drafts__item">
            <div class="ca-drafts__about">
                <p class="ca-drafts__name">{name}</p>
                {need.map(|need| view! { <p class="ca-typed" dir="auto">{need}</p> }.into_any())}
                <ul class="govuk-list govuk-list--bullet">{items}</ul>
                {button}
            </div>
        </li>
    }
}
