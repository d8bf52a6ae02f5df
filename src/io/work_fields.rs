//! What somebody typed into the fields of my work and has not used, by the name of the field; each person's under the digest
//! that tells them from others. As with the records, none of it is encrypted (decision record 0045).

use std::collections::BTreeMap;

use strict_json::{Limits, from_value};
use wasm_bindgen::JsValue;

use super::kept_text;

const DATABASE: &str = "common-assessment-work";

/// Texts by the names of their fields.
pub(crate) type Fields = BTreeMap<String, String>;

/// What is kept for a person. What cannot be read counts as nothing.
pub(crate) async fn read(person: &str) -> Fields {
    let stored = kept_text::read(DATABASE, person).await.ok().flatten().unwrap_or_default();
    let value = strict_json::read(stored.as_bytes(), &Limits::DEPTH_ONLY).ok();
    value.and_then(|value| from_value(&value).ok()).unwrap_or_default()
}

/// Keeps these for a person instead of those of the same names; a blank one is kept no longer. Others stay: another window
/// may have them.
pub(crate) async fn keep(person: &str, changed: Fields) -> Result<(), JsValue> {
    let mut all = read(person).await;
    all.extend(changed);
    all.retain(|_, text| !text.is_empty());
    let text = serde_json::to_string(&all).ok().filter(|_| !all.is_empty());
    kept_text::keep(DATABASE, person, text.as_deref()).await
}
