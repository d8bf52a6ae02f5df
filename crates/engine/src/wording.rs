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

    /// Reads texts that a build has packed, sorted by name. A line for each: how many parts of its name are those of the
    /// line before, the rest of the name, a tab, the text. `None` if they are not.
    #[must_use]
    pub fn unpacked(lines: &str) -> Option<Wording> {
        let (mut texts, mut name) = (Texts::default(), String::new());
        for line in lines.lines() {
            let (rest, text) = line.split_once('\t')?;
            let same = rest.chars().next()?.to_digit(10)? as usize;
            let mut dots = name.bytes().enumerate().filter(|(_, byte)| *byte == b'.');
            let end = same.checked_sub(1).map(|last| dots.nth(last).map_or(name.len(), |(at, _)| at));
            name.truncate(end.unwrap_or_default());
            if !name.is_empty() {
                name.push('.');
            }
            name.push_str(rest.get(1..)?);
            texts.insert(name.clone(), text.to_owned());
        }
        Some(Wording(texts))
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
    fn packed_texts_get_their_whole_names_back() {
        let found = Wording::unpacked("0a.b\tone\n2c.d\ttwo\n1x\tthree\n0y\t\n").unwrap();
        let all: Vec<_> = found.0.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        assert_eq!(all, [("a.b", "one"), ("a.b.c.d", "two"), ("a.x", "three"), ("y", "")]);
        assert!(Wording::unpacked("a\tb").is_none() && Wording::unpacked("0a").is_none());
    }

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
