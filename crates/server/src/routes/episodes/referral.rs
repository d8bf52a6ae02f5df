//! `POST /api/v1/episodes/{id}/referral`: social care is asked for help; `GET`: what was sent to it. `…/written`: that the
//! written form followed; `…/not-written`: that it did not; `…/answer`: what the front door says.

use assessment_api::{
    episode::Deed,
    episode_change::{NewReferralAnswer, NewWrittenForm, NotWritten},
    path,
    problem::{ProblemDetails, ProblemItem},
    referral::{NewReferral, ReferralList, SentDocument, SentReferral},
};
use assessment_people::{
    episode::{ReferralAnswer, SentBy},
    id::ReferralId,
};
use assessment_team::ReferralForm;
use axum::{
    Json,
    extract::{Path, State},
    http::{StatusCode, header::ETAG},
    response::{IntoResponse as _, Response},
};

use super::{AccessReason, changed, episode_id, needed, revision};
use crate::{
    body::JsonBody,
    clock,
    drafts::Expected,
    episodes::{self, Asking, Change, FrontDoor},
    error::ApiError,
    respond::etag,
    state::AppState,
};

/// The most parts of a document, the most lines of a part, and the most characters of a heading, a label or an answer.
const MAX_PARTS: usize = 500;
const MAX_LINES: usize = 500;
const MAX_TEXT: usize = 8000;

/// Ask social care for help
///
/// In any state in which nothing was asked yet and early help has the lead. Ring first: this is what follows the call. From
/// then on the front door sees the episode, and the clocks of the written form and of the answer run. Safe to repeat with the
/// same `id` and the same answers and document: social care is asked once.
#[utoipa::path(
    post,
    operation_id = "refer_episode",
    path = path::REFERRAL,
    request_body = NewReferral,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("If-Match" = String, Header, description = "The episode's revision, in quotes, as in `ETag`."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 204, description = "Done. `ETag` is the episode's new revision."),
        (status = 400, description = "Not JSON, or a header that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, a reason is needed, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 409, description = "Another referral has this id, social care was asked already or has the lead, nobody knows which organisation it is, or the episode is closed.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "The episode has changed since; `ETag` is its revision.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "Something is missing, cannot be right, or gives a protected address away; `problems` says what.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn refer(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
    expected: Expected,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let id = episode_id(&id)?;
    let new: NewReferral = body.shape()?;
    let own_id = ReferralId::parse(&new.id).ok_or_else(|| ApiError::wrong_member("id"))?;
    let (form, unread) =
        ReferralForm::from_value(new.answers).map_err(|_| ApiError::wrong_member("answers"))?;
    if !unread.is_empty() {
        let item = |one: &assessment_form::Unread| {
            ProblemItem::new(["answers.", &one.path].concat(), one.code.as_str())
        };
        return Err(ApiError::wrong_shape(unread.iter().map(item).collect()));
    }
    if !is_document(&new.document) {
        return Err(ApiError::wrong_member("document"));
    }
    let expected = revision(expected)?;
    let evaluator = &state.evaluator;
    let front_door = FrontDoor {
        organisation: state.front_door.as_ref(),
        pack: &evaluator.standards().pack,
        lists: evaluator.team_rules().lists,
    };
    let asked = episodes::NewReferral {
        id: own_id,
        form,
        document: new.document,
        shares_address: new.shares_address,
    };
    let revision =
        episodes::refer(&*state.store, &asking, front_door, id, expected, &asked, reason.given()).await?;
    Ok((StatusCode::NO_CONTENT, [(ETAG, etag(revision))]).into_response())
}

/// Whether a document has something in it, and not too much.
fn is_document(document: &SentDocument) -> bool {
    let fits = |text: &str| text.chars().nth(MAX_TEXT).is_none();
    let is_part = |part: &assessment_api::referral::SentPart| {
        (1..=MAX_LINES).contains(&part.lines.len())
            && fits(&part.heading)
            && part.lines.iter().all(|line| fits(&line.label) && fits(&line.value))
    };
    (1..=MAX_PARTS).contains(&document.parts.len()) && document.parts.iter().all(is_part)
}

/// Read what was sent to social care
///
/// As it was sent, the newest first. That the front door reads the newest is its receipt of the written form.
#[utoipa::path(
    get,
    operation_id = "list_sent_referrals",
    path = path::REFERRAL,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 200, description = "What was sent.", body = ReferralList),
        (status = 400, description = "A reason that cannot be read.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, or a reason is needed.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn sent(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
) -> Result<Json<ReferralList>, ApiError> {
    state.operations.look_up(&asking.asker.actor)?;
    let id = episode_id(&id)?;
    let found = episodes::sent_referrals(&*state.store, &asking, id, reason.given()).await?;
    let shown = |one: episodes::SentShown| SentReferral {
        to: one.sent.to.code().to_owned(),
        sent: Deed {
            name: one.name,
            organisation: one.sent.sent.by.organisation.code().to_owned(),
            at: clock::written(clock::moment(one.sent.sent.at)),
        },
        document: one.is_shown.then_some(one.sent.document),
    };
    Ok(Json(ReferralList { referrals: found.into_iter().map(shown).collect() }))
}

/// Say that the written form of a referral was sent
///
/// It follows the telephone call within 24 hours. Said again it changes nothing: the first time counts.
#[utoipa::path(
    post,
    operation_id = "write_referral",
    path = path::REFERRAL_WRITTEN,
    request_body = NewWrittenForm,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("If-Match" = String, Header, description = "The episode's revision, in quotes, as in `ETag`."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 204, description = "Done. `ETag` is the episode's new revision."),
        (status = 400, description = "Not JSON, or a header that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, a reason is needed, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 409, description = "No referral is waiting.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "The episode has changed since; `ETag` is its revision.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "Not acceptable; `problems` says why.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn written(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
    expected: Expected,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let id = episode_id(&id)?;
    let new: NewWrittenForm = body.shape()?;
    let by = SentBy::parse(&new.by).ok_or_else(|| ApiError::wrong_member("by"))?;
    changed(&state, &asking, id, expected, Change::WriteReferral(by), &reason).await
}

/// Say that the written form of a referral was not sent
///
/// Although somebody had said so. Its clock runs again. Not once the front door has opened the record here.
#[utoipa::path(
    post,
    operation_id = "take_back_written_referral",
    path = path::REFERRAL_NOT_WRITTEN,
    request_body = NotWritten,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("If-Match" = String, Header, description = "The episode's revision, in quotes, as in `ETag`."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 204, description = "Done. `ETag` is the episode's new revision."),
        (status = 400, description = "Not JSON, or a header that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, a reason is needed, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 409, description = "No referral is waiting, nobody has said that it was sent, or the front door has opened it here.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "The episode has changed since; `ETag` is its revision.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "Not acceptable; `problems` says why.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn not_written(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
    expected: Expected,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let id = episode_id(&id)?;
    let new: NotWritten = body.shape()?;
    let change = Change::TakeBackWritten(needed("reason", &new.reason)?);
    changed(&state, &asking, id, expected, change, &reason).await
}

/// Answer a referral
///
/// Once it is not accepted, early help goes on and the front door sees the episode no longer.
#[utoipa::path(
    post,
    operation_id = "answer_referral",
    path = path::REFERRAL_ANSWER,
    request_body = NewReferralAnswer,
    params(
        ("id" = String, Path, description = "The episode's id."),
        ("If-Match" = String, Header, description = "The episode's revision, in quotes, as in `ETag`."),
        ("Access-Reason" = Option<String>, Header, description = "Why, where that is asked: percent-encoded, kept."),
    ),
    responses(
        (status = 204, description = "Done. `ETag` is the episode's new revision."),
        (status = 400, description = "Not JSON, or a header that is not understood.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not, a reason is needed, or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "None that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 409, description = "No referral is waiting.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 412, description = "The episode has changed since; `ETag` is its revision.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "Not acceptable; `problems` says why.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn answer(
    State(state): State<AppState>,
    asking: Asking,
    Path(id): Path<String>,
    reason: AccessReason,
    expected: Expected,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let id = episode_id(&id)?;
    let new: NewReferralAnswer = body.shape()?;
    let answer = match new.answer.as_str() {
        "accepted" => ReferralAnswer::Accepted,
        "not_accepted" => ReferralAnswer::NotAccepted,
        _ => return Err(ApiError::wrong_member("answer")),
    };
    let change = Change::AnswerReferral(answer);
    changed(&state, &asking, id, expected, change, &reason).await
}
