//! `GET /api/v1/episodes/{id}/access-log`: who has seen the record, when and why.

use assessment_api::{
    episode::{AccessLog, AccessLogEntry},
    path,
    problem::ProblemDetails,
};
use assessment_people::access::Action;
use axum::{
    Json,
    extract::{Path, Query, State, rejection::QueryRejection},
};
use serde::Deserialize;

use super::{super::page, AccessReason, episode_id};
use crate::{
    clock,
    episodes::{Asking, open},
    error::ApiError,
    state::AppState,
    store::{audit::AuditPage, episodes::WantedAccess},
};

/// Which part of the log.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Page {
    /// How many, 1 to 200; 50 if left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// Only those before the entry with this number; `next` of the page before.
    #[param(value_type = Option<u64>)]
    before: Option<page::Edge>,
    /// Only those of this day or later, such as `2026-11-23`, or of this moment or later.
    from: Option<String>,
    /// Only those of this day or earlier, or before this moment.
    to: Option<String>,
}

/// See who has seen an episode, when and why
#[utoipa::path(
    get,
    operation_id = "read_access_log",
    path = path::ACCESS_LOG,
    params(
        ("id" = String, Path, description = "The episode's id."),
        Page,
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 200, description = "Newest first.", body = AccessLog),
        (status = 400, description = "A parameter or a reason that cannot be read.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, or a reason is needed.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn read(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    asked: Result<Query<Page>, QueryRejection>,
    reason: AccessReason,
) -> Result<Json<AccessLog>, ApiError> {
    let bad = || {
        ApiError::bad_parameter(
            "The address has a parameter that is not understood. Use `from` and `to` (days such as 2026-11-23, or moments), `limit` (1 to 200) and `before` (the number of an entry).",
        )
    };
    let Query(asked) = asked.map_err(|_| bad())?;
    let limit = page::limit(asked.limit).ok_or_else(bad)?;
    let wanted = WantedAccess {
        page: asked.before.map_or(AuditPage::Last, |edge| AuditPage::Before(edge.number())),
        from: asked.from.as_deref().map(|text| page::first(text).ok_or_else(bad)).transpose()?,
        until: asked.to.as_deref().map(|text| page::until(text).ok_or_else(bad)).transpose()?,
        limit: limit + 1,
    };
    let id = episode_id(&id)?;
    let mut open = open(&*state.store, &asking, Action::ReadAccessLog, id, reason.given()).await?;
    let mut found = open.episodes().access_log(&asking.asker, id, wanted).await?;
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let next = found.last().filter(|_| more).map(|last| last.sequence);
    let entries = found
        .into_iter()
        .map(|entry| AccessLogEntry {
            sequence: entry.sequence,
            at: clock::written(entry.at),
            name: entry.name,
            organisation: entry.organisation,
            action: entry.action,
            reason: entry.reason,
            refused: entry.refused,
        })
        .collect();
    open.close(&asking, reason.given()).await?;
    Ok(Json(AccessLog { entries, next }))
}
