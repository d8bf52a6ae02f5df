//! Unfinished work: saved revision by revision.

use std::collections::BTreeMap;

use axum::{
    Json,
    http::{StatusCode, header::ETAG},
    response::{IntoResponse, Response},
};
use serde_json::value::RawValue;

use assessment_api::{draft::SavedDraft, problem::ProblemItem};
use assessment_people::access::{About, Action, Resource};

use crate::{
    clock,
    drafts::Change,
    episodes::{self, Asking},
    error::ApiError,
    identifier::DraftId,
    respond::etag,
    state::AppState,
};

pub(super) mod delete;
pub(super) mod list;
pub(super) mod read;
pub(super) mod save;

/// A draft's body: any members, of which only `form_version` is read.
type Members<'a> = BTreeMap<String, &'a RawValue>;

/// Reads the id from the address of a draft that may not exist yet.
fn draft_id(text: &str) -> Result<DraftId, ApiError> {
    DraftId::parse(text)
        .ok_or_else(|| ApiError::wrong_shape(vec![ProblemItem::new("id", "not-a-random-uuid")]))
}

/// Whether they may do this with drafts of their own. Whose a draft is, the store asks: it gives nobody another person's.
async fn may(state: &AppState, asking: &Asking, action: Action) -> Result<(), ApiError> {
    let own = match action.about() {
        About::Draft => Resource::Draft { owner: &asking.asker.subject },
        _ => Resource::Nothing,
    };
    Ok(episodes::permitted(&*state.store, asking, action, &own).await?)
}

/// The reply to a change.
fn reply(id: DraftId, change: Change) -> Result<Response, ApiError> {
    match change {
        Change::Done { revision, saved_at } => {
            let status = if revision == 1 { StatusCode::CREATED } else { StatusCode::OK };
            let saved = SavedDraft { id: id.to_string(), revision, saved_at: clock::written(saved_at) };
            Ok((status, [(ETAG, etag(revision))], Json(saved)).into_response())
        }
        Change::Stale { current } => Err(ApiError::stale(current)),
        Change::AlreadyDeleted { current } => Err(ApiError::draft_deleted(current)),
        Change::Missing => Err(ApiError::not_found()),
    }
}
