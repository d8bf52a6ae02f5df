//! The text of a JSON document, to find the line of a part of it. People correct files by line, and a parsed document
//! knows none.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

use serde::Deserialize;
use serde_json::value::RawValue;

/// The text of a document, or of one item of it, and the line on which it begins.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    text: Rc<str>,
    first_line: usize,
}

/// A name in an object, as it is in the text where it needs no unescaping.
#[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord)]
struct Name<'t>(#[serde(borrow)] Cow<'t, str>);

impl Source {
    /// A whole document, which must be valid JSON.
    pub(crate) fn new(text: &str) -> Source {
        Source { text: text.into(), first_line: 1 }
    }

    /// The items, if it is a list.
    pub(crate) fn items(&self) -> Vec<Source> {
        let items: Vec<&RawValue> = serde_json::from_str(&self.text).unwrap_or_default();
        let (mut line, mut counted) = (self.first_line, 0);
        let item = |item: &RawValue| {
            let at = self.offset(item.get());
            line += line_breaks(self.text.get(counted..at));
            counted = at;
            Source { text: item.get().into(), first_line: line }
        };
        items.into_iter().map(item).collect()
    }

    /// Its length in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.text.len()
    }

    /// The line of a path such as `people[2].name`, or of the nearest part around it that exists. The line of a named part
    /// is that of its name.
    pub(crate) fn line(&self, path: &str) -> usize {
        let mut at = self.text.len() - self.text.trim_start().len();
        let mut part = self.text.trim();
        for step in path.split(['.', '[']).filter(|step| !step.is_empty()) {
            let inner = match step.strip_suffix(']').and_then(|index| index.parse().ok()) {
                Some(index) => item(part, index).map(|value| (value, value)),
                None => member(part, step),
            };
            let Some((begin, value)) = inner else { break };
            at = self.offset(begin);
            part = value;
        }
        self.first_line + line_breaks(self.text.get(..at))
    }

    /// Where `part`, which is a slice of the text, begins.
    fn offset(&self, part: &str) -> usize {
        part.as_ptr().addr().saturating_sub(self.text.as_ptr().addr())
    }
}

fn line_breaks(text: Option<&str>) -> usize {
    text.unwrap_or_default().matches('\n').count()
}

fn item(list: &str, index: usize) -> Option<&str> {
    let items: Vec<&RawValue> = serde_json::from_str(list).ok()?;
    items.get(index).map(|item| item.get())
}

/// Where a member of an object begins, and its value.
fn member<'t>(object: &'t str, name: &str) -> Option<(&'t str, &'t str)> {
    let members: BTreeMap<Name<'t>, &'t RawValue> = serde_json::from_str(object).ok()?;
    let (Name(found), value) = members.into_iter().find(|(Name(found), _)| found == name)?;
    match found {
        Cow::Borrowed(name) => Some((name, value.get())),
        // A name with an escape is no slice of the text: its value is close enough.
        Cow::Owned(_) => Some((value.get(), value.get())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_has_its_line_and_a_missing_part_that_of_the_part_around_it() {
        let text = "\n{\n \"a\": [1,\n  {\"b\": \"}\\\"]\"}\n ],\n \"c\":\n  {},\n \"\\u0064\":1}";
        let source = Source::new(text);
        for (path, line) in [
            ("", 2),
            ("a", 3),
            ("a[0]", 3),
            ("a[1]", 4),
            ("a[1].b", 4),
            ("c", 6),
            ("c.x.y", 6),
            ("a[7].z", 3),
            ("d", 8),
        ] {
            assert_eq!(source.line(path), line, "{path}");
        }
        assert!(source.items().is_empty());
    }

    #[test]
    fn items_know_their_lines_in_the_whole_document() {
        let items = Source::new("[[1, 2], \n {\"a\":\n1}, {\n\"b\": 2}]").items();
        let lines: Vec<usize> = items.iter().map(|item| item.line("")).collect();
        assert_eq!(
            (lines, items.iter().map(Source::bytes).collect::<Vec<_>>()),
            (vec![1, 2, 3], vec![6, 8, 9])
        );
        assert_eq!(items.iter().map(|item| item.line("b")).collect::<Vec<_>>(), [1, 2, 4]);
    }
}
