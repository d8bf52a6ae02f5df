//! The time in the authority's zone, which decides whose number comes first. It goes on while a record is open.

use assessment_rules::{Answering, LineUp};
use jiff::civil::DateTime;
use leptos::prelude::*;

use super::Form;
use crate::io::{clock, focus, host};
use crate::state::Event;

/// Milliseconds between looks at the clock. Nothing is drawn unless the minute changes what is shown.
pub(super) const EVERY: u32 = 20_000;

impl Form {
    /// Whom to ring now, out of these contacts of the rule pack.
    pub(crate) fn line_up(self, contacts: Vec<String>) -> Memo<LineUp> {
        Memo::new(move |_| {
            let standards = self.standards();
            standards.pack.line_up(&contacts, standards.local_time(self.now.get()))
        })
    }

    /// All contacts of the rule pack, those who answer now before those in whose place they do.
    pub(crate) fn all_lined_up(self) -> Memo<Vec<Answering>> {
        Memo::new(move |_| {
            let standards = self.standards();
            standards.pack.all_lined_up(standards.local_time(self.now.get()))
        })
    }

    /// Says something to screen reader users.
    pub(crate) fn announce(self, text: &str) {
        self.with_host(|host| host::announce(host, text));
    }

    /// Looks at the clock. Does nothing once the form is off the page.
    pub(crate) fn look_at_clock(self) {
        let Some(standards) = self.standards.try_get_value() else { return };
        let now = clock::now_in(&standards.profile.time_zone);
        if let Some(before) = self.now.try_get_untracked().filter(|before| *before != now) {
            self.with_host(|host| {
                focus::keep(host, || {
                    let _ = self.now.try_set(now);
                });
            });
            if before.map(DateTime::date) != now.map(DateTime::date) {
                self.dispatch(Event::TimePassed);
            }
        }
    }
}
