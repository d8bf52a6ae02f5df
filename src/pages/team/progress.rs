//! How the plan is getting on: how far its actions are, and scores over time for each outcome, as a picture and as a table
//! that says the same. The picture adds nothing that the table does not have.

use assessment_api::path;
use assessment_api::team::TeamRecordList;
use assessment_form::PartialDate;
use assessment_team::pictures::{ScorePoint, Scorer, Series, progress, series};
use assessment_team::{Plan, RecordKind, Review, TeamRecord};
use leptos::prelude::*;

use super::super::work::asked::{answer, asked};
use super::super::work::episode::fact;
use super::super::work::{Work, use_work};
use super::open::{At, get};
use crate::io::records_client::Asking;
use crate::state::team::scores::{HIGHEST, points};
use crate::state::work::Failure;

/// The size of a picture, in its own units.
const WIDTH: f64 = 300.0;
const HEIGHT: f64 = 120.0;
/// What is around the lines.
const EDGE: f64 = 10.0;

#[component]
pub(super) fn Progress(episode: String) -> impl IntoView {
    let work = use_work();
    let ask = {
        let episode = episode.clone();
        move || {
            let (asking, episode) = (work.asking(Some(&episode)), episode.clone());
            answer(async move { read(&asking, &episode).await })
        }
    };
    asked(work, Some(episode), ask, move |found| match found {
        Some((plan, reviews)) => shown(work, &plan, &reviews),
        None => view! { <p>{work.text("team.review.no_plan")}</p> }.into_any(),
    })
}

/// The plan and its reviews, as far as there are any.
async fn read(asking: &Asking, episode: &str) -> Result<Option<(Plan, Vec<Review>)>, Failure> {
    let list: TeamRecordList =
        asking.get(&format!("{}/team-records", path::episode(episode))).await?.read()?;
    let (mut plan, mut reviews) = (None, Vec::new());
    for one in list.records.iter().filter(|one| one.readable && one.revision > 0) {
        let Some(kind) = RecordKind::parse(&one.kind).filter(|kind| *kind != RecordKind::Meeting) else {
            continue;
        };
        let at = At { episode: episode.to_owned(), kind, number: one.number };
        match get(asking, &at, None).await?.record {
            TeamRecord::Plan(found) => plan = Some(*found),
            TeamRecord::Review(review) => reviews.push(*review),
            TeamRecord::Meeting(_) => {}
        }
    }
    Ok(plan.map(|plan| (plan, reviews)))
}

fn shown(work: Work, plan: &Plan, reviews: &[Review]) -> AnyView {
    let found = progress(plan, work.form.today());
    let counts = [
        ("done", found.done),
        ("under_way", found.under_way),
        ("to_do", found.to_do),
        ("blocked", found.blocked),
        ("overdue", found.overdue),
        ("dropped", found.dropped),
    ];
    let rows: Vec<AnyView> = counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(name, count)| fact(work.text(&format!("team.progress.{name}")), count.to_string()))
        .collect();
    let actions = match rows.is_empty() {
        true => view! { <p>{work.text("team.progress.no_actions")}</p> }.into_any(),
        false => view! { <dl class="govuk-summary-list">{rows}</dl> }.into_any(),
    };
    let reviews: Vec<&Review> = reviews.iter().collect();
    let outcomes: Vec<AnyView> =
        series(plan, &reviews).iter().enumerate().map(|(row, one)| outcome(work, row, one)).collect();
    view! {
        <h2 class="govuk-heading-m">{work.text("review.actions")}</h2>
        {actions}
        <h2 class="govuk-heading-m">{work.text("team.progress.scores")}</h2>
        {outcomes}
    }
    .into_any()
}

fn outcome(work: Work, row: usize, one: &Series) -> AnyView {
    let heading = format!("{} {}: {}", work.text("plan_outcome.row"), row + 1, one.what);
    let scores = match one.points.is_empty() {
        true => view! { <p>{work.text("team.progress.no_scores")}</p> }.into_any(),
        false => view! {
            // One day is no line.
            {(one.points.len() > 1).then(|| picture(work, &one.points))}
            {table(work, &one.points)}
        }
        .into_any(),
    };
    view! {
        <h3 class="govuk-heading-s" dir="auto">{heading}</h3>
        {scores}
    }
    .into_any()
}

/// One line for each voice, told apart by dashes and by the shape of its points, not by colour alone.
fn picture(work: Work, all: &[ScorePoint]) -> AnyView {
    let lines: Vec<AnyView> = Scorer::ALL
        .into_iter()
        .map(|voice| {
            let at = points(all, voice, WIDTH, HEIGHT);
            let at: Vec<(f64, f64)> = at.into_iter().map(|(x, y)| (x + EDGE, y + EDGE)).collect();
            let path: Vec<String> = at.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
            let dots: Vec<AnyView> = at
                .iter()
                .map(|(x, y)| match voice {
                    Scorer::Child => {
                        view! { <circle cx=format!("{x:.1}") cy=format!("{y:.1}") r="5"/> }.into_any()
                    }
                    Scorer::Parent => view! {
                        <rect x=format!("{:.1}", x - 5.0) y=format!("{:.1}", y - 5.0) width="10" height="10"/>
                    }
                    .into_any(),
                    Scorer::Practitioner => {
                        let corners = format!(
                            "{:.1},{:.1} {:.1},{:.1} {:.1},{:.1}",
                            x,
                            y - 6.0,
                            x - 6.0,
                            y + 5.0,
                            x + 6.0,
                            y + 5.0
                        );
                        view! { <polygon points=corners/> }.into_any()
                    }
                })
                .collect();
            view! {
                <g class=format!("ca-scores__{}", voice.code())>
                    <polyline points=path.join(" ") fill="none"/>
                    {dots}
                </g>
            }
            .into_any()
        })
        .collect();
    let size = format!("0 0 {} {}", WIDTH + 2.0 * EDGE, HEIGHT + 2.0 * EDGE);
    view! {
        <svg class="ca-scores" viewBox=size aria-hidden="true" focusable="false">
            <rect class="ca-scores__frame" x=EDGE y=EDGE width=WIDTH height=HEIGHT fill="none"/>
            {lines}
        </svg>
        <p>{work.text("team.progress.key")}</p>
    }
    .into_any()
}

fn table(work: Work, all: &[ScorePoint]) -> AnyView {
    let heads: Vec<AnyView> = Scorer::ALL
        .into_iter()
        .map(|voice| {
            let text = work.text(&format!("team.progress.{}", voice.code()));
            view! { <th scope="col" class="ca-table__head">{text}</th> }.into_any()
        })
        .collect();
    let rows: Vec<AnyView> = all
        .iter()
        .map(|one| {
            let day = match one.on {
                Some(day) => work.form.words().date(PartialDate::Day(day)),
                None => work.text("team.progress.no_day"),
            };
            let cells: Vec<AnyView> = one
                .scores
                .iter()
                .map(|score| {
                    let text =
                        score.map_or_else(|| work.text("team.progress.unknown"), |score| score.to_string());
                    view! { <td class="ca-table__cell">{text}</td> }.into_any()
                })
                .collect();
            view! {
                <tr>
                    <th scope="row" class="ca-table__head">{day}</th>
                    {cells}
                </tr>
            }
            .into_any()
        })
        .collect();
    view! {
        <table class="ca-table">
            <caption class="ca-table__caption">
                {work.filled("team.progress.table", &[("highest", &HIGHEST.to_string())])}
            </caption>
            <thead>
                <tr>
                    <th scope="col" class="ca-table__head">{work.text("team.progress.day")}</th>
                    {heads}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
