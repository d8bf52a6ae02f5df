//! One record: answers as typed, the page, what was acknowledged, and what became of sending it. How it is written down
//! is in `stored`, where it is kept in `io::local_draft`.

use std::sync::Arc;

use assessment_api::assessment::EpisodeLink;
use assessment_engine::answers::Answers;
use assessment_engine::answers::child_name;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::stored::opening_of;
use super::{Acknowledged, Carried, Disclosure, Page, Receipt, Urgency};

/// What became of sending a record.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Sent {
    /// It is being filled in.
    #[default]
    No,
    /// It was submitted and waits for the server.
    Waiting(Waiting),
    /// The server has it.
    Received(Box<Receipt>),
}

/// A submission that waits for the server. The bytes are fixed: every attempt sends the same, under the same key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// The idempotency key.
    pub key: String,
    /// The exact body.
    pub body: String,
}

/// A record.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// A random id.
    pub id: String,
    /// What was typed.
    pub answers: Answers,
    /// Who began it, or sent it where nobody was signed in before; `None` where nobody was.
    pub owner: Option<String>,
    /// The day on which it was begun, `2026-11-26`; empty in records of older versions.
    pub begun: String,
    /// The episode that it belongs to, and why it exists, where it corrects or follows what was sent.
    pub episode: Option<EpisodeLink>,
    /// What was carried over from another record and was not checked yet.
    pub carried: Option<Carried>,
    /// Where the practitioner was.
    pub page: Page,
    /// Urgent actions that were acknowledged, with the time.
    pub acknowledged: Acknowledged,
    /// Since when urgent actions are known, and which went.
    pub urgency: Urgency,
    /// How many entries of the log of urgent actions were in what was sent; later ones are on this device only.
    pub log_sent: usize,
    /// What was handed over, the oldest first.
    pub disclosures: Vec<Disclosure>,
    /// Rises with every change.
    pub revision: u64,
    /// See [`Sent`].
    pub sent: Sent,
    /// A submission that got a permanent refusal. An earlier attempt may have been stored and its reply lost, so the same
    /// bytes are only ever sent under the same key.
    pub rejected: Option<Waiting>,
    /// Whether it was made because the record was changed in two windows at once.
    pub copy: bool,
    /// One window's use of the record; no other opening has the same. Kept in the stamp of what it writes, and the id of
    /// the copy if there must be one.
    pub opening: String,
    /// The stamp of what was read from the disk; empty when it had none.
    pub base: String,
    /// The answers as they were stored, where this version does not understand all of them. Kept beside the
    /// record so that nothing of a newer version's draft is dropped.
    pub not_understood: Option<Arc<Value>>,
}

impl Record {
    /// A new, empty record.
    #[must_use]
    pub fn new(id: String) -> Record {
        Record {
            opening: opening_of(&id),
            base: String::new(),
            copy: false,
            id,
            answers: Answers::default(),
            owner: None,
            begun: String::new(),
            episode: None,
            carried: None,
            page: Page::Danger,
            acknowledged: Acknowledged::default(),
            urgency: Urgency::new(),
            log_sent: 0,
            disclosures: Vec::new(),
            revision: 0,
            sent: Sent::No,
            rejected: None,
            not_understood: None,
        }
    }

    /// Whether it can still be changed.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.sent == Sent::No
    }

    /// Goes on under an id of its own, because another window wrote this record. It stops waiting to be sent: the other
    /// one may have been sent.
    pub fn become_copy(&mut self) {
        self.id = std::mem::take(&mut self.opening);
        self.opening = opening_of(&self.id);
        self.copy = true;
        if matches!(self.sent, Sent::Waiting(_)) {
            self.sent = Sent::No;
        }
        self.rejected = None;
    }

    /// Goes on here under an id of its own, as a record that nobody has stored yet: it comes from a file. Like a copy it does
    /// not wait to be sent, for what it was copied from may have been.
    #[must_use]
    pub fn taken_in(mut self, id: String) -> Record {
        self.opening = id;
        self.become_copy();
        Record { copy: false, base: String::new(), revision: self.revision + 1, ..self }
    }

    /// The server has it. The caller makes that a revision of its own.
    pub fn receive(&mut self, receipt: Box<Receipt>) {
        self.sent = Sent::Received(receipt);
        self.rejected = None;
        self.page = Page::Receipt;
    }

    /// What the child is called.
    #[must_use]
    pub fn name(&self) -> String {
        child_name(&self.answers)
    }
}
