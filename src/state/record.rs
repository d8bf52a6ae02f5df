//! One record as it is kept on this device: answers as typed, the place, what was acknowledged, and what became of it.
//! Only its shape is here; where it is kept is `io::local_draft`.

use assessment_api::assessment::Receipt;
use assessment_engine::answers::Answers;
use assessment_engine::assessment::child_name;
use assessment_engine::json::{Json, write_name, write_text};
use assessment_engine::texts::Texts;

use super::Place;
use super::receipt::{read_receipt, write_receipt};

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
    pub acknowledged: Texts,
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
            opening: format!("{id}-2"),
            base: String::new(),
            copy: false,
            id,
            answers: Answers::default(),
            place: Place::Danger,
            acknowledged: Texts::default(),
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

    /// Stands beside what is written, so that another opening of the record can tell that it was.
    #[must_use]
    pub fn stamp(&self) -> String {
        format!("{} {}", self.opening, self.revision)
    }

    /// Whether it may take the place of what has this stamp: what it began from, or what it wrote itself.
    #[must_use]
    pub fn may_replace(&self, stamp: &str) -> bool {
        stamp == self.base
            || stamp.strip_prefix(&self.opening).is_some_and(|revision| revision.starts_with(' '))
    }

    /// The record under an id of its own, for when it must not replace what another window wrote. It does not go on
    /// waiting to be sent: the other one may have been sent.
    #[must_use]
    pub fn as_copy(&self) -> Record {
        let id = self.opening.clone();
        let mut copy = Record { copy: true, opening: format!("{id}-2"), id, ..self.clone() };
        if matches!(copy.sent, Sent::Waiting { .. }) {
            copy.sent = Sent::No;
        }
        copy
    }

    /// What the child is called.
    #[must_use]
    pub fn name(&self) -> String {
        child_name(&self.answers)
    }

    /// The text that is stored. `saved` is the time in words, for the list.
    #[must_use]
    pub fn to_json(&self, saved: &str) -> String {
        let mut out = String::from("{");
        let revision = self.revision.to_string();
        for (name, number) in [("version", "1"), ("revision", &revision)] {
            write_name(&mut out, name);
            out.push_str(number);
        }
        for (name, text) in [
            ("id", &self.id),
            ("name", &self.name()),
            ("saved", &saved.to_owned()),
            ("place", &self.place.to_string()),
        ] {
            write_field(&mut out, name, text);
        }
        write_name(&mut out, "acknowledged");
        out.push('{');
        for (code, at) in &self.acknowledged {
            write_field(&mut out, code, at);
        }
        out.push('}');
        write_name(&mut out, "answers");
        out.push_str(&self.answers.to_json());
        match &self.sent {
            Sent::No => {}
            Sent::Waiting { key, body } => {
                write_name(&mut out, "waiting");
                out.push('{');
                write_field(&mut out, "key", key);
                write_field(&mut out, "body", body);
                out.push('}');
            }
            Sent::Received(receipt) => {
                write_name(&mut out, "receipt");
                write_receipt(&mut out, receipt);
            }
        }
        if self.copy {
            write_name(&mut out, "copy");
            out.push_str("true");
        }
        if let Some(value) = &self.not_understood {
            write_name(&mut out, "not_understood");
            value.write(&mut out);
        }
        out.push('}');
        out
    }

    /// Reads a stored text. `None` when it is damaged.
    #[must_use]
    pub fn from_json(text: &str) -> Option<Record> {
        let stored = Json::parse(text).ok()?;
        let reading = Answers::from_json(stored.get("answers")?).ok()?;
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
        let mut acknowledged = Texts::default();
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

/// Adds a field that holds a text.
pub(super) fn write_field(out: &mut String, name: &str, text: &str) {
    write_name(out, name);
    write_text(out, text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use assessment_engine::answers::Edit;

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
        assert_eq!(Record::from_json(&record.to_json("today")), Some(record));
    }

    /// B8: what another window wrote is never replaced.
    #[test]
    fn a_record_replaces_only_what_it_began_from_or_wrote_itself() {
        let mut first = Record::new("a".into());
        let mut second = Record { opening: "o2".into(), base: "o1 3".into(), ..Record::new("a".into()) };
        (first.opening, first.base, first.revision) = ("o1".into(), "o0 9".into(), 3);
        assert_eq!(first.stamp(), second.base);
        assert!(first.may_replace("o0 9") && first.may_replace("o1 3") && !first.may_replace("o1"));
        assert!(second.may_replace("o1 3"));
        assert!(!second.may_replace("o1 4"), "the first went on");
        assert!(!first.may_replace("o2 4") && !first.may_replace("o10 4") && !first.may_replace(""));
        second.sent = Sent::Waiting { key: "k".into(), body: "{}".into() };
        let copy = second.as_copy();
        assert_eq!((copy.id.as_str(), copy.copy, &copy.sent), ("o2", true, &Sent::No));
        assert!(!copy.may_replace("o2 4"), "another opening than the one that it came from");
    }

    #[test]
    fn what_a_newer_version_wrote_is_kept() {
        let text = r#"{"id":"a","answers":{"danger_now":"no","from_the_future":{"x":[1]}},"revision":3}"#;
        let record = Record::from_json(text);
        let again = record.as_ref().map(|record| record.to_json(""));
        assert!(again.is_some_and(|text| text.contains("from_the_future")));
        assert_eq!(record.map(|record| record.place), Some(Place::Tasks));
    }

    #[test]
    fn a_damaged_text_is_listed_as_damaged() {
        assert!(Shelved::of("a", "{\"name\":\"Ann").damaged);
        assert!(Record::from_json("").is_none());
    }
}
