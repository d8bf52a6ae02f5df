//! `GET /api/v1/audit`: the audit trail of everybody.

pub(super) mod looks;

use assessment_api::{
    audit::{AuditActor, AuditEntry, AuditRecord, AuditTrail},
    path,
    problem::ProblemDetails,
};
use assessment_people::{
    audit::Cut,
    id::{EpisodeId, PersonId},
};
use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
};
use serde::Deserialize;

use super::{episodes::AccessReason, page, people::asking};
use crate::{
    caller::Caller,
    clock,
    error::ApiError,
    people::{self, EntryShown, TrailFilter},
    state::AppState,
    store::audit::AuditPage,
};

/// Which entries.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Only those about the person with this id and their episodes.
    person: Option<String>,
    /// Only those about the episode with this id and its versions.
    episode: Option<String>,
    /// Only those of this day or later, such as `2026-11-23`, or of this moment or later.
    from: Option<String>,
    /// Only those of this day or earlier, or before this moment.
    to: Option<String>,
    /// How many, 1 to 200; 50 if left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// Only those before the entry with this number, newest first; `next` of the page before.
    #[param(value_type = Option<u64>)]
    before: Option<page::Edge>,
    /// Only those after the entry with this number, oldest first. 0 begins with the first.
    #[param(value_type = Option<u64>)]
    after: Option<page::Edge>,
}

fn bad() -> ApiError {
    ApiError::bad_parameter(
        "The address has a parameter that is not understood. Use `person`, `episode` (ids), `from` and `to` (days such as 2026-11-23, or moments), `limit` (1 to 200), and one of `before` and `after` (numbers of entries).",
    )
}

/// Read the audit trail of everybody
///
/// Codes, ids and the names of staff as of then, and nothing that a form says. Each entry is shown; the record and the
/// reason are withheld where you may not know of the record. Reading this is an entry of its own.
#[utoipa::path(
    get,
    operation_id = "read_audit",
    path = path::AUDIT,
    params(
        Wanted,
        ("Access-Reason" = Option<String>, Header, description = "Why you look: percent-encoded, kept."),
    ),
    responses(
        (status = 200, description = "A page of it.", body = AuditTrail),
        (status = 400, description = "A parameter or a reason that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "Your role does not include this.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "No such person or episode that you may know of.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn read(
    State(state): State<AppState>,
    caller: Caller,
    wanted: Result<Query<Wanted>, QueryRejection>,
    reason: AccessReason,
) -> Result<Json<AuditTrail>, ApiError> {
    let Query(wanted) = wanted.map_err(|_| bad())?;
    let filter = filter(&wanted)?;
    let asking = asking(&state, &caller, reason.given().cloned()).await?;
    let (entries, more) = people::trail(&*state.store, &asking, &filter).await?;
    let next = entries.last().filter(|_| more).map(|last| last.entry.sequence);
    Ok(Json(AuditTrail { entries: entries.into_iter().map(entry).collect(), next }))
}

fn filter(wanted: &Wanted) -> Result<TrailFilter, ApiError> {
    let page = match (wanted.before, wanted.after) {
        (None, None) => AuditPage::Last,
        (Some(edge), None) => AuditPage::Before(edge.number()),
        (None, Some(edge)) => AuditPage::After(edge.number()),
        (Some(_), Some(_)) => return Err(bad()),
    };
    let moment = |text: &Option<String>, read: fn(&str) -> Option<jiff::Timestamp>| {
        text.as_ref().map(|text| read(text).ok_or_else(bad)).transpose()
    };
    // What is no id is nobody's.
    let person = wanted.person.as_deref().map(|id| PersonId::parse(id).ok_or_else(ApiError::not_found));
    let episode = wanted.episode.as_deref().map(|id| EpisodeId::parse(id).ok_or_else(ApiError::not_found));
    Ok(TrailFilter {
        page,
        limit: page::limit(wanted.limit).ok_or_else(bad)?,
        from: moment(&wanted.from, page::first)?,
        until: moment(&wanted.to, page::until)?,
        person: person.transpose()?,
        episode: episode.transpose()?,
    })
}

fn entry(EntryShown { entry, is_withheld }: EntryShown) -> AuditEntry {
    // What is left of the trail itself is for verifying it.
    let is_about_none = entry.subject_id == "self" || entry.subject_kind == Cut::KIND;
    let record = AuditRecord { kind: entry.subject_kind, id: entry.subject_id, episode: entry.episode };
    AuditEntry {
        sequence: entry.sequence,
        at: clock::written(entry.at),
        by: AuditActor { id: entry.actor, name: entry.name, organisation: entry.organisation },
        action: entry.action,
        record: (!is_withheld && !is_about_none).then_some(record),
        withheld: is_withheld,
        reason: entry.reason.filter(|_| !is_withheld),
    }
}
