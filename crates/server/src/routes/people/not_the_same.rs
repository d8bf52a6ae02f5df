//! `POST /api/v1/people/{id}/not-the-same`: two people are not one, seen from either.

use assessment_api::{
    path,
    person::{Decision, NotTheSame},
    problem::ProblemDetails,
};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};

use super::{asking, person_id, shape};
use crate::{
    body::JsonBody, caller::Caller, error::ApiError, people, routes::episodes::AccessReason, state::AppState,
};

/// Say that two people are not the same
///
/// It holds for both, until a name, a date of birth or a number of one of them changes.
#[utoipa::path(
    post,
    operation_id = "keep_people_apart",
    path = path::PERSON_NOT_THE_SAME,
    params(
        ("id" = String, Path, description = "The id of one of the two."),
        ("Access-Reason" = Option<String>, Header, description = "Why they are two people, percent-encoded UTF-8. It is kept."),
    ),
    request_body = NotTheSame,
    responses(
        (status = 201, description = "Stored.", body = Decision),
        (status = 400, description = "Not JSON, or a reason that cannot be read.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "May not decide this, or from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "No such person.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 409, description = "Both are one person.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "No `other`.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn keep_apart(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<String>,
    reason: AccessReason,
    body: JsonBody,
) -> Result<(StatusCode, Json<Decision>), ApiError> {
    let wanted: NotTheSame = shape(&body, "other")?;
    let (one, other) = (person_id(&id)?, person_id(&wanted.other)?);
    let asking = asking(&state, &caller, reason.given().cloned()).await?;
    let decision = people::keep_apart(&*state.store, &asking, one, other).await?;
    let decision = Decision { on: decision.on().to_string(), by: caller.staff.name };
    Ok((StatusCode::CREATED, Json(decision)))
}
