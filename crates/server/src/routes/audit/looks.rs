//! `GET /api/v1/audit/looks`: looks that somebody should ask about.

use assessment_api::{
    audit::{AuditActor, LookToAskAbout, LooksToAskAbout},
    path,
    problem::ProblemDetails,
};
use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use crate::{
    caller::Caller,
    clock,
    error::ApiError,
    people::{self, Fits, Pattern},
    routes::{page, people::asking},
    state::AppState,
};

/// From when until when.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// From this day or moment on; the last seven days if left out.
    from: Option<String>,
    /// Until this day, or before this moment.
    to: Option<String>,
}

fn bad() -> ApiError {
    ApiError::bad_parameter(
        "The address has a parameter that is not understood. Use `from` and `to`: days such as 2026-11-23, or moments.",
    )
}

/// List looks that somebody should ask about
///
/// Looks at records of episodes that the person was never let into: by somebody of the child's family name, or at 20
/// different records within an hour. Copies of the register are listed, too. A pattern proves nothing.
#[utoipa::path(
    get,
    operation_id = "list_looks_to_ask_about",
    path = path::AUDIT_LOOKS,
    params(Wanted),
    responses(
        (status = 200, description = "No child is named.", body = LooksToAskAbout),
        (status = 400, description = "A parameter is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "Your role does not include this.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(
    State(state): State<AppState>,
    caller: Caller,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Json<LooksToAskAbout>, ApiError> {
    let Query(wanted) = wanted.map_err(|_| bad())?;
    let now = state.clock.now();
    let from = match &wanted.from {
        Some(text) => page::first(text).ok_or_else(bad)?,
        None => now.checked_sub(SignedDuration::from_hours(7 * 24)).unwrap_or(Timestamp::MIN),
    };
    let until = match &wanted.to {
        Some(text) => page::until(text).ok_or_else(bad)?,
        None => Timestamp::MAX,
    };
    let asking = asking(&state, &caller, None).await?;
    let (looks, more) = people::looks(&*state.store, &asking, from, until).await?;
    Ok(Json(LooksToAskAbout { looks: looks.into_iter().map(look).collect(), more }))
}

fn look(fits: Fits) -> LookToAskAbout {
    let pattern = match fits.pattern {
        Pattern::SameSurname => "same-surname",
        Pattern::ManyRecords => "many-records",
        Pattern::Exported => "exported",
    };
    LookToAskAbout {
        pattern: pattern.to_owned(),
        by: AuditActor { id: fits.actor, name: fits.name, organisation: fits.organisation },
        first: clock::written(fits.first),
        last: clock::written(fits.last),
        count: u64::try_from(fits.count).unwrap_or(u64::MAX),
        episodes: fits.episodes.iter().map(ToString::to_string).collect(),
    }
}
