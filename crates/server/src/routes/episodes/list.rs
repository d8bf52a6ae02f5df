//! `GET /api/v1/episodes`: somebody's work, urgent ones first, then those that are due soonest.

use assessment_api::{
    episode::{EpisodeList, EpisodeSummary},
    path,
    problem::ProblemDetails,
};
use assessment_people::id::EpisodeId;
use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
};
use serde::Deserialize;

use super::{shown, shown_to_family};
use crate::{
    episodes::{self, Asking, Item, Whose},
    error::ApiError,
    state::AppState,
};

/// Which part of the list.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Page {
    /// `mine` for episodes that you were let into, `organisation` for those that your organisation holds or that were
    /// referred to it. `mine` if left out.
    whose: Option<String>,
    /// How many, 1 to 200; 50 if left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// Only those that come after the episode with this id; `next` of the page before.
    after: Option<String>,
}

/// List your work
///
/// Episodes that open only with a reason are in it as an id and nothing else.
#[utoipa::path(
    get,
    operation_id = "list_episodes",
    path = path::EPISODES,
    params(Page),
    responses(
        (status = 200, description = "Names are in the body only.", body = EpisodeList),
        (status = 400, description = "A parameter is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You have no work here.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(
    State(state): State<AppState>,
    asking: Asking,
    page: Result<Query<Page>, QueryRejection>,
) -> Result<Json<EpisodeList>, ApiError> {
    let Query(page) = page.map_err(|_| ApiError::bad_query())?;
    let limit = page.limit.unwrap_or(50);
    let whose = match page.whose.as_deref() {
        None | Some("mine") => Whose::Mine,
        Some("organisation") => Whose::Organisations,
        Some(_) => return Err(ApiError::bad_query()),
    };
    if !(1..=200).contains(&limit) {
        return Err(ApiError::bad_query());
    }
    let after = page.after.map(|id| EpisodeId::parse(&id).ok_or_else(ApiError::bad_query)).transpose()?;
    let (items, next) = episodes::list(&*state.store, &asking, whose, after, limit).await?;
    let episodes = items
        .into_iter()
        .map(|item| match item {
            Item::NeedsReason(id) => EpisodeSummary { id: id.to_string(), needs_reason: true, shown: None },
            Item::Shown { stored, mine, family } => EpisodeSummary {
                id: stored.state.episode.id().to_string(),
                needs_reason: false,
                shown: Some(if family { shown_to_family(&stored, mine) } else { shown(&stored, mine) }),
            },
        })
        .collect();
    Ok(Json(EpisodeList { episodes, next: next.map(|id| id.to_string()) }))
}
