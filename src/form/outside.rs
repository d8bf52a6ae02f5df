//! What belongs to the browser and to one form on the page: its element, its timers and its listeners.

use std::cell::RefCell;

use web_sys::HtmlElement;

use super::Form;
use crate::io::{api_client, autosave::Autosave, host};

/// What belongs to the browser. Each part is borrowed alone, so that one can be used while another is.
pub(super) struct Outside {
    pub(super) host: HtmlElement,
    pub(super) api: String,
    pub(super) autosave: RefCell<Autosave>,
    pub(super) retry: RefCell<api_client::Retry>,
    pub(super) listeners: RefCell<Vec<host::Listener>>,
}

impl Outside {
    pub(super) fn new(host: HtmlElement, api: &str) -> Outside {
        Outside {
            host,
            api: api.to_owned(),
            autosave: RefCell::default(),
            retry: RefCell::default(),
            listeners: RefCell::default(),
        }
    }
}

impl Form {
    /// Looks at what belongs to the browser, as long as the form is on the page.
    #[inline(never)]
    pub(super) fn outside(self, look: &mut dyn FnMut(&Outside)) {
        let thing = self.outside.thing();
        if let Some(outside) = thing.as_ref().and_then(|thing| thing.downcast_ref()) {
            look(outside);
        }
    }
}
