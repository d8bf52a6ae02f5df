//! Walking over every question of a record in form order. Checks and summaries use it, so none of them keeps a list of
//! its own.

use crate::{Form, Group, Kind, Node, Question};

/// One question on the way.
pub struct Visit<'v, 'a, F: Form> {
    /// The question.
    pub question: &'static Question<F>,
    /// The group that it is in.
    pub group: &'a dyn Group<F>,
    /// Its answer.
    pub node: Node<'a, F>,
    /// What its conditions see.
    pub scope: &'v F::Scope<'a>,
    /// Whether it is asked: its own condition, and every group around it.
    pub asked: bool,
    parents: &'v Steps<'v>,
}

/// The way down, kept on the stack so that a walk over answers without problems allocates nothing.
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

impl<F: Form> Visit<'_, '_, F> {
    /// The question's path, e.g. `parents_and_carers[0].name`.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        self.write_path(&mut path);
        path
    }

    /// The name of the question whose group this one is in. Empty at the top and in a row.
    #[must_use]
    pub fn around(&self) -> &'static str {
        match self.parents {
            Steps::Name(_, name) => name,
            Steps::Root | Steps::Row(..) => "",
        }
    }

    /// Replaces `path` with the question's path: one allocation for a whole walk.
    pub fn write_path(&self, path: &mut String) {
        path.clear();
        Steps::Name(self.parents, self.question.name).write(path);
    }
}

/// Calls `visit` for every question, in form order: a group before what is in it. Returning `false` for a group or
/// a repeating group skips what is in it.
pub fn walk<'a, F: Form>(
    record: &'a dyn Group<F>,
    scope: &F::Scope<'a>,
    visit: &mut dyn FnMut(&Visit<'_, 'a, F>) -> bool,
) {
    group(record, scope, true, &Steps::Root, visit);
}

fn group<'a, F: Form>(
    group: &'a dyn Group<F>,
    outer: &F::Scope<'a>,
    asked: bool,
    parents: &Steps<'_>,
    visit: &mut dyn FnMut(&Visit<'_, 'a, F>) -> bool,
) {
    let key = group.key();
    for (index, question) in group.questions().iter().enumerate() {
        let Some(node) = group.get(index) else { continue };
        let own = F::at_question(outer, key, index);
        let scope = own.as_ref().unwrap_or(outer);
        let asked = asked && question.is_asked(scope);
        if !visit(&Visit { question, group, node, scope, asked, parents }) {
            continue;
        }
        let here = Steps::Name(parents, question.name);
        match node {
            Node::Group(inner) if matches!(question.kind, Kind::Group) => {
                self::group(inner, scope, asked, &here, visit);
            }
            Node::Rows(rows) => {
                for row in 0..rows.len() {
                    if let Some(inner) = rows.row(row) {
                        let in_row = F::in_row(scope, row);
                        self::group(inner, &in_row, asked, &Steps::Row(&here, row), visit);
                    }
                }
            }
            Node::Text(_) | Node::List(_) | Node::Date(_) | Node::Marks(_) | Node::Group(_) => {}
        }
    }
}
