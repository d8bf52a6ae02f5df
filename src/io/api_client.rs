//! Sending a submission. Only a receipt that repeats the SHA-256 of the exact bytes counts as received; everything else
//! is either the server's refusal or leaves the record waiting.

use assessment_api::assessment as wire;
use assessment_api::header::{IDEMPOTENCY_KEY, NOBODY, SENT_BY};
use assessment_api::path::{self, ASSESSMENTS};
use assessment_api::problem::ProblemDetails;
use assessment_engine::answers::{Answers, Caf};
use assessment_engine::validation::{Problem, ProblemCode};
use assessment_form::{Group, parse_day};
use gloo_net::http::{Request, Response};
use js_sys::Uint8Array;
use serde::de::DeserializeOwned;
use strict_json::Limits;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

use super::api::{Api, Unanswered};
use crate::state::{Delivery, PORTAL_SIGN_IN, Receipt, Rejection, SIGN_IN};

/// Milliseconds after which a request is given up; the record then waits.
const PATIENCE: u32 = 30_000;
/// The characters of a server's explanation that are shown.
const MAX_DETAIL: usize = 500;

/// Sends the body under the key, in the name of its owner; where it has none, as what nobody has signed in for. `api` is the backend.
pub(crate) async fn submit(api: &Api, key: &str, body: &str, owner: Option<&str>) -> Delivery {
    match post(api, key, body, owner).await {
        Ok(response) => delivery(&response, body).await.unwrap_or(Delivery::Waits("submit.offline")),
        Err(Unanswered::NoToken) => Delivery::Waits(PORTAL_SIGN_IN),
        Err(Unanswered::Offline) => Delivery::Waits("submit.offline"),
    }
}

async fn post(api: &Api, key: &str, body: &str, owner: Option<&str>) -> Result<Response, Unanswered> {
    let mut request = Request::post(&path::under(api.base(), ASSESSMENTS))
        .header("content-type", "application/json")
        .header(IDEMPOTENCY_KEY, key);
    // Another site's server may not take this header, and people sign in there.
    if let Some(by) = owner.or(api.is_own_site().then_some(NOBODY)) {
        request = request.header(SENT_BY, by);
    }
    let request = request.abort_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE))).body(body);
    api.send(request.map_err(|_| Unanswered::Offline)?).await
}

/// What a reply means.
///
/// # Errors
/// When the reply breaks off: nobody knows then what it said.
async fn delivery(response: &Response, body: &str) -> Result<Delivery, gloo_net::Error> {
    let text = response.text().await?;
    let delivery = match response.status() {
        201 => match read_as::<wire::Receipt>(&text) {
            Some(receipt) if is_of(&receipt, body).await => {
                Delivery::Received(Box::new(Receipt::from(receipt)))
            }
            _ => Delivery::Waits("submit.no_receipt"),
        },
        401 => Delivery::Waits(SIGN_IN),
        403 if code(&text).as_deref() == Some(SENT_BY_ANOTHER) => Delivery::Waits("submit.other_person"),
        403 => Delivery::Waits("submit.not_allowed"),
        // Other bytes are stored under this key: waiting would not help.
        // Another version was sent since: waiting would not help either.
        status @ 409 if matches!(code(&text).as_deref(), Some(KEY_REUSED | NEWER_VERSION | NOT_NOW)) => {
            refusal(status, &text)
        }
        // Timed out, already under way, too early, too often: the same request may succeed later.
        408 | 409 | 425 | 429 => Delivery::Waits("submit.trouble"),
        status @ 400..=499 => refusal(status, &text),
        _ => Delivery::Waits("submit.trouble"),
    };
    Ok(delivery)
}

/// The code of a refusal that the key was used for other bytes.
const KEY_REUSED: &str = "idempotency-key-reused";
/// The code of a refusal because somebody else has signed in by now.
const SENT_BY_ANOTHER: &str = "sent-by-another";

/// The code of a refusal of a version that did not start from the newest.
const NEWER_VERSION: &str = "newer-version";
/// The code of a refusal of a record that takes no version now.
const NOT_NOW: &str = "not-now";

/// What the server says happened, for programs.
fn code(text: &str) -> Option<String> {
    Some(read_as::<ProblemDetails>(text)?.code)
}

/// A refusal: of the answers where it names places in them, else of the whole request.
fn refusal(status: u16, text: &str) -> Delivery {
    let details = read_as::<ProblemDetails>(text);
    let detail = details.as_ref().map(|details| details.detail.as_str()).unwrap_or_default();
    let problems: Vec<Problem> = refused_places(text);
    if status == 422 && !problems.is_empty() {
        let judged_on = details.and_then(|details| parse_day(&details.judged_on?));
        Delivery::Refused { problems, judged_on }
    } else {
        Delivery::Rejected(Rejection {
            status,
            detail: detail.chars().take(MAX_DETAIL).collect(),
            is_key_spent: code(text).as_deref() == Some(KEY_REUSED),
            is_overtaken: code(text).as_deref() == Some(NEWER_VERSION),
        })
    }
}

/// The questions that a refusal names. Read apart from the rest, so that a reply with fewer members than ours still leads
/// the practitioner to the question. What is no question, such as the version of the form, is nothing to put right here.
fn refused_places(text: &str) -> Vec<Problem> {
    #[derive(serde::Deserialize)]
    struct Refusal {
        problems: Vec<assessment_api::problem::ProblemItem>,
    }
    let known = |code: &str| ProblemCode::ALL.iter().copied().find(|known| known.as_str() == code);
    let problem = |item: assessment_api::problem::ProblemItem| {
        Problem::new(item.path, known(&item.code).unwrap_or(ProblemCode::NotOffered))
    };
    let places = read_as::<Refusal>(text).map(|places| places.problems).unwrap_or_default();
    let record: &dyn Group<Caf> = Answers::blank();
    let is_question = |item: &assessment_api::problem::ProblemItem| {
        item.path.split(['.', '[']).next().is_some_and(|name| record.position(name).is_some())
    };
    places.into_iter().filter(is_question).map(problem).collect()
}

/// A reply as a wire type.
pub(super) fn read_as<T: DeserializeOwned>(text: &str) -> Option<T> {
    let value = strict_json::read(text.as_bytes(), &Limits::DEPTH_ONLY).ok()?;
    strict_json::from_value(&value).ok()
}

/// Whether the receipt is for exactly these bytes.
async fn is_of(receipt: &wire::Receipt, body: &str) -> bool {
    sha256(body).await.is_ok_and(|digest| digest == receipt.sha256)
}

/// In lower-case hexadecimal.
async fn sha256(text: &str) -> Result<String, JsValue> {
    let subtle = gloo_utils::window().crypto()?.subtle();
    let bytes = Uint8Array::from(text.as_bytes());
    let digest = JsFuture::from(subtle.digest_with_str_and_js_u8_array("SHA-256", &bytes)?).await?;
    Ok(Uint8Array::new(&digest).to_vec().iter().map(|byte| format!("{byte:02x}")).collect())
}
