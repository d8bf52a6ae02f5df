//! `GET /api/v1/me/due`: what is due in one's own episodes, without a word about the families.

use assessment_api::{
    path,
    problem::ProblemDetails,
    team::{DueEntry, DueList},
};
use assessment_people::id::EpisodeId;
use assessment_team::clocks::{About, Urgency};
use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
};
use serde::Deserialize;

use crate::{
    clock::date_in_england,
    episodes::{self, Asking, DueOf},
    error::ApiError,
    state::AppState,
    team::what,
};

/// Which episodes.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Page {
    /// Of how many episodes, 1 to 200; 50 if left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// Only those that come after the episode with this id; `next` of the page before.
    after: Option<String>,
}

/// List what is due in your episodes
///
/// Ids, days and codes only, so that a mail or a portal can pass it on. There may be pages without anything that is due.
#[utoipa::path(
    get,
    operation_id = "list_due",
    path = path::DUE,
    params(Page),
    responses(
        (status = 200, description = "Of each episode the most urgent first.", body = DueList),
        (status = 400, description = "A parameter is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You have no work here.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(
    State(state): State<AppState>,
    asking: Asking,
    page: Result<Query<Page>, QueryRejection>,
) -> Result<Json<DueList>, ApiError> {
    let Query(page) = page.map_err(|_| ApiError::bad_query())?;
    let limit = page.limit.unwrap_or(50);
    if !(1..=200).contains(&limit) {
        return Err(ApiError::bad_query());
    }
    let after = page.after.map(|id| EpisodeId::parse(&id).ok_or_else(ApiError::bad_query)).transpose()?;
    let rules = state.evaluator.clock_rules();
    let (episodes, next) = episodes::due_of(&*state.store, &asking, rules, after, limit).await?;
    let mut due = Vec::new();
    for DueOf { episode, running, without_owner } in episodes {
        due.extend(running.iter().filter_map(|one| {
            let needs_owner = matches!(&one.about, About::Action(owed)
                if owed.owner.as_ref().is_some_and(|owner| without_owner.contains(owner)));
            let (kind, number) = what(one);
            (needs_owner || one.urgency > Urgency::Later).then(|| DueEntry {
                episode: episode.to_string(),
                kind: kind.to_owned(),
                number,
                due_on: one.due.day.to_string(),
                urgency: one.urgency.code().to_owned(),
                needs_owner,
                moved_from: one.due.moved_from().map(|day| day.to_string()),
                bank_holidays_known_until: one.due.known_until.map(|day| day.to_string()),
            })
        }));
    }
    let today = date_in_england(asking.at).to_string();
    Ok(Json(DueList { today, due, next: next.map(|id| id.to_string()) }))
}
