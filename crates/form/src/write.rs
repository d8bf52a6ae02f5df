//! Answers as JSON. Blank ones are left out, and the same answers give the same bytes.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::{Form, Node};

impl<F: Form> Serialize for Node<'_, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Node::Text(text) => serializer.serialize_str(text),
            Node::List(items) => items.serialize(serializer),
            Node::Marks(marks) => marks.serialize(serializer),
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

impl<F: Form> Node<'_, F> {
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
