//! What an event says was typed into a field. Not how it is kept.

use js_sys::{JsString, Reflect};
use wasm_bindgen::JsCast as _;
use web_sys::Event;

/// The field's text, or nothing while only half of a character has arrived: some keyboards send an emoji in two events
/// (on Windows to Firefox, for one). Half of it is no text; kept and written back it would spoil the other half.
pub(super) fn typed(event: &Event) -> Option<String> {
    let field = event.target()?;
    let text: JsString = Reflect::get(&field, &"value".into()).ok()?.dyn_into().ok()?;
    text.is_valid_utf16().then(|| text.into())
}
