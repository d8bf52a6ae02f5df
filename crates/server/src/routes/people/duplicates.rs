//! `GET /api/v1/duplicates`: pairs of people who may be one.

use assessment_api::{
    duplicates::{DuplicateList, DuplicatePair},
    path,
    person::PersonMatch,
    problem::ProblemDetails,
};
use assessment_people::id::PersonId;
use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
};
use serde::Deserialize;

use super::{asking, matched, summary};
use crate::{
    caller::Caller,
    error::ApiError,
    people::{self, PairShown},
    state::AppState,
    store::pairs::Pair,
};

/// Which part of the list.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Page {
    /// How many, 1 to 50; 20 if left out. Each is two entries in the audit trail.
    #[param(minimum = 1, maximum = 50)]
    limit: Option<u32>,
    /// Only those that come after this pair; `next` of the page before.
    after: Option<String>,
}

fn bad() -> ApiError {
    ApiError::bad_parameter(
        "The address has a parameter that is not understood. Use `limit` (1 to 50) and `after` (`next` of the page before).",
    )
}

/// List possible duplicates
///
/// The strongest first. A pair that somebody has kept apart comes back when a name, a date of birth or a number of one of
/// them changes, with that decision beside it.
#[utoipa::path(
    get,
    operation_id = "list_duplicates",
    path = path::DUPLICATES,
    params(Page),
    responses(
        (status = 200, description = "Pairs of which both may be known to you.", body = DuplicateList),
        (status = 400, description = "A parameter is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "Your role does not include this.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(
    State(state): State<AppState>,
    caller: Caller,
    page: Result<Query<Page>, QueryRejection>,
) -> Result<Json<DuplicateList>, ApiError> {
    state.operations.look_up(&caller.actor)?;
    let Query(page) = page.map_err(|_| bad())?;
    let limit = page.limit.unwrap_or(20);
    if !(1..=50).contains(&limit) {
        return Err(bad());
    }
    let after = page.after.as_deref().map(|text| read(text).ok_or_else(bad)).transpose()?;
    let asking = asking(&state, &caller, None).await?;
    let found = people::duplicates(&*state.store, &asking, after, limit as usize).await?;
    Ok(Json(DuplicateList {
        pairs: found.pairs.into_iter().filter_map(pair).collect(),
        next: found.next.map(|pair| format!("{}.{}.{}", pair.weight, pair.one, pair.other)),
        to_compare: found.to_compare,
    }))
}

/// Where a page begins, as [`list`] writes it.
fn read(text: &str) -> Option<Pair> {
    let mut parts = text.split('.');
    let weight = parts.next()?.parse().ok()?;
    let (one, other) = (PersonId::parse(parts.next()?)?, PersonId::parse(parts.next()?)?);
    parts.next().is_none().then_some(Pair { weight, one, other })
}

fn pair(PairShown { one, other }: PairShown) -> Option<DuplicatePair> {
    let other = summary(&other);
    let PersonMatch { person, strength, reasons_for, reasons_against, earlier_decision } =
        matched(vec![one]).pop()?;
    Some(DuplicatePair { one: person, other, strength, reasons_for, reasons_against, earlier_decision })
}
