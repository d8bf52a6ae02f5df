//! A record as it is stored: the JSON on disk, and what decides whether it may be written. The text is fixed when a save
//! begins, so that what is typed afterwards does not change it.
//!
//! The names of the members never change: an older or newer version of the form may read them.

use std::collections::BTreeMap;

use assessment_engine::answers::Answers;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use super::Page;
use super::acknowledged::{Acknowledged, Certainty};
use super::disclosure::{Disclosure, disclosures};
use super::receipt::{Receipt, is_present};
use super::record::{Record, Sent, Waiting};

/// The version of the stored format.
const VERSION: u8 = 1;

/// The JSON of a stored record.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct StoredRecord {
    id: String,
    /// When it was saved, in words, for the list.
    #[serde(default, deserialize_with = "text")]
    saved: String,
    #[serde(default, deserialize_with = "is_present", skip_serializing_if = "std::ops::Not::not")]
    copy: bool,
    /// For later versions of the form; this one reads every record that there is.
    #[serde(skip_deserializing)]
    version: u8,
    #[serde(default, deserialize_with = "number")]
    revision: u64,
    /// The child's name, for the list.
    #[serde(default, deserialize_with = "text")]
    name: String,
    #[serde(rename = "place", default = "task_list", deserialize_with = "page")]
    page: Page,
    /// Acknowledged at "not sure"; in records of older versions, at either answer.
    #[serde(default, deserialize_with = "texts")]
    acknowledged: BTreeMap<String, String>,
    #[serde(default, deserialize_with = "texts", skip_serializing_if = "BTreeMap::is_empty")]
    acknowledged_certain: BTreeMap<String, String>,
    #[serde(default, deserialize_with = "disclosures", skip_serializing_if = "Vec::is_empty")]
    disclosures: Vec<Disclosure>,
    answers: Box<RawValue>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    not_understood: Option<Box<RawValue>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    receipt: Option<Receipt>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    waiting: Option<Waiting>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rejected: Option<Waiting>,
}

// Members that the record can do without: one of another type than expected counts as blank.

fn text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Ok(if let Value::String(text) = Value::deserialize(from)? { text } else { String::new() })
}

fn number<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    Ok(Value::deserialize(from)?.as_u64().unwrap_or_default())
}

fn texts<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, String>, D::Error> {
    let mut texts = BTreeMap::new();
    if let Value::Object(members) = Value::deserialize(from)? {
        for (name, value) in members {
            if let Value::String(text) = value {
                texts.insert(name, text);
            }
        }
    }
    Ok(texts)
}

fn page<'de, D: Deserializer<'de>>(from: D) -> Result<Page, D::Error> {
    text(from).map(|name| Page::parse(&name))
}

fn task_list() -> Page {
    Page::Tasks
}

impl Record {
    /// Reads a stored text. `None` when it is damaged.
    #[must_use]
    pub fn from_json(text: &str) -> Option<Record> {
        let stored: StoredRecord = serde_json::from_str(text).ok()?;
        let reading = Answers::read(stored.answers.get()).ok()?;
        let not_understood = match stored.not_understood {
            Some(kept) => Some(kept.get().to_owned()),
            None => (!reading.unread.is_empty()).then(|| stored.answers.get().to_owned()),
        };
        let sent = match (stored.receipt, stored.waiting) {
            (Some(receipt), _) => Sent::Received(Box::new(receipt)),
            (None, Some(waiting)) => Sent::Waiting(waiting),
            (None, None) => Sent::No,
        };
        Some(Record {
            id: stored.id,
            answers: reading.answers,
            page: stored.page,
            acknowledged: Acknowledged::new(stored.acknowledged_certain, stored.acknowledged),
            disclosures: stored.disclosures,
            revision: stored.revision,
            sent,
            rejected: stored.rejected,
            copy: stored.copy,
            opening: String::new(),
            base: String::new(),
            not_understood,
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
            page: self.page.clone(),
            acknowledged: self.acknowledged.clone(),
            disclosures: self.disclosures.clone(),
            answers: self.answers.to_json(),
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
    page: Page,
    acknowledged: Acknowledged,
    disclosures: Vec<Disclosure>,
    answers: String,
    not_understood: Option<String>,
    sent: Sent,
    rejected: Option<Waiting>,
}

impl Written {
    /// The text that is stored. `saved` is the time in words, for the list. `None` if it cannot be written as JSON, which
    /// counts as a failed save.
    #[must_use]
    pub fn text(&self, as_copy: bool, saved: &str) -> Option<String> {
        let json = |text: &String| RawValue::from_string(text.clone()).ok();
        let not_understood = match &self.not_understood {
            Some(text) => Some(json(text)?),
            None => None,
        };
        let (receipt, waiting) = match &self.sent {
            Sent::Received(receipt) => (Some(Receipt::clone(receipt)), None),
            Sent::Waiting(waiting) if !as_copy => (None, Some(waiting.clone())),
            Sent::Waiting(_) | Sent::No => (None, None),
        };
        let stored = StoredRecord {
            id: self.stored_as(as_copy).to_owned(),
            saved: saved.to_owned(),
            copy: as_copy || self.copy,
            version: VERSION,
            revision: self.revision,
            name: self.name.clone(),
            page: self.page.clone(),
            acknowledged: self.acknowledged.map(Certainty::NotSure).clone(),
            acknowledged_certain: self.acknowledged.map(Certainty::Certain).clone(),
            disclosures: self.disclosures.clone(),
            answers: json(&self.answers)?,
            not_understood,
            receipt,
            waiting,
            rejected: self.rejected.clone().filter(|_| !as_copy),
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

    /// Whether it may replace what has this stamp: what it began from, or what it wrote itself.
    #[must_use]
    pub fn may_replace(&self, stamp: &str) -> bool {
        stamp == self.base
            || stamp.strip_prefix(&self.opening).is_some_and(|revision| revision.starts_with(' '))
    }
}

/// The opening of a record that begins under this id.
pub(super) fn opening_of(id: &str) -> String {
    format!("{id}-2")
}

#[cfg(test)]
#[path = "stored/tests.rs"]
mod tests;
