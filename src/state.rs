//! What the form knows while it runs, and the one way in which that changes.
//!
//! ```text
//! something happens ─► Event ─► update(&mut FormState, Event) ─► Vec<Effect> ─► io
//!                                      │
//!                                      └─► answers ─► derived (problems, outcome, progress) ─► pages
//! ```
//!
//! [`update`] is pure and runs natively in tests. Nothing derived is stored.

mod derived;
mod effect;
mod event;
mod place;
mod receipt;
mod record;
mod update;
mod written;

pub use derived::{SectionStatus, derive_outcome, section_status};
pub use effect::{Effect, Focus};
pub use event::{Delivery, Event};
pub use place::Place;
pub use receipt::{read_receipt, submission, write_receipt};
pub use record::{Record, Sent, Shelved};
pub use update::{Context, update};
pub use written::Written;

use assessment_engine::validation::Problem;

/// Whether what was typed is safe.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum SaveStatus {
    /// Nothing to save yet.
    #[default]
    Nothing,
    /// Something was typed that is not on disk yet.
    Saving,
    /// Everything is on disk; the time of day of the last save.
    Saved(String),
    /// The browser refused to store it.
    Failed,
}

/// The whole state of one form on a page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FormState {
    /// Which page is shown.
    pub place: Place,
    /// The record that is open.
    pub record: Option<Record>,
    /// The records on this device, newest first; `None` until they have been read.
    pub shelf: Option<Vec<Shelved>>,
    /// Rises with every reading of the records on this device.
    pub shelf_read: u32,
    /// Whether the records on this device could not be read.
    pub shelf_failed: bool,
    /// Whether what was typed is safe.
    pub save: SaveStatus,
    /// Whether another window has the record, so that it can only be read here.
    pub read_only: bool,
    /// Whether the record became a copy here, because another window had changed it.
    pub copied: bool,
    /// The problems that are shown. Found when a section is left or the record is submitted, and quiet while typing.
    pub problems: Vec<Problem>,
    /// Whether they are those of the whole record, found on sending: these stay until they are mended.
    pub problems_of_all: bool,
    /// Whether a request is under way.
    pub sending: bool,
    /// Why the last try to send did not succeed, as a wording key; empty when there was none.
    pub not_sent_because: &'static str,
    /// Rises when something else than typing changed what a page shows, so that its fields are drawn anew.
    pub generation: u32,
}

impl FormState {
    /// The problems of the page that is shown; all of them on the page from which the record is sent.
    pub fn problems_here(&self) -> impl Iterator<Item = &Problem> {
        let is_here =
            |problem: &&Problem| self.place == Place::Check || Place::of_path(&problem.path) == self.place;
        self.problems.iter().filter(is_here)
    }

    /// Whether something was typed that is not on disk.
    #[must_use]
    pub fn is_unsaved(&self) -> bool {
        matches!(self.save, SaveStatus::Saving | SaveStatus::Failed)
    }

    /// Whether the record can be changed here and now.
    #[must_use]
    pub fn can_change(&self) -> bool {
        !self.read_only && self.record.as_ref().is_some_and(Record::is_open)
    }
}
