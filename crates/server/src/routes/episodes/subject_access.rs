//! What is held about a child, for somebody who asked: `POST /api/v1/episodes/{id}/subject-access`, `GET` and `DELETE
//! .../subject-access/{request}`.

use assessment_api::{
    path,
    problem::{ProblemDetails, ProblemItem},
    retention::{AccessRequest, NewAccessRequest},
    subject_access::SubjectAccess,
};
use assessment_form::parse_day;
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};

use super::{AccessReason, episode_id, revision};
use crate::{
    body::JsonBody,
    clock::date_in_england,
    drafts::Expected,
    episodes::{self, Asking},
    error::ApiError,
    state::AppState,
    store::retention::StoredRequest,
};

/// Write down that somebody asked for what is held about the child
///
/// Until the request is closed nothing about the child is erased.
#[utoipa::path(
    post,
    operation_id = "open_access_request",
    path = path::ACCESS_REQUESTS,
    request_body = NewAccessRequest,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("If-Match" = String, Header, description = "The episode's revision, in quotes, as in `ETag`."),
        ("Access-Reason" = String, Header, description = "Who asked and how you know them: percent-encoded, kept."),
    ),
    responses(
        (status = 201, description = "Written down.", body = AccessRequest),
        (status = 400, description = "Not JSON, or a header that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, a reason is needed, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "The episode has changed since; `ETag` is its revision.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "`received_on` is no day, or a day to come.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn open(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
    expected: Expected,
    body: JsonBody,
) -> Result<(StatusCode, Json<AccessRequest>), ApiError> {
    let (id, expected) = (episode_id(&id)?, revision(expected)?);
    let wrong = |path: &'static str, code| ApiError::wrong_shape(vec![ProblemItem::new(path, code)]);
    let new: NewAccessRequest = body.members()?.ok_or_else(|| wrong("body", "wrong-kind"))?;
    let day = parse_day(&new.received_on).ok_or_else(|| wrong("received_on", "wrong-kind"))?;
    if day > date_in_england(asking.at) {
        return Err(wrong("received_on", "in-the-future"));
    }
    let request = episodes::ask_access(&*state.store, &asking, id, expected, day, reason.given()).await?;
    Ok((StatusCode::CREATED, Json(shown(request))))
}

/// Prepare what the person has a right to
///
/// What is about somebody else, or is kept from somebody, is in `to_decide` and not in what is given to the person.
#[utoipa::path(
    get,
    operation_id = "export_subject_access",
    path = path::ACCESS_REQUEST,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("request" = String, Path, description = "The id of the request."),
        ("Access-Reason" = String, Header, description = "Why: percent-encoded, kept."),
    ),
    responses(
        (status = 200, description = "What can be given, and what has to be decided.", body = SubjectAccess),
        (status = 400, description = "A reason that cannot be read.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, or a reason is needed.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see, or no such request waiting.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn export(
    State(state): State<AppState>,
    asking: Asking,
    Path((id, request)): Path<(String, String)>,
    reason: AccessReason,
) -> Result<Json<SubjectAccess>, ApiError> {
    state.operations.look_up(&asking.asker.actor)?;
    let id = episode_id(&id)?;
    Ok(Json(episodes::export_access(&*state.store, &asking, id, &request, reason.given()).await?))
}

/// Close a request, since it was answered or taken back
#[utoipa::path(
    delete,
    operation_id = "close_access_request",
    path = path::ACCESS_REQUEST,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("request" = String, Path, description = "The id of the request."),
        ("If-Match" = String, Header, description = "The episode's revision, in quotes, as in `ETag`."),
        ("Access-Reason" = String, Header, description = "How it ended: percent-encoded, kept."),
    ),
    responses(
        (status = 204, description = "Closed."),
        (status = 400, description = "A header that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, a reason is needed, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see, or no such request waiting.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "The episode has changed since; `ETag` is its revision.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn close(
    State(state): State<AppState>,
    asking: Asking,
    Path((id, request)): Path<(String, String)>,
    reason: AccessReason,
    expected: Expected,
) -> Result<StatusCode, ApiError> {
    let (id, expected) = (episode_id(&id)?, revision(expected)?);
    episodes::close_access(&*state.store, &asking, id, expected, &request, reason.given()).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) fn shown(request: StoredRequest) -> AccessRequest {
    AccessRequest {
        id: request.id,
        episode: request.episode.to_string(),
        child: request.person.to_string(),
        received_on: request.received_on.to_string(),
    }
}
