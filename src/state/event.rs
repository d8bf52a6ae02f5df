//! Everything that can happen to a form.

use assessment_api::assessment::Receipt;
use assessment_engine::validation::Problem;
use assessment_form::Edit;

use super::{Place, Record, Shelved};

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// The records on this device were read.
    ShelfRead(Vec<Shelved>),
    /// The records on this device could not be read.
    ShelfFailed,
    /// A new record was asked for, under a random id.
    Started(String),
    /// A record of the list was chosen.
    Chosen(String),
    /// A stored record was read, to be shown at its own place or at another; only to be read if another window has it.
    Opened {
        /// What was stored.
        record: Box<Record>,
        /// Where to go, if not to the record's own place.
        place: Option<Place>,
        /// Whether another window may change it.
        read_only: bool,
    },
    /// The record that is only to be read here is to be changed here.
    TookOver,
    /// Another window changes the record with this id from now on.
    TakenOver(String),
    /// The record with this id was saved as a copy, because another window had changed it.
    Copied(String),
    /// A question was answered, changed or cleared.
    Answered(String, Edit),
    /// Another page was asked for.
    Went(Place),
    /// The browser's back or forward button led to a page.
    Came(Place),
    /// "Save and continue" was pressed.
    Continued,
    /// All boxes that were not talked about are to be marked so.
    MarkedNotDiscussed,
    /// An urgent action was acknowledged, at a time of day.
    Acknowledged(String, String),
    /// A revision of the record with this id is on disk, at a time of day.
    Saved(String, u64, String),
    /// The browser refused to store a revision of the record with this id.
    NotSaved(String),
    /// The record is to be submitted, under a random key.
    Submitted(String),
    /// A record that waits is to be sent again.
    Retried,
    /// A try to send under this key ended.
    Delivered(String, Delivery),
    /// A record is to be deleted from this device; its name has been typed.
    Deleted(String),
}

/// How a try to send ended.
#[derive(Debug, Clone)]
pub enum Delivery {
    /// The server has stored exactly these bytes.
    Received(Box<Receipt>),
    /// The server refused the answers.
    Refused(Vec<Problem>),
    /// It did not arrive, or nobody knows: the record waits. The reason is a wording key.
    Waits(&'static str),
}
