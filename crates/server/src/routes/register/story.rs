//! `GET`, `PUT`, `DELETE /api/v1/register/take-up/{quarter}/{measure}/story`: the story behind one number of take-up. What is typed is in
//! no address and no log.

use assessment_api::{
    episode::Deed,
    path,
    problem::ProblemDetails,
    take_up::{NewTakeUpStory, TakeUpStories, TakeUpStory},
};
use assessment_people::take_up::{About, Measure, Quarter};
use axum::{
    Json,
    extract::{Path, State},
    http::header::ETAG,
    response::{IntoResponse as _, Response},
};

use crate::{
    body::JsonBody,
    clock,
    drafts::Expected,
    episodes::{self, Asking, NotDone, Told},
    error::ApiError,
    respond::etag,
    state::AppState,
};

/// Read the story behind a number of take-up
///
/// Every wording that was ever written, the newest first. One without words took the story away.
#[utoipa::path(
    get,
    operation_id = "read_take_up_story",
    path = path::TAKE_UP_STORY,
    params(
        ("quarter" = String, Path, description = "The quarter, such as `2026-Q3`."),
        ("measure" = String, Path, description = "What was counted."),
    ),
    responses(
        (status = 200, description = "`ETag` is the revision of the newest; without one there is none yet.", body = TakeUpStories),
        (status = 403, description = "Your role does not include this.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "No number was published about this, or it is hidden.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn read(
    State(state): State<AppState>,
    asking: Asking,
    Path(about): Path<(String, String)>,
) -> Result<Response, ApiError> {
    let told = episodes::wordings(&*state.store, &asking, read_about(&about)).await?;
    let revision = told.first().map(|newest| newest.revision);
    let wordings = TakeUpStories { wordings: told.into_iter().map(shown).collect() };
    Ok(match revision {
        Some(revision) => ([(ETAG, etag(revision))], Json(wordings)).into_response(),
        None => Json(wordings).into_response(),
    })
}

/// Write the story behind a number of take-up
///
/// Why people think that the number is as it is. It must not name a child or a family. Earlier wordings stay; one without
/// words takes the story away.
#[utoipa::path(
    put,
    operation_id = "write_take_up_story",
    path = path::TAKE_UP_STORY,
    request_body = NewTakeUpStory,
    params(
        ("quarter" = String, Path, description = "The quarter, such as `2026-Q3`."),
        ("measure" = String, Path, description = "What was counted."),
        ("If-None-Match" = Option<String>, Header, description = "`*` where there is no story yet."),
        ("If-Match" = Option<String>, Header, description = "The revision that this follows, in quotes, as in `ETag`."),
    ),
    responses(
        (status = 200, description = "Saved; `ETag` is the new revision.", body = TakeUpStory),
        (status = 400, description = "Not JSON, or conditions that are not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "Your role does not include this, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "No number was published about this, or it is hidden.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "Another wording was saved since; `ETag` is its revision.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "Too long, or with characters that cannot be seen; `problems` says which.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn write(
    State(state): State<AppState>,
    asking: Asking,
    Path(about): Path<(String, String)>,
    expected: Expected,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let NewTakeUpStory { words } = body.shape()?;
    replied(episodes::tell_story(&*state.store, &asking, read_about(&about), words, expected).await)
}

/// Erase the story behind a number of take-up
///
/// With everything that was written before it, for a story that names a child or a family. A wording without words follows, and
/// a tombstone says who erased it and when. Nobody can bring the words back.
#[utoipa::path(
    delete,
    operation_id = "erase_take_up_story",
    path = path::TAKE_UP_STORY,
    params(
        ("quarter" = String, Path, description = "The quarter, such as `2026-Q3`."),
        ("measure" = String, Path, description = "What was counted."),
        ("If-Match" = String, Header, description = "The revision that was read, in quotes, as in `ETag`."),
    ),
    responses(
        (status = 200, description = "Erased; `ETag` is the revision of what follows.", body = TakeUpStory),
        (status = 400, description = "A condition that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "Your role does not include this, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "Nothing was ever written about this.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "Another wording was saved since; `ETag` is its revision.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn erase(
    State(state): State<AppState>,
    asking: Asking,
    Path(about): Path<(String, String)>,
    expected: Expected,
) -> Result<Response, ApiError> {
    let told = episodes::erase_story(&*state.store, &asking, read_about(&about), expected).await;
    replied(told)
}

/// The wording that is the newest now.
fn replied(told: Result<Told, NotDone>) -> Result<Response, ApiError> {
    let told = told.map_err(|error| match error {
        NotDone::Stale(current) => ApiError::story_changed_since(current),
        other => other.into(),
    })?;
    Ok(([(ETAG, etag(told.revision))], Json(shown(told))).into_response())
}

/// What a story is about; `None` of what there is not. Whether somebody may ask is found out first.
fn read_about((quarter, measure): &(String, String)) -> Option<About> {
    Some(About { quarter: Quarter::parse(quarter)?, measure: Measure::parse(measure)? })
}

/// A story as it is answered.
pub(super) fn shown(Told { revision, story, name, .. }: Told) -> TakeUpStory {
    let written = story.written();
    TakeUpStory {
        revision,
        said: Deed {
            name,
            organisation: written.by.organisation.code().to_owned(),
            at: clock::written(clock::from_microseconds(written.at.microseconds())),
        },
        words: if story.is_taken_away() { String::new() } else { story.words().to_owned() },
    }
}
