//! Scores over time for one aim: a line for each person who gave some, and a table of the same. What nobody gave is a gap
//! in both, never 0.

use assessment_team::pictures::{ScorePoint, Scorer, Series};
use leptos::prelude::*;

use super::super::work::Work;
use super::pictures::{at, day_said, key, length, picture, table, words};
use crate::state::team::scores::{HIGHEST, Mark, lines};

/// The size of the picture, in its own units, and where its lines begin and end.
const SIZE: (f64, f64) = (320.0, 176.0);
const LEFT: f64 = 38.0;
const TOP: f64 = 12.0;
const WIDTH: f64 = 266.0;
const HEIGHT: f64 = 124.0;

/// One aim.
pub(super) fn outcome(work: Work, row: usize, one: &Series) -> AnyView {
    let name = format!("{} {}", work.text("plan_outcome.row"), row + 1);
    let scores = match one.points.is_empty() {
        true => view! { <p>{work.text("team.progress.no_scores")}</p> }.into_any(),
        false => view! {
            {drawing(work, row, one, &name)}
            {key(present(one).map(|scorer| (mark(scorer), said(work, scorer))).collect())}
            {scores_table(work, one)}
        }
        .into_any(),
    };
    view! {
        <h3 class="govuk-heading-s">
            {name}
            ": "
            <span dir="auto">{one.what.clone()}</span>
        </h3>
        {scores}
    }
    .into_any()
}

/// Those who gave a score.
fn present(one: &Series) -> impl Iterator<Item = Scorer> {
    Scorer::ALL.into_iter().filter(|scorer| {
        let at = *scorer as usize;
        one.points.iter().any(|point| point.scores.get(at).copied().flatten().is_some())
    })
}

fn said(work: Work, scorer: Scorer) -> String {
    work.text(&format!("team.progress.{}", scorer.code()))
}

fn day(work: Work, point: &ScorePoint) -> String {
    point.on.map_or_else(|| work.text("team.progress.no_day"), |day| day_said(work, day))
}

fn score(work: Work, score: Option<u8>) -> String {
    score.map_or_else(|| work.text("team.progress.unknown"), |score| score.to_string())
}

fn drawing(work: Work, row: usize, one: &Series, name: &str) -> AnyView {
    let levels = [0, HIGHEST / 2, HIGHEST].map(|level| {
        let y = TOP + HEIGHT * (1.0 - f64::from(level) / f64::from(HIGHEST));
        view! {
            <line class="ca-scores__level" x1=at(LEFT - 6.0) x2=at(LEFT + WIDTH + 8.0) y1=at(y) y2=at(y)/>
            {words(LEFT - 12.0, y + 5.0, "end", level.to_string())}
        }
        .into_any()
    });
    let drawn = Scorer::ALL.into_iter().enumerate().map(|(index, scorer)| {
        // Side by side where two people gave the same score on one day.
        let shift = 7.0 * (length(index) - 1.0);
        let lines = lines(&one.points, scorer, WIDTH, HEIGHT).into_iter().map(|line| {
            let places: Vec<(f64, f64)> =
                line.iter().map(|Mark { x, y, .. }| (LEFT + x + shift, TOP + y)).collect();
            let path: Vec<String> = places.iter().map(|(x, y)| format!("{},{}", at(*x), at(*y))).collect();
            let marks = places.iter().map(|(x, y)| {
                let transform = format!("translate({} {})", at(*x), at(*y));
                view! { <g transform=transform>{mark(scorer)}</g> }.into_any()
            });
            view! {
                <polyline class=format!("ca-scores__{}", scorer.code()) points=path.join(" ") fill="none"/>
                {marks.collect_view()}
            }
            .into_any()
        });
        lines.collect_view().into_any()
    });
    let (first, last) = (one.points.first(), one.points.last());
    let first_day = first.map(|point| words(LEFT - 6.0, SIZE.1 - 12.0, "start", day(work, point)));
    let last_day = last
        .filter(|_| one.points.len() > 1)
        .map(|point| words(SIZE.0, SIZE.1 - 12.0, "end", day(work, point)));
    let content = view! {
        {levels.into_iter().collect_view()}
        {drawn.collect_view()}
        {first_day}
        {last_day}
    };
    let title = work.filled("team.progress.picture", &[("aim", name)]);
    picture(&format!("team.scores.{row}"), title, described(work, one), SIZE, content.into_any())
}

/// What the picture shows, for those who do not see it.
fn described(work: Work, one: &Series) -> String {
    let of = |scorer: Scorer| {
        let index = scorer as usize;
        let scores = one.points.iter().map(|point| {
            let given = score(work, point.scores.get(index).copied().flatten());
            work.filled("team.progress.described", &[("day", &day(work, point)), ("score", &given)])
        });
        format!("{}: {}", said(work, scorer), scores.collect::<Vec<_>>().join(", "))
    };
    present(one).map(of).collect::<Vec<_>>().join(". ")
}

/// The mark of a person, around its middle: told from others by its shape.
fn mark(scorer: Scorer) -> AnyView {
    match scorer {
        Scorer::Child => view! { <circle class="ca-scores__mark" r="5.5"/> }.into_any(),
        Scorer::Parent => view! {
            <rect class="ca-scores__mark ca-scores__mark--open" x="-5" y="-5" width="10" height="10"/>
        }
        .into_any(),
        Scorer::Practitioner => view! { <path class="ca-scores__mark" d="M0-7L7 6H-7Z"/> }.into_any(),
    }
}

fn scores_table(work: Work, one: &Series) -> AnyView {
    let heads = std::iter::once(work.text("team.progress.day"));
    let heads = heads.chain(Scorer::ALL.map(|scorer| said(work, scorer)));
    let rows = one.points.iter().map(|point| {
        let cells = point.scores.iter().map(|given| score(work, *given).into_any());
        std::iter::once(day(work, point).into_any()).chain(cells).collect::<Vec<_>>()
    });
    let change = (one.points.len() > 1).then(|| {
        let cells = Scorer::ALL.map(|scorer| {
            work.text(&format!("team.progress.change.{}", one.change(scorer).code())).into_any()
        });
        std::iter::once(work.text("team.progress.change").into_any()).chain(cells).collect::<Vec<_>>()
    });
    let caption = work.filled("team.progress.table", &[("highest", &HIGHEST.to_string())]);
    table(caption, heads.collect(), rows.chain(change).collect())
}
