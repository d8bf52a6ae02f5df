//! `PUT /api/v1/me`: save one's own page.

use assessment_api::{
    own_page::{Me, OwnPage},
    path,
    problem::{ProblemDetails, ProblemItem},
};
use axum::{extract::State, response::Response};

use super::{answer, page};
use crate::{
    body::JsonBody, caller::Caller, clock::date_in_england, drafts::Expected, episodes::Asking,
    episodes::NotDone, error::ApiError, own_page, state::AppState,
};

/// Save your own page
///
/// It holds what you would otherwise type on each assessment. Name, organisation and roles as sign-in tells them are not
/// changed by it.
#[utoipa::path(
    put,
    operation_id = "save_own_page",
    path = path::ME,
    request_body = OwnPage,
    params(
        ("If-None-Match" = Option<String>, Header, description = "`*` where there is no page yet."),
        ("If-Match" = Option<String>, Header, description = "The revision that this replaces, in quotes, as in `ETag`."),
    ),
    responses(
        (status = 200, description = "Saved; `ETag` is the new revision.", body = Me),
        (status = 400, description = "Not JSON, or conditions that are not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "Your role has no page, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "Changed elsewhere since; `ETag` is the current revision.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "Something on it cannot be right; `problems` names it.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn save(
    State(state): State<AppState>,
    caller: Caller,
    expected: Expected,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let now = state.clock.now();
    let asking = Asking::new(&caller.actor, &caller.staff, now).ok_or_else(ApiError::forbidden)?;
    // What was typed is never repeated in a refusal, so the member at fault is not named either.
    let wrong = || ApiError::wrong_shape(vec![ProblemItem::new("body", "wrong-kind")]);
    let page = page(body.members::<OwnPage>()?.ok_or_else(wrong)?);
    let problems = own_page::check(&page, date_in_england(now), &state.evaluator);
    if !problems.is_empty() {
        let problems = problems.into_iter().map(|(member, code)| ProblemItem::new(member, code.as_str()));
        return Err(ApiError::page_refused(problems.collect()));
    }
    let saved =
        own_page::save(&*state.store, &asking, page, expected).await.map_err(|error| match error {
            NotDone::Stale(current) => ApiError::page_changed_since(current),
            other => other.into(),
        })?;
    Ok(answer(caller.staff, Some(saved)))
}
