//! Words by key: flat keys, `%{placeholder}`s, no logic. English is built in; a profile or a translation can stand over
//! it. The engine itself never asks for a text: it hands out keys and codes.

use crate::json;
use crate::texts::Texts;

/// Texts by key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wording(Texts);

impl Wording {
    /// British English.
    #[must_use]
    pub fn built_in() -> &'static str {
        include_str!("../data/wording/en-GB.json")
    }

    /// Reads texts from a JSON object of strings.
    ///
    /// # Errors
    /// Everything that is wrong, each with its place, on one line.
    pub fn load(json: &str) -> Result<Wording, String> {
        json::read(json, |all| Wording(all.every_text())).map_err(|wrong| json::in_one_line(&wrong))
    }

    /// The text of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// The text of a key with its placeholders filled in. A key without text shows itself: a blank would hide it.
    #[must_use]
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut text = self.get(key).unwrap_or(key).to_owned();
        for (name, value) in values {
            text = text.replace(&format!("%{{{name}}}"), value);
        }
        text
    }

    /// All keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}
