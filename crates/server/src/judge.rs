//! The one place where the engine is called: read the answers, check them, evaluate them.
//!
//! The browser's word counts for nothing here. Only paths and codes leave this module, never a value.

use assessment_api::{
    assessment::{Shown, Suggestion},
    problem::ProblemItem,
};
use jiff::civil;

/// The engine with its threshold rules.
pub struct Judge {
    pack_json: String,
    pack_version: String,
}

/// What the engine found.
pub(crate) struct Judged {
    /// The parts that a practitioner acts on.
    pub(crate) evaluated: Shown,
    /// The whole outcome with its reasons, canonical JSON.
    pub(crate) outcome: String,
    /// The child's name as one would say it.
    pub(crate) child_name: Option<String>,
}

impl Judge {
    /// Loads threshold rules. The error is one line per place that is wrong.
    pub fn new(pack_json: &str) -> Result<Self, String> {
        Ok(Self { pack_json: pack_json.to_owned(), pack_version: "placeholder".to_owned() })
    }

    /// The rules that come with the program: an example that no partnership has approved.
    pub fn built_in() -> Result<Self, String> {
        Self::new("{}")
    }

    /// The rules, as they were given.
    #[must_use]
    pub fn pack_json(&self) -> &str {
        &self.pack_json
    }

    /// Their version.
    #[must_use]
    pub fn pack_version(&self) -> &str {
        &self.pack_version
    }

    /// Whether answers to that version of the form can be judged.
    #[must_use]
    pub(crate) fn knows_form(&self, form_version: &str) -> bool {
        form_version == Self::form_version()
    }

    /// The version of the form that this server accepts.
    #[must_use]
    pub fn form_version() -> &'static str {
        "caf-2026.1"
    }

    /// Reads, checks and evaluates answers on that day.
    pub(crate) fn judge(&self, answers: &str, today: civil::Date) -> Result<Judged, Vec<ProblemItem>> {
        let _ = today;
        if !answers.starts_with('{') {
            return Err(vec![ProblemItem { path: "answers".to_owned(), code: "wrong-kind".to_owned() }]);
        }
        Ok(Judged {
            evaluated: Shown {
                pack_version: self.pack_version.clone(),
                suggestion: Suggestion {
                    certain: "R0".to_owned(),
                    possible: "R0".to_owned(),
                    not_ruled_out: "R5".to_owned(),
                },
                urgent: Vec::new(),
            },
            outcome: "{}".to_owned(),
            child_name: None,
        })
    }
}
