//! Every refusal and failure, and with the modules below the only module that picks HTTP statuses. [`crate::respond`] writes the bodies.
//!
//! To add a kind of refusal, add a constructor with a new code. `detail` says what happened and what to do. Nothing from a
//! request and nothing about a family goes into it; the refusal to join two records names the colleague who did so before.

mod lists;
mod operations;
mod records;

use std::borrow::Cow;

use assessment_api::problem::ProblemItem;
use axum::{
    http::{HeaderValue, StatusCode, header::WWW_AUTHENTICATE},
    response::{IntoResponse, Response},
};

use jiff::civil::Date;
use strict_json::Reason;

use crate::{identifier::NoRandomness, store::StoreError};

/// A refusal (4xx) or a failure (5xx).
#[derive(Debug, Clone)]
pub(crate) struct ApiError {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    pub(crate) detail: Cow<'static, str>,
    pub(crate) problems: Vec<ProblemItem>,
    /// Seconds after which a repeat makes sense.
    pub(crate) retry_after: Option<u32>,
    /// The current revision, for a client that had an older one.
    pub(crate) revision: Option<u64>,
    /// The day as of which answers were checked.
    pub(crate) judged_on: Option<Date>,
    /// For the log only.
    pub(crate) cause: Option<String>,
}

impl ApiError {
    fn new(status: StatusCode, code: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self {
            status,
            code,
            detail: detail.into(),
            problems: Vec::new(),
            retry_after: None,
            revision: None,
            judged_on: None,
            cause: None,
        }
    }

    fn with_problems(self, problems: Vec<ProblemItem>) -> Self {
        Self { problems, ..self }
    }

    pub(crate) fn bad_header(code: &'static str, detail: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, detail)
    }

    pub(crate) fn bad_query() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "bad-query",
            "The address has a parameter that is not understood. Use `limit` (1 to 200), `before` (an assessment's id) and `since` (a time such as 2026-11-23T06:00:00Z).",
        )
    }

    pub(crate) fn not_json(reason: &Reason) -> Self {
        let (code, detail) = match reason {
            // The receiver counts bytes before anything is parsed, so this is the same refusal made later.
            Reason::TooLarge => return Self::body_too_large(),
            Reason::NotUtf8 | Reason::EndsEarly | Reason::NotJson | Reason::NumberTooLarge => {
                ("not-json", "The body is not one complete JSON value in UTF-8. Send it again, whole.")
            }
            Reason::TooDeep => ("too-deep", "Arrays and objects in the body are nested more than 64 deep."),
            Reason::TooMany => {
                ("too-many-values", "The body holds more than 50,000 values, far more than the form has.")
            }
            // The name itself is not repeated: it could be anything.
            Reason::RepeatedName { .. } => {
                ("repeated-name", "An object in the body names a member twice. Name each once.")
            }
        };
        Self::new(StatusCode::BAD_REQUEST, code, detail)
    }

    pub(crate) fn body_cut_off() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "body-cut-off",
            "The body ended before it was complete. Send it again.",
        )
    }

    pub(crate) fn body_too_slow() -> Self {
        Self::new(
            StatusCode::REQUEST_TIMEOUT,
            "body-too-slow",
            "The body did not arrive in time. Send it again; the same key makes that safe.",
        )
    }

    pub(crate) fn body_too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "body-too-large", "The body is larger than 1 MiB.")
    }

    pub(crate) fn wrong_media_type() -> Self {
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "wrong-media-type",
            "Send JSON with `Content-Type: application/json`, without compression.",
        )
    }

    pub(crate) fn wrong_shape(problems: Vec<ProblemItem>) -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "wrong-shape",
            "The body does not have the members that it must have, and only those. `problems` names them.",
        )
        .with_problems(problems)
    }

    pub(crate) fn unknown_form_version() -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "unknown-form-version",
            "This server does not know that version of the form. Keep the draft, reload the page, and send again.",
        )
        .with_problems(vec![ProblemItem::new("form_version", "unknown-form-version")])
    }

    pub(crate) fn answers_refused(problems: Vec<ProblemItem>, judged_on: Date) -> Self {
        let refused = Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "answers-refused",
            "Some answers are missing or cannot be right. `problems` names the questions.",
        );
        Self { judged_on: Some(judged_on), ..refused.with_problems(problems) }
    }

    pub(crate) fn key_reused() -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "idempotency-key-reused",
            "Another assessment was already stored under this key. Send this one with a new key.",
        )
    }

    pub(crate) fn key_in_flight() -> Self {
        Self {
            retry_after: Some(1),
            ..Self::new(
                StatusCode::CONFLICT,
                "still-working",
                "The same assessment is being stored right now. Send it again in a second to get its receipt.",
            )
        }
    }

    pub(crate) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "There is nothing at this address that you may see.")
    }

    pub(crate) fn bad_reason() -> Self {
        Self::bad_header(
            "bad-reason",
            "`Access-Reason` must be one header of percent-encoded UTF-8 with words in it, at most 1000 characters.",
        )
    }

    pub(crate) fn draft_deleted(revision: u64) -> Self {
        Self {
            revision: Some(revision),
            ..Self::new(
                StatusCode::GONE,
                "draft-deleted",
                "This draft was deleted. Saving it again with the revision in `ETag` brings it back.",
            )
        }
    }

    pub(crate) fn precondition_missing() -> Self {
        Self::new(
            StatusCode::PRECONDITION_REQUIRED,
            "precondition-missing",
            "Say which revision this replaces: `If-Match: \"<revision>\"`, or `If-None-Match: *` for a new draft.",
        )
    }

    pub(crate) fn base_missing() -> Self {
        Self::new(
            StatusCode::PRECONDITION_REQUIRED,
            "precondition-missing",
            "Say from which revision this started: `If-Match: \"<revision>\"`, or `\"0\"` if there is none yet.",
        )
    }

    pub(crate) fn stale(current: u64) -> Self {
        Self {
            revision: Some(current),
            ..Self::new(
                StatusCode::PRECONDITION_FAILED,
                "stale-revision",
                "This draft has been saved elsewhere since. Nothing was overwritten. Read the current revision; `ETag` has its number.",
            )
        }
    }

    pub(crate) fn forbidden() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "forbidden",
            "Your role does not include this. If you need it for your work, ask the early help coordinator.",
        )
    }

    pub(crate) fn sent_by_another() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "sent-by-another",
            "Another person sent this, and you are signed in now. Nothing was stored. It waits until they sign in again.",
        )
    }

    pub(crate) fn reason_needed() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "reason-needed",
            "This record is outside your own work. Say why you need it, and repeat this; the reason is kept.",
        )
    }

    pub(crate) fn not_now() -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "not-now",
            "This is not possible as things are. Read the record again.",
        )
    }

    pub(crate) fn changed_since(current: u64) -> Self {
        Self {
            revision: Some(current),
            ..Self::new(
                StatusCode::PRECONDITION_FAILED,
                "stale-revision",
                "This record has been changed since you read it. Nothing was overwritten. Read it again; `ETag` has its revision.",
            )
        }
    }

    pub(crate) fn one_person() -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "one-person",
            "Both are one and the same record. Choose the record of the other child.",
        )
    }

    pub(crate) fn bad_return() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "bad-return",
            "`return_to` must be a page of this server: a path such as `/`, without spaces.",
        )
    }

    pub(crate) fn sign_in_needed() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "sign-in-needed",
            "Sign in first. Nothing was stored; keep your draft.",
        )
    }

    pub(crate) fn session_ended() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "session-ended",
            "You are signed out. Sign in again and repeat this; nothing was stored, and your draft is where it was.",
        )
    }

    pub(crate) fn token_refused() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "token-refused",
            "The access token is not accepted. Get a new one from the portal and repeat this.",
        )
    }

    pub(crate) fn sign_in_unavailable(cause: impl Into<String>) -> Self {
        Self {
            retry_after: Some(30),
            cause: Some(cause.into()),
            ..Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "sign-in-unavailable",
                "The sign-in service does not answer. Try again in a minute; your draft stays on this device.",
            )
        }
    }

    pub(crate) fn unknown_person() -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "unknown-person",
            "The demo has no person with that code. `GET /api/v1/demo/people` lists them.",
        )
        .with_problems(vec![ProblemItem::new("person", "unknown-person")])
    }

    pub(crate) fn wrong_host() -> Self {
        Self::new(
            StatusCode::MISDIRECTED_REQUEST,
            "wrong-host",
            "With the demo identity this server answers only to names of this machine: use 127.0.0.1 or localhost.",
        )
    }

    pub(crate) fn cross_site() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "cross-site",
            "This request came from another site's page. Send it from the form itself.",
        )
    }

    pub(crate) fn panicked() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal-error",
            "Something went wrong in the server, and nothing of this request was stored. Keep your draft, and tell support the id.",
        )
    }

    pub(crate) fn unavailable(cause: impl Into<String>) -> Self {
        Self {
            retry_after: Some(5),
            cause: Some(cause.into()),
            ..Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "storage-unavailable",
                "The server cannot store or read at the moment. Keep your draft and try again; tell support the id if it lasts.",
            )
        }
    }

    /// For refusals that come from a library and have no body yet.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::not_found(),
            StatusCode::METHOD_NOT_ALLOWED => Self::new(
                status,
                "method-not-allowed",
                "This address does not take that method. `Allow` names those it takes.",
            ),
            StatusCode::PAYLOAD_TOO_LARGE => Self::body_too_large(),
            _ if status.is_server_error() => Self::new(status, "internal-error", Self::panicked().detail),
            _ => Self::new(status, "refused", "The request was not understood."),
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        Self::unavailable(error.to_string())
    }
}

impl From<NoRandomness> for ApiError {
    fn from(_: NoRandomness) -> Self {
        Self::unavailable("the system gave no random bytes")
    }
}

impl IntoResponse for ApiError {
    /// Status and extension only: the outermost layer knows the request's id and writes the body.
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            // Required with 401. No browser asks for a password because of it.
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(self);
        response
    }
}
