//! `GET /api/v1/register/export`: the register as a file for a spreadsheet.

use assessment_api::{path, problem::ProblemDetails};
use assessment_engine::areas::Areas;
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::{
        HeaderValue,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{IntoResponse as _, Response},
};

use super::{
    super::episodes::{AccessReason, shown},
    Wanted, bad,
};
use crate::{
    clock,
    episodes::{self, Asking, Entry},
    error::ApiError,
    spreadsheet,
    state::AppState,
};

/// The first row.
const HEADINGS: [&str; 13] = [
    "id",
    "reference",
    "child",
    "state",
    "held_by",
    "urgent",
    "headline",
    "due_on",
    "opened_at",
    "changed_at",
    "cluster",
    "cluster_name",
    "wedge",
];

/// Export the register as a file
///
/// The same episodes as in the list, all at once, at most 1,000: comma-separated values as in RFC 4180, in UTF-8 with a
/// mark at the start, each cell in quotes. A cell that a spreadsheet would take for a formula begins with an apostrophe.
/// There are no addresses in it. The access log of each episode says that it was exported.
#[utoipa::path(
    get,
    operation_id = "export_register",
    path = path::REGISTER_EXPORT,
    params(
        Wanted,
        ("Access-Reason" = Option<String>, Header, description = "What it is for: percent-encoded, kept."),
    ),
    responses(
        (status = 200, description = "The file.", body = String, content_type = "text/csv"),
        (status = 400, description = "A parameter or a reason that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "Your role does not include this.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "More than 1,000 episodes; nothing was exported.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn export(
    State(state): State<AppState>,
    asking: Asking,
    wanted: Result<Query<Wanted>, QueryRejection>,
    reason: AccessReason,
) -> Result<Response, ApiError> {
    state.operations.look_up(&asking.asker.actor)?;
    let Query(wanted) = wanted.map_err(|_| bad())?;
    // A part of the list would be taken for the whole.
    if wanted.limit.is_some() || wanted.after.is_some() {
        return Err(bad());
    }
    let areas = state.evaluator.areas();
    let filter = wanted.filter(areas)?;
    let found = episodes::export(&*state.store, &asking, areas, &filter, reason.given()).await?;
    let entries = found.ok_or_else(ApiError::too_many_to_export)?;
    let file = spreadsheet::write(&HEADINGS, entries.iter().map(|entry| row(entry, areas)));
    let file = file.map_err(|_| ApiError::panicked())?;
    let name = HeaderValue::from_static("attachment; filename=\"register.csv\"");
    let kind = HeaderValue::from_static("text/csv; charset=utf-8; header=present");
    Ok(([(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, name)], file).into_response())
}

fn row(entry: &Entry, areas: &Areas) -> [String; HEADINGS.len()] {
    let shown = shown(&entry.stored, false);
    let cluster = entry.cluster.as_deref().and_then(|code| areas.cluster(code));
    let wedge = cluster.and_then(|cluster| areas.wedge(cluster.wedge.as_deref()?));
    let headline = shown.headline.map(|headline| format!("{} {}", headline.kind, headline.code));
    [
        entry.stored.state.episode.id().to_string(),
        shown.reference,
        shown.child_name.unwrap_or_default(),
        shown.state,
        shown.holder,
        if shown.urgent { "yes" } else { "no" }.to_owned(),
        headline.unwrap_or_default(),
        shown.due_on.unwrap_or_default(),
        clock::written(entry.opened_at),
        shown.changed_at,
        entry.cluster.clone().unwrap_or_else(|| Areas::NOT_KNOWN.to_owned()),
        cluster.map(|cluster| cluster.label.clone()).unwrap_or_default(),
        wedge.map(|wedge| wedge.label.clone()).unwrap_or_default(),
    ]
}
