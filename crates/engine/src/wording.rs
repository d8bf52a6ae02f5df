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

    /// Reads texts that are built into a program and that its tests have read before. `None` if they cannot be read.
    #[must_use]
    pub fn ready(json: &str) -> Option<Wording> {
        json::read_built_in(json, |all| Wording(all.every_text()))
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

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test states what must be there")]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_once_and_the_rest_stays() {
        let words = Wording::load(
            r#"{"plain":"No braces","two":"%{a} and %{b}, %{a}","odd":"{a} 5% %{none} %{a","end":"%{a}"}"#,
        )
        .unwrap();
        let fill = |key: &str| words.fill(key, &[("a", "%{b}"), ("b", "two")]);
        assert_eq!(fill("plain"), "No braces");
        assert_eq!(fill("two"), "%{b} and two, %{b}", "what is filled in is never filled again");
        assert_eq!(fill("odd"), "{a} 5% %{none} %{a");
        assert_eq!(fill("end"), "%{b}");
        assert_eq!(fill("unknown.key"), "unknown.key");
    }
}
