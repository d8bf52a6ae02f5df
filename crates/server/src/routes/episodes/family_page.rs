//! `GET /api/v1/episodes/{id}/family-page`: what somebody of the family reads of the plan.

use assessment_api::{path, problem::ProblemDetails, team::FamilyPage};
use assessment_engine::disclosure::Audience;
use axum::{
    Json,
    extract::{Path, Query, State, rejection::QueryRejection},
};
use serde::Deserialize;

use super::{AccessReason, episode_id};
use crate::{episodes::Asking, error::ApiError, state::AppState, team};

/// Whose page.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Whose {
    /// `child`, or `parent.` and the row of the parent or carer in the newest assessment, from 0; only for those who make
    /// copies. Left out, it is the page of the one who asks.
    #[param(pattern = "^(?:child|parent\\.(?:0|[1-9][0-9]{0,3}))$")]
    reader: Option<String>,
}

/// Read what somebody of the family reads of the plan
///
/// What was agreed, who does what by when, and what this person said. Of the family, people read their own page: the name
/// with which they sign in is that of one person of the newest assessment. Only records that are complete are in it.
#[utoipa::path(
    get,
    operation_id = "read_family_page",
    path = path::FAMILY_PAGE,
    params(
        ("id" = String, Path, description = "The episode's id."),
        Whose,
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 200, description = "The page, or that there is none.", body = FamilyPage),
        (status = 400, description = "A parameter or a reason that cannot be read.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, you do not see the plan, or a reason is needed.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see, or nothing was sent.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn read(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    whose: Result<Query<Whose>, QueryRejection>,
    reason: AccessReason,
) -> Result<Json<FamilyPage>, ApiError> {
    let Query(Whose { reader }) = whose.map_err(|_| ApiError::bad_query())?;
    let reader = match reader.as_deref() {
        Some(text) => {
            let read = Audience::parse(text).filter(|one| one.is_family() && one.to_string() == text);
            Some(read.ok_or_else(ApiError::bad_query)?)
        }
        None => None,
    };
    state.operations.look_up(&asking.asker.actor)?;
    let (id, standards) = (episode_id(&id)?, state.evaluator.standards());
    Ok(Json(team::family_page(&*state.store, &asking, id, reader, standards, reason.given()).await?))
}
