//! Walking over every question of a record in form order, once: checks and summaries use it, so none of them has a list of its own.

use crate::answers::{Answers, Group, Node};

use super::{Kind, Question, Scope};

/// One question on the way.
pub struct Visit<'v, 'a> {
    /// The catalogue row.
    pub question: &'static Question,
    /// The group in which it stands.
    pub group: &'a dyn Group,
    /// Its answer.
    pub node: Node<'a>,
    /// What its conditions see.
    pub scope: &'v Scope<'a>,
    /// Whether it is asked: its own condition, and every group around it.
    pub asked: bool,
    parents: &'v Steps<'v>,
}

/// The way down, kept on the stack so that a walk over untroubled answers allocates nothing.
enum Steps<'v> {
    Root,
    Name(&'v Steps<'v>, &'static str),
    Row(&'v Steps<'v>, usize),
}

impl Steps<'_> {
    fn write(&self, path: &mut String) {
        match self {
            Steps::Root => {}
            Steps::Name(before, name) => {
                before.write(path);
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name);
            }
            Steps::Row(before, row) => {
                before.write(path);
                path.push_str(&format!("[{row}]"));
            }
        }
    }
}

impl Visit<'_, '_> {
    /// The question's path, e.g. `parents_and_carers[0].name`.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        self.write_path(&mut path);
        path
    }

    /// The name of the group around the question: a box's id for what is asked in a box. Empty at the top and in a row.
    pub(crate) fn around(&self) -> &'static str {
        match self.parents {
            Steps::Name(_, name) => name,
            Steps::Root | Steps::Row(..) => "",
        }
    }

    /// Writes the question's path into `path`, in the place of what was there: one allocation for a whole walk.
    pub(crate) fn write_path(&self, path: &mut String) {
        path.clear();
        Steps::Name(self.parents, self.question.name).write(path);
    }
}

/// Calls `visit` for every question, in form order: a group before what is in it. Returning `false` for a group or
/// a repeating group skips what is in it.
pub fn walk<'a>(answers: &'a Answers, scope: &Scope<'a>, visit: &mut dyn FnMut(&Visit<'_, 'a>) -> bool) {
    group(answers, scope, true, &Steps::Root, visit);
}

fn group<'a>(
    at: &'a dyn Group,
    scope: &Scope<'a>,
    asked: bool,
    parents: &Steps<'_>,
    visit: &mut dyn FnMut(&Visit<'_, 'a>) -> bool,
) {
    let is_boxes = at.key() == "elements";
    for (index, question) in at.questions().iter().enumerate() {
        let Some(node) = at.get(index) else { continue };
        // A box's own condition sees the box: one with something in it is never hidden.
        let with_box;
        let scope = if is_boxes {
            with_box = Scope { element: scope.answers.elements.at(index), ..*scope };
            &with_box
        } else {
            scope
        };
        let asked = asked && question.is_asked(scope);
        if !visit(&Visit { question, group: at, node, scope, asked, parents }) {
            continue;
        }
        let here = Steps::Name(parents, question.name);
        match node {
            Node::Group(inner) if matches!(question.kind, Kind::Group) => {
                group(inner, scope, asked, &here, visit);
            }
            Node::Rows(rows) => {
                for row in 0..rows.len() {
                    if let Some(inner) = rows.row(row) {
                        let inner_scope = Scope { row, ..*scope };
                        group(inner, &inner_scope, asked, &Steps::Row(&here, row), visit);
                    }
                }
            }
            Node::Text(_) | Node::List(_) | Node::Date(_) | Node::Marks(_) | Node::Group(_) => {}
        }
    }
}
