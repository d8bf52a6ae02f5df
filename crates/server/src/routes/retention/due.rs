//! `GET /api/v1/retention/due`: what a run would erase, and what is due and kept all the same.

use assessment_api::{
    path,
    problem::ProblemDetails,
    retention::{DueRecord, DueRecords},
};
use assessment_people::{
    id::EpisodeId,
    retention::{Obstacle, Verdict},
};
use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
};
use serde::Deserialize;

use crate::{
    episodes::{self, Asking},
    error::ApiError,
    retention::Line,
    state::AppState,
};

/// Which part of the list.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Page {
    /// How many episodes to look at, 1 to 200; 100 if left out. A page has those among them that are due. Records that you may
    /// not know of are not counted; the operator's list has them.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// Only those after this episode; `next` of the page before.
    after: Option<String>,
}

/// List what is due to be erased, and what is due and kept
#[utoipa::path(
    get,
    operation_id = "list_due_records",
    path = path::RETENTION_DUE,
    params(Page),
    responses(
        (status = 200, description = "In the order of their ids. Nothing is erased.", body = DueRecords),
        (status = 400, description = "A parameter that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(
    State(state): State<AppState>,
    asking: Asking,
    page: Result<Query<Page>, QueryRejection>,
) -> Result<Json<DueRecords>, ApiError> {
    let Query(page) = page.map_err(|_| ApiError::bad_query())?;
    let limit = page.limit.unwrap_or(100);
    let after = page.after.map(|id| EpisodeId::parse(&id).ok_or_else(ApiError::bad_query)).transpose()?;
    if !(1..=200).contains(&limit) {
        return Err(ApiError::bad_query());
    }
    let periods = state.evaluator.periods();
    let due = episodes::due(&*state.store, &asking, &periods, after, limit).await?;
    Ok(Json(DueRecords {
        records: due.lines.iter().map(record).collect(),
        next: due.next.map(|id| id.to_string()),
    }))
}

fn record(line: &Line) -> DueRecord {
    let episode = &line.stored.state.episode;
    let (erased_by_a_run, kept) = match line.verdict {
        Verdict::Due { .. } => (true, None),
        Verdict::Retained(kept) => (false, Some(code(kept).to_owned())),
    };
    let people: Vec<String> = line.people.iter().map(ToString::to_string).collect();
    let (people, people_needed_elsewhere) =
        if line.people_stay { (Vec::new(), people) } else { (people, Vec::new()) };
    DueRecord {
        episode: episode.id().to_string(),
        holder: episode.holder().code().to_owned(),
        due_on: line.due_on.map(|day| day.to_string()),
        erased_by_a_run,
        kept,
        people,
        people_needed_elsewhere,
    }
}

fn code(kept: Obstacle) -> &'static str {
    match kept {
        Obstacle::Hold => "hold",
        Obstacle::AccessRequest { .. } => "access-request",
        Obstacle::Open => "open",
        Obstacle::MergeCanBeUndone { .. } => "merge-can-be-undone",
        Obstacle::BirthNotKnown => "birth-not-known",
        Obstacle::NotDue { .. } => "not-due",
    }
}
