//! A line of the list of saved records. Reads what it can: a damaged record is listed too, since it must not vanish
//! silently.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::Record;
use super::receipt::is_present;
use super::stored::lenient;

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

#[derive(Default, Deserialize)]
struct Line {
    #[serde(default, deserialize_with = "lenient")]
    name: String,
    #[serde(default, deserialize_with = "lenient")]
    saved: String,
    #[serde(default, deserialize_with = "is_present")]
    waiting: bool,
    #[serde(default, deserialize_with = "is_present")]
    copy: bool,
    #[serde(default, deserialize_with = "lenient")]
    receipt: Option<Reference>,
}

#[derive(Deserialize)]
struct Reference {
    reference: String,
}

impl SavedRecord {
    /// The line for a stored text.
    #[must_use]
    pub fn of(id: &str, text: &str) -> SavedRecord {
        let line: Line = read_or_default(text);
        SavedRecord {
            id: id.to_owned(),
            name: line.name,
            saved: line.saved,
            waiting: line.waiting,
            copy: line.copy,
            reference: line.receipt.map(|receipt| receipt.reference),
            damaged: Record::from_json(text).is_none(),
        }
    }
}

fn read_or_default<T: DeserializeOwned + Default>(text: &str) -> T {
    serde_json::from_str(text).unwrap_or_default()
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
