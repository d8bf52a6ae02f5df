//! `GET /api/v1/episodes/{id}/team-records/{kind}/{number}`: one record with its answers.

use assessment_api::{path, problem::ProblemDetails, team::TeamRecord};
use axum::{
    Json,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::header::ETAG,
    response::{IntoResponse as _, Response},
};
use serde::Deserialize;

use super::which;
use crate::{
    episodes::Asking,
    error::ApiError,
    respond::etag,
    routes::episodes::{AccessReason, episode_id},
    state::AppState,
    team,
};

/// Which revision.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Older {
    /// The number of an older revision; the newest if left out.
    #[param(minimum = 1)]
    revision: Option<u32>,
}

/// Read a plan, a meeting or a review
#[utoipa::path(
    get,
    operation_id = "read_team_record",
    path = path::TEAM_RECORD,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("kind" = String, Path, description = "`plan`, `meeting` or `review`."),
        ("number" = u32, Path, description = "The number of the record among those of its kind, from 1. There is one plan."),
        Older,
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 200, description = "Its answers. `ETag` is its newest revision, from which a save starts.", body = TeamRecord),
        (status = 400, description = "A parameter or a reason that cannot be read.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, you do not see this part of the record, or a reason is needed.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn read(
    State(state): State<AppState>,
    asking: Asking,
    Path((id, kind, number)): Path<(String, String, String)>,
    older: Result<Query<Older>, QueryRejection>,
    reason: AccessReason,
) -> Result<Response, ApiError> {
    let Query(Older { revision }) = older.map_err(|_| ApiError::bad_query())?;
    state.operations.look_up(&asking.asker.actor)?;
    let (id, which) = (episode_id(&id)?, which(&kind, &number)?);
    let found = team::read(&*state.store, &asking, id, which, revision, reason.given()).await?;
    let (record, newest) = found;
    Ok(([(ETAG, etag(newest.into()))], Json(record)).into_response())
}
