//! Pictures of numbers: columns for quarters, bars for the rows of a table. What is hidden, what was not recorded and 0 have
//! each a shape and a sign of their own, and none has the shape of a number.

use assessment_api::take_up::Figure;
use leptos::prelude::*;

use super::{quarter_name, use_work, words};
use crate::state::take_up::Trend;

/// The width of a column with what is beside it, and the height of the greatest, in units of the picture.
const STEP: u32 = 38;
const HEIGHT: u32 = 120;
/// Above the greatest there is a number.
const ABOVE: u32 = 20;
/// The height of what is no number.
const SIGN: u32 = 22;

/// One measure over the quarters. The same is said in words by its label, and by the table below it.
#[component]
pub(super) fn Chart(title: String, trend: Trend) -> impl IntoView {
    let work = use_work();
    let said = trend
        .points
        .iter()
        .map(|(from, figure)| format!("{}: {}", quarter_name(work, from), words(work, *figure)));
    let label = format!("{title}. {}", said.collect::<Vec<_>>().join("; "));
    let (greatest, foot) = (trend.greatest(), ABOVE + HEIGHT);
    let scaled = move |number: u32| (number.saturating_mul(HEIGHT) / greatest).max(u32::from(number > 0) * 2);
    let width = STEP * u32::try_from(trend.points.len()).unwrap_or(1);
    let height = move |figure: Figure| match figure {
        Figure::Number { number } => scaled(number),
        _ => SIGN,
    };
    let columns = trend.points.iter().zip(0..).map(|((_, figure), index)| {
        let (x, height) = (STEP * index + STEP / 2 - 13, height(*figure));
        view! { <rect class=class(*figure) x=at(x) y=at(foot - height) width="26" height=at(height)/> }
            .into_any()
    });
    // After the line, so that it strikes nothing through.
    let texts = trend.points.iter().zip(0..).map(|((from, figure), index)| {
        let x = at(STEP * index + STEP / 2);
        let (year, month) = (from.get(..4).unwrap_or_default(), from.get(5..7).unwrap_or_default());
        let month = work.text(&["coordinator.take_up.short.", month].concat());
        view! {
            <text text-anchor="middle">
                <tspan x=x.clone() y=at(foot - height(*figure) - 5)>{short(*figure)}</tspan>
                <tspan x=x.clone() y=at(foot + 15)>{month}</tspan>
                <tspan x=x y=at(foot + 29)>{year.to_owned()}</tspan>
            </text>
        }
        .into_any()
    });
    let baseline = trend.baseline().map(|number| {
        let y = at(foot - scaled(number));
        view! { <line class="ca-chart__baseline" x1="0" x2=at(width) y1=y.clone() y2=y/> }.into_any()
    });
    let has_line = baseline.is_some();
    view! {
        <figure class="ca-chart">
            <svg viewBox=format!("0 0 {width} {}", foot + 34) role="img" aria-label=label>
                {columns.collect_view()}
                <line class="ca-chart__foot" x1="0" x2=at(width) y1=at(foot) y2=at(foot)/>
                {baseline}
                {texts.collect_view()}
            </svg>
            <figcaption class="govuk-hint">
                {work.text("coordinator.take_up.columns")}
                {has_line.then(|| [" ", &work.text("coordinator.take_up.line")].concat())}
            </figcaption>
        </figure>
    }
}

/// What is above a column, where there is no room for words.
fn short(figure: Figure) -> String {
    match figure {
        Figure::Number { number } => number.to_string(),
        Figure::FewerThan { threshold } => format!("<{threshold}"),
        Figure::NotShown => "–".to_owned(),
        Figure::NotRecorded => "?".to_owned(),
    }
}

/// A bar as long as its number. The number is beside it.
#[component]
pub(super) fn Bar(figure: Figure, greatest: u32) -> impl IntoView {
    let width = match figure {
        Figure::Number { number } => (number.saturating_mul(100) / greatest).max(1),
        Figure::FewerThan { .. } => 12,
        Figure::NotShown | Figure::NotRecorded => 30,
    };
    view! {
        <svg viewBox="0 0 104 14" aria-hidden="true">
            <rect class=class(figure) x="2" y="2" width=at(width) height="10"/>
        </svg>
    }
}

/// The sign of a figure in the key.
#[component]
pub(super) fn Mark(figure: Figure) -> impl IntoView {
    let width = if figure == (Figure::Number { number: 0 }) { 2 } else { 20 };
    view! {
        <svg class="ca-sign" viewBox="0 0 24 24" aria-hidden="true">
            <rect class=class(figure) x="2" y="5" width=at(width) height="14"/>
        </svg>
    }
}

/// A length in units of the picture.
fn at(units: u32) -> String {
    units.to_string()
}

const fn class(figure: Figure) -> &'static str {
    match figure {
        Figure::Number { .. } => "ca-chart__number",
        Figure::FewerThan { .. } => "ca-chart__fewer",
        Figure::NotShown => "ca-chart__hidden",
        Figure::NotRecorded => "ca-chart__unknown",
    }
}
