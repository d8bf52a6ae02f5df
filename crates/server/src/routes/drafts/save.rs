//! `PUT /api/v1/drafts/{id}`: add a revision. The content is stored as sent, however incomplete.

use assessment_api::{
    draft::{DraftContent, SavedDraft},
    path,
    problem::{ProblemDetails, ProblemItem},
};
use assessment_people::access::Action;
use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{Members, draft_id, may, reply};
use crate::{
    body::JsonBody,
    digest::sha256_hex,
    drafts::{self, Expected},
    episodes::Asking,
    error::ApiError,
    state::AppState,
    store::drafts::NewContent,
};

/// Save a draft
///
/// Every revision is kept. Safe to repeat: the same bytes on the same revision are stored once.
#[utoipa::path(
    put,
    operation_id = "save_draft",
    path = path::DRAFT,
    params(
        ("id" = String, Path, description = "A random UUID (version 4) that the browser made for this draft."),
        ("If-None-Match" = Option<String>, Header, description = "`*` to create."),
        ("If-Match" = Option<String>, Header, description = "The revision that this replaces, in quotes."),
    ),
    request_body(content = DraftContent, description = "At most 1 MiB of UTF-8, at most 64 deep, no name twice. Other members are stored too."),
    responses(
        (status = 200, description = "Stored; `ETag` is the new revision.", body = SavedDraft),
        (status = 201, description = "Stored as the first revision.", body = SavedDraft),
        (status = 400, description = "Not JSON, or conditions that are not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "From another site's page, or your role does not include this.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "No such draft to replace.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "Saved elsewhere since; `ETag` is the current revision.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "The id is not a random UUID, or there is no `form_version`.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn save(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    expected: Expected,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let action = if expected == Expected::Nothing { Action::CreateDraft } else { Action::SaveDraft };
    may(&state, &asking, action).await?;
    let id = draft_id(&id)?;
    let at = state.clock.now();
    let content = NewContent {
        sha256: sha256_hex(body.bytes()),
        form_version: form_version(body.text()?).map_err(|problem| ApiError::wrong_shape(vec![problem]))?,
        body: body.bytes().to_vec(),
    };
    reply(id, drafts::save(&*state.store, &asking.asker.actor, id, expected, &content, at).await?)
}

/// The one member that every draft must have: it says how to read the others.
fn form_version(text: &str) -> Result<String, ProblemItem> {
    let members: Members<'_> =
        serde_json::from_str(text).map_err(|_| ProblemItem::new("body", "wrong-kind"))?;
    let raw = members.get("form_version").ok_or_else(|| ProblemItem::new("form_version", "missing"))?;
    serde_json::from_str(raw.get()).map_err(|_| ProblemItem::new("form_version", "wrong-kind"))
}
