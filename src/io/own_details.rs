//! What this device remembers of the practitioner, in a database of its own beside the records: it outlives them, and
//! deleting a record never touches it.

use wasm_bindgen::JsValue;

use super::kept_text;
use crate::state::Remembered;

const DATABASE: &str = "common-assessment-practitioner";
/// Whose it is where nobody is signed in. Each person who signs in has an entry of their own, under their digest.
const ANYBODY: &str = "this device";

/// What is remembered of the person who is signed in, or of anybody.
pub(crate) async fn read(person: Option<String>) -> Result<Remembered, JsValue> {
    let stored = kept_text::read(DATABASE, person.as_deref().unwrap_or(ANYBODY)).await?;
    Ok(Remembered::from_json(stored.as_deref()))
}

/// Remembers it from now on.
pub(crate) async fn keep(person: Option<String>, remembered: &Remembered) -> Result<(), JsValue> {
    let text = remembered.to_json();
    kept_text::keep(DATABASE, person.as_deref().unwrap_or(ANYBODY), text.as_deref()).await
}
