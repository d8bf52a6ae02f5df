//! `DELETE /api/v1/people/{id}/merges/{merge}`: the records are of two people after all.

use assessment_api::{
    path,
    person::{Decision, Merge, TakenApart},
    problem::ProblemDetails,
};
use assessment_people::merge::Later;
use axum::{
    Json,
    extract::{Path, State},
};

use super::{asking, joined, person_id};
use crate::{
    caller::Caller, drafts::Expected, error::ApiError, people, routes::episodes::AccessReason,
    state::AppState,
};

/// Take a join back
///
/// For 30 days, the last join first. What was written since stays with the record that was kept.
#[utoipa::path(
    delete,
    operation_id = "undo_merge",
    path = path::PERSON_MERGE,
    params(
        ("id" = String, Path, description = "The id of the record that was kept."),
        ("merge" = u64, Path, description = "The number of the join."),
        ("If-Match" = String, Header, description = "The revision of that record, in quotes, as in `ETag`."),
        ("Access-Reason" = Option<String>, Header, description = "Why they are two people after all, percent-encoded UTF-8. It is kept."),
    ),
    responses(
        (status = 200, description = "Two records again.", body = TakenApart),
        (status = 400, description = "Conditions or a reason that are not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "May not take it back, or from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "No such person or join.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 409, description = "Too long ago, taken back already, or a later join comes first; `detail` says which.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "Changed elsewhere since; `ETag` is the current revision.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn undo(
    State(state): State<AppState>,
    caller: Caller,
    Path((id, number)): Path<(String, String)>,
    expected: Expected,
    reason: AccessReason,
) -> Result<Json<TakenApart>, ApiError> {
    let kept = person_id(&id)?;
    let number = number.parse().map_err(|_| ApiError::not_found())?;
    let Expected::Revision(revision) = expected else { return Err(ApiError::precondition_missing()) };
    let asking = asking(&state, &caller, reason.given().cloned()).await?;
    let (merge, undone) = people::undo(&*state.store, &asking, kept, number, revision).await?;
    let merge = joined(&merge);
    let by_caller = merge.undone.map(|undone| Decision { by: caller.staff.name, ..undone });
    Ok(Json(TakenApart {
        merge: Merge { undone: by_caller, ..merge },
        look_at: undone.later.into_iter().map(part).map(str::to_owned).collect(),
    }))
}

fn part(later: Later) -> &'static str {
    match later {
        Later::Protection => "protection",
        Later::Names => "names",
        Later::Birth => "born",
        Later::Identifiers => "numbers",
        Later::Addresses => "addresses",
        Later::Phones => "phones",
        Later::Gp => "gps",
        Later::Notes => "notes",
    }
}
