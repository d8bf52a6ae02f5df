//! `POST /api/v1/people/matches`: "Is this the same child?" It suggests, and stops nobody.

use assessment_api::{
    path,
    person::{MatchQuestion, Matches},
    problem::{ProblemDetails, ProblemItem},
};
use assessment_people::id::PersonId;
use axum::{Json, extract::State};

use super::{asking, matched, person_id, reason, shape};
use crate::{
    body::JsonBody,
    caller::Caller,
    error::ApiError,
    identifier::random_uuid,
    people::{self, About},
    state::AppState,
};

/// Ask whether a child is known already
#[utoipa::path(
    post,
    operation_id = "match_people",
    path = path::PEOPLE_MATCHES,
    request_body = MatchQuestion,
    responses(
        (status = 200, description = "Who may be the same, with reasons for and against. Of people whom the caller may not know of, at most whom to ask.", body = Matches),
        (status = 400, description = "Not JSON.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "May not ask, needs a reason, or from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "No such person.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "Neither a child nor a person, or details that are too long.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn matches(
    State(state): State<AppState>,
    caller: Caller,
    body: JsonBody,
) -> Result<Json<Matches>, ApiError> {
    state.operations.search(&caller.actor)?;
    let question: MatchQuestion = shape(&body, "child")?;
    let reason = reason(question.reason.as_deref())?;
    let about = match (&question.child, &question.person) {
        (Some(details), None) => {
            let id = PersonId::from_uuid(random_uuid()?);
            About::Child(Box::new(people::child(id, details).map_err(ApiError::wrong_shape)?))
        }
        (None, Some(id)) => About::Stored(person_id(id)?),
        _ => return Err(ApiError::wrong_shape(vec![ProblemItem::new("child", "one-of-child-and-person")])),
    };
    let asking = asking(&state, &caller, reason).await?;
    let found = people::matches(&*state.store, &asking, about).await?;
    Ok(Json(Matches {
        people: matched(found.shown),
        ask: found.ask.into_iter().map(String::from).collect(),
        more: found.more,
        more_with_reason: found.more_with_reason,
    }))
}
