//! `GET`, `POST /api/v1/episodes/{id}/notes`: what people say about an episode.

use assessment_api::{
    episode::Deed,
    note::{NewNote, NoteList, NoteSaid, NoteShown},
    path,
    problem::ProblemDetails,
};
use assessment_people::{
    id::NoteId,
    note::{Level, NoteKind, Said},
    protection::Protection,
};
use axum::{
    Json,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{StatusCode, header::ETAG},
    response::{IntoResponse as _, Response},
};
use serde::Deserialize;

use super::{super::page, AccessReason, episode_id, protection, revision};
use crate::{
    body::JsonBody,
    clock,
    drafts::Expected,
    episodes::{self, Asking},
    error::ApiError,
    respond::etag,
    state::AppState,
    store::notes::Wanted,
};

/// Which notes.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Page {
    /// How many, 1 to 200; 50 if left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// Only those after the one with this number; `next` of the page before.
    #[param(value_type = Option<u64>)]
    after: Option<page::Edge>,
}

/// Read what people said about an episode
///
/// Notes on sections that you do not see are absent.
#[utoipa::path(
    get,
    operation_id = "list_notes",
    path = path::NOTES,
    params(
        ("id" = String, Path, description = "The episode's id."),
        Page,
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 200, description = "Oldest first.", body = NoteList),
        (status = 400, description = "A parameter or a reason that cannot be read.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, or a reason is needed.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    page: Result<Query<Page>, QueryRejection>,
    reason: AccessReason,
) -> Result<Json<NoteList>, ApiError> {
    let Query(page) = page.map_err(|_| ApiError::bad_query())?;
    let limit = page::limit(page.limit).ok_or_else(ApiError::bad_query)?;
    state.operations.look_up(&asking.asker.actor)?;
    let wanted = Wanted { after: page.after.map_or(0, page::Edge::number), limit };
    let found = episodes::notes(&*state.store, &asking, episode_id(&id)?, wanted, reason.given()).await?;
    let (notes, next) = found;
    Ok(Json(NoteList { notes: notes.into_iter().map(shown).collect(), next }))
}

/// Say something about an episode
#[utoipa::path(
    post,
    operation_id = "add_note",
    path = path::NOTES,
    request_body = NewNote,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("If-Match" = String, Header, description = "The episode's revision, in quotes, as in `ETag`."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 201, description = "It is said, or was already. `ETag` is the episode's revision, which is what it was.", body = NoteSaid),
        (status = 400, description = "Not JSON, or a header that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, a reason is needed, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 409, description = "Not in this state, or the id is another note's.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "The episode has changed since; `ETag` is its revision.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "Not acceptable; `problems` says why.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn add(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
    expected: Expected,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let id = episode_id(&id)?;
    let new = read(body.shape()?).map_err(ApiError::wrong_member)?;
    let expected = revision(expected)?;
    let revision = episodes::say(&*state.store, &asking, id, expected, &new, reason.given()).await?;
    let said = NoteSaid { id: new.id.to_string() };
    Ok((StatusCode::CREATED, [(ETAG, etag(revision))], Json(said)).into_response())
}

/// What somebody says. The error names the member that is wrong.
fn read(new: NewNote) -> Result<episodes::NewNote, &'static str> {
    let kind = match (new.kind.as_str(), new.level.as_deref()) {
        ("comment", None) => NoteKind::Comment,
        ("safeguarding", None) => NoteKind::Safeguarding,
        ("second_opinion", Some(level)) => {
            NoteKind::SecondOpinion { level: Level::parse(level).ok_or("level")? }
        }
        ("comment" | "safeguarding" | "second_opinion", _) => return Err("level"),
        _ => return Err("kind"),
    };
    let kept = match new.protection.as_deref() {
        None => Some(Protection::Ordinary),
        Some(level) => Protection::ALL.into_iter().find(|one| protection(*one) == level),
    };
    Ok(episodes::NewNote {
        id: NoteId::parse(&new.id).ok_or("id")?,
        said: Said { kind, section: new.section, protection: kept.ok_or("protection")?, words: new.words },
    })
}

fn shown(shown: episodes::NoteShown) -> NoteShown {
    let (note, said) = (&shown.note, shown.note.said());
    let (kind, level) = match said.kind {
        NoteKind::Comment => ("comment", None),
        NoteKind::Safeguarding => ("safeguarding", None),
        NoteKind::SecondOpinion { level } => ("second_opinion", Some(level.code().to_owned())),
    };
    NoteShown {
        id: note.id().to_string(),
        kind: kind.to_owned(),
        level,
        section: said.section,
        protection: protection(said.protection),
        words: said.words.clone(),
        said: Deed {
            organisation: note.organisation().map_or_else(String::new, |one| one.code().to_owned()),
            at: clock::written(clock::from_microseconds(note.at().microseconds())),
            name: shown.name,
        },
    }
}
