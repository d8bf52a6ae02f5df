//! The limits of single fields. They are declared once, in `validator`'s attribute beside the field; the catalogue row
//! takes the number from there, and this check reads it from the row, on the walk that all checks share.
//!
//! The code that `validator` derives from the same attribute looks at the whole record on its own. It is a second
//! opinion: `Assessment::parse` asks for it before anything is stored, and a test holds the two to the same findings.
//! The form never calls it, since a home visit would have to download it (decision record 0011).

use validator::{Validate, ValidationErrors, ValidationErrorsKind};

use crate::answers::{Answers, Node, Scope, Visit};

use super::{Problem, ProblemCode};

/// Adds a problem if the answer is longer than its limit.
pub(super) fn check(visit: &Visit<'_, '_>, problems: &mut Vec<Problem>) {
    let max = usize::from(visit.question.max);
    let is_over = match visit.node {
        // A text has no more characters than bytes, so most need not be counted.
        Node::Text(text) => max > 0 && text.len() > max && text.chars().count() > max,
        // The lines of a list are measured with its format: it is the lines that are limited, not their number.
        Node::List(_) | Node::Date(_) | Node::Marks(_) | Node::Group(_) | Node::Rows(_) => false,
    };
    if is_over {
        problems.push(Problem::with_max(visit.path(), ProblemCode::TooLong, u32::from(visit.question.max)));
    }
}

/// What `validator` finds at questions that are asked and that is not among `known`: nothing, unless the two ways of
/// looking have come apart.
pub(crate) fn second_opinion(answers: &Answers, scope: &Scope<'_>, known: &[Problem]) -> Vec<Problem> {
    let mut found = by_derive(answers);
    found.retain(|problem| !known.contains(problem));
    if !found.is_empty() {
        let mut asked = Vec::new();
        answers.walk(scope, &mut |visit| {
            if visit.asked {
                asked.push(visit.path());
            }
            true
        });
        found.retain(|problem| asked.contains(&problem.path));
    }
    found
}

/// All fields that are longer than their limit, asked or not, as `validator` sees them, in no particular order. It
/// drops the value that `validator` puts into its errors: what a family said must not travel with a complaint about it.
#[must_use]
pub fn by_derive(answers: &Answers) -> Vec<Problem> {
    let mut problems = Vec::new();
    if let Err(errors) = answers.validate() {
        flatten(&errors, String::new(), &mut problems);
    }
    problems
}

fn flatten(errors: &ValidationErrors, path: String, problems: &mut Vec<Problem>) {
    for (name, kind) in errors.errors() {
        let path = if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
        match kind {
            ValidationErrorsKind::Struct(inner) => flatten(inner, path, problems),
            ValidationErrorsKind::List(rows) => {
                for (row, inner) in rows {
                    flatten(inner, format!("{path}[{row}]"), problems);
                }
            }
            ValidationErrorsKind::Field(errors) => {
                for error in errors {
                    let max = error.params.get("max").and_then(serde_json::Value::as_u64);
                    let max = max.and_then(|max| u32::try_from(max).ok()).unwrap_or_default();
                    problems.push(Problem::with_max(path.clone(), ProblemCode::TooLong, max));
                }
            }
        }
    }
}
