//! Finding the catalogue row of a path, and the boxes that are asked about a child.

use crate::answers::{Answers, Group, Node, Path, Segment};
use crate::date::Date;
use crate::facts::Facts;
use crate::threshold::{RulePack, evaluate};
use crate::validation;

use super::{Question, walk};

/// What a path leads to.
pub struct Found<'a> {
    /// The group in which the question stands.
    pub group: &'a dyn Group,
    /// The question.
    pub question: &'static Question,
    /// Its answer.
    pub node: Node<'a>,
    /// The row of the innermost repeating group on the way; 0 outside one.
    pub row: usize,
    /// The indicator, where the path leads to the mark of one.
    pub indicator: Option<String>,
}

impl Found<'_> {
    /// The stem of the question's wording keys, e.g. `parents_and_carers.name`.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}.{}", self.group.key(), self.question.name)
    }
}

/// Follows a path. `None` when there is no such question or no such row.
#[must_use]
pub fn find<'a>(answers: &'a Answers, path: &str) -> Option<Found<'a>> {
    let path = Path::parse(path)?;
    let mut at: Node<'a> = Node::Group(answers);
    let mut found: Option<Found<'a>> = None;
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

/// The ids of the boxes that are asked about this child, in form order.
#[must_use]
pub fn asked_elements(answers: &Answers, today: Date, pack: &RulePack) -> Vec<&'static str> {
    let facts = Facts::of(answers, today);
    let outcome = evaluate(answers, today, pack);
    let scope = validation::scope(answers, &facts, &outcome);
    let mut asked = Vec::new();
    walk(answers, &scope, &mut |visit| {
        if visit.group.key() == "elements" && visit.asked {
            asked.push(visit.question.name);
        }
        visit.question.name == "elements"
    });
    asked
}
