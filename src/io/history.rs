//! The browser's back and forward buttons. The page and the record's random id are kept in the history's state, never
//! in the address: an address is shared, logged and remembered.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use web_sys::PopStateEvent;

use super::host::Listener;
use crate::state::Place;

const PLACE: &str = "commonAssessmentPlace";
const RECORD: &str = "commonAssessmentRecord";

/// Puts a page into the history, unless it is there already.
pub(crate) fn remember(place: &Place, record: Option<&str>) {
    let Ok(history) = super::window().and_then(|window| window.history()) else { return };
    let place = place.to_string();
    let before = history.state().ok().and_then(|state| read(&state));
    let same = before.as_ref().is_some_and(|(p, id)| p.to_string() == place && id.as_deref() == record);
    if same {
        return;
    }
    let state = js_sys::Object::new();
    let set =
        |name: &str, value: &str| Reflect::set(&state, &JsValue::from_str(name), &JsValue::from_str(value));
    let _ = set(PLACE, &place);
    if let Some(record) = record {
        let _ = set(RECORD, record);
    }
    // The first page takes the place of the one that loaded it, so that "back" leaves the form at once.
    let _ = if before.is_none() { history.replace_state(&state, "") } else { history.push_state(&state, "") };
}

/// The page that the history is at, with the record's id.
pub(crate) fn current() -> Option<(Place, Option<String>)> {
    let history = super::window().and_then(|window| window.history()).ok()?;
    read(&history.state().ok()?)
}

/// Calls `back` when somebody goes back or forward to a page of this form.
pub(crate) fn on_back(back: impl Fn((Place, Option<String>)) + 'static) -> Listener {
    Listener::new("popstate", move |event| {
        if let Some(found) = event.dyn_ref::<PopStateEvent>().and_then(|event| read(&event.state())) {
            back(found);
        }
    })
}

fn read(state: &JsValue) -> Option<(Place, Option<String>)> {
    let get =
        |name: &str| Reflect::get(state, &JsValue::from_str(name)).ok().and_then(|value| value.as_string());
    Some((Place::parse(&get(PLACE)?), get(RECORD)))
}
