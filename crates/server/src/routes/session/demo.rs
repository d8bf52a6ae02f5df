//! The people of the demo: `GET /api/v1/demo/people` lists them, `POST /api/v1/demo/session` acts as one.

use assessment_api::{
    path,
    problem::{ProblemDetails, ProblemItem},
    session::{DemoPerson, NewDemoSession},
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use axum_extra::extract::CookieJar;

use super::{ShutOut, open};
use crate::{actor::Identity, body::JsonBody, error::ApiError, sign_in::demo, state::AppState};

/// List the people of the demo
#[utoipa::path(
    get,
    operation_id = "list_demo_people",
    path = path::DEMO_PEOPLE,
    responses(
        (status = 200, description = "Invented people, some of each role.", body = Vec<DemoPerson>),
        (status = 404, description = "This is not the demo.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn people(State(state): State<AppState>) -> Result<Json<&'static [DemoPerson]>, ApiError> {
    only_in_the_demo(&state)?;
    Ok(Json(demo::people()))
}

/// Act as a person of the demo
#[utoipa::path(
    post,
    operation_id = "open_demo_session",
    path = path::DEMO_SESSION,
    request_body = NewDemoSession,
    responses(
        (status = 204, description = "Signed in as that person, by a cookie."),
        (status = 400, description = "Not JSON.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "They have been shut out, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "This is not the demo.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "Nobody has that code.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn choose(
    State(state): State<AppState>,
    headers: HeaderMap,
    body: JsonBody,
) -> Result<(StatusCode, CookieJar), ApiError> {
    only_in_the_demo(&state)?;
    let wanted: NewDemoSession = body
        .members()?
        .ok_or_else(|| ApiError::wrong_shape(vec![ProblemItem::new("person", "wrong-kind")]))?;
    let staff = demo::person(&wanted.person).ok_or_else(ApiError::unknown_person)?;
    match open(&state, staff, CookieJar::from_headers(&headers), state.clock.now()).await {
        Ok(jar) => Ok((StatusCode::NO_CONTENT, jar)),
        Err(ShutOut::Disabled) => Err(ApiError::shut_out()),
        Err(ShutOut::Error(error)) => Err(error),
    }
}

fn only_in_the_demo(state: &AppState) -> Result<(), ApiError> {
    match state.identity {
        Identity::Demo(_) => Ok(()),
        Identity::SignIn(_) => Err(ApiError::not_found()),
    }
}
