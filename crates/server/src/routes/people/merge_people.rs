//! `POST /api/v1/people/{id}/merges`: two records are of one person.

use assessment_api::{
    path,
    person::{Merge, NewMerge},
    problem::ProblemDetails,
};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};

use super::{asking, joined, person_id, shape};
use crate::{
    body::JsonBody, caller::Caller, drafts::Expected, error::ApiError, people,
    routes::episodes::AccessReason, state::AppState,
};

/// Join another record of the same person into this one
///
/// Nothing is lost: both records stay as they were, the stricter protection counts, the other id leads to this one, and it
/// can be taken back for 30 days.
#[utoipa::path(
    post,
    operation_id = "merge_people",
    path = path::PERSON_MERGES,
    params(
        ("id" = String, Path, description = "The id of the record that is kept."),
        ("If-Match" = String, Header, description = "Its revision, in quotes, as in `ETag`."),
        ("Access-Reason" = Option<String>, Header, description = "Why they are one person, percent-encoded UTF-8. It is kept."),
    ),
    request_body = NewMerge,
    responses(
        (status = 201, description = "Joined.", body = Merge),
        (status = 400, description = "Not JSON, or conditions or a reason that are not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "May not join records, or from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "No such person.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 409, description = "One and the same record, or joined into another already; `detail` says which.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "Changed elsewhere since; `ETag` is the current revision.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "No `merged`.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn merge(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<String>,
    expected: Expected,
    reason: AccessReason,
    body: JsonBody,
) -> Result<(StatusCode, Json<Merge>), ApiError> {
    let wanted: NewMerge = shape(&body, "merged")?;
    let (kept, merged) = (person_id(&id)?, person_id(&wanted.merged)?);
    let Expected::Revision(revision) = expected else { return Err(ApiError::precondition_missing()) };
    let asking = asking(&state, &caller, reason.given().cloned()).await?;
    let merge = people::merge(&*state.store, &asking, kept, merged, revision).await?;
    Ok((StatusCode::CREATED, Json(Merge { by: caller.staff.name, ..joined(&merge) })))
}
