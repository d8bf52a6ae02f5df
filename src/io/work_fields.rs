//! What somebody typed into the fields of my work and has not used, by the name of the field; each person's under the digest
//! that tells them from others. As with the records, none of it is encrypted (decision record 0045).

use strict_json::{Limits, from_value};
use wasm_bindgen::JsValue;

use super::kept_text;
use crate::state::work::kept::{Changes, Fields, changed};

const DATABASE: &str = "common-assessment-work";

/// What is kept for a person.
pub(crate) async fn read(person: &str) -> Result<Fields, JsValue> {
    kept_text::read(DATABASE, person).await.map(fields)
}

/// Changes what is kept for a person. Where it cannot be read nothing is written.
pub(crate) async fn keep(person: &str, changes: &Changes) -> Result<(), JsValue> {
    let change = |stored| {
        let all = changed(fields(stored), changes);
        serde_json::to_string(&all).ok().filter(|_| !all.is_empty())
    };
    kept_text::change(DATABASE, person, change).await
}

/// What a text says; one that says nothing of the kind counts as nothing, else nothing would be kept ever again.
fn fields(stored: Option<String>) -> Fields {
    let value = stored.and_then(|text| strict_json::read(text.as_bytes(), &Limits::DEPTH_ONLY).ok());
    value.and_then(|value| from_value(&value).ok()).unwrap_or_default()
}
