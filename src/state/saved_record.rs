//! A line of the list of saved records. Reads what it can: a damaged record is listed too, since it must not vanish
//! silently.

use strict_json::{Limits, read};

use super::Record;

/// A record on this device, as the start page lists it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SavedRecord {
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
    /// Whether the stored text cannot be read in full.
    pub damaged: bool,
}

impl SavedRecord {
    /// The line for a stored text.
    #[must_use]
    pub fn of(id: &str, text: &str) -> SavedRecord {
        let stored = read(text.as_bytes(), &Limits::DEPTH_ONLY).unwrap_or_default();
        let member = |name: &str| stored[name].as_str().unwrap_or_default().to_owned();
        SavedRecord {
            id: id.to_owned(),
            name: member("name"),
            saved: member("saved"),
            waiting: !stored["waiting"].is_null(),
            copy: !stored["copy"].is_null(),
            reference: stored["receipt"]["reference"].as_str().map(str::to_owned),
            damaged: Record::from_value(stored).is_none(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_record_is_listed_as_damaged() {
        assert!(SavedRecord::of("a", "{\"name\":\"Ann").damaged);
        let line = SavedRecord::of("a", r#"{"id":"a","name":"Ann","answers":{},"waiting":{"key":"k"}}"#);
        assert!(line.damaged && line.waiting, "a waiting record without a body");
        assert_eq!(line.name, "Ann");
    }
}
