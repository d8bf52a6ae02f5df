//! Blanking the screen: the key for it, and where focus and scrolling were. What is hidden keeps its place on the page, so
//! that carets, selections and scrolled fields stay as they are.

use std::cell::Cell;

use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, ShadowRoot};

/// How often the key is pressed, with nothing in between.
const PRESSES: u8 = 3;
/// The longest time between two presses, in milliseconds.
const PAUSE: f64 = 1_000.0;

/// Calls `blank` when Shift was pressed three times in a row, wherever on the page the focus is.
///
/// Shift types nothing, so it collides with no shortcut of a browser or a screen reader, and is no shortcut of a single
/// character (WCAG 2.1.4). GOV.UK's way to leave a page at once uses the same key.
pub(crate) fn on_key(blank: impl Fn() + 'static) -> EventListener {
    let presses = Cell::new((0_u8, 0.0_f64));
    // Capture: a page around the form may keep keys to itself.
    let options = EventListenerOptions::run_in_capture_phase();
    EventListener::new_with_options(&gloo_utils::window(), "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if event.repeat() {
            return;
        }
        let (before, at) = presses.get();
        let now = event.time_stamp();
        let is_shift = event.key() == "Shift" && !event.ctrl_key() && !event.alt_key() && !event.meta_key();
        let count = match is_shift {
            true if now - at <= PAUSE => before + 1,
            true => 1,
            false => 0,
        };
        if count == PRESSES {
            presses.set((0, now));
            blank();
        } else {
            presses.set((count, now));
        }
    })
}

/// Where somebody was on the page.
pub(crate) struct Spot {
    focused: Option<HtmlElement>,
    scrolled: (f64, f64),
}

fn focused(host: &HtmlElement) -> Option<HtmlElement> {
    let root = host.get_root_node().dyn_into::<ShadowRoot>().ok()?;
    root.active_element()?.dyn_into().ok()
}

/// The id of what has the focus; empty where nothing has, or something without one.
pub(crate) fn focused_id(host: &HtmlElement) -> String {
    focused(host).map(|focused| focused.id()).unwrap_or_default()
}

/// Takes the focus off what has it. A browser says that a field was changed when it leaves it, also where it does so because
/// the field is taken off the page: by then nothing could take that any more.
pub(crate) fn leave_field(host: &HtmlElement) {
    if let Some(focused) = focused(host) {
        let _ = focused.blur();
    }
}

/// Where somebody is now.
pub(crate) fn spot(host: &HtmlElement) -> Spot {
    let focused = focused(host);
    let window = gloo_utils::window();
    let scrolled = (window.scroll_x().unwrap_or_default(), window.scroll_y().unwrap_or_default());
    Spot { focused, scrolled }
}

/// Goes to the blank page's heading, once it is drawn: keys that somebody goes on to press do nothing there.
pub(crate) fn go_to_blank(host: &HtmlElement) {
    let host = host.clone();
    Timeout::new(0, move || focus_first(&host, ".ca-blank h1")).forget();
}

/// Goes back to a spot, once the page is drawn; to the page's heading where another page is there by now. The browser puts
/// the caret back itself.
pub(crate) fn go_back(host: &HtmlElement, spot: Option<Spot>) {
    let host = host.clone();
    Timeout::new(0, move || {
        let Some(Spot { focused, scrolled }) = spot else { return focus_first(&host, "h1") };
        match focused {
            Some(focused) if focused.is_connected() => drop(focused.focus()),
            Some(_) => return focus_first(&host, "h1"),
            None => {}
        }
        gloo_utils::window().scroll_to_with_x_and_y(scrolled.0, scrolled.1);
    })
    .forget();
}

fn focus_first(host: &HtmlElement, selector: &str) {
    let found = host.query_selector(selector).ok().flatten();
    if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        let _ = found.focus();
    }
}
