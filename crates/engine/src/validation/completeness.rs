//! What is missing at submission. Which answers are needed, and when, is in the catalogue rows.

use assessment_form::Kind;

use crate::answers::{Node, Visit};

use super::{Problem, ProblemCode};

/// Adds a problem if the question is asked, needed and blank.
pub(super) fn check(visit: &Visit<'_, '_>, problems: &mut Vec<Problem>) {
    if !visit.asked || matches!(visit.question.kind, Kind::Group) || !visit.node.is_blank() {
        return;
    }
    if visit.question.is_needed(visit.scope) {
        let code =
            if matches!(visit.node, Node::Rows(_)) { ProblemCode::NeededRow } else { ProblemCode::Needed };
        problems.push(Problem::new(visit.path(), code));
    }
}
