//! `DELETE /api/v1/episodes/{id}`: erases a closed episode because a person decided so.

use assessment_api::{path, problem::ProblemDetails, retention::ErasedRecord};
use axum::{
    Json,
    extract::{Path, State},
};

use super::{AccessReason, episode_id, name, revision};
use crate::{
    drafts::Expected,
    episodes::{self, Asking, NotDone},
    error::ApiError,
    state::AppState,
};

/// Erase a closed episode
///
/// It and everything that is only its own is gone for good. Ids, days and the audit trail stay.
#[utoipa::path(
    delete,
    operation_id = "erase_episode",
    path = path::EPISODE,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("If-Match" = String, Header, description = "The episode's revision, in quotes, as in `ETag`."),
        ("Access-Reason" = String, Header, description = "Why, without a name: percent-encoded, kept."),
    ),
    responses(
        (status = 200, description = "Erased; this is what is left.", body = ErasedRecord),
        (status = 400, description = "A header that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, a reason is needed, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 409, description = "It is not closed; or it has to be kept, and `detail` says why.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 410, description = "It was erased before; only for those who may know it.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "The episode has changed since; `ETag` is its revision.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn erase(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
    expected: Expected,
) -> Result<Json<ErasedRecord>, ApiError> {
    let (id, expected) = (episode_id(&id)?, revision(expected)?);
    let left = match episodes::erase_decided(&*state.store, &asking, id, expected, reason.given()).await {
        Ok(left) => left,
        Err(refused) => return Err(or_erased(&state, &asking, id, refused).await?),
    };
    Ok(Json(ErasedRecord {
        episode: left.id,
        because: name(left.because),
        erased_on: left.erased_on.to_string(),
        versions: left.versions,
        people: left.people,
    }))
}

/// The refusal; or, where there is no such episode because it was erased and they may know that, that.
pub(super) async fn or_erased(
    state: &AppState,
    asking: &Asking,
    id: assessment_people::id::EpisodeId,
    refused: NotDone,
) -> Result<ApiError, ApiError> {
    use assessment_people::access::Answer;
    let is_unknown = matches!(
        refused,
        NotDone::Refused(Answer::Unknown)
            | NotDone::RefusedLook { answer: Answer::Unknown, .. }
            | NotDone::Missing
    );
    if is_unknown && episodes::left_of(&*state.store, asking, id).await?.is_some() {
        return Ok(ApiError::erased());
    }
    Ok(refused.into())
}
