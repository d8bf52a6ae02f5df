//! `POST /api/v1/episodes/{id}/referral/written`: that the written form followed; `…/answer`: what the front door says to it.

use assessment_api::{
    episode_change::{NewReferralAnswer, NewWrittenForm},
    path,
    problem::ProblemDetails,
};
use assessment_people::episode::{ReferralAnswer, SentBy};
use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{AccessReason, changed, episode_id};
use crate::{
    body::JsonBody,
    drafts::Expected,
    episodes::{Asking, Change},
    error::ApiError,
    state::AppState,
};

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
