//! `GET /api/v1/register`: the episodes of the authority, newest first.

use assessment_api::{
    path,
    problem::ProblemDetails,
    register::{Register, RegisterAreas, RegisterCluster, RegisterEntry, RegisterWedge},
};
use assessment_engine::areas::Areas;
use assessment_people::id::EpisodeId;
use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
};

use super::{super::episodes::shown, Wanted, bad};
use crate::{
    clock,
    episodes::{self, Asking, Entry},
    error::ApiError,
    routes::page,
    state::AppState,
};

/// List the episodes of the authority
///
/// Newest first, by when they began. Shielded records are not in it.
#[utoipa::path(
    get,
    operation_id = "list_register",
    path = path::REGISTER,
    params(Wanted),
    responses(
        (status = 200, description = "Names are in the body only.", body = Register),
        (status = 400, description = "A parameter is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "Your role does not include this.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(
    State(state): State<AppState>,
    asking: Asking,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Json<Register>, ApiError> {
    state.operations.look_up(&asking.asker.actor)?;
    let Query(wanted) = wanted.map_err(|_| bad())?;
    let areas = state.evaluator.areas();
    let filter = wanted.filter(areas)?;
    let limit = page::limit(wanted.limit).ok_or_else(bad)?;
    let after = wanted.after.as_deref().map(|id| EpisodeId::parse(id).ok_or_else(bad)).transpose()?;
    let (found, next) = episodes::register(&*state.store, &asking, areas, &filter, after, limit).await?;
    Ok(Json(Register {
        episodes: found.into_iter().map(entry).collect(),
        next: next.map(|id| id.to_string()),
        areas: named(areas),
    }))
}

fn entry(entry: Entry) -> RegisterEntry {
    RegisterEntry {
        id: entry.stored.state.episode.id().to_string(),
        opened_at: clock::written(entry.opened_at),
        cluster: entry.cluster,
        shown: shown(&entry.stored, false),
    }
}

pub(super) fn named(areas: &Areas) -> RegisterAreas {
    let wedge = |one: &assessment_engine::areas::Wedge| RegisterWedge {
        code: one.code.clone(),
        label: one.label.clone(),
    };
    let cluster = |one: &assessment_engine::areas::Cluster| RegisterCluster {
        code: one.code.clone(),
        label: one.label.clone(),
        wedge: one.wedge.clone(),
    };
    RegisterAreas {
        wedges: areas.wedges.iter().map(wedge).collect(),
        clusters: areas.clusters.iter().map(cluster).collect(),
    }
}
