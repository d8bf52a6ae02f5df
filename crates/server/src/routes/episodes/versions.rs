//! `GET /api/v1/episodes/{id}/versions` and below: which there are, their answers, and what differs between two.

use assessment_api::{
    episode::{AnswerChange, VersionDifferences, VersionList, VersionRecord, VersionSummary},
    path,
    problem::ProblemDetails,
};
use assessment_people::{
    access::{Action, Sections},
    difference::Change,
};
use axum::{
    Json,
    extract::{Path, Query, State, rejection::QueryRejection},
};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{AccessReason, episode_id, version};
use crate::{
    episodes::{Asking, Open, Shown, differences, open},
    error::ApiError,
    evaluation::Evaluator,
    state::AppState,
    store::assessments::StoredAssessment,
};

/// List the versions of an episode
#[utoipa::path(
    get,
    operation_id = "list_versions",
    path = path::VERSIONS,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 200, description = "Oldest first.", body = VersionList),
        (status = 400, description = "A reason that cannot be read.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, or a reason is needed.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, description = "Cannot read now; see `Retry-After`.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
) -> Result<Json<VersionList>, ApiError> {
    let id = episode_id(&id)?;
    let mut open = open(&*state.store, &asking, Action::ListVersions, id, reason.given()).await?;
    let numbers = open.stored.state.episode.versions().map_or(0, |all| all.newest().number());
    let mut versions = Vec::new();
    for number in 1..=numbers {
        versions.extend(summary(&mut open, &asking, number).await?);
    }
    open.close(&asking, reason.given()).await?;
    Ok(Json(VersionList { versions }))
}

/// Read a version's answers
///
/// Answers that you may not see are absent, and `whole` says whether any are.
#[utoipa::path(
    get,
    operation_id = "read_version",
    path = path::VERSION,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("number" = u32, Path, description = "The number of the version, from 1."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 200, description = "The answers that you may see.", body = VersionRecord),
        (status = 400, description = "A reason that cannot be read.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, or a reason is needed.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, description = "Cannot read now; see `Retry-After`.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn read(
    State(state): State<AppState>,
    asking: Asking,
    Path((id, number)): Path<(String, String)>,
    reason: AccessReason,
) -> Result<Json<VersionRecord>, ApiError> {
    state.operations.look_up(&asking.asker.actor)?;
    let id = episode_id(&id)?;
    let mut open = open(&*state.store, &asking, Action::ReadVersion, id, reason.given()).await?;
    let (summary, stored) = found(&mut open, &asking, number_of(&number)?).await?;
    let shown = Shown::of(&stored.answers, open.sight).ok_or_else(unreadable)?;
    let sees_all = Sections::ASSESSMENT.within(open.sight.sections());
    let raw = |json: String| RawValue::from_string(json).map_err(|_| unreadable());
    let mut superseded = Evaluator::superseded(&stored.answers);
    if !sees_all {
        superseded.clear();
    }
    let record = VersionRecord {
        version: summary,
        reference: stored.reference,
        whole: shown.whole,
        superseded,
        answers: raw(shown.answers)?,
        outcome: sees_all.then(|| raw(stored.outcome)).transpose()?,
    };
    open.close(&asking, reason.given()).await?;
    Ok(Json(record))
}

/// Compare which version.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct From {
    /// The number of the older version; the one before if left out.
    #[param(minimum = 1)]
    from: Option<u32>,
}

/// See what differs between two versions
///
/// Of a protected answer there is only that it changed.
#[utoipa::path(
    get,
    operation_id = "compare_versions",
    path = path::DIFFERENCES,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("number" = u32, Path, description = "The number of the newer version, from 2."),
        From,
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 200, description = "In the order of the form.", body = VersionDifferences),
        (status = 400, description = "A parameter or a reason that cannot be read.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, or a reason is needed.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, description = "Cannot read now; see `Retry-After`.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn compare(
    State(state): State<AppState>,
    asking: Asking,
    Path((id, number)): Path<(String, String)>,
    from: Result<Query<From>, QueryRejection>,
    reason: AccessReason,
) -> Result<Json<VersionDifferences>, ApiError> {
    state.operations.look_up(&asking.asker.actor)?;
    let Query(From { from }) = from.map_err(|_| ApiError::bad_query())?;
    let id = episode_id(&id)?;
    let mut open = open(&*state.store, &asking, Action::CompareVersions, id, reason.given()).await?;
    let number = number_of(&number)?;
    let from = from.unwrap_or(number.saturating_sub(1));
    if from >= number {
        return Err(ApiError::not_found());
    }
    let (from, old) = found(&mut open, &asking, from).await?;
    let (to, new) = found(&mut open, &asking, number).await?;
    let found = differences(&old.answers, &new.answers, open.sight).ok_or_else(unreadable)?;
    let changes = found
        .into_iter()
        .map(|one| {
            let (change, old, new) = match one.change {
                Change::Added { new } => ("added", None, Some(new)),
                Change::Removed { old } => ("removed", Some(old), None),
                Change::Changed { old, new } => ("changed", Some(old), Some(new)),
                Change::Protected => ("protected", None, None),
            };
            AnswerChange { path: one.path, change: change.to_owned(), old, new }
        })
        .collect();
    open.close(&asking, reason.given()).await?;
    Ok(Json(VersionDifferences { from, to, changes }))
}

fn number_of(text: &str) -> Result<u32, ApiError> {
    let is_plain = !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then(|| text.parse().ok()).flatten().ok_or_else(ApiError::not_found)
}

async fn found(
    open: &mut Open,
    asking: &Asking,
    number: u32,
) -> Result<(VersionSummary, StoredAssessment), ApiError> {
    let id = open.stored.state.episode.id();
    let summary = summary(open, asking, number).await?;
    let stored = open.episodes().version(&asking.asker, id, number).await?;
    summary.zip(stored).ok_or_else(ApiError::not_found)
}

async fn summary(open: &mut Open, asking: &Asking, number: u32) -> Result<Option<VersionSummary>, ApiError> {
    let mut versions = open.stored.state.episode.versions().into_iter().flat_map(|versions| versions.all());
    let Some(found) = versions.find(|one| one.number() == number).cloned() else { return Ok(None) };
    drop(versions);
    let name = open.episodes().name_of(&asking.asker, &found.sent().by.subject).await?;
    Ok(Some(version(&found, name)))
}

fn unreadable() -> ApiError {
    ApiError::unavailable("a stored assessment is not JSON")
}
