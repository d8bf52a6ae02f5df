//! What is missing at submission: what the required set names, where the catalogue expects it. Everything else that is
//! expected and blank is shown as not recorded (`not_recorded`), and is no problem.

use assessment_form::Kind;

use crate::answers::{Node, Visit};
use crate::required::RequiredSet;

use super::{Problem, ProblemCode};

/// Adds a problem if the question is asked, required and blank.
pub(super) fn check(visit: &Visit<'_, '_>, required: &RequiredSet, problems: &mut Vec<Problem>) {
    if !visit.asked || matches!(visit.question.kind, Kind::Group) || !visit.node.is_blank() {
        return;
    }
    let usual =
        if matches!(visit.node, Node::Rows(_)) { ProblemCode::NeededRow } else { ProblemCode::Needed };
    if let Some(code) = required.missing(visit, usual) {
        problems.push(Problem::new(visit.path(), code));
    }
}
