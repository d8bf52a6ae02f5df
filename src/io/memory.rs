//! What the element keeps for as long as its page is open, and nowhere else (`loader/memory.js`): it outlives the form, so
//! that an element that is taken out of the page and put in again has every word.

use js_sys::Map;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The element's memory. Copies are the same.
    #[derive(Clone)]
    pub type Memory;
    /// Records by id.
    #[wasm_bindgen(method, getter)]
    pub fn records(this: &Memory) -> Map;
    /// What is typed on the pages of records that were sent, by the digest of whose it is.
    #[wasm_bindgen(method, getter)]
    pub fn texts(this: &Memory) -> Map;
    /// Remembers that a record was filled in with what the page around the form knows.
    #[wasm_bindgen(method, setter, js_name = isFilled)]
    pub fn set_is_filled(this: &Memory, is_filled: bool);
    /// Whether the form was locked before it was known who was there, and has not been opened since.
    #[wasm_bindgen(method, getter, js_name = isLocked)]
    pub fn is_locked(this: &Memory) -> bool;
    /// Remembers that.
    #[wasm_bindgen(method, setter, js_name = isLocked)]
    pub fn set_is_locked(this: &Memory, is_locked: bool);
    /// The page and the record that somebody was at.
    #[wasm_bindgen(method, getter)]
    pub fn place(this: &Memory) -> Option<String>;
    /// Remembers it.
    #[wasm_bindgen(method, setter)]
    pub fn set_place(this: &Memory, place: &str);
    /// Whether the browser asks before the page is left.
    #[wasm_bindgen(method)]
    pub fn guard(this: &Memory, on: bool);
}
