//! The page around the form: leaving it, coming online, telling the portal, and speaking to screen reader users.

use gloo_events::{EventListener, EventListenerOptions};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit, Event, HtmlElement};

/// Calls `leave` when the page is hidden or left. What it starts must need no further turn of the event loop.
pub(crate) fn on_leaving(leave: impl Fn() + Clone + 'static) -> [EventListener; 3] {
    // `visibilitychange` reaches the window too, and comes before `pagehide` on every way out but one. WebKit sends a
    // write to the disk only after an answer from there, for which `pagehide` is too late and `beforeunload` is not.
    ["visibilitychange", "beforeunload", "pagehide"].map(|kind| {
        let leave = leave.clone();
        EventListener::new(&gloo_utils::window(), kind, move |_| leave())
    })
}

/// Calls `back` when somebody comes back to the page: a page that was hidden had no timers.
pub(crate) fn on_return(back: impl Fn() + Clone + 'static) -> [EventListener; 3] {
    ["visibilitychange", "focus", "pageshow"].map(|kind| {
        let back = back.clone();
        EventListener::new(&gloo_utils::window(), kind, move |_| back())
    })
}

/// Calls `used` when somebody presses something in the form or types in it.
pub(crate) fn on_use(host: &HtmlElement, used: impl Fn() + Clone + 'static) -> [EventListener; 2] {
    ["pointerdown", "keydown"].map(|kind| {
        let used = used.clone();
        let capture = EventListenerOptions::run_in_capture_phase();
        EventListener::new_with_options(host, kind, capture, move |_| used())
    })
}

/// Calls `online` when the device is online again.
pub(crate) fn on_online(online: impl Fn() + 'static) -> EventListener {
    EventListener::new(&gloo_utils::window(), "online", move |_| online())
}

/// Tells the portal of a moment. Never carries personal data.
pub(crate) fn tell(host: &HtmlElement, event: &str) {
    dispatch(host, event, &JsValue::NULL);
}

/// Tells the portal what the form's page is called, so that it can set the document's title.
pub(crate) fn tell_title(host: &HtmlElement, title: &str) {
    dispatch(host, "assessment-page", &title.into());
}

/// Tells the portal which of the fields that it gave could not be filled in: by path, without what was in them.
pub(crate) fn tell_refused(host: &HtmlElement, paths: &[String]) {
    let detail = Object::new();
    let paths: Array = paths.iter().map(|path| JsValue::from_str(path)).collect();
    let _ = Reflect::set(&detail, &"reason".into(), &"prefill".into());
    let _ = Reflect::set(&detail, &"paths".into(), &paths);
    dispatch(host, "assessment-error", &detail);
}

fn dispatch(host: &HtmlElement, event: &str, detail: &JsValue) {
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_detail(detail);
    if let Ok(event) = CustomEvent::new_with_event_init_dict(event, &init) {
        let _ = host.dispatch_event(&event);
    }
}

/// Says something to people who use a screen reader.
pub(crate) fn announce(host: &HtmlElement, text: &str) {
    if let Ok(Some(region)) = host.query_selector("[data-announce]") {
        region.set_text_content(Some(text));
    }
}

/// Opens the browser's print window. What is printed is for the element's script to say: in a portal it is not the whole
/// document.
pub(crate) fn print(host: &HtmlElement) {
    if let Ok(event) = Event::new("ca-print") {
        let _ = host.dispatch_event(&event);
    }
}
