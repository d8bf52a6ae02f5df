//! `GET /api/v1/register/take-up`, and the same as a file: take-up and outcomes of the area. There is nothing to choose in
//! the address, so that nobody can compare two choices.

use assessment_api::{
    path,
    problem::ProblemDetails,
    take_up::{
        Figure, RowsAre, TakeUp, TakeUpDays, TakeUpMeasure, TakeUpQuarter, TakeUpRow, TakeUpStory,
        TakeUpTable,
    },
};
use assessment_engine::areas::Areas;
use assessment_people::take_up::{self, About, Days, Measured, Published, Rows, Table};
use axum::{
    Json,
    extract::State,
    http::{
        HeaderValue,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{IntoResponse as _, Response},
};

use super::{list::named, story};
use crate::{
    episodes::{self, Asking, Told},
    error::ApiError,
    spreadsheet,
    state::AppState,
};

/// The first row of the file.
const HEADINGS: [&str; 11] =
    ["quarter", "from", "to", "measure", "split", "code", "name", "number", "story", "story_by", "story_at"];

/// What the row of a total has as its split.
const TOTAL: &str = "total";

/// Read take-up and outcomes of the area
///
/// Numbers of episodes in the last eight quarters that are over, and of people who worked in them. What was published about a
/// quarter never changes, and nothing is published about one that is not over; the stories that people write behind numbers
/// do change. Small numbers are hidden, and so is whatever they could be worked out
/// from. Shielded records are not counted.
#[utoipa::path(
    get,
    operation_id = "read_take_up",
    path = path::TAKE_UP,
    responses(
        (status = 200, description = "Numbers only.", body = TakeUp),
        (status = 403, description = "Your role does not include this.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn read(State(state): State<AppState>, asking: Asking) -> Result<Json<TakeUp>, ApiError> {
    Ok(Json(found(&state, &asking).await?))
}

/// Export take-up and outcomes of the area as a file
///
/// The same numbers, stories and words: comma-separated values as in RFC 4180, in UTF-8 with a mark at the start, each cell in
/// quotes. A story is beside the total that it is about.
#[utoipa::path(
    get,
    operation_id = "export_take_up",
    path = path::TAKE_UP_EXPORT,
    responses(
        (status = 200, description = "The file.", body = String, content_type = "text/csv"),
        (status = 403, description = "Your role does not include this.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn export(State(state): State<AppState>, asking: Asking) -> Result<Response, ApiError> {
    let found = found(&state, &asking).await?;
    let rows = found.quarters.iter().flat_map(|quarter| rows(quarter, state.evaluator.areas()));
    let file = spreadsheet::write(&HEADINGS, rows).map_err(|_| ApiError::panicked())?;
    let name = HeaderValue::from_static("attachment; filename=\"take-up.csv\"");
    let kind = HeaderValue::from_static("text/csv; charset=utf-8; header=present");
    Ok(([(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, name)], file).into_response())
}

async fn found(state: &AppState, asking: &Asking) -> Result<TakeUp, ApiError> {
    let (areas, threshold) = (state.evaluator.areas(), state.evaluator.threshold());
    let shown = episodes::take_up(&*state.store, asking, areas, threshold, state.take_up.making()).await?;
    let stories = shown.stories;
    Ok(TakeUp {
        next_on: shown.next_on.to_string(),
        quarters: shown.quarters.into_iter().map(|of| quarter(of, &stories)).collect(),
        areas: named(areas),
    })
}

fn quarter(of: Published, stories: &[Told]) -> TakeUpQuarter {
    let story = |measure| {
        let about = About { quarter: of.quarter, measure };
        stories.iter().find(|told| told.about == about).cloned().map(story::shown)
    };
    TakeUpQuarter {
        quarter: of.quarter.to_string(),
        from: of.quarter.first_day().to_string(),
        to: of.quarter.last_day().to_string(),
        threshold: of.threshold.get(),
        measures: of.measures.into_iter().map(|one| measure(story(one.measure), one)).collect(),
    }
}

fn measure(story: Option<TakeUpStory>, of: Measured) -> TakeUpMeasure {
    let days = |Days { lower, median, upper }| TakeUpDays { lower, median, upper };
    TakeUpMeasure {
        measure: of.measure.code().to_owned(),
        total: figure(of.total),
        days: of.days.map(days),
        tables: of.tables.into_iter().map(table).collect(),
        story,
    }
}

fn table(of: Table) -> TakeUpTable {
    let row = |row: take_up::Row| TakeUpRow { code: row.code, figure: figure(row.figure) };
    let (rows_are, rows) = match of.rows {
        Rows::Shown(rows) => (RowsAre::Shown, rows.into_iter().map(row).collect()),
        Rows::NotShown => (RowsAre::NotShown, Vec::new()),
        Rows::NotRecorded => (RowsAre::NotRecorded, Vec::new()),
    };
    TakeUpTable { split: of.split.code().to_owned(), rows_are, rows }
}

fn figure(of: take_up::Figure) -> Figure {
    match of {
        take_up::Figure::Number { number } => Figure::Number { number },
        take_up::Figure::FewerThan { threshold } => Figure::FewerThan { threshold },
        take_up::Figure::NotShown => Figure::NotShown,
        take_up::Figure::NotRecorded => Figure::NotRecorded,
    }
}

/// The rows of the file about a quarter.
fn rows(quarter: &TakeUpQuarter, areas: &Areas) -> Vec<[String; HEADINGS.len()]> {
    let row = |measure: &TakeUpMeasure, split: &str, code: &str, number: String| {
        let name = match split {
            "cluster" => areas.cluster(code).map(|cluster| cluster.label.clone()).unwrap_or_default(),
            _ => String::new(),
        };
        let TakeUpQuarter { quarter, from, to, .. } = quarter;
        let story = measure.story.as_ref().filter(|story| split == TOTAL && !story.words.is_empty());
        let by = story.and_then(|story| story.said.name.as_deref());
        let (words, at) = story.map_or(("", ""), |story| (story.words.as_str(), story.said.at.as_str()));
        let by = by.unwrap_or_default();
        [quarter.as_str(), from, to, &measure.measure, split, code, &name, &number, words, by, at]
            .map(str::to_owned)
    };
    let mut rows = Vec::new();
    for measure in &quarter.measures {
        rows.push(row(measure, TOTAL, "", words(measure.total)));
        if let Some(TakeUpDays { lower, median, upper }) = measure.days {
            for (code, days) in [("lower", lower), ("median", median), ("upper", upper)] {
                rows.push(row(measure, "days", code, days.to_string()));
            }
        }
        for table in &measure.tables {
            let whole = |figure| row(measure, &table.split, "", words(figure));
            match table.rows_are {
                RowsAre::Shown => rows.extend(
                    table.rows.iter().map(|one| row(measure, &table.split, &one.code, words(one.figure))),
                ),
                RowsAre::NotShown => rows.push(whole(Figure::NotShown)),
                RowsAre::NotRecorded => rows.push(whole(Figure::NotRecorded)),
            }
        }
    }
    rows
}

/// A figure in the words of the screen.
fn words(figure: Figure) -> String {
    match figure {
        Figure::Number { number } => number.to_string(),
        Figure::FewerThan { threshold } => format!("fewer than {threshold}"),
        Figure::NotShown => "not shown".to_owned(),
        Figure::NotRecorded => "not recorded".to_owned(),
    }
}
