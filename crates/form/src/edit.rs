//! The one way to change answers: an edit at a path. Typing, adding a row and import all go through here.

use crate::{Form, Group, NodeMut, WrittenDate};

/// One part of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// A field, or an indicator.
    Name(String),
    /// A row.
    Row(usize),
}

/// A question's path, e.g. `parents_and_carers[0].name`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path(Vec<Segment>);

impl Path {
    /// Reads a path. `None` when it is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Path> {
        let mut segments = Vec::new();
        for part in text.split('.') {
            let mut pieces = part.split('[');
            let name = pieces.next().filter(|name| !name.is_empty())?;
            segments.push(Segment::Name(name.to_owned()));
            for piece in pieces {
                segments.push(Segment::Row(piece.strip_suffix(']')?.parse().ok()?));
            }
        }
        Some(Path(segments))
    }

    /// The parts, from the top.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }
}

/// A question's path with `[]` for any row, e.g. `parents_and_carers[].name`.
#[must_use]
pub fn any_row(path: &str) -> String {
    let mut any = String::with_capacity(path.len());
    let mut in_row = false;
    for letter in path.chars() {
        in_row = (in_row && letter != ']') || letter == '[';
        if !in_row || letter == '[' {
            any.push(letter);
        }
    }
    any
}

/// A change to one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Replaces text or a code; empty takes the answer back. Also the mark of one indicator.
    Text(String),
    /// Replaces a list.
    List(Vec<String>),
    /// Replaces a date as typed.
    Date(WrittenDate),
    /// Adds an empty row to a repeating group.
    AddRow,
    /// Takes a row of a repeating group away.
    RemoveRow(usize),
}

/// The path leads nowhere, or to another kind of answer than the edit is for. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownPath;

/// Makes one change to the answers in `record`. Touches only that place.
///
/// # Errors
/// [`UnknownPath`] when there is no such question or it takes another kind of answer.
pub fn apply<F: Form>(record: &mut dyn Group<F>, path: &str, edit: Edit) -> Result<(), UnknownPath> {
    let Path(segments) = Path::parse(path).ok_or(UnknownPath)?;
    let (node, rest) = descend(NodeMut::Group(record), &segments).ok_or(UnknownPath)?;
    match (node, edit, rest) {
        (NodeMut::Text(text), Edit::Text(new), None) => *text = new,
        (NodeMut::List(items), Edit::List(new), None) => *items = new,
        (NodeMut::Date(date), Edit::Date(new), None) => *date = new,
        (NodeMut::Rows(rows), Edit::AddRow, None) => rows.push(),
        (NodeMut::Rows(rows), Edit::RemoveRow(row), None) if row < rows.len() => rows.remove(row),
        (NodeMut::Marks(marks), Edit::Text(new), Some(id)) => {
            if new.is_empty() {
                marks.remove(id);
            } else {
                marks.insert(id.to_owned(), new);
            }
        }
        _ => return Err(UnknownPath),
    }
    Ok(())
}

/// Follows `segments`; an indicator id is left over for the caller.
fn descend<'a, 's, F: Form>(
    mut node: NodeMut<'a, F>,
    segments: &'s [Segment],
) -> Option<(NodeMut<'a, F>, Option<&'s str>)> {
    for (at, segment) in segments.iter().enumerate() {
        node = match (node, segment) {
            (NodeMut::Group(group), Segment::Name(name)) => {
                let index = (&*group as &dyn Group<F>).position(name)?;
                group.get_mut(index)?
            }
            (NodeMut::Rows(rows), Segment::Row(row)) => NodeMut::Group(rows.row_mut(*row)?),
            (marks @ NodeMut::Marks(_), Segment::Name(id)) => {
                return (at + 1 == segments.len()).then_some((marks, Some(id)));
            }
            _ => return None,
        };
    }
    Some((node, None))
}
