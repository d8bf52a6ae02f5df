//! When to save: soon after the first change, at most once in a while, and again when the browser refused.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;

/// Milliseconds from the first unsaved change to its save. Further typing does not delay it.
const SOON: u32 = 300;
/// Milliseconds until a refused save is tried again.
const AGAIN: u32 = 3_000;

/// The timers of one form. They stop when it is dropped.
#[derive(Default)]
pub(crate) struct Autosave {
    soon: Option<Timeout>,
    again: Option<Timeout>,
    due: Rc<Cell<bool>>,
}

impl Autosave {
    /// Saves soon, unless a save is due already.
    pub(crate) fn soon(&mut self, save: impl FnOnce() + 'static) {
        if self.due.replace(true) {
            return;
        }
        let due = self.due.clone();
        self.soon = Some(Timeout::new(SOON, move || {
            due.set(false);
            save();
        }));
    }

    /// Tries a refused save again.
    pub(crate) fn again(&mut self, save: impl FnOnce() + 'static) {
        self.again = Some(Timeout::new(AGAIN, save));
    }
}
