//! `GET /api/v1/staff`: everybody who has ever signed in here.

use assessment_api::{
    path,
    problem::ProblemDetails,
    staff::{StaffList, StaffShown},
};
use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
};
use serde::Deserialize;

use super::staff_id;
use crate::{clock, episodes::Asking, error::ApiError, keeping_out, state::AppState};

/// Which part of the list.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Page {
    /// How many, 1 to 200; 50 if left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// Only those after the one with this id; `next` of the page before.
    after: Option<String>,
}

/// List the people who sign in here
#[utoipa::path(
    get,
    operation_id = "list_staff",
    path = path::STAFF,
    params(Page),
    responses(
        (status = 200, description = "In the order of their ids.", body = StaffList),
        (status = 400, description = "A parameter is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(
    State(state): State<AppState>,
    asking: Asking,
    page: Result<Query<Page>, QueryRejection>,
) -> Result<Json<StaffList>, ApiError> {
    let Query(page) = page.map_err(|_| ApiError::bad_query())?;
    let limit = page.limit.unwrap_or(50);
    if !(1..=200).contains(&limit) {
        return Err(ApiError::bad_query());
    }
    let after = page.after.as_deref().map(staff_id).transpose().map_err(|_| ApiError::bad_query())?;
    let (found, next) = keeping_out::list(&*state.store, &asking, after, limit).await?;
    let staff = found.into_iter().map(|one| StaffShown {
        id: one.id,
        issuer: one.staff.issuer,
        subject: one.staff.subject,
        name: one.staff.name,
        organisation: one.staff.organisation,
        shut_out_at: one.disabled_at.map(clock::written),
    });
    Ok(Json(StaffList { staff: staff.collect(), next }))
}
