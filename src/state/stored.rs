//! A record as it is stored: the JSON on disk, and what decides whether it may be written. What is stored is
//! fixed when a save begins, so that what is typed afterwards does not change it.
//!
//! The names of the members never change: an older or newer version of the form may read them.

use std::collections::BTreeMap;
use std::sync::Arc;

use assessment_api::assessment::EpisodeLink;
use assessment_engine::answers::Answers;
use assessment_engine::{FIRST_FORM_VERSION, FORM_VERSION, SECOND_FORM_VERSION};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use strict_json::{Limits, from_value, read};

use super::acknowledged::{Acknowledged, Certainty};
use super::disclosure::{Disclosure, disclosures};
use super::receipt::Receipt;
use super::record::{Record, Sent, Waiting};
use super::urgency::{StoredUrgency, Urgency};
use super::{Carried, Page};

/// The version of the stored format.
const VERSION: u8 = 1;
/// The versions of the form whose records this program reads. One that it does not know is a later one: it knows each that
/// came before it.
const READS: [&str; 3] = [FIRST_FORM_VERSION, SECOND_FORM_VERSION, FORM_VERSION];

/// Why what is stored is not opened. It is never written over either, and stays in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// It is damaged.
    Damaged,
    /// A later release of the form wrote it, in a format or a version of the form that this one does not know. Reading it
    /// anyway could change what it means.
    Newer,
}

impl Unreadable {
    /// What is said of such a record, as a wording key.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Unreadable::Damaged => "drafts.damaged",
            Unreadable::Newer => "drafts.newer",
        }
    }
}

/// What was not opened, and why, as a wording key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotOpened {
    /// A record in this browser.
    Stored(&'static str),
    /// A file that was chosen.
    File(&'static str),
}

impl NotOpened {
    /// Why a record in this browser was not.
    #[must_use]
    pub fn stored(self) -> Option<&'static str> {
        if let Self::Stored(key) = self { Some(key) } else { None }
    }

    /// Why a file was not.
    #[must_use]
    pub fn file(self) -> Option<&'static str> {
        if let Self::File(key) = self { Some(key) } else { None }
    }
}

/// The JSON of a stored record.
#[derive(Serialize)]
struct StoredRecord<'a> {
    id: &'a str,
    /// When it was saved, in words, for the list.
    saved: &'a str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    copy: bool,
    version: u8,
    /// The version of the form that wrote it; records of older releases do not say it.
    form: &'a str,
    revision: u64,
    /// The child's name, for the list.
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    begun: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    episode: Option<&'a EpisodeLink>,
    #[serde(skip_serializing_if = "Option::is_none")]
    carried: Option<&'a Carried>,
    #[serde(rename = "place")]
    page: &'a Page,
    /// Acknowledged at "not sure"; in records of older versions, at either answer.
    acknowledged: &'a BTreeMap<String, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    acknowledged_certain: &'a BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    urgency: Option<StoredUrgency<'a>>,
    #[serde(skip_serializing_if = "is_zero")]
    log_sent: usize,
    #[serde(skip_serializing_if = "<[Disclosure]>::is_empty")]
    disclosures: &'a [Disclosure],
    answers: &'a Answers,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_understood: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<&'a Receipt>,
    #[serde(skip_serializing_if = "Option::is_none")]
    waiting: Option<&'a Waiting>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rejected: Option<&'a Waiting>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// A member that must be as it was written if it is there: `Some(None)` where it is not, `None` where it is damaged.
fn optional<T: DeserializeOwned>(stored: &Value, name: &str) -> Option<Option<T>> {
    match &stored[name] {
        Value::Null => Some(None),
        value => from_value(value).ok().map(Some),
    }
}

/// The texts of an object.
fn texts(stored: &Value, name: &str) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for (name, value) in stored[name].as_object().into_iter().flatten() {
        if let Value::String(text) = value {
            texts.insert(name.clone(), text.clone());
        }
    }
    texts
}

/// Whether a later release wrote it: it says so in the two members that each release writes. What is there and cannot be
/// read is a later release's too.
fn is_newer(stored: &Value) -> bool {
    let is_known_format =
        stored.get("version").is_none_or(|version| version.as_u64().is_some_and(|it| it <= VERSION.into()));
    let is_known_form =
        stored.get("form").is_none_or(|form| form.as_str().is_some_and(|form| READS.contains(&form)));
    !(is_known_format && is_known_form)
}

impl Record {
    /// Reads a stored text.
    ///
    /// # Errors
    /// When it is damaged, or a later release wrote it.
    pub fn from_json(text: &str) -> Result<Record, Unreadable> {
        Record::from_value(read(text.as_bytes(), &Limits::DEPTH_ONLY).map_err(|_| Unreadable::Damaged)?)
    }

    /// Reads a stored record that has been parsed already. A member that the record can do without counts as blank where it
    /// is of another type than expected.
    pub(super) fn from_value(stored: Value) -> Result<Record, Unreadable> {
        match is_newer(&stored) {
            true => Err(Unreadable::Newer),
            false => Record::of_members(stored).ok_or(Unreadable::Damaged),
        }
    }

    fn of_members(mut stored: Value) -> Option<Record> {
        let answers = stored.get_mut("answers")?.take();
        let reading = Answers::from_value(&answers).ok()?;
        let not_understood = match stored.get_mut("not_understood").map(Value::take) {
            None | Some(Value::Null) => (!reading.unread.is_empty()).then_some(answers),
            kept => kept,
        };
        let stored = &stored;
        let sent = match (optional(stored, "receipt")?, optional(stored, "waiting")?) {
            (Some(receipt), _) => Sent::Received(Box::new(receipt)),
            (None, Some(waiting)) => Sent::Waiting(waiting),
            (None, None) => Sent::No,
        };
        Some(Record {
            id: stored["id"].as_str()?.to_owned(),
            answers: reading.answers,
            owner: stored["owner"].as_str().map(str::to_owned),
            begun: stored["begun"].as_str().unwrap_or_default().to_owned(),
            // Without its episode it would be sent as another child's first record.
            episode: optional(stored, "episode")?,
            // A note for the practitioner: without it the record is whole all the same.
            carried: optional(stored, "carried").flatten(),
            page: Page::parse(stored["place"].as_str().unwrap_or_default()),
            acknowledged: Acknowledged::new(
                texts(stored, "acknowledged_certain"),
                texts(stored, "acknowledged"),
            ),
            urgency: Urgency::from_stored(&stored["urgency"]),
            log_sent: stored["log_sent"]
                .as_u64()
                .and_then(|rows| usize::try_from(rows).ok())
                .unwrap_or_default(),
            disclosures: disclosures(&stored["disclosures"]),
            revision: stored["revision"].as_u64().unwrap_or_default(),
            sent,
            rejected: optional(stored, "rejected")?,
            copy: !stored["copy"].is_null(),
            opening: String::new(),
            base: String::new(),
            not_understood: not_understood.map(Arc::new),
        })
    }

    /// The record as it is now, ready to be stored.
    #[must_use]
    pub fn written(&self) -> Written {
        Written {
            id: self.id.clone(),
            opening: self.opening.clone(),
            revision: self.revision,
            base: self.base.clone(),
            copy: self.copy,
            name: self.name(),
            owner: self.owner.clone(),
            begun: self.begun.clone(),
            episode: self.episode.clone(),
            carried: self.carried.clone(),
            page: self.page.clone(),
            acknowledged: self.acknowledged.clone(),
            urgency: self.urgency.clone(),
            log_sent: self.log_sent,
            disclosures: self.disclosures.clone(),
            answers: self.answers.clone(),
            not_understood: self.not_understood.clone(),
            sent: self.sent.clone(),
            rejected: self.rejected.clone(),
        }
    }
}

/// One revision of a record, ready to be stored: as itself or, when it must not replace what another window wrote, as a
/// copy under its own id. A copy does not wait to be sent: the other one may have been sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// The record's id.
    pub id: String,
    /// See [`Record::opening`]; also the id of the copy.
    pub opening: String,
    /// See [`Record::revision`].
    pub revision: u64,
    base: String,
    copy: bool,
    name: String,
    owner: Option<String>,
    begun: String,
    episode: Option<EpisodeLink>,
    carried: Option<Carried>,
    page: Page,
    acknowledged: Acknowledged,
    urgency: Urgency,
    log_sent: usize,
    disclosures: Vec<Disclosure>,
    answers: Answers,
    not_understood: Option<Arc<Value>>,
    sent: Sent,
    rejected: Option<Waiting>,
}

impl Written {
    /// Whether the server has everything that was typed: also of the log of urgent actions, which can be written after that.
    #[must_use]
    pub fn is_sent(&self) -> bool {
        matches!(self.sent, Sent::Received(_)) && self.answers.urgent_log.len() <= self.log_sent
    }

    /// The text that is stored. `saved` is the time in words, for the list. `None` if it cannot be written as JSON, which
    /// counts as a failed save.
    #[must_use]
    pub fn text(&self, as_copy: bool, saved: &str) -> Option<String> {
        let (receipt, waiting) = match &self.sent {
            Sent::Received(receipt) => (Some(&**receipt), None),
            Sent::Waiting(waiting) if !as_copy => (None, Some(waiting)),
            Sent::Waiting(_) | Sent::No => (None, None),
        };
        let stored = StoredRecord {
            id: self.stored_as(as_copy),
            saved,
            copy: as_copy || self.copy,
            version: VERSION,
            form: FORM_VERSION,
            revision: self.revision,
            name: &self.name,
            owner: self.owner.as_deref(),
            begun: &self.begun,
            episode: self.episode.as_ref(),
            carried: self.carried.as_ref(),
            page: &self.page,
            acknowledged: self.acknowledged.map(Certainty::NotSure),
            acknowledged_certain: self.acknowledged.map(Certainty::Certain),
            urgency: self.urgency.is_kept().then_some(StoredUrgency(&self.urgency)),
            log_sent: self.log_sent,
            disclosures: &self.disclosures,
            answers: &self.answers,
            not_understood: self.not_understood.as_deref(),
            receipt,
            waiting,
            rejected: self.rejected.as_ref().filter(|_| !as_copy),
        };
        serde_json::to_string(&stored).ok()
    }

    /// The id that it is stored under.
    #[must_use]
    pub fn stored_as(&self, as_copy: bool) -> &str {
        if as_copy { &self.opening } else { &self.id }
    }

    /// Stored beside the text, so that another opening of the record can tell that this one wrote it.
    #[must_use]
    pub fn stamp(&self, as_copy: bool) -> String {
        let opening = if as_copy { opening_of(&self.opening) } else { self.opening.clone() };
        format!("{opening} {}", self.revision)
    }

    /// The stamp that it began from. See [`Record::base`].
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// What to do with it if its page was left before it was saved, by the stamps of what is stored as the record and
    /// as its copy.
    #[must_use]
    pub fn left_behind(&self, itself: Option<&str>, copy: Option<&str>) -> LeftBehind {
        let revision =
            |stamp: &str, opening: &str| stamp.strip_prefix(opening)?.strip_prefix(' ')?.parse::<u64>().ok();
        let of_copy = copy.map(|stamp| revision(stamp, &opening_of(&self.opening)));
        match itself {
            Some(stamp) if revision(stamp, &self.opening).is_some_and(|stored| stored >= self.revision) => {
                LeftBehind::Stored
            }
            Some(stamp) if !self.may_replace(stamp) => match of_copy {
                None => LeftBehind::Copy,
                Some(Some(stored)) if stored >= self.revision => LeftBehind::Stored,
                Some(Some(_)) => LeftBehind::Copy,
                Some(None) => LeftBehind::Waits,
            },
            Some(_) | None => LeftBehind::Itself { has_copy: matches!(of_copy, Some(Some(_))) },
        }
    }

    /// Whether it may replace what has this stamp: what it began from, or what it wrote itself.
    #[must_use]
    pub fn may_replace(&self, stamp: &str) -> bool {
        stamp == self.base
            || stamp.strip_prefix(&self.opening).is_some_and(|revision| revision.starts_with(' '))
    }
}

/// What to do with a record that a page left before it was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftBehind {
    /// Nothing: this revision, or a later one of the same opening, is stored.
    Stored,
    /// Store it as itself, and delete the copy of it if there is one.
    Itself {
        /// Whether an earlier attempt left a copy.
        has_copy: bool,
    },
    /// Store it as a copy.
    Copy,
    /// Keep it: another opening has written both the record and the copy.
    Waits,
}

/// The opening of a record that begins under this id.
pub(super) fn opening_of(id: &str) -> String {
    format!("{id}-2")
}

#[cfg(test)]
#[path = "stored/tests.rs"]
mod tests;
