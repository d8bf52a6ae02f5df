//! What happened in an episode and what is due: numbered marks at their places in time, and a table with the same numbers.

use assessment_api::episode::EpisodeRecord;
use assessment_api::path::{self, TIMELINE};
use jiff::civil::Weekday;
use leptos::prelude::*;

use super::super::work::asked::asked_about;
use super::super::work::list::{child, day};
use super::super::work::{Work, use_work};
use super::pictures::{at, day_said, key, length, picture, print, table, words};
use crate::io::records_client::Asking;
use crate::state::team::days::{Days, Placed, Sign, days};

/// The width of the picture, in its own units: at 320 px they are nearly pixels.
const WIDTH: f64 = 320.0;
/// How wide and high a mark is, with the room around it.
const MARK: f64 = 30.0;
/// Where the marks begin: above them are the days at both ends, and today.
const TOP: f64 = 50.0;

#[component]
pub(super) fn Timeline(episode: String) -> impl IntoView {
    let work = use_work();
    let ask = move |asking: Asking, id: String| async move {
        let record: EpisodeRecord = asking.get(&path::episode(&id)).await?.read()?;
        let line: assessment_api::team::Timeline =
            asking.get(&TIMELINE.replace("{id}", &id)).await?.read()?;
        Ok((record, line))
    };
    asked_about(work, episode, ask, move |(record, line)| {
        let found = days(&line, WIDTH, MARK);
        let shown = match found.placed.is_empty() {
            true => view! { <p>{work.text("team.timeline.none")}</p> }.into_any(),
            false => shown(work, &found),
        };
        view! {
            <h2 class="govuk-heading-m"><bdi>{child(work, &record.shown)}</bdi></h2>
            {shown}
        }
        .into_any()
    })
}

fn shown(work: Work, found: &Days) -> AnyView {
    let present = Sign::ALL.into_iter().filter(|sign| found.placed.iter().any(|one| one.sign == *sign));
    let items = present.map(|sign| (mark(sign, ""), said(work, sign)));
    view! {
        {drawing(work, found)}
        {key(items.collect())}
        {rows(work, found)}
        {print(work)}
    }
    .into_any()
}

fn said(work: Work, sign: Sign) -> String {
    work.text(&format!("team.status.{}", sign.code()))
}

/// What an entry is.
fn what(work: Work, one: &Placed) -> String {
    let number = one.entry.number.map(|number| number.to_string()).unwrap_or_default();
    let key = format!("team.timeline.{}", one.entry.kind);
    match work.maybe_text(&key) {
        Some(_) => work.filled(&key, &[("number", &number)]),
        // A clock of the authority's own.
        None => one.entry.kind.clone(),
    }
}

fn drawing(work: Work, found: &Days) -> AnyView {
    let bottom = TOP + MARK * length(found.lanes);
    let marks = found.placed.iter().filter_map(|one| {
        let transform = format!("translate({} {})", at(one.x?), at(TOP + MARK * (length(one.lane) + 0.5)));
        let number = one.number.to_string();
        Some(view! { <g transform=transform>{mark(one.sign, &number)}</g> }.into_any())
    });
    let today = found.today.map(|x| {
        // The word stays in the picture at both ends.
        let anchor = if x < 40.0 {
            "start"
        } else if x > WIDTH - 40.0 {
            "end"
        } else {
            "middle"
        };
        view! {
            <line class="ca-days__today" x1=at(x) x2=at(x) y1=at(TOP - 10.0) y2=at(bottom)/>
            {words(x, TOP - 14.0, anchor, work.text("team.timeline.today"))}
        }
        .into_any()
    });
    let ends = found.ends.map(|(first, last)| {
        let last = (last > first).then(|| words(WIDTH, 14.0, "end", day_said(work, last)));
        view! {
            {words(0.0, 14.0, "start", day_said(work, first))}
            {last}
            <line class="ca-days__line" x1="0" x2=at(WIDTH) y1="20" y2="20"/>
        }
        .into_any()
    });
    let description = found.placed.iter().map(|one| {
        let values = [
            ("number", &*one.number.to_string()),
            ("day", &*day(work, &one.entry.on)),
            ("what", &*what(work, one)),
            ("status", &*said(work, one.sign)),
        ];
        work.filled("team.timeline.described", &values)
    });
    let content = view! { {ends} {today} {marks.collect_view()} };
    picture(
        "team.days",
        work.text("team.timeline.picture"),
        description.collect::<Vec<_>>().join(" "),
        (WIDTH, bottom + 2.0),
        content.into_any(),
    )
}

/// A mark with its number, around its middle. Each sign has a look of its own without colour.
fn mark(sign: Sign, number: &str) -> AnyView {
    let shape = match sign {
        Sign::Done | Sign::Passed | Sign::Later | Sign::Cancelled => {
            "M-12 0A12 12 0 1 0 12 0A12 12 0 1 0-12 0Z"
        }
        Sign::Soon | Sign::Today => "M0-14L14 0L0 14L-14 0Z",
        Sign::Overdue | Sign::Hard => "M-12-12H12V12H-12Z",
    };
    let over = match sign {
        Sign::Cancelled => "M-9 9L9-9",
        Sign::Passed => "M-9 9H9",
        Sign::Hard => "M-9-9H9V9H-9Z",
        _ => "",
    };
    let number = number.to_owned();
    view! {
        <g class=format!("ca-day ca-day--{}", sign.code())>
            <path class="ca-day__shape" d=shape/>
            <path class="ca-day__over" d=over/>
            <text class="ca-day__number" y="4.5" text-anchor="middle"><tspan>{number}</tspan></text>
        </g>
    }
    .into_any()
}

/// From which day it was moved, because nobody works then.
fn moved(work: Work, one: &Placed) -> Option<AnyView> {
    let from = assessment_form::parse_day(one.entry.moved_from.as_deref()?)?;
    let key = match from.weekday() {
        Weekday::Saturday | Weekday::Sunday => "team.timeline.moved.weekend",
        _ => "team.timeline.moved.bank_holiday",
    };
    let text = work.filled(key, &[("day", &*work.form.words().weekday_and_date(from))]);
    Some(view! { <span class="ca-picture-table__detail">{text}</span> }.into_any())
}

/// That a day may be wrong, where it is past the last known bank holiday.
fn beyond(work: Work, one: &Placed) -> Option<AnyView> {
    let until = one.entry.bank_holidays_known_until.as_ref()?;
    let text = work.filled("team.timeline.beyond", &[("day", &*day(work, until))]);
    Some(view! { <span class="ca-picture-table__detail">{text}</span> }.into_any())
}

fn rows(work: Work, found: &Days) -> AnyView {
    let heads = ["team.timeline.day", "team.timeline.what", "team.timeline.status"].map(|key| work.text(key));
    let rows = found.placed.iter().map(|one| {
        let is_late = matches!(one.sign, Sign::Overdue | Sign::Hard);
        let status = view! { <strong class:ca-drafts__urgent=is_late>{said(work, one.sign)}</strong> };
        vec![
            view! {
                <svg class="ca-picture-mark" viewBox="-14 -14 28 28" aria-hidden="true">
                    {mark(one.sign, &one.number.to_string())}
                </svg>
                " "
                {day(work, &one.entry.on)}
            }
            .into_any(),
            view! { <span dir="auto">{what(work, one)}</span> {moved(work, one)} {beyond(work, one)} }
                .into_any(),
            status.into_any(),
        ]
    });
    table(work.text("team.timeline.table"), heads.into(), rows.collect())
}
