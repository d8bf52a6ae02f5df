//! The browser's back and forward buttons. The page and the record's random id are kept in the history's state, never
//! in the address: an address is shared, logged and remembered.

use gloo_events::EventListener;
use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::PopStateEvent;

use crate::state::Page;

const PAGE: &str = "commonAssessmentPlace";
const RECORD: &str = "commonAssessmentRecord";
/// What begins the name of a tab that was opened for a page.
const BESIDE: &str = "common-assessment ";

/// A page that the history remembers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) page: Page,
    /// The id of the record that was open.
    pub(crate) record: Option<String>,
}

impl Entry {
    /// Reads an entry as [`text`](Entry::text) writes it.
    pub(crate) fn parse(text: &str) -> Option<Entry> {
        let (page, record) = text.split_once(' ')?;
        let record = Some(record.to_owned()).filter(|record| !record.is_empty());
        Some(Entry { page: Page::parse(page), record })
    }

    /// The entry in one text.
    pub(crate) fn text(&self) -> String {
        format!("{} {}", self.page, self.record.as_deref().unwrap_or_default())
    }
}

/// Puts a page into the history, unless it is there already.
pub(crate) fn remember(entry: &Entry) {
    let Ok(history) = gloo_utils::window().history() else { return };
    let before = history.state().ok().and_then(|state| read(&state));
    if before.as_ref() == Some(entry) {
        return;
    }
    let state = Object::new();
    let _ = Reflect::set(&state, &PAGE.into(), &entry.page.to_string().into());
    if let Some(record) = &entry.record {
        let _ = Reflect::set(&state, &RECORD.into(), &record.into());
    }
    // The first page replaces the entry that loaded it, so that "back" leaves the form at once.
    let _ = if before.is_none() { history.replace_state(&state, "") } else { history.push_state(&state, "") };
}

/// Opens a page in a new tab. Its place is in the tab's name, which nobody else reads, until the form there has read it.
pub(crate) fn open_beside(entry: &Entry) {
    let window = gloo_utils::window();
    let Ok(address) = window.location().href() else { return };
    let _ = window.open_with_url_and_target(&address, &[BESIDE, &entry.text()].concat());
}

/// The page that this tab was opened for, asked once.
pub(crate) fn asked() -> Option<Entry> {
    let window = gloo_utils::window();
    let name = window.name().ok()?;
    let entry = Entry::parse(name.strip_prefix(BESIDE)?)?;
    let _ = window.set_name("");
    Some(entry)
}

/// The page that the history is at.
pub(crate) fn current() -> Option<Entry> {
    read(&gloo_utils::window().history().ok()?.state().ok()?)
}

/// Calls `back` when somebody goes back or forward to a page of this form.
pub(crate) fn on_back(back: impl Fn(Entry) + 'static) -> EventListener {
    EventListener::new(&gloo_utils::window(), "popstate", move |event| {
        if let Some(entry) = event.dyn_ref::<PopStateEvent>().and_then(|event| read(&event.state())) {
            back(entry);
        }
    })
}

/// The state may be the host page's own: any object, or none.
fn read(state: &JsValue) -> Option<Entry> {
    let text = |name: &str| Reflect::get(state, &name.into()).ok().and_then(|value| value.as_string());
    Some(Entry { page: Page::parse(&text(PAGE)?), record: text(RECORD) })
}
