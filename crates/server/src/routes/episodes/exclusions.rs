//! `POST /api/v1/episodes/{id}/exclusions` and `.../lifted`: who must not be told, and may be told again. Who they are is in
//! the body, never in the address.

use assessment_api::{
    episode_change::{Excluded, LiftedExclusion},
    path,
    problem::ProblemDetails,
};
use assessment_people::who::{Organisation, Subject};
use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{AccessReason, changed, episode_id, words};
use crate::{
    body::JsonBody,
    drafts::Expected,
    episodes::{Asking, Change, Whom},
    error::ApiError,
    state::AppState,
};

/// Say that somebody must not be told
///
/// It holds in every state of the episode, whatever they were given.
#[utoipa::path(
    post,
    operation_id = "exclude_from_episode",
    path = path::EXCLUSIONS,
    request_body = Excluded,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("If-Match" = String, Header, description = "The episode's revision, in quotes, as in `ETag`."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 204, description = "Done. `ETag` is the episode's new revision."),
        (status = 400, description = "Not JSON, or a header that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, a reason is needed, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 409, description = "It is you, or the organisation that holds the episode; or the episode is part of another.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "The episode has changed since; `ETag` is its revision.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "Not acceptable; `problems` says why.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn exclude(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
    expected: Expected,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let id = episode_id(&id)?;
    let new: Excluded = body.shape()?;
    let change = Change::Exclude(whom(new)?);
    changed(&state, &asking, id, expected, change, &reason).await
}

/// Say that somebody may be told again
#[utoipa::path(
    post,
    operation_id = "lift_exclusion",
    path = path::EXCLUSIONS_LIFTED,
    request_body = LiftedExclusion,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("If-Match" = String, Header, description = "The episode's revision, in quotes, as in `ETag`."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 204, description = "Done. `ETag` is the episode's new revision."),
        (status = 400, description = "Not JSON, or a header that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, a reason is needed, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 409, description = "They are not kept out of it, or the episode is part of another.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "The episode has changed since; `ETag` is its revision.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "Not acceptable; `problems` says why.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn lift(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
    expected: Expected,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let id = episode_id(&id)?;
    let new: LiftedExclusion = body.shape()?;
    let because = words("reason", Some(&new.reason))?;
    let because = because.ok_or_else(|| ApiError::missing_member("reason"))?;
    let change = Change::LiftExclusion(whom(new.excluded)?, because);
    changed(&state, &asking, id, expected, change, &reason).await
}

/// Exactly one of the three.
fn whom(new: Excluded) -> Result<Whom, ApiError> {
    Ok(match (new.person, new.member, new.organisation) {
        (Some(person), None, None) => {
            let subject = Subject::new(&person.issuer, &person.subject);
            Whom::Person(subject.ok_or_else(|| ApiError::wrong_member("person"))?)
        }
        (None, Some(member), None) => Whom::Member(member),
        (None, None, Some(code)) => {
            let organisation = Organisation::new(&code);
            Whom::Organisation(organisation.ok_or_else(|| ApiError::wrong_member("organisation"))?)
        }
        _ => return Err(ApiError::wrong_member("body")),
    })
}
