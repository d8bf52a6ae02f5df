//! What the form knows while it runs, and the only way it changes.
//!
//! ```text
//! something happens ─► Event ─► update(&mut FormState, Event) ─► Vec<Effect> ─► io
//!                                      │
//!                                      └─► answers ─► memos (problems, outcome, progress) ─► pages
//! ```
//!
//! [`update`] is pure and its tests run natively. Nothing that can be derived is stored.

mod acknowledged;
mod carried;
pub mod coordinator;
mod derived;
mod disclosure;
mod effect;
mod event;
mod idle;
mod lock;
mod opening;
pub mod own_page;
mod page;
mod privacy;
mod receipt;
mod record;
mod remembered;
mod saved_record;
mod stored;
mod submission;
pub mod take_up;
pub mod team;
mod update;
mod urgency;
pub mod work;

pub use acknowledged::{Acknowledged, Certainty};
pub use carried::Carried;
pub use derived::{SectionStatus, section_status};
pub use disclosure::Disclosure;
pub use effect::{Effect, Focus};
pub use event::{Delivery, Event, Rejection};
pub use idle::{Idle, Stage, said_at};
pub use lock::{Locked, Others, Whose};
pub use opening::{Opening, WrongAttribute};
pub use page::Page;
pub use privacy::{Mode, Privacy};
pub use receipt::Receipt;
pub use record::{Record, Sent};
pub use remembered::Remembered;
pub use saved_record::{RecordFacts, SavedRecord};
pub use stored::{LeftBehind, NotOpened, Unreadable, Written};
pub use submission::submission;
pub use update::{Context, NOBODYS, PORTAL_SIGN_IN, SIGN_IN, WAITING, update};
pub use urgency::{Gone, Known, OpenAction, Urgency};

use std::collections::BTreeMap;

use assessment_engine::answers::URGENT_LOG;
use assessment_engine::validation::Problem;
use assessment_form::Edit;
use jiff::civil::Date;
use serde_json::{Map, Value};

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

/// The records on this device, as far as they are known.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum SavedRecords {
    /// Not read yet.
    #[default]
    Unread,
    /// Newest first.
    Read(Vec<SavedRecord>),
    /// The browser could not read them.
    Unreadable,
}

/// Why the last attempt to send did not succeed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotSent {
    /// It may have arrived or not, so the record waits and is sent again. The reason is a wording key.
    Waits(&'static str),
    /// The server found problems in the answers.
    Refused {
        /// The day as of which the server checked them, where the device has another.
        other_day: Option<Date>,
    },
    /// The server will never accept this request.
    Rejected(Rejection),
}

/// The whole state of one form.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FormState {
    /// Which page is shown.
    pub page: Page,
    /// The record that is open.
    pub record: Option<Record>,
    /// Rises each time a record is opened, so that nothing of one record's page is kept for the next.
    pub opened: u32,
    /// The records on this device.
    pub saved_records: SavedRecords,
    /// What was not opened, until another page is.
    pub not_opened: Option<NotOpened>,
    /// The record to come back to, with its page, once it is known that its person is there.
    pub awaited: Option<(String, Option<Page>)>,
    /// The records on this device that belong to somebody else.
    pub others: Others,
    /// Why records that are not open went on waiting when they were tried last: a wording key by id.
    pub others_wait: BTreeMap<String, &'static str>,
    /// Who is signed in here, by the digest that tells them from others; `None` where nobody is or where people do not sign in.
    pub person: Option<String>,
    /// The id of the record whose link to sign in and send was followed in this window, before this page was loaded.
    pub followed: Option<String>,
    /// Their own page, as far as it was asked for.
    pub own_page: own_page::Known,
    /// What is kept while the form is locked.
    pub locked: Option<Locked>,
    /// What this device remembers of the practitioner.
    pub remembered: Remembered,
    /// Whether what was typed is safe.
    pub save: SaveStatus,
    /// Whether another window may change the record, so that it can only be read here.
    pub read_only: bool,
    /// Whether the record became a copy here because another window had changed it.
    pub copied: bool,
    /// The problems that are shown. Found on leaving a section or on sending, never while typing.
    pub problems: Vec<Problem>,
    /// Whether they are those of the whole record, found on sending. These stay until they are put right.
    pub problems_of_all: bool,
    /// The page from which the log of urgent actions was opened.
    pub log_from: Option<Page>,
    /// Whether a request is under way.
    pub sending: bool,
    /// Why the last attempt to send did not succeed.
    pub not_sent: Option<NotSent>,
    /// Who can see the screen, and whether it is blank.
    pub privacy: Privacy,
    /// Whether the portal gave no token when it was asked last.
    pub no_token: bool,
    /// What the portal fills in, by path, in the next new record. Not in a second one: that is another child's.
    pub prefill: Map<String, Value>,
}

impl FormState {
    /// The problems of the page that is shown; on the page from which the record is sent, all of them.
    pub fn problems_here(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|problem| self.page.sends() || Page::of_path(&problem.path) == self.page)
    }

    /// Whether something was typed that is not on disk.
    #[must_use]
    pub fn is_unsaved(&self) -> bool {
        matches!(self.save, SaveStatus::Saving | SaveStatus::Failed)
    }

    /// Whether something that was done about an urgent action can be written down. Also once the record was sent: what
    /// happens then is kept on this device.
    #[must_use]
    pub fn can_log(&self) -> bool {
        !self.read_only && self.record.is_some()
    }

    /// Whether this edit is one of the log that can still be made. What was sent of it cannot be changed any more.
    pub(crate) fn can_change_log(&self, path: &str, edit: &Edit) -> bool {
        let sent = self.record.as_ref().map_or(0, |record| record.log_sent);
        let row = path.strip_prefix(URGENT_LOG).map(|rest| rest.strip_prefix('['));
        self.can_log()
            && match (row, edit) {
                (Some(None), Edit::AddRow) => path == URGENT_LOG,
                (Some(None), Edit::RemoveRow(row)) => *row >= sent,
                (Some(Some(rest)), _) => {
                    let row = rest.split(']').next().and_then(|row| row.parse::<usize>().ok());
                    row.is_some_and(|row| row >= sent)
                }
                _ => false,
            }
    }

    /// Whether the questions of the page that is shown can be answered.
    #[must_use]
    pub fn can_answer(&self) -> bool {
        self.can_change()
            || (self.can_log() && self.page == Page::Section(URGENT_LOG.to_owned()))
            || (self.page == Page::Danger && self.can_take_back())
    }

    /// Whether the record waits to be sent and can be taken back here.
    #[must_use]
    pub fn can_take_back(&self) -> bool {
        let waits = |record: &Record| matches!(record.sent, Sent::Waiting(_));
        !self.read_only && self.record.as_ref().is_some_and(waits)
    }

    /// Whether the record can be changed here and now.
    #[must_use]
    pub fn can_change(&self) -> bool {
        !self.read_only && self.record.as_ref().is_some_and(Record::is_open)
    }
}
