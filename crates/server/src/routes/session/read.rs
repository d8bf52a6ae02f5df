//! `GET /api/v1/session`: who is asking, and how long they still may.

use assessment_api::{
    path,
    session::{Session, Via},
};
use axum::{Json, extract::State, http::HeaderMap};

use crate::{
    caller::{Activity, Caller, KnownBy, recognise},
    clock,
    error::ApiError,
    state::AppState,
};

/// Ask who is signed in
///
/// This does not count as activity, so a page may ask without keeping anybody signed in.
#[utoipa::path(
    get,
    operation_id = "read_session",
    path = path::SESSION,
    responses(
        (status = 200, description = "Who it is.", body = Session),
    )
)]
pub(crate) async fn read(
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<Json<Session>, ApiError> {
    let caller = recognise(&headers, &state, Activity::DoesNotCount).await?;
    Ok(Json(described(caller, &state)))
}

/// Who it is, as their own browser may know it.
pub(super) fn described(caller: Caller, state: &AppState) -> Session {
    let person_digest = caller.person_digest();
    let (via, times) = match &caller.known_by {
        KnownBy::Demo => (Via::Demo, None),
        KnownBy::Token => (Via::Token, None),
        KnownBy::Session(session) => {
            let idle_until = state.session_policy().idle_until(session.seen_at).min(session.ends_at);
            (Via::Session, Some((state.clock.now(), idle_until, session.ends_at)))
        }
    };
    Session {
        name: caller.staff.name,
        organisation: caller.staff.organisation,
        roles: caller.staff.roles.into_iter().collect(),
        via,
        person_digest,
        asked_at: times.map(|(asked_at, ..)| clock::written(asked_at)),
        idle_until: times.map(|(_, idle_until, _)| clock::written(idle_until)),
        ends_at: times.map(|(.., ends_at)| clock::written(ends_at)),
    }
}
