//! The outside world: storage, network, history, clock, focus. `form` carries out effects with it; pages ask it only
//! for the day, the time and a random id. Nothing here knows a question.

pub(crate) mod api_client;
pub(crate) mod autosave;
pub(crate) mod clock;
pub(crate) mod focus;
pub(crate) mod history;
pub(crate) mod host;
pub(crate) mod local_draft;
pub(crate) mod tabs;

use std::pin::Pin;

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

/// The page's window. There is none only where no page is.
pub(crate) fn window() -> Result<web_sys::Window, JsValue> {
    web_sys::window().ok_or(JsValue::UNDEFINED)
}

/// Runs something to its end beside what happens on the page. Boxed, so that the code for it is made once.
pub(crate) fn spawn(task: impl Future<Output = ()> + 'static) {
    let task: Pin<Box<dyn Future<Output = ()>>> = Box::pin(task);
    spawn_local(task);
}
