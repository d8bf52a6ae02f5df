//! Take-up and outcomes of the area: for each measure how it was, how it is, and how the newest quarter is split; each
//! picture with its table, and all of it as a file. There is nothing to choose: every reader sees the same numbers.

mod chart;
mod erase_story;
mod story;

use std::cmp::Ordering;

use assessment_api::path::{TAKE_UP, TAKE_UP_EXPORT};
use assessment_api::take_up::{
    Figure, RowsAre, TakeUp as Found, TakeUpDays, TakeUpMeasure, TakeUpQuarter, TakeUpRow, TakeUpTable,
};
use assessment_form::PartialDate;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::super::work::asked::{answer, asked};
use super::super::work::list::day;
use super::{Work, told, use_work};
use crate::components::{Details, redrawn};
use crate::io::download;
use crate::state::take_up::{Trend, find};
use crate::state::work::Failure;
use chart::{Bar, Chart, Mark};
use story::Stories;

/// The id of what is said after a download.
const SAID: &str = "coordinator.take_up.said";
/// What the file is called.
const NAME: &str = "take-up.csv";

#[component]
pub(super) fn TakeUp() -> impl IntoView {
    let work = use_work();
    let ask = move || {
        let asking = work.asking(None);
        answer(async move { asking.get(TAKE_UP).await?.read::<Found>() })
    };
    view! {
        <p>{work.text("coordinator.take_up.about")}</p>
        {asked(work, None, ask, move |found: Found| {
            let next = work.filled("coordinator.take_up.next", &[("day", &day(work, &found.next_on))]);
            let Some(newest) = found.quarters.last().cloned() else {
                return view! {
                    <p class="govuk-inset-text">{work.text("coordinator.take_up.none")} " " {next}</p>
                }
                .into_any();
            };
            let (recorded, missing): (Vec<&TakeUpMeasure>, Vec<&TakeUpMeasure>) =
                newest.measures.iter().partition(|one| Trend::of(&found, &one.measure).is_recorded());
            let measures = recorded.into_iter().map(|one| measure(work, &found, &newest, one)).collect_view();
            let missing = not_recorded(work, &missing);
            view! {
                <p>{next}</p>
                <Story/>
                <Key threshold=newest.threshold/>
                <Download/>
                {measures}
                {missing}
            }
            .into_any()
        })}
    }
}

/// What to ask before anybody takes a number for its reason.
#[component]
fn Story() -> impl IntoView {
    let work = use_work();
    let asks = ["different", "missing", "works"]
        .map(|ask| view! { <li>{work.code("coordinator.take_up.story.", ask)}</li> }.into_any());
    view! {
        <h2 class="govuk-heading-m">{work.text("coordinator.take_up.story")}</h2>
        <p>{work.text("coordinator.take_up.story.about")}</p>
        <ul class="govuk-list govuk-list--bullet">{asks}</ul>
    }
}

/// The words and signs for what is no number.
#[component]
fn Key(threshold: u32) -> impl IntoView {
    let work = use_work();
    let item = |figure: Figure, about: &str| {
        let about = work.filled(about, &[("threshold", &threshold.to_string())]);
        view! {
            <li class="ca-key__item">
                <Mark figure/>
                <span><strong>{words(work, figure)}</strong> ": " {about}</span>
            </li>
        }
        .into_any()
    };
    view! {
        <h2 class="govuk-heading-m">{work.text("coordinator.take_up.key")}</h2>
        <ul class="ca-figures-key">
            {item(Figure::FewerThan { threshold }, "coordinator.take_up.key.fewer")}
            {item(Figure::NotShown, "coordinator.take_up.key.not_shown")}
            {item(Figure::NotRecorded, "coordinator.take_up.key.not_recorded")}
            {item(Figure::Number { number: 0 }, "coordinator.take_up.key.nought")}
        </ul>
    }
}

/// All numbers as a file. Nobody is to be in it, so nobody is asked what it is for.
#[component]
fn Download() -> impl IntoView {
    let work = use_work();
    let said = RwSignal::new(None::<String>);
    let take = move |_| {
        let asking = work.asking(None);
        spawn_local(async move {
            let file = asking.file(TAKE_UP_EXPORT).await;
            let done = file.and_then(|file| download::save(&file, NAME).map_err(|_| Failure::Trouble));
            let key = done.map_or_else(|failure| failure.key(), |()| "coordinator.take_up.downloaded");
            if said.try_set(Some(work.text(key))).is_none() {
                work.form.focus(SAID);
            }
        });
    };
    view! {
        <button part="button" type="button" class="govuk-button govuk-button--secondary" on:click=take>
            {work.text("coordinator.take_up.download")}
        </button>
        {redrawn(move || said.get().map(|text| told(SAID, text)))}
    }
}

/// What nobody knows yet, by name.
fn not_recorded(work: Work, of: &[&TakeUpMeasure]) -> Option<AnyView> {
    let names =
        of.iter().map(|one| view! { <li>{work.code("coordinator.take_up.", &one.measure)}</li> }.into_any());
    let names = names.collect_view();
    (!of.is_empty()).then(|| {
        view! {
            <section class="ca-figures-measure">
                <h2 class="govuk-heading-m">{work.text("coordinator.take_up.missing")}</h2>
                <p>{work.text("coordinator.take_up.missing.about")}</p>
                <ul class="govuk-list govuk-list--bullet">{names}</ul>
            </section>
        }
        .into_any()
    })
}

fn measure(work: Work, found: &Found, newest: &TakeUpQuarter, of: &TakeUpMeasure) -> AnyView {
    let title = work.code("coordinator.take_up.", &of.measure);
    let trend = Trend::of(found, &of.measure);
    let rows = trend.points.iter().map(|(from, figure)| (quarter_name(work, from), *figure)).collect();
    let tables = of.tables.iter().map(|one| split(work, found, one)).collect_view();
    view! {
        <section class="ca-figures-measure">
            <h2 class="govuk-heading-m">{title.clone()}</h2>
            {story(work, &trend, newest)}
            {find(newest, &of.measure).and_then(|one| one.days).map(|days| how_long(work, days))}
            <Chart title=title.clone() trend/>
            <Stories found=found.clone() measure=of.measure.clone()/>
            <Details summary=work.filled("coordinator.take_up.as_table", &[("title", &title)])>
                {figures(work, work.text("coordinator.take_up.by.quarter"), rows)}
            </Details>
            <Details summary=work.filled("coordinator.take_up.split", &[("title", &title), ("quarter", &quarter_name(work, &newest.from))])>
                {tables}
            </Details>
        </section>
    }
    .into_any()
}

/// How it is and how it was. Why is for people to say.
fn story(work: Work, trend: &Trend, newest: &TakeUpQuarter) -> Option<AnyView> {
    let (now, before) = trend.newest()?;
    let quarter = quarter_name(work, &newest.from);
    let now = work.filled("coordinator.take_up.now", &[("quarter", &quarter), ("number", &words(work, now))]);
    let before =
        before.map(|before| work.filled("coordinator.take_up.before", &[("number", &words(work, before))]));
    let difference = trend.difference().map(|(way, by)| {
        let key = match way {
            Ordering::Greater => "coordinator.take_up.more",
            Ordering::Equal => "coordinator.take_up.equal",
            Ordering::Less => "coordinator.take_up.less",
        };
        work.filled(key, &[("number", &by.to_string())])
    });
    let baseline = trend
        .baseline()
        .map(|number| work.filled("coordinator.take_up.baseline", &[("number", &number.to_string())]));
    Some(view! { <p>{now} " " {before} " " {difference} " " {baseline}</p> }.into_any())
}

fn how_long(work: Work, TakeUpDays { lower, median, upper }: TakeUpDays) -> AnyView {
    let values = [lower, median, upper].map(|days| days.to_string());
    let [lower, median, upper] = &values;
    let text =
        work.filled("coordinator.take_up.days", &[("lower", lower), ("median", median), ("upper", upper)]);
    view! { <p>{text}</p> }.into_any()
}

/// One table of the newest quarter.
fn split(work: Work, found: &Found, TakeUpTable { split, rows_are, rows }: &TakeUpTable) -> AnyView {
    let title = work.code("coordinator.take_up.by.", split);
    let missing = |key: &str| {
        view! { <h3 class="govuk-heading-s">{title.clone()}</h3><p>{work.text(key)}</p> }.into_any()
    };
    match rows_are {
        RowsAre::NotShown => missing("coordinator.take_up.rows.not_shown"),
        RowsAre::NotRecorded => missing("coordinator.take_up.rows.not_recorded"),
        RowsAre::Shown if rows.is_empty() => missing("coordinator.take_up.rows.none"),
        RowsAre::Shown => {
            let name = |TakeUpRow { code, figure }: &TakeUpRow| (row_name(work, found, split, code), *figure);
            figures(work, title, rows.iter().map(name).collect())
        }
    }
}

/// Numbers as a table. A bar beside each is a picture of it, and says nothing more.
fn figures(work: Work, caption: String, rows: Vec<(String, Figure)>) -> AnyView {
    let greatest = rows.iter().filter_map(|(_, figure)| crate::state::take_up::number(*figure)).max();
    let greatest = greatest.unwrap_or(1).max(1);
    let rows = rows.into_iter().map(|(name, figure)| {
        view! {
            <tr>
                <th scope="row" dir="auto">{name}</th>
                <td>{words(work, figure)}</td>
                <td class="ca-figures__bar"><Bar figure greatest/></td>
            </tr>
        }
        .into_any()
    });
    view! {
        <table class="ca-figures">
            <caption class="govuk-heading-s">{caption}</caption>
            <thead class="govuk-visually-hidden">
                <tr>
                    <th scope="col">{work.text("coordinator.take_up.column.what")}</th>
                    <th scope="col">{work.text("coordinator.take_up.column.number")}</th>
                    <td></td>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// What a row is called.
fn row_name(work: Work, found: &Found, split: &str, code: &str) -> String {
    let cluster = |code: &str| found.areas.clusters.iter().find(|cluster| cluster.code == code);
    match (split, code) {
        ("change" | "child_change" | "parent_change" | "practitioner_change", "not-known") => {
            work.text("coordinator.take_up.change.not_known")
        }
        (_, "not-known") => work.text("coordinator.take_up.not_known"),
        ("cluster", code) => cluster(code).map_or_else(|| code.to_owned(), |cluster| cluster.label.clone()),
        ("month", code) => month_name(work, code),
        ("reason", code) => work.code("work.closure.", code),
        ("barrier", code) => work.code("coordinator.take_up.barrier.", code),
        ("written_up", code) => work.code("coordinator.take_up.written_up.", code),
        ("change" | "child_change" | "parent_change" | "practitioner_change", code) => {
            work.code("coordinator.take_up.change.", code)
        }
        _ => code.to_owned(),
    }
}

/// A month such as `2026-07`.
fn month_name(work: Work, code: &str) -> String {
    let read = code.split_once('-').and_then(|(year, month)| {
        Some(PartialDate::Month { year: year.parse().ok()?, month: month.parse().ok()? })
    });
    read.map_or_else(|| code.to_owned(), |month| work.form.words().date(month))
}

/// The quarter that begins on this day.
fn quarter_name(work: Work, from: &str) -> String {
    let mut parts = from.split('-');
    let (year, month) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    work.filled(&["coordinator.take_up.quarter.", month].concat(), &[("year", year)])
}

/// A figure in words. The same as in the file.
fn words(work: Work, figure: Figure) -> String {
    match figure {
        Figure::Number { number } => number.to_string(),
        Figure::FewerThan { threshold } => {
            work.filled("coordinator.take_up.fewer", &[("threshold", &threshold.to_string())])
        }
        Figure::NotShown => work.text("coordinator.take_up.not_shown"),
        Figure::NotRecorded => work.text("coordinator.take_up.not_recorded"),
    }
}
