//! `POST /api/v1/assessments`: receive, check, evaluate again, compare, store, and give a receipt.
//!
//! Order matters: a repeat is answered before anything is evaluated, so a receipt does not change with the date or the
//! rule pack. Nothing is stored before everything that can refuse has passed.

use assessment_api::{
    assessment::{Difference, NewAssessment, Receipt, Shown},
    header, path,
    problem::ProblemDetails,
};
use assessment_people::id::{EpisodeId, PersonId};
use axum::{
    extract::{FromRequestParts, State},
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{CONTENT_TYPE, LOCATION},
        request::Parts,
    },
    response::{IntoResponse, Response},
};
use jiff::{ToSpan as _, civil::Date};

use crate::{
    assessments::{self, Submitted},
    body::JsonBody,
    caller::{Caller, KnownBy, person_digest},
    clock,
    digest::sha256_hex,
    episodes::{self, Asking, FromAnswers, Link, Sent},
    error::ApiError,
    evaluation::Evaluator,
    identifier::{AssessmentId, random_reference, random_uuid},
    state::AppState,
    store::{self, receipts::StoredReceipt},
    submission,
};

/// Send a finished assessment
///
/// Safe to repeat with the same `Idempotency-Key` and the same bytes: the same receipt comes back.
#[utoipa::path(
    post,
    operation_id = "submit_assessment",
    path = path::ASSESSMENTS,
    request_body(content = NewAssessment, description = "At most 1 MiB of UTF-8, at most 64 deep, no name twice."),
    params(
        ("Idempotency-Key" = String, Header, description = "1 to 128 visible ASCII characters, random, one per assessment."),
        ("Sent-By" = Option<String>, Header, description = "The `person_digest` of the session in which it was sent first, or `nobody`. Anyone else's session is refused."),
    ),
    responses(
        (status = 201, description = "Stored, now or by an earlier attempt.", body = Receipt),
        (status = 400, description = "No key, or not JSON.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 403, description = "You may not start an episode, or not do this to that one; or `Sent-By` names another person; or it came from another site's page.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "`episode` is none that you may see.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 409, description = "This key is being worked on; see `Retry-After`. Or somebody has sent a version since; or the episode's state does not allow it.", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 422, description = "Not acceptable as it is; `problems` names questions and codes.", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn submit(
    State(state): State<AppState>,
    asking: Asking,
    caller: Caller,
    key: IdempotencyKey,
    headers: HeaderMap,
    body: JsonBody,
) -> Result<Response, ApiError> {
    let actor = &asking.asker.actor;
    // A record that waits on a device may meet the session of the next person who uses it.
    let own = person_digest(actor);
    let is_session = matches!(caller.known_by, KnownBy::Session(_));
    let is_theirs = |said: &HeaderValue| said == own.as_str() || (!is_session && said == header::NOBODY);
    if !headers.get_all(header::SENT_BY).iter().all(is_theirs) {
        return Err(ApiError::sent_by_another());
    }
    let sha256 = sha256_hex(body.bytes());
    let Some(_claim) = state.in_flight().claim(actor.id(), &key.0) else {
        return Err(ApiError::key_in_flight());
    };
    if let Some(stored) = assessments::receipt(&*state.store, actor, &key.0).await? {
        return repeat(stored, &sha256);
    }
    let Prepared { assessment, receipt, from, link } = prepare(&state, &asking, &body, &sha256)?;
    let sent = Sent {
        assessment: &assessment,
        receipt: &receipt,
        from: &from,
        link: link.as_ref(),
        front_door: state.front_door.as_ref(),
        new_episode: EpisodeId::from_uuid(random_uuid()?),
    };
    match episodes::submit(&*state.store, &asking, &key.0, &sent).await? {
        Submitted::Stored => created(receipt, &path::assessment(&assessment.id.to_string())),
        // Another process with the same store was faster.
        Submitted::KeyUsed(stored) => repeat(stored, &sha256),
    }
}

/// An assessment to store, its receipt as JSON, and what an episode takes from it.
struct Prepared {
    assessment: store::assessments::NewAssessment,
    receipt: String,
    from: FromAnswers,
    link: Option<Link>,
}

/// Everything that can refuse for what is sent is in here.
fn prepare(state: &AppState, asking: &Asking, body: &JsonBody, sha256: &str) -> Result<Prepared, ApiError> {
    let submission = submission::read(body.text()?).map_err(ApiError::wrong_shape)?;
    if !Evaluator::accepts(&submission.form_version) {
        return Err(ApiError::unknown_form_version());
    }
    let now = asking.at;
    let day = judged_on(submission.sent_on, clock::date_in_england(now));
    let evaluation = state
        .evaluator
        .assess(&submission.form_version, submission.answers, day)
        .map_err(|problems| ApiError::answers_refused(problems, day))?;
    let evaluated = evaluation.evaluated;
    let difference = submission.shown.and_then(|shown| difference(shown, &evaluated));
    let (id, reference) = (AssessmentId::random()?, random_reference()?);
    let headline = Some(evaluation.headline.clone());
    let child = PersonId::from_uuid(random_uuid()?);
    let from = FromAnswers::read(&evaluation.answers, &evaluated, headline, &reference, child);
    let receipt = Receipt {
        id: id.to_string(),
        reference,
        suggestion: evaluated.suggestion,
        urgent: evaluated.urgent,
        pack_version: evaluated.pack_version,
        form_version: submission.form_version,
        sha256: sha256.to_owned(),
        received_at: clock::written(now),
        not_recorded: evaluation.not_recorded,
        contradictions: evaluation.contradictions,
        difference,
    };
    let assessment = store::assessments::NewAssessment {
        id,
        reference: receipt.reference.clone(),
        received_at: now,
        form_version: receipt.form_version.clone(),
        pack_version: receipt.pack_version.clone(),
        body: body.bytes().to_vec(),
        sha256: receipt.sha256.clone(),
        answers: submission.answers.to_owned(),
        outcome: evaluation.outcome,
        difference: receipt.difference.as_ref().map(json).transpose()?,
        child_name: evaluation.child_name,
        suggestion: receipt.suggestion.clone(),
        headline: evaluation.headline,
    };
    Ok(Prepared { assessment, receipt: json(&receipt)?, from, link: submission.link })
}

/// The day as of which a record is checked and evaluated: that on which the practitioner sent it, where it can be. A device
/// may have been without a network for weeks; a clock that is further off is wrong.
fn judged_on(sent_on: Option<Date>, today: Date) -> Date {
    const WAITED_DAYS: i64 = 40;
    const AHEAD_DAYS: i64 = 1;
    let first = today.saturating_sub(WAITED_DAYS.days());
    let last = today.saturating_add(AHEAD_DAYS.days());
    sent_on.filter(|day| (first..=last).contains(day)).unwrap_or(today)
}

/// Where the browser showed something else. What a form does not send yet is not compared.
fn difference(shown: Shown, evaluated: &Shown) -> Option<Difference> {
    let mut evaluated = evaluated.clone();
    if shown.headline.is_none() {
        evaluated.headline = None;
    }
    if shown.urgent_to_check.is_none() {
        evaluated.urgent_to_check = None;
    }
    (shown != evaluated).then_some(Difference { shown, evaluated })
}

fn json(value: &impl serde::Serialize) -> Result<String, ApiError> {
    serde_json::to_string(value).map_err(|_| ApiError::panicked())
}

fn repeat(stored: StoredReceipt, sha256: &str) -> Result<Response, ApiError> {
    if stored.sha256 != sha256 {
        return Err(ApiError::key_reused());
    }
    let receipt: Receipt = serde_json::from_str(&stored.receipt)
        .map_err(|_| ApiError::unavailable("a stored receipt is unreadable"))?;
    created(stored.receipt, &path::assessment(&receipt.id))
}

fn created(receipt: String, location: &str) -> Result<Response, ApiError> {
    let location = HeaderValue::from_str(location).map_err(|_| ApiError::panicked())?;
    let json = HeaderValue::from_static("application/json");
    Ok((StatusCode::CREATED, [(CONTENT_TYPE, json), (LOCATION, location)], receipt).into_response())
}

/// The `Idempotency-Key` header.
pub(crate) struct IdempotencyKey(String);

impl FromRequestParts<AppState> for IdempotencyKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, ApiError> {
        let mut keys = parts.headers.get_all(header::IDEMPOTENCY_KEY).iter();
        let Some(key) = keys.next() else {
            return Err(ApiError::bad_header(
                "idempotency-key-missing",
                "Send an `Idempotency-Key` header, a new random one for each assessment and the same one for each attempt.",
            ));
        };
        let visible = key.as_bytes().iter().all(|byte| (0x21..=0x7e).contains(byte));
        match key.to_str() {
            Ok(text) if keys.next().is_none() && visible && (1..=128).contains(&text.len()) => {
                Ok(Self(text.to_owned()))
            }
            _ => Err(ApiError::bad_header(
                "idempotency-key-malformed",
                "`Idempotency-Key` must be one header of 1 to 128 visible ASCII characters.",
            )),
        }
    }
}
