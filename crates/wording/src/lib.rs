//! Words by key: flat keys, `%{placeholder}`s, no logic. English is built in; a translation can replace
//! it. The engine never asks for words: it hands out keys and codes.

#![forbid(unsafe_code)]
#![warn(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod headline;
mod said;
mod terms;

use std::collections::BTreeMap;

use strict_json::{DataProblem, read_data};

pub use headline::HeadlineWords;
pub use said::{capitalised, uncapitalised};
pub use terms::{Term, Terms};

/// Texts by key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wording(BTreeMap<String, String>);

/// British English by file, built in.
pub mod en_gb {
    /// Questions, hints, problems and suggestions.
    pub const QUESTIONS: &str = include_str!("../locales/en-GB/questions.json");
    /// Months, ages and lists.
    pub const DATES: &str = include_str!("../locales/en-GB/dates.json");
    /// The screen around the questions.
    pub const SCREEN: &str = include_str!("../locales/en-GB/screen.json");
    /// The pages of my work, which are loaded when they are opened.
    pub const WORK: &str = include_str!("../locales/en-GB/work.json");
    /// The coordinator's pages, likewise.
    pub const COORDINATOR: &str = include_str!("../locales/en-GB/coordinator.json");
    /// The questions and pages of the team around the child, likewise.
    pub const TEAM: &str = include_str!("../locales/en-GB/team.json");
    /// What short words and local terms mean.
    pub const TERMS: &str = include_str!("../locales/en-GB/terms.json");
    /// How hard texts may be, and words to avoid: for checks, not for people to read.
    pub const PLAIN_WORDS: &str = include_str!("../locales/en-GB/plain_words.json");
    /// The command line.
    pub const COMMAND_LINE: &str = include_str!("../locales/en-GB/command_line.json");
}

impl Wording {
    /// British English for questions, problems, suggestions and reasons.
    #[must_use]
    pub fn built_in() -> &'static str {
        en_gb::QUESTIONS
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

    /// The texts whose keys begin with `prefix` instead of those whose keys follow it.
    #[must_use]
    pub fn preferring(mut self, prefix: &str) -> Wording {
        let own =
            |(key, text): (&String, &String)| Some((key.strip_prefix(prefix)?.to_owned(), text.clone()));
        let preferred: Vec<_> = self.0.iter().filter_map(own).collect();
        self.0.extend(preferred);
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
        filled(self.text(key), values)
    }

    /// The text of a key. A key without text shows itself: a blank would hide it.
    #[must_use]
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.get(key).unwrap_or(key)
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
