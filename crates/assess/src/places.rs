//! Where things stand in a JSON text: the line of each path. The parser keeps no lines, and people mend files by line.
//! It also finds what the parser would pass over: a name that is there twice, of which the parser keeps the last.

use std::collections::{BTreeMap, BTreeSet};

/// The line on which the text opens more than `most` brackets inside each other, if it does. For any text, JSON or not:
/// it is asked before anything is parsed.
#[must_use]
pub fn too_deep(text: &str, most: usize) -> Option<usize> {
    let (mut open, mut line, mut in_text, mut escaped) = (0_usize, 1, false, false);
    for byte in text.bytes() {
        match byte {
            b'\n' => line += 1,
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => open += 1,
            b'}' | b']' if !in_text => open = open.saturating_sub(1),
            _ => {}
        }
        if open > most {
            return Some(line);
        }
    }
    None
}

/// So many places are kept; what stands after them has the line of what is around it. No file that people write has as many.
const MOST_PLACES: usize = 500_000;

/// The lines of a document, and how long its parts are.
#[derive(Debug, Clone, Default)]
pub struct Places {
    lines: BTreeMap<String, usize>,
    /// Bytes of each item of a list at the top.
    lengths: Vec<usize>,
}

impl Places {
    /// The line of `path`, or of the nearest part around it that is there.
    #[must_use]
    pub fn line(&self, path: &str) -> Option<usize> {
        let mut path = path;
        loop {
            if let Some(line) = self.lines.get(path) {
                return Some(*line);
            }
            if path.is_empty() {
                return None;
            }
            let cut = path.rfind(['.', '[']).unwrap_or(0);
            path = path.get(..cut).unwrap_or_default();
        }
    }

    /// Bytes of item `index` of a list at the top.
    #[must_use]
    pub fn length(&self, index: usize) -> usize {
        self.lengths.get(index).copied().unwrap_or_default()
    }
}

/// The places of valid JSON, as the parser accepted it.
///
/// # Errors
/// Path and line of the first name that an object gives twice.
pub fn places(text: &str) -> Result<Places, (String, usize)> {
    let mut scan = Scan { text, at: 0, line: 1, counted: 0, found: Places::default() };
    scan.value("")?;
    Ok(scan.found)
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
    line: usize,
    /// How far line breaks are counted.
    counted: usize,
    found: Places,
}

impl Scan<'_> {
    fn peek(&mut self) -> u8 {
        while let Some(byte) = self.text.as_bytes().get(self.at).copied() {
            if !byte.is_ascii_whitespace() {
                return byte;
            }
            self.at += 1;
        }
        0
    }

    fn line_here(&mut self) -> usize {
        let passed = self.text.as_bytes().get(self.counted..self.at).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count();
        self.counted = self.at;
        self.line
    }

    /// The line of a place: of a field, that of its name.
    fn note(&mut self, path: &str, line: usize) {
        if self.found.lines.len() < MOST_PLACES {
            self.found.lines.entry(path.to_owned()).or_insert(line);
        }
    }

    fn value(&mut self, path: &str) -> Result<(), (String, usize)> {
        let first = self.peek();
        let line = self.line_here();
        self.note(path, line);
        match first {
            b'{' => self.object(path),
            b'[' => self.list(path),
            b'"' => {
                self.string();
                Ok(())
            }
            _ => {
                let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b']' | b'}');
                while self.text.as_bytes().get(self.at).is_some_and(|byte| !ends(byte)) {
                    self.at += 1;
                }
                Ok(())
            }
        }
    }

    fn object(&mut self, path: &str) -> Result<(), (String, usize)> {
        let mut names = BTreeSet::new();
        self.at += 1;
        while self.peek() == b'"' {
            let line = self.line_here();
            let name = self.string();
            let place = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            if !names.insert(name) {
                return Err((place, line));
            }
            self.note(&place, line);
            if self.peek() == b':' {
                self.at += 1;
            }
            self.value(&place)?;
            if self.peek() == b',' {
                self.at += 1;
            }
        }
        self.at += 1;
        Ok(())
    }

    fn list(&mut self, path: &str) -> Result<(), (String, usize)> {
        self.at += 1;
        let mut index = 0;
        while !matches!(self.peek(), b']' | 0) {
            let begin = self.at;
            self.value(&format!("{path}[{index}]"))?;
            if path.is_empty() {
                self.found.lengths.push(self.at - begin);
            }
            index += 1;
            if self.peek() == b',' {
                self.at += 1;
            }
        }
        self.at += 1;
        Ok(())
    }

    /// A text, as the parser would give it: two spellings of one name are one name.
    fn string(&mut self) -> String {
        let begin = self.at;
        self.at += 1;
        while let Some(byte) = self.text.as_bytes().get(self.at).copied() {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == b'"' {
                break;
            }
        }
        let raw = self.text.get(begin..self.at).unwrap_or_default();
        serde_json::from_str(raw).unwrap_or_default()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test states what must be there")]
mod tests {
    use super::*;

    #[test]
    fn each_part_has_its_line_and_what_is_missing_has_its_neighbour_s() {
        let text = "{\n \"a\": [1,\n  {\"b\": \"}\\\"]\"}\n ],\n \"c\":\n  {}\n}";
        let found = places(text).unwrap();
        for (path, line) in [
            ("", 1),
            ("a", 2),
            ("a[0]", 2),
            ("a[1]", 3),
            ("a[1].b", 3),
            ("c", 5),
            ("c.x.y", 5),
            ("a[7].z", 2),
        ] {
            assert_eq!(found.line(path), Some(line), "{path}");
        }
        assert_eq!(places("[[1, 2], \n {}]").unwrap().length(0), 6);
    }

    #[test]
    fn a_name_that_is_there_twice_is_found_in_either_spelling() {
        assert_eq!(places("{\"a\":{\"b\":1,\n\"\\u0062\":2}}").unwrap_err(), ("a.b".to_owned(), 2));
        assert!(places(r#"{"a":{"b":1},"b":{"a":2}}"#).is_ok());
    }

    #[test]
    fn brackets_inside_texts_do_not_count() {
        assert_eq!(too_deep("[\n[[\"[[[[\\\"[[\"]]]", 3), None);
        assert_eq!(too_deep("[\n[[", 2), Some(2));
    }
}
