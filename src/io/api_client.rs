//! Sending a submission. Only a receipt that repeats the SHA-256 of the exact bytes counts as received; everything
//! else is either the server's refusal or leaves the record waiting.

use crate::json::Json;
use assessment_api::assessment::Receipt;
use assessment_engine::validation::{Problem, ProblemCode};
use gloo_timers::callback::Timeout;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Request, RequestInit, Response};

use crate::state::{Delivery, read_receipt};

/// Milliseconds after which a request is given up; the record then waits.
const PATIENCE: u32 = 30_000;

/// Sends the body under the key.
pub(crate) async fn submit(api: &str, key: &str, body: &str) -> Delivery {
    match post(api, key, body).await {
        Ok((201, text)) => match parsed(&text).as_ref().and_then(read_receipt) {
            Some(receipt) if is_of(&receipt, body).await => Delivery::Received(Box::new(receipt)),
            _ => Delivery::Waits("submit.no_receipt"),
        },
        Ok((422, text)) => match refusal(&text) {
            Some(problems) => Delivery::Refused(problems),
            None => Delivery::Waits("submit.trouble"),
        },
        Ok((401 | 403, _)) => Delivery::Waits("submit.not_allowed"),
        Ok(_) => Delivery::Waits("submit.trouble"),
        Err(_) => Delivery::Waits("submit.offline"),
    }
}

async fn post(api: &str, key: &str, body: &str) -> Result<(u16, String), JsValue> {
    let window = super::window()?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&JsValue::from_str(body));
    let abort = AbortController::new()?;
    init.set_signal(Some(&abort.signal()));
    let request =
        Request::new_with_str_and_init(&format!("{}/assessments", api.trim_end_matches('/')), &init)?;
    request.headers().set("Content-Type", "application/json")?;
    request.headers().set("Idempotency-Key", key)?;
    let patience = Timeout::new(PATIENCE, move || abort.abort());
    let response: Response = JsFuture::from(window.fetch_with_request(&request)).await?.dyn_into()?;
    let text = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    drop(patience);
    Ok((response.status(), text))
}

/// Whether the receipt is for exactly these bytes.
async fn is_of(receipt: &Receipt, body: &str) -> bool {
    let digest = async {
        let subtle = super::window()?.crypto()?.subtle();
        let bytes = Uint8Array::from(body.as_bytes());
        let digest = JsFuture::from(subtle.digest_with_str_and_js_u8_array("SHA-256", &bytes)?).await?;
        Ok::<_, JsValue>(Uint8Array::new(&digest).to_vec())
    };
    let hex = |bytes: Vec<u8>| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    digest.await.is_ok_and(|bytes| hex(bytes) == receipt.sha256)
}

/// The problems of a refusal, as the form knows them. `None` when it is no refusal of answers.
fn refusal(text: &str) -> Option<Vec<Problem>> {
    let details = parsed(text)?;
    let known = |code: &str| ProblemCode::ALL.iter().copied().find(|known| known.as_str() == code);
    let mut problems = Vec::new();
    for item in details.get("problems")?.items() {
        let text = |name: &str| item.get(name).and_then(Json::as_text);
        if let (Some(path), Some(code)) = (text("path"), text("code")) {
            problems.push(Problem::new(path, known(code).unwrap_or(ProblemCode::NotOffered)));
        }
    }
    (!problems.is_empty()).then_some(problems)
}

fn parsed(text: &str) -> Option<Json> {
    Json::parse(text).ok()
}

/// When to try again: after 1 s, doubling to 5 minutes, at a random moment of that time.
#[derive(Default)]
pub(crate) struct Retry {
    tries: u32,
    timer: Option<Timeout>,
}

impl Retry {
    /// Tries again later.
    pub(crate) fn later(&mut self, again: impl FnOnce() + 'static) {
        let most = 1_000_u32.saturating_mul(2_u32.saturating_pow(self.tries)).min(300_000);
        self.tries += 1;
        let share = js_sys::Math::random() * f64::from(most);
        // A share of at most 300,000 fits.
        let wait = 500 + share as u32;
        self.timer = Some(Timeout::new(wait, again));
    }
}
