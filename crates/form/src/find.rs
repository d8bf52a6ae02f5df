//! Following a path to a question and its answer.

use crate::{Form, Group, Node, Path, Question, Segment};

/// What a path leads to.
pub struct Found<'a, F: Form> {
    /// The group that the question is in.
    pub group: &'a dyn Group<F>,
    /// The question.
    pub question: &'static Question<F>,
    /// Its answer.
    pub node: Node<'a, F>,
    /// The row of the innermost repeating group on the way; 0 outside one.
    pub row: usize,
    /// The indicator, where the path leads to the mark of one.
    pub indicator: Option<String>,
}

impl<F: Form> Found<'_, F> {
    /// The stem of the question's wording keys, e.g. `parents_and_carers.name`.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}.{}", self.group.key(), self.question.name)
    }
}

/// Follows a path from the top of a record. `None` when there is no such question or no such row.
#[must_use]
pub fn find<'a, F: Form>(record: &'a dyn Group<F>, path: &str) -> Option<Found<'a, F>> {
    let path = Path::parse(path)?;
    let mut at = Node::Group(record);
    let mut found: Option<Found<'a, F>> = None;
    let mut row = 0;
    for segment in path.segments() {
        match (at, segment) {
            (Node::Group(group), Segment::Name(name)) => {
                let index = group.position(name)?;
                let node = group.get(index)?;
                found = Some(Found {
                    group,
                    question: group.questions().get(index)?,
                    node,
                    row,
                    indicator: None,
                });
                at = node;
            }
            (Node::Rows(rows), Segment::Row(index)) => {
                row = *index;
                at = Node::Group(rows.row(*index)?);
            }
            (Node::Marks(_), Segment::Name(id)) => found.as_mut()?.indicator = Some(id.clone()),
            _ => return None,
        }
    }
    found
}

/// What is at a path. An indicator's path gives its mark, once it has one.
#[must_use]
pub fn node_at<'a, F: Form>(record: &'a dyn Group<F>, path: &str) -> Option<Node<'a, F>> {
    let path = Path::parse(path)?;
    let mut node = Node::Group(record);
    for segment in path.segments() {
        node = match (node, segment) {
            (Node::Group(group), Segment::Name(name)) => group.get(group.position(name)?)?,
            (Node::Rows(rows), Segment::Row(row)) => Node::Group(rows.row(*row)?),
            (Node::Marks(marks), Segment::Name(id)) => Node::Text(marks.get(id)?),
            _ => return None,
        };
    }
    Some(node)
}
