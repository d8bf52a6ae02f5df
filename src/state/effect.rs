//! What an update asks the outside world to do. Carried out in `form::effects`, nowhere else.

use super::{Page, Privacy, Remembered, Written};

/// Where the focus goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Focus {
    /// The page's heading.
    Heading,
    /// The error summary.
    Summary,
    /// The field, row heading or message with this id.
    Id(String),
}

/// Something to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Save soon; several changes make one save.
    SaveSoon,
    /// Save at once.
    Save(Box<Written>),
    /// Read the list of records on this device.
    ReadSavedRecords,
    /// Read one record.
    Read(String, Option<Page>),
    /// Read one record and change it here, whichever window has it.
    TakeOver(String, Page),
    /// Delete one record.
    Delete(String),
    /// Put a page into the browser's history.
    Remember(Page),
    /// Move the focus once the page is drawn.
    Move(Focus),
    /// Put the waiting record on disk, and only then send its body under its key: a crash between the two must not make
    /// a second assessment.
    Send {
        /// The record that waits, if it is not on disk yet.
        record: Option<Box<Written>>,
        /// The idempotency key.
        key: String,
        /// The exact body.
        body: String,
        /// Whose it is. The server refuses it in anyone else's session.
        owner: Option<String>,
    },
    /// Send the records that wait and are not open.
    SendWaiting,
    /// Try again after a while.
    RetryLater,
    /// Say something to screen reader users, by wording key.
    Announce(&'static str),
    /// Keep on this device what is remembered of the practitioner, and then say so to screen reader users, by wording key.
    Remembered(Remembered, Option<&'static str>),
    /// Keep in this window who can see the screen.
    KeepPrivacy(Privacy),
    /// Move the focus out of what is hidden, and note where it was.
    Blank,
    /// Ask the server for the page of the person who is signed in.
    ReadOwnPage,
    /// Read what this device remembers of the person who is signed in.
    ReadRemembered,
    /// Put focus and scrolling back.
    ShowAgain,
    /// Tell the host page which of the fields that it gave were not filled in, by path.
    PrefillRefused(Vec<String>),
    /// What the page around the form knows has gone into a record: it goes into no other one.
    PrefillUsed,
    /// Tell the host page of a moment; never with personal data.
    Tell(&'static str),
}
