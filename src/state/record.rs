//! One record as it is kept on this device: answers as typed, the place, what was acknowledged, and what became of it.
//! Only its shape is here; where it is kept is `io::local_draft`.

use crate::json::Json;
use assessment_api::assessment::Receipt;
use assessment_engine::answers::Answers;
use assessment_engine::assessment::child_name;
use std::collections::BTreeMap;

use super::Place;
use super::receipt::read_receipt;
use super::written::opening_of;

/// What became of a record.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Sent {
    /// It is being written.
    #[default]
    No,
    /// It was submitted and waits for the server. The bytes are fixed: every try sends the same, under the same key.
    Waiting {
        /// The idempotency key.
        key: String,
        /// The exact body.
        body: String,
    },
    /// The server has it.
    Received(Box<Receipt>),
}

/// A record.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// A random id.
    pub id: String,
    /// What was typed.
    pub answers: Answers,
    /// Where the practitioner was.
    pub place: Place,
    /// Urgent actions that were acknowledged, with the time.
    pub acknowledged: BTreeMap<String, String>,
    /// Rises with every change; the order of two copies.
    pub revision: u64,
    /// See [`Sent`].
    pub sent: Sent,
    /// Whether it was made because the record was changed in two windows at once.
    pub copy: bool,
    /// Told apart from every other opening of the record, in this window or another. Kept in the stamp of what it
    /// writes, and the id of the copy if there must be one.
    pub opening: String,
    /// The stamp of what was read from the disk; empty when it had none.
    pub base: String,
    /// The answers as they were stored, where this version does not understand all of them. Kept beside the record so
    /// that nothing of a newer version's draft is dropped.
    pub not_understood: Option<Json>,
}

/// A line of the list of records on this device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelved {
    /// The record's id.
    pub id: String,
    /// The child's name; empty when none was typed yet.
    pub name: String,
    /// When it was saved, in words; empty when unknown.
    pub saved: String,
    /// Whether it waits to be sent.
    pub waiting: bool,
    /// Whether it is a second copy of a record.
    pub copy: bool,
    /// The reference, when the server has it.
    pub reference: Option<String>,
    /// What happened to the answers could not be read: the stored text is damaged.
    pub damaged: bool,
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
            place: Place::Danger,
            acknowledged: BTreeMap::new(),
            revision: 0,
            sent: Sent::No,
            not_understood: None,
        }
    }

    /// Whether it can still be changed.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.sent == Sent::No
    }

    /// Goes on under an id of its own, for when another window wrote in the record's place. It does not go on waiting
    /// to be sent: the other one may have been sent.
    pub fn become_copy(&mut self) {
        self.id = std::mem::take(&mut self.opening);
        self.opening = opening_of(&self.id);
        self.copy = true;
        if matches!(self.sent, Sent::Waiting { .. }) {
            self.sent = Sent::No;
        }
    }

    /// What the child is called.
    #[must_use]
    pub fn name(&self) -> String {
        child_name(&self.answers)
    }

    /// Reads a stored text. `None` when it is damaged.
    #[must_use]
    pub fn from_json(text: &str) -> Option<Record> {
        let stored = Json::parse(text).ok()?;
        let reading = Answers::from_value(&stored.get("answers")?.into()).ok()?;
        let kept = stored.get("not_understood").cloned();
        let not_understood =
            kept.or_else(|| (!reading.unread.is_empty()).then(|| stored.get("answers").cloned()).flatten());
        let sent = if let Some(receipt) = stored.get("receipt") {
            Sent::Received(Box::new(read_receipt(receipt)?))
        } else if let Some(waiting) = stored.get("waiting") {
            let part = |name: &str| waiting.get(name).and_then(Json::as_text).map(str::to_owned);
            Sent::Waiting { key: part("key")?, body: part("body")? }
        } else {
            Sent::No
        };
        let mut acknowledged = BTreeMap::new();
        if let Some(Json::Object(read)) = stored.get("acknowledged") {
            for (code, at) in read {
                if let Some(at) = at.as_text() {
                    acknowledged.insert(code.clone(), at.to_owned());
                }
            }
        }
        Some(Record {
            id: stored.get("id")?.as_text()?.to_owned(),
            answers: reading.answers,
            place: Place::parse(stored.get("place").and_then(Json::as_text).unwrap_or_default()),
            acknowledged,
            revision: stored.get("revision").and_then(Json::as_whole).unwrap_or_default(),
            sent,
            copy: stored.get("copy").is_some(),
            opening: String::new(),
            base: String::new(),
            not_understood,
        })
    }
}

impl Shelved {
    /// The line for a stored text. A damaged one is listed too: it must not vanish silently.
    #[must_use]
    pub fn of(id: &str, text: &str) -> Shelved {
        let stored = Json::parse(text).unwrap_or(Json::Null);
        let part = |name: &str| stored.get(name).and_then(Json::as_text).unwrap_or_default().to_owned();
        Shelved {
            id: id.to_owned(),
            name: part("name"),
            saved: part("saved"),
            waiting: stored.get("waiting").is_some(),
            copy: stored.get("copy").is_some(),
            reference: stored
                .get("receipt")
                .and_then(|receipt| receipt.get("reference")?.as_text().map(str::to_owned)),
            damaged: Record::from_json(text).is_none(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use assessment_form::Edit;

    #[test]
    fn a_record_comes_back_as_it_was() {
        let mut record = Record::new("a1".into());
        assert_eq!(
            record.answers.apply("identifying_details.given_names", Edit::Text(" Zoë\u{202e}".into())),
            Ok(())
        );
        record.place = Place::Element("identity".into());
        record.acknowledged.insert("IA-02".into(), "14:03".into());
        record.revision = 7;
        record.sent = Sent::Waiting { key: "k".into(), body: "{}".into() };
        record.copy = true;
        (record.opening, record.base) = (String::new(), String::new());
        assert_eq!(Record::from_json(&record.written().text(false, "today")), Some(record));
    }

    #[test]
    fn what_a_newer_version_wrote_is_kept() {
        let text = r#"{"id":"a","answers":{"danger_now":"no","from_the_future":{"x":[1]}},"revision":3}"#;
        let record = Record::from_json(text);
        let again = record.as_ref().map(|record| record.written().text(false, ""));
        assert!(again.is_some_and(|text| text.contains("from_the_future")));
        assert_eq!(record.map(|record| record.place), Some(Place::Tasks));
    }

    #[test]
    fn a_damaged_text_is_listed_as_damaged() {
        assert!(Shelved::of("a", "{\"name\":\"Ann").damaged);
        assert!(Record::from_json("").is_none());
    }
}
