//! What only the plan has: starting points from the needs that the assessment found and from what it agreed already. They are
//! offered and never filled in by themselves.

use assessment_api::path;
use assessment_api::team::{ProposalList, ProposedAction, ProposedNeed};
use assessment_form::{Edit, WrittenDate};
use assessment_team::TeamRecord;
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
    if !open.may_write() {
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

fn listed(open: Open, episode: &str, ProposalList { version, needs, agreed, .. }: ProposalList) -> AnyView {
    let work = open.work;
    if needs.is_empty() && agreed.is_empty() {
        return view! { <p>{work.text("team.proposals.none")}</p> }.into_any();
    }
    let from = WorkPage::Version(episode.to_owned(), version);
    let list = |heading: &'static str, starts: Vec<Start>| {
        (!starts.is_empty()).then(|| {
            let rows: Vec<AnyView> =
                starts.into_iter().map(|start| view! { <Offer open start/> }.into_any()).collect();
            view! {
                <h3 class="govuk-heading-s">{work.text(heading)}</h3>
                <ul class="ca-drafts">{rows}</ul>
            }
            .into_any()
        })
    };
    let needs = needs.into_iter().map(|one| Start::of_need(work, one)).collect();
    let agreed = agreed.into_iter().map(Start::of_agreed).collect();
    view! {
        <p><WorkLink page=from>{work.text("team.proposals.version")}</WorkLink></p>
        {list("team.proposals.needs", needs)}
        {list("team.proposals.agreed", agreed)}
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

/// A starting point: what is shown of it, and what it puts into a new outcome, by the question's place in it.
struct Start {
    name: String,
    need: Option<String>,
    more: Vec<String>,
    edits: Vec<(&'static str, Edit)>,
    /// What an outcome of the plan has in which it is already.
    mark: (&'static str, String),
}

impl Start {
    fn of_need(work: Work, one: ProposedNeed) -> Start {
        let evidence: Vec<String> = one.paths.iter().filter_map(|path| evidence(work, path)).collect();
        // In words, so that they can be changed there.
        let text = one.evidence.clone().unwrap_or_else(|| evidence.join("\n"));
        Start {
            name: element(work, &one.element),
            need: one.evidence,
            more: evidence,
            edits: vec![("elements", Edit::List(vec![one.element])), ("evidence", Edit::Text(text.clone()))],
            mark: ("evidence", text),
        }
    }

    fn of_agreed(one: ProposedAction) -> Start {
        let by_when = one.by_when.as_deref().and_then(WrittenDate::from_iso).unwrap_or_default();
        let shown = if one.desired_outcome.is_empty() { &one.action } else { &one.desired_outcome };
        Start {
            name: shown.clone(),
            need: None,
            more: vec![one.action.clone(), one.who.clone()]
                .into_iter()
                .filter(|text| !text.is_empty())
                .collect(),
            mark: if one.action.is_empty() {
                ("desired_outcome", shown.clone())
            } else {
                ("actions[0].action", one.action.clone())
            },
            edits: vec![
                ("desired_outcome", Edit::Text(one.desired_outcome)),
                ("goal_measure", Edit::Text(one.goal_measure)),
                ("actions", Edit::AddRow),
                ("actions[0].action", Edit::Text(one.action)),
                ("actions[0].who", Edit::Text(one.who)),
                ("actions[0].by_when", Edit::Date(by_when)),
            ],
        }
    }
}

/// How many outcomes a plan has.
fn outcomes(record: &TeamRecord) -> usize {
    record.as_plan().map_or(0, |plan| plan.outcomes.len())
}

#[component]
fn Offer(open: Open, start: Start) -> impl IntoView {
    let work = open.work;
    let Start { name, need, more, edits, mark } = start;
    let is_used = Memo::new(move |_| {
        let (place, text) = &mark;
        let is_given = !text.is_empty();
        open.answers(|record| {
            is_given
                && (0..outcomes(record)).any(|row| record.text(&format!("{OUTCOMES}[{row}].{place}")) == text)
        })
    });
    let press = move |_| {
        let at = format!("{OUTCOMES}[{}]", open.peek(outcomes));
        let edits = edits.iter().map(|(place, edit)| (format!("{at}.{place}"), edit.clone()));
        open.edit_all(std::iter::once((OUTCOMES.to_owned(), Edit::AddRow)).chain(edits).collect());
        work.form.announce(&work.text("team.proposals.used"));
        work.form.focus(&at);
    };
    let about = format!(": {name}");
    let items: Vec<AnyView> =
        more.into_iter().map(|text| view! { <li dir="auto">{text}</li> }.into_any()).collect();
    let button = redrawn(move || match is_used.get() {
        true => view! { <p class="ca-drafts__detail">{work.text("team.proposals.used")}</p> }.into_any(),
        false => view! {
            <button
                part="button"
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
                <p class="ca-drafts__name" dir="auto">{name}</p>
                {need.map(|need| view! { <p class="ca-typed" dir="auto">{need}</p> }.into_any())}
                <ul class="govuk-list govuk-list--bullet">{items}</ul>
                {button}
            </div>
        </li>
    }
}
