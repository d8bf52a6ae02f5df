//! Reading answers from JSON, written once for the shape and not once for each struct. It is tolerant: what no question
//! takes is reported with its path, never silently dropped and never a reason to refuse the rest.

use std::fmt;

use serde_json::Value;

use crate::{Form, Group, NodeMut, WrittenDate};

/// One thing in a document that no question takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Where it is. Names that are not ours are shortened, since they may hold anything.
    pub path: String,
    /// What is wrong.
    pub code: UnreadCode,
}

/// Why something was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnreadCode {
    /// There is no such question.
    UnknownQuestion,
    /// A text instead of a list, or the like.
    WrongKind,
    /// More rows than a record may have.
    TooManyRows,
}

impl UnreadCode {
    /// The code as messages give it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            UnreadCode::UnknownQuestion => "unknown-question",
            UnreadCode::WrongKind => "wrong-kind",
            UnreadCode::TooManyRows => "too-many-rows",
        }
    }
}

/// Not answers at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// Not JSON, or refused for its size, its depth or a repeated name.
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
pub const MAX_ROWS: usize = 500;

/// Reads answers into `record`, which is usually blank. Gives back what no question takes, ordered by name at each depth.
///
/// # Errors
/// [`ReadError::NotAnObject`].
pub fn read<F: Form>(record: &mut dyn Group<F>, value: &Value) -> Result<Vec<Unread>, ReadError> {
    if !value.is_object() {
        return Err(ReadError::NotAnObject);
    }
    let mut unread = Vec::new();
    read_into(NodeMut::Group(record), value, "", &mut unread);
    Ok(unread)
}

fn read_into<F: Form>(node: NodeMut<'_, F>, value: &Value, path: &str, unread: &mut Vec<Unread>) {
    let report = |unread: &mut Vec<Unread>, code| unread.push(Unread { path: path.to_owned(), code });
    match (node, value) {
        (_, Value::Null) => {}
        (NodeMut::Text(text), Value::String(new)) => text.clone_from(new),
        (NodeMut::List(items), Value::Array(new)) => {
            for (index, item) in new.iter().enumerate() {
                match item.as_str() {
                    Some(item) => items.push(item.to_owned()),
                    None => {
                        unread.push(Unread { path: format!("{path}[{index}]"), code: UnreadCode::WrongKind })
                    }
                }
            }
        }
        (NodeMut::Date(date), Value::String(text)) => match WrittenDate::from_iso(text) {
            Some(read) => *date = read,
            // A date written in another way is kept as it was written, in one box.
            None if WrittenDate::spread(text).is_some() => {
                *date = WrittenDate { day: text.clone(), ..WrittenDate::default() };
            }
            None => report(unread, UnreadCode::WrongKind),
        },
        (NodeMut::Date(date), Value::Object(parts)) => {
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
                read_into(NodeMut::<F>::Text(place), part, &format!("{path}.{name}"), unread);
            }
        }
        (NodeMut::Marks(marks), Value::Object(given)) => {
            for (id, mark) in given {
                match mark {
                    Value::String(mark) => {
                        marks.insert(id.clone(), mark.clone());
                    }
                    Value::Null => {}
                    _ => unread.push(Unread {
                        path: format!("{path}.{}", shortened(id)),
                        code: UnreadCode::WrongKind,
                    }),
                }
            }
        }
        (NodeMut::Group(group), Value::Object(fields)) => {
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
        (NodeMut::Rows(rows), Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                let path = format!("{path}[{index}]");
                if index >= MAX_ROWS {
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
