//! `GET /api/v1/assessments`: what somebody sent and may still read, newest first, page by page.

use assessment_api::{
    assessment::{AssessmentList, AssessmentSummary},
    path,
    problem::ProblemDetails,
};
use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
};
use serde::Deserialize;

use crate::{
    clock,
    episodes::{self, Asking},
    error::ApiError,
    identifier::AssessmentId,
    state::AppState,
    store::assessments::Wanted,
};
use jiff::Timestamp;

/// Which part of the list.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Page {
    /// How many, 1 to 200; 50 if left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// Only those received before the assessment with this id; `next` of the page before.
    before: Option<String>,
    /// Only those received at this moment or later, such as `2026-11-23T06:00:00Z`. Any offset will do; write its `+` as
    /// `%2B`.
    #[param(format = DateTime)]
    since: Option<String>,
}

/// List the assessments that you sent, newest first
///
/// Those of episodes that you may no longer read as a whole are not among them.
#[utoipa::path(
    get,
    operation_id = "list_assessments",
    path = path::ASSESSMENTS,
    params(Page),
    responses(
        (status = 200, description = "Names are in the body only.", body = AssessmentList),
        (status = 400, description = "A parameter is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You have no work here.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(
    State(state): State<AppState>,
    asking: Asking,
    page: Result<Query<Page>, QueryRejection>,
) -> Result<Json<AssessmentList>, ApiError> {
    let Query(page) = page.map_err(|_| ApiError::bad_query())?;
    let limit = page.limit.unwrap_or(50);
    if !(1..=200).contains(&limit) {
        return Err(ApiError::bad_query());
    }
    let before =
        page.before.map(|id| AssessmentId::parse(&id).ok_or_else(ApiError::bad_query)).transpose()?;
    let since =
        page.since.map(|text| text.parse::<Timestamp>().map_err(|_| ApiError::bad_query())).transpose()?;
    let (rows, next) = episodes::sent(&*state.store, &asking, Wanted { before, since, limit }).await?;
    let assessments = rows
        .into_iter()
        .map(|row| AssessmentSummary {
            id: row.id,
            reference: row.reference,
            child_name: row.child_name,
            received_at: clock::written(row.received_at),
            suggestion: row.suggestion,
            headline: row.headline,
        })
        .collect();
    Ok(Json(AssessmentList { assessments, next }))
}
