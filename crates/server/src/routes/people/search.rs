//! `POST /api/v1/people/search`: people by what somebody remembers of them. What is looked for is in the body, and nowhere
//! else.

use assessment_api::{
    path,
    person::{PeopleFound, PeopleSearch},
    problem::ProblemDetails,
};
use axum::{Json, extract::State};

use super::{asking, matched, reason, shape};
use crate::{body::JsonBody, caller::Caller, error::ApiError, people, state::AppState};

/// Search for people
#[utoipa::path(
    post,
    operation_id = "search_people",
    path = path::PEOPLE_SEARCH,
    request_body = PeopleSearch,
    responses(
        (status = 200, description = "Only people whom the caller may know of. The search is in the audit trail without its words.", body = PeopleFound),
        (status = 400, description = "Not JSON.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "May not search, or from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "Nothing to look for, too little of it, or too much.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn search(
    State(state): State<AppState>,
    caller: Caller,
    body: JsonBody,
) -> Result<Json<PeopleFound>, ApiError> {
    state.operations.search(&caller.actor)?;
    let wanted: PeopleSearch = shape(&body, "text")?;
    let asking = asking(&state, &caller, reason(wanted.reason.as_deref())?).await?;
    let found = people::search(&*state.store, &asking, &wanted.text).await?;
    Ok(Json(PeopleFound {
        people: matched(found.shown),
        more: found.more,
        more_with_reason: found.more_with_reason,
    }))
}
