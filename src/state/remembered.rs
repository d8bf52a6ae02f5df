//! What this device remembers of the practitioner: name, role, organisation, phone and email, to be offered on a new record.
//! Never anything of a child. It is kept beside the records and belongs to anyone who uses the device; where people sign
//! in, to each their own (decision records 0027 and 0045).
//!
//! The names of the members never change: an older or newer version of the form may read them.

use std::collections::BTreeMap;

use assessment_engine::answers::Answers;
use assessment_engine::people::own_details;
use assessment_form::{Edit, is_blank};
use serde::{Deserialize, Serialize};
use strict_json::{Limits, from_value, read};

/// What is known of the practitioner.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Remembered {
    /// Not read yet, or the browser could not read it.
    #[default]
    Unread,
    /// Nothing yet.
    Nothing,
    /// Nothing, and nothing is to be remembered: somebody said "forget".
    Off,
    /// The practitioner's own answers, by path.
    Details(BTreeMap<String, String>),
}

/// The JSON of it.
#[derive(Serialize, Deserialize, Default)]
struct Stored {
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    off: bool,
    #[serde(default)]
    details: BTreeMap<String, String>,
}

impl Remembered {
    /// Reads what was stored. What cannot be read counts as nothing: it holds no child's answer, and is typed again soon.
    #[must_use]
    pub fn from_json(text: Option<&str>) -> Remembered {
        let stored = text.and_then(|text| read(text.as_bytes(), &Limits::DEPTH_ONLY).ok());
        let stored = stored.and_then(|stored| from_value::<Stored>(&stored).ok()).unwrap_or_default();
        match (stored.off, stored.details.is_empty()) {
            (true, _) => Remembered::Off,
            (false, true) => Remembered::Nothing,
            (false, false) => Remembered::Details(stored.details),
        }
    }

    /// The text that is stored; `None` where nothing is.
    #[must_use]
    pub fn to_json(&self) -> Option<String> {
        let stored = match self {
            Remembered::Unread | Remembered::Nothing => return None,
            Remembered::Off => Stored { off: true, ..Stored::default() },
            Remembered::Details(details) => Stored { details: details.clone(), ..Stored::default() },
        };
        serde_json::to_string(&stored).ok()
    }

    /// What a record says of its assessor, to be remembered; `None` where it has no name.
    #[must_use]
    pub fn of(answers: &Answers) -> Option<Remembered> {
        (!is_blank(&answers.assessor.name)).then(|| Remembered::Details(own_details(answers)))
    }

    /// The remembered name.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.detail("assessor.name")
    }

    /// One of the details, by the path of its question.
    #[must_use]
    pub fn detail(&self, path: &str) -> Option<&str> {
        match self {
            Remembered::Details(details) => details.get(path).map(String::as_str),
            _ => None,
        }
    }

    /// The edits that put them into a record. What was typed there stays.
    #[must_use]
    pub fn edits(&self, answers: &Answers) -> Vec<(String, Edit)> {
        let Remembered::Details(details) = self else { return Vec::new() };
        let own = own_details(answers);
        let is_free = |path: &str| {
            path.starts_with("assessor.") && !own.contains_key(path) && answers.find(path).is_some()
        };
        details
            .iter()
            .filter(|(path, _)| is_free(path))
            .map(|(path, text)| (path.clone(), Edit::Text(text.clone())))
            .collect()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test states what must be there")]
mod tests {
    use super::*;

    fn answers(json: &str) -> Answers {
        Answers::read(json).unwrap().answers
    }

    fn nia() -> Answers {
        answers(
            r#"{"identifying_details":{"given_names":"Zoë"},"assessor":{"name":"Nia","role":"other","role_other":"Coach",
            "phone":"0113 496 0201","address":{"line_1":"1 Road"},"lead_professional":{"name":"Lee"},"co_author_name":"Kim"}}"#,
        )
    }

    #[test]
    fn only_the_assessors_own_details_are_remembered_and_they_come_back_as_they_were() {
        let remembered = Remembered::of(&nia()).unwrap();
        let text = remembered.to_json().unwrap();
        for other in ["Zoë", "Lee", "Kim", "Road"] {
            assert!(!text.contains(other), "{text}");
        }
        assert_eq!(Remembered::from_json(Some(&text)), remembered);
        let mut new = Answers::default();
        for (path, edit) in remembered.edits(&new) {
            new.apply(&path, edit).unwrap();
        }
        assert_eq!((new.assessor.name.as_str(), new.assessor.role_other.as_str()), ("Nia", "Coach"));
    }

    #[test]
    fn what_was_typed_stays() {
        let remembered = Remembered::of(&nia()).unwrap();
        let typed = answers(r#"{"assessor":{"phone":"0113 496 0999"}}"#);
        assert!(remembered.edits(&typed).iter().all(|(path, _)| path != "assessor.phone"));
    }

    #[test]
    fn forgotten_stays_forgotten_and_what_is_odd_is_nothing() {
        assert_eq!(Remembered::from_json(Remembered::Off.to_json().as_deref()), Remembered::Off);
        for odd in [None, Some(""), Some("{"), Some("[]"), Some(r#"{"details":7}"#), Some("{}")] {
            assert_eq!(Remembered::from_json(odd), Remembered::Nothing, "{odd:?}");
        }
        assert_eq!(Remembered::of(&Answers::default()), None);
    }

    #[test]
    fn a_path_of_another_version_or_of_another_section_is_not_written() {
        let text = r#"{"details":{"assessor.name":"Nia","assessor.pager":"1","identifying_details.given_names":"Zoë"}}"#;
        let edits = Remembered::from_json(Some(text)).edits(&Answers::default());
        assert_eq!(edits, [("assessor.name".to_owned(), Edit::Text("Nia".to_owned()))]);
    }
}
