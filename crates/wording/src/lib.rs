//! Words by key: flat keys, `%{placeholder}`s, no logic. English is built in; a profile or a translation can stand over
//! it. The engine itself never asks for a text: it hands out keys and codes.

use std::collections::BTreeMap;

use strict_json::{DataProblem, read_data};

/// Texts by key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wording(BTreeMap<String, String>);

impl Wording {
    /// British English for questions, problems, suggestions and reasons.
    #[must_use]
    pub fn built_in() -> &'static str {
        include_str!("../locales/en-GB/questions.json")
    }

    /// British English for the screen around the questions.
    #[must_use]
    pub fn built_in_screen() -> &'static str {
        include_str!("../locales/en-GB/screen.json")
    }

    /// British English for the command line.
    #[must_use]
    pub fn built_in_command_line() -> &'static str {
        include_str!("../locales/en-GB/command_line.json")
    }

    /// Reads texts from a JSON object of strings.
    ///
    /// # Errors
    /// Everything that is wrong, each with its place, on one line.
    pub fn load(json: &str) -> Result<Wording, String> {
        read_data(json, |all| Wording(all.every_text()))
            .map_err(|wrong| wrong.iter().map(DataProblem::to_string).collect::<Vec<_>>().join("; "))
    }

    /// Puts an authority's name for its front door into the texts that name it.
    #[must_use]
    pub fn with_front_door(self, name: &str) -> Wording {
        let mut texts = self.0.clone();
        for (key, text) in self.0.iter().filter(|(_, text)| text.contains('{')) {
            texts.insert(key.clone(), filled(text, &[("front_door", name)]));
        }
        Wording(texts)
    }

    /// The texts of `other` over these.
    #[must_use]
    pub fn with(mut self, other: Wording) -> Wording {
        self.0.extend(other.0);
        self
    }

    /// The text of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// The text of a key with its placeholders filled in. A key without text shows itself: a blank would hide it.
    #[must_use]
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        filled(self.get(key).unwrap_or(key), values)
    }

    /// All keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// A text with its placeholders filled in. What has no value stays as it is.
#[must_use]
pub fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = text;
    // Cut at each brace: looking for a whole placeholder would bring the library's text search along.
    while let Some((before, after)) = rest.split_once('{') {
        let value = before.strip_suffix('%').and_then(|before| {
            let (name, after) = after.split_once('}')?;
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((before, *value, after))
        });
        match value {
            Some((before, value, after)) => {
                out.push_str(before);
                out.push_str(value);
                rest = after;
            }
            None => {
                out.push_str(before);
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}
