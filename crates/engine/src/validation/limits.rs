//! The limits of single fields, carried by `validator`'s derive. This adapter keeps path, code and limit, and drops
//! the value that `validator` puts into its errors: what a family said must not travel with a complaint about it.

use validator::{Validate, ValidationErrors, ValidationErrorsKind};

use crate::answers::Answers;

use super::{Problem, ProblemCode};

/// All fields that are longer than their limit, in no particular order.
pub(super) fn check(answers: &Answers) -> Vec<Problem> {
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
