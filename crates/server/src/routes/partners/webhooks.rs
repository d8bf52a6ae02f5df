//! `GET /api/v1/partners/{id}/webhooks`: what a partner's server was told, and how that went.

use assessment_api::{
    partner::{WebhookList, WebhookShown},
    path,
    problem::ProblemDetails,
};
use axum::{
    Json,
    extract::{Path, Query, State, rejection::QueryRejection},
};
use serde::Deserialize;

use crate::{
    clock,
    episodes::Asking,
    error::ApiError,
    replaying,
    routes::page::{Edge, limit},
    state::AppState,
    store::webhooks::{Progress, StoredDelivery, WantedDeliveries},
};

/// Which part of the list.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Page {
    /// How many, 1 to 200; 50 if left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// Only those before the one with this number; `next` of the page before.
    #[param(value_type = Option<u64>)]
    before: Option<Edge>,
}

/// List what a partner's server was told
///
/// Newest first, with how far each delivery is, and nothing of the record that it is about.
#[utoipa::path(
    get,
    operation_id = "list_webhooks",
    path = path::WEBHOOKS,
    params(("id" = String, Path, description = "The id of a partner in the settings."), Page),
    responses(
        (status = 200, description = "Newest first.", body = WebhookList),
        (status = 400, description = "A parameter is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "Your role does not include this.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "There is no such partner.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(
    State(state): State<AppState>,
    asking: Asking,
    Path(partner): Path<String>,
    page: Result<Query<Page>, QueryRejection>,
) -> Result<Json<WebhookList>, ApiError> {
    let bad = || {
        ApiError::bad_parameter(
            "The address has a parameter that is not understood. Use `limit` (1 to 200) and `before` (`next` of the page before).",
        )
    };
    let Query(page) = page.map_err(|_| bad())?;
    let limit = limit(page.limit).ok_or_else(bad)?;
    let wanted = WantedDeliveries { before: page.before.map(Edge::number), limit };
    let (found, next) = replaying::list(&*state.store, &asking, &state.partners, &partner, wanted).await?;
    Ok(Json(WebhookList { webhooks: found.into_iter().map(shown).collect(), next }))
}

fn shown(stored: StoredDelivery) -> WebhookShown {
    let (state, due_at) = match stored.progress {
        Progress::Pending { due } => ("pending", Some(clock::written(due))),
        Progress::Delivered => ("delivered", None),
        Progress::Failed => ("failed", None),
    };
    WebhookShown {
        id: stored.id.hyphenated().to_string(),
        kind: stored.kind.as_str().to_owned(),
        at: clock::written(stored.at),
        state: state.to_owned(),
        attempts: stored.attempts,
        due_at,
        outcome: stored.outcome,
    }
}
