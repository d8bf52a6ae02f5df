//! The page around the form: leaving it, coming online, telling the portal, and saying things to people who listen.

use wasm_bindgen::prelude::*;
use web_sys::{CustomEvent, CustomEventInit, Event, HtmlElement};

/// A listener on the window that ends when it is dropped.
pub(crate) struct Listener {
    kind: &'static str,
    callback: Closure<dyn Fn(Event)>,
}

impl Listener {
    /// Listens to events of `kind`.
    pub(crate) fn new(kind: &'static str, listen: impl Fn(Event) + 'static) -> Listener {
        let callback = Closure::new(listen);
        if let Ok(window) = super::window() {
            let _ = window
                .add_event_listener_with_callback(kind, AsRef::<JsValue>::as_ref(&callback).unchecked_ref());
        }
        Listener { kind, callback }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Ok(window) = super::window() {
            let callback = AsRef::<JsValue>::as_ref(&self.callback).unchecked_ref();
            let _ = window.remove_event_listener_with_callback(self.kind, callback);
        }
    }
}

/// Calls `leave` when the page is hidden or left. What it starts must need no further turn of the event loop.
pub(crate) fn on_leaving(leave: impl Fn() + Clone + 'static) -> Listener {
    // `visibilitychange` reaches the window too, and comes before `pagehide` on every way out but one.
    Listener::new("visibilitychange", move |_| leave())
}

/// Calls `leave` on the last event of a page.
pub(crate) fn on_pagehide(leave: impl Fn() + 'static) -> Listener {
    Listener::new("pagehide", move |_| leave())
}

/// Calls `online` when the device is online again or the window gets the focus.
pub(crate) fn on_online(online: impl Fn() + 'static) -> Listener {
    Listener::new("online", move |_| online())
}

/// Tells the portal of a moment. Never carries personal data.
pub(crate) fn tell(host: &HtmlElement, event: &str) {
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
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

/// Tells the host page what the form's page is called, so that it can set the document's title.
pub(crate) fn tell_title(host: &HtmlElement, title: &str) {
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_detail(&JsValue::from_str(title));
    if let Ok(event) = CustomEvent::new_with_event_init_dict("assessment-page", &init) {
        let _ = host.dispatch_event(&event);
    }
}

/// Opens the browser's print window.
pub(crate) fn print() {
    if let Ok(window) = super::window() {
        let _ = window.print();
    }
}
