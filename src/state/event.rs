//! Everything that can happen to a form.

use std::collections::BTreeMap;

use assessment_api::own_page::Me;
use assessment_engine::contradictions::Matter;
use assessment_engine::sibling::NewChild;
use assessment_engine::validation::Problem;
use assessment_form::Edit;
use jiff::civil::Date;
use serde_json::{Map, Value};

use super::{Certainty, Disclosure, Mode, Page, Receipt, Record, Remembered, SavedRecord, Unreadable};

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// The records on this device were read.
    SavedRecordsRead(Vec<SavedRecord>),
    /// The records on this device could not be read.
    SavedRecordsUnreadable,
    /// A new record was asked for, under a random id.
    Started(String),
    /// "Do I need to refer?" was asked for, as a new record under a random id.
    CheckBegan(String),
    /// A record of the list was chosen.
    Chosen(String),
    /// A brother's or sister's record is to begin from a record of the list.
    SiblingChosen(String),
    /// A stored record was read.
    Opened {
        /// What was stored.
        record: Box<Record>,
        /// Where to go, if not to the record's own page.
        page: Option<Page>,
        /// Whether another window may change it, so that it can only be read here.
        read_only: bool,
    },
    /// A stored record was to be opened, and cannot be.
    NotOpened(Unreadable),
    /// A file was read, as text, to go on with the record in it under a random id.
    FileTaken {
        /// What is in the file; `None` where it is no text, or too large to be a record.
        text: Option<String>,
        /// The id of the record that it becomes here.
        id: String,
    },
    /// The practitioner wants to change here what another window has.
    TakeOverAsked,
    /// Another window has taken over the record with this id.
    LostToOtherWindow(String),
    /// The record with this id was saved as a copy, because another window had changed it.
    Copied(String),
    /// A question was answered, changed or cleared.
    Answered(String, Edit),
    /// One press answered several questions, in this order; then the focus goes to the element with this id.
    AnsweredTogether(Vec<(String, Edit)>, Option<String>),
    /// What this device remembers of the practitioner was read.
    RememberedRead(Remembered),
    /// The practitioner's details in this record are to be remembered.
    RememberAsked,
    /// The practitioner's details are to be forgotten.
    ForgetAsked,
    /// A record for a brother or sister of this child was asked for, under a random id.
    SiblingStarted(String, NewChild),
    /// What was carried over into this section was checked.
    CarriedChecked(String),
    /// The practitioner said why two answers are both right; blank to take it back.
    Explained {
        /// What it is about.
        matter: Matter,
        /// The digest of the two answers.
        fingerprint: String,
        /// Why.
        reason: String,
    },
    /// The practitioner said who can see the screen.
    ModeChosen(Mode),
    /// The screen was blanked, or shown again.
    Blanked(bool),
    /// Who is signed in here turned out to be this person, or nobody.
    PersonKnown(Option<String>),
    /// This record was open at this page before the form was loaded again; it is to be opened.
    Awaited(String, Page),
    /// The form is to show nothing until its person signs in again.
    Locked {
        /// Whether a portal knows who that is, where nobody here does.
        is_portals: bool,
    },
    /// This person gave the portal's token that counted when the form was locked, as it turned out since; `None` where nobody
    /// can say any more.
    LockedFor(Option<String>),
    /// Somebody tried to open a form that is locked, and it stays so: a wording key that says why.
    NotUnlocked(&'static str),
    /// A portal's token came, or did not.
    TokenCame(bool),
    /// What a portal fills in, by path; `None` where it cannot be read.
    PrefillGiven(Option<Map<String, Value>>),
    /// Another page was asked for.
    Went(Page),
    /// The browser's back or forward button led to a page.
    Came(Page),
    /// The family says no, and that is to be written down.
    RefusalBegan,
    /// "Save and continue" was pressed.
    Continued,
    /// All elements that were not talked about are to be marked so.
    MarkedNotDiscussed,
    /// An urgent action was acknowledged.
    Acknowledged {
        /// The action's code.
        action: String,
        /// Under which answer it was shown.
        certainty: Certainty,
        /// The time of day.
        time: String,
    },
    /// Something was done about an urgent action, and is to be written down.
    LogBegan {
        /// The action's code.
        action: String,
        /// Under which answer it was shown.
        certainty: Certainty,
        /// What it said.
        what: String,
    },
    /// What went of the urgent actions was read, at a time of day.
    GoneRead(String),
    /// Another day has begun.
    TimePassed,
    /// A document was made for somebody.
    Disclosed(Disclosure),
    /// A revision of the record with this id is on disk, at a time of day.
    Saved(String, u64, String),
    /// The browser's store was closed, and may have been emptied: what is open here may be the only copy.
    StoreLost,
    /// The browser refused to store a revision of the record with this id.
    NotSaved(String),
    /// The record is to be submitted, under a random key.
    Submitted(String),
    /// A record of which only the refusal was sent is to be carried on, as a new one under a random id.
    CarriedOn(String),
    /// The page of the person who is signed in would be of use.
    OwnPageWanted,
    /// That page, asked for on behalf of this person; `None` where there is none.
    OwnPageRead(Option<String>, Option<Box<Me>>),
    /// Records that are not open were sent.
    OthersSent,
    /// Records that are not open were tried and go on waiting: which, and a wording key that says why.
    OthersWait(BTreeMap<String, &'static str>),
    /// A record that waits is to be sent again, and the others that wait.
    Retried,
    /// The person who is signed in sends in their own name what waits and was sent while nobody was.
    SentAsOwn,
    /// The record that waits is not to be sent as it is: it is to be changed.
    TakenBack,
    /// A correction is to follow the version with this id, because that was sent meanwhile.
    FollowsVersion(String),
    /// An attempt to send under this key ended.
    Delivered(String, Delivery),
    /// A record is to be deleted from this device; its name has been typed.
    Deleted(String),
}

/// How an attempt to send ended.
#[derive(Debug, Clone)]
pub enum Delivery {
    /// The server has stored exactly these bytes.
    Received(Box<Receipt>),
    /// The server refused the answers.
    Refused {
        /// What is wrong.
        problems: Vec<Problem>,
        /// The day as of which the server checked them, where it says so.
        judged_on: Option<Date>,
    },
    /// The server will never accept this request, whatever it is about.
    Rejected(Rejection),
    /// It did not arrive, or nobody knows: the record waits. The reason is a wording key.
    Waits(&'static str),
}

/// A refusal that no repetition will change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// The HTTP status.
    pub status: u16,
    /// What the server said, in plain words; empty when it said nothing.
    pub detail: String,
    /// Whether other bytes were stored under this key, so that the next attempt needs a new one.
    pub is_key_spent: bool,
    /// Whether somebody has sent a version since the one that this started from.
    pub is_overtaken: bool,
}
