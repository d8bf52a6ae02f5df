//! Answers as JSON, both ways, written once for the shape rather than once for each struct: the browser pays for
//! every line of generated code.
//!
//! Reading is tolerant: what is not understood is reported with its path, never silently dropped and never a reason to
//! refuse the rest. The server refuses a submission that reports anything; a draft keeps its original text.

use std::fmt;

use super::{Answers, Node, NodeMut, WrittenDate};
use crate::json::{Json, write_name, write_text};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

/// What reading gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What was understood.
    pub answers: Answers,
    /// What was not, ordered by name at each depth.
    pub unread: Vec<Unread>,
}

/// One thing in a document that no question takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Where it stands. Names that are not ours are shortened, since anything may be in them.
    pub path: String,
    /// What is wrong.
    pub code: UnreadCode,
}

/// Why something was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnreadCode {
    /// There is no such question.
    UnknownQuestion,
    /// Text is where a list should be, or the like.
    WrongKind,
    /// More rows than a record may have.
    TooManyRows,
}

impl UnreadCode {
    /// The code as it stands in messages.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            UnreadCode::UnknownQuestion => "unknown-question",
            UnreadCode::WrongKind => "wrong-kind",
            UnreadCode::TooManyRows => "too-many-rows",
        }
    }
}

/// The text is not a document of answers at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// Not JSON, or nested deeper than any record.
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// JSON, but not an object.
    NotAnObject,
}

impl fmt::Display for ReadError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::NotJson { line, column } => {
                write!(out, "the answers are not readable JSON at line {line}, column {column}")
            }
            ReadError::NotAnObject => out.write_str("the answers must be a JSON object"),
        }
    }
}

impl std::error::Error for ReadError {}

/// The most rows that are read of any repeating group, far above what the form offers: a bound on memory, not a rule.
const MOST_ROWS: usize = 500;

impl Answers {
    /// Reads answers from JSON text.
    ///
    /// # Errors
    /// [`ReadError`] when the text is not a JSON object.
    pub fn read(text: &str) -> Result<Reading, ReadError> {
        let value = Json::parse(text)
            .map_err(|error| ReadError::NotJson { line: error.line, column: error.column })?;
        Answers::from_json(&value)
    }

    /// Reads answers from JSON that has been parsed already.
    ///
    /// # Errors
    /// [`ReadError::NotAnObject`].
    pub fn from_value(value: &serde_json::Value) -> Result<Reading, ReadError> {
        Answers::from_json(&value.into())
    }

    /// The same from the engine's own tree.
    ///
    /// # Errors
    /// [`ReadError::NotAnObject`].
    pub fn from_json(value: &Json) -> Result<Reading, ReadError> {
        if !matches!(value, Json::Object(_)) {
            return Err(ReadError::NotAnObject);
        }
        let mut reading = Reading { answers: Answers::default(), unread: Vec::new() };
        read_into(NodeMut::Group(&mut reading.answers), value, "", &mut reading.unread);
        Ok(reading)
    }

    /// The answers as JSON text; blank ones are left out. The same answers give the same bytes.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut json = String::new();
        Node::Group(self).write(&mut json);
        json
    }
}

fn read_into(node: NodeMut<'_>, value: &Json, path: &str, unread: &mut Vec<Unread>) {
    let report = |unread: &mut Vec<Unread>, code| unread.push(Unread { path: path.to_owned(), code });
    match (node, value) {
        (_, Json::Null) => {}
        (NodeMut::Text(text), Json::Text(new)) => text.clone_from(new),
        (NodeMut::List(items), Json::List(new)) => {
            for (index, item) in new.iter().enumerate() {
                match item.as_text() {
                    Some(item) => items.push(item.to_owned()),
                    None => {
                        unread.push(Unread { path: format!("{path}[{index}]"), code: UnreadCode::WrongKind })
                    }
                }
            }
        }
        (NodeMut::Date(date), Json::Text(iso)) => match WrittenDate::from_iso(iso) {
            Some(read) => *date = read,
            None => report(unread, UnreadCode::WrongKind),
        },
        (NodeMut::Date(date), Json::Object(parts)) => {
            for (name, part) in parts {
                let place = match name.as_str() {
                    "day" => &mut date.day,
                    "month" => &mut date.month,
                    "year" => &mut date.year,
                    _ => {
                        unread.push(unknown(path, name));
                        continue;
                    }
                };
                read_into(NodeMut::Text(place), part, &format!("{path}.{name}"), unread);
            }
        }
        (NodeMut::Marks(marks), Json::Object(given)) => {
            for (id, mark) in given {
                match mark {
                    Json::Text(mark) => {
                        marks.insert(id.clone(), mark.clone());
                    }
                    Json::Null => {}
                    _ => unread.push(Unread {
                        path: format!("{path}.{}", shortened(id)),
                        code: UnreadCode::WrongKind,
                    }),
                }
            }
        }
        (NodeMut::Group(group), Json::Object(fields)) => {
            for (name, field) in fields {
                let index = group.questions().iter().position(|question| question.name == name);
                match index.and_then(|index| group.get_mut(index)) {
                    Some(inner) => {
                        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                        read_into(inner, field, &path, unread);
                    }
                    None => unread.push(unknown(path, name)),
                }
            }
        }
        (NodeMut::Rows(rows), Json::List(items)) => {
            for (index, item) in items.iter().enumerate() {
                let path = format!("{path}[{index}]");
                if index >= MOST_ROWS {
                    unread.push(Unread { path, code: UnreadCode::TooManyRows });
                    break;
                }
                rows.push();
                if let Some(row) = rows.row_mut(index) {
                    read_into(NodeMut::Group(row), item, &path, unread);
                }
            }
        }
        _ => report(unread, UnreadCode::WrongKind),
    }
}

fn unknown(path: &str, name: &str) -> Unread {
    let name = shortened(name);
    let path = if path.is_empty() { name } else { format!("{path}.{name}") };
    Unread { path, code: UnreadCode::UnknownQuestion }
}

/// A name from outside, made safe to repeat: letters, digits, `-` and `_` only, 40 at most.
fn shortened(name: &str) -> String {
    name.chars()
        .take(40)
        .map(|c| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '?' })
        .collect()
}

/// For the server, whose replies are written by a library.
impl Serialize for Answers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Node::Group(self).serialize(serializer)
    }
}

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Node::Text(text) => serializer.serialize_str(text),
            Node::List(items) => items.serialize(serializer),
            Node::Marks(marks) => serializer.collect_map(marks.iter().map(|(id, mark)| (id, mark))),
            Node::Date(date) => match date.to_iso() {
                Some(iso) => serializer.serialize_str(&iso),
                None => {
                    let mut parts = serializer.serialize_map(Some(3))?;
                    for (name, part) in [("day", &date.day), ("month", &date.month), ("year", &date.year)] {
                        parts.serialize_entry(name, part)?;
                    }
                    parts.end()
                }
            },
            Node::Group(group) => {
                let mut map = serializer.serialize_map(None)?;
                for (index, question) in group.questions().iter().enumerate() {
                    if let Some(node) = group.get(index).filter(|node| !node.is_empty()) {
                        map.serialize_entry(question.name, &node)?;
                    }
                }
                map.end()
            }
            Node::Rows(rows) => {
                let mut list = serializer.serialize_seq(Some(rows.len()))?;
                for row in (0..rows.len()).filter_map(|index| rows.row(index)) {
                    list.serialize_element(&Node::Group(row))?;
                }
                list.end()
            }
        }
    }
}

impl Node<'_> {
    /// Adds the answers to a text, as `serialize` does.
    fn write(&self, out: &mut String) {
        match self {
            Node::Text(text) => write_text(out, text),
            Node::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    write_text(out, item);
                }
                out.push(']');
            }
            Node::Marks(marks) => {
                out.push('{');
                for (id, mark) in *marks {
                    write_name(out, id);
                    write_text(out, mark);
                }
                out.push('}');
            }
            Node::Date(date) => match date.to_iso() {
                Some(iso) => write_text(out, &iso),
                None => {
                    out.push('{');
                    for (name, part) in [("day", &date.day), ("month", &date.month), ("year", &date.year)] {
                        write_name(out, name);
                        write_text(out, part);
                    }
                    out.push('}');
                }
            },
            Node::Group(group) => {
                out.push('{');
                for (index, question) in group.questions().iter().enumerate() {
                    if let Some(node) = group.get(index).filter(|node| !node.is_empty()) {
                        write_name(out, question.name);
                        node.write(out);
                    }
                }
                out.push('}');
            }
            Node::Rows(rows) => {
                out.push('[');
                for row in (0..rows.len()).filter_map(|index| rows.row(index)) {
                    if !out.ends_with('[') {
                        out.push(',');
                    }
                    Node::Group(row).write(out);
                }
                out.push(']');
            }
        }
    }
}

impl Node<'_> {
    /// Whether nothing was typed, not even white space. Unlike [`is_blank`](Node::is_blank), a space counts: what
    /// was typed is kept exactly.
    fn is_empty(&self) -> bool {
        match self {
            Node::Text(text) => text.is_empty(),
            Node::List(items) => items.is_empty(),
            Node::Date(date) => date.day.is_empty() && date.month.is_empty() && date.year.is_empty(),
            Node::Marks(marks) => marks.is_empty(),
            Node::Group(group) => {
                (0..group.questions().len()).all(|index| group.get(index).is_none_or(|node| node.is_empty()))
            }
            Node::Rows(rows) => rows.is_empty(),
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test states what must be there")]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_understood_is_named_and_the_rest_is_kept() {
        let reading = Answers::read(
            r#"{"danger_now":"no","spy":1,"identifying_details":{"dob":"yesterday","given_names":["x"],"<b>":""},
                "parents_and_carers":[{"name":"A"},7],"elements":{"identity":{"indicators":{"ID-201":4}}}}"#,
        )
        .unwrap();
        let unread: Vec<_> =
            reading.unread.iter().map(|u| format!("{} {}", u.path, u.code.as_str())).collect();
        assert_eq!(
            unread,
            [
                "elements.identity.indicators.ID-201 wrong-kind",
                "identifying_details.?b? unknown-question",
                "identifying_details.dob wrong-kind",
                "identifying_details.given_names wrong-kind",
                "parents_and_carers[1] wrong-kind",
                "spy unknown-question",
            ]
        );
        assert_eq!(reading.answers.danger_now, "no");
        assert_eq!(reading.answers.parents_and_carers.len(), 2);
    }

    #[test]
    fn text_comes_back_as_typed() {
        let mut answers = Answers::default();
        answers.identifying_details.given_names = " Zoë \u{202e}\u{200b}".into();
        answers.identifying_details.dob =
            WrittenDate { day: "03".into(), month: "Feb".into(), year: "2".into() };
        answers.identifying_details.edd =
            WrittenDate { day: "3".into(), month: "2".into(), year: "2027".into() };
        answers.identifying_details.also_known_as = vec![String::new(), "B".into()];
        answers.parents_and_carers.push(Default::default());
        let json = answers.to_json();
        assert!(json.contains(r#""edd":"2027-02-03""#), "{json}");
        let reading = Answers::read(&json).unwrap();
        assert_eq!(reading, Reading { answers, unread: Vec::new() });
        assert_eq!(reading.answers.to_json(), json);
    }

    #[test]
    fn refuses_what_is_no_object_and_what_is_too_deep() {
        assert_eq!(Answers::read("[]"), Err(ReadError::NotAnObject));
        assert_eq!(Answers::read("{"), Err(ReadError::NotJson { line: 1, column: 1 }));
        let deep = "[".repeat(1_000);
        assert!(matches!(Answers::read(&deep), Err(ReadError::NotJson { .. })));
    }
}
