//! The limits of single texts. Each is declared once, in `validator`'s attribute beside its field, and `validator` checks
//! it: in the form on every change, and on the server before anything is stored.
//!
//! It is asked once for a whole record, and only when some text could be too long. Which of its findings count is
//! decided on the walk that all checks share, since only the walk knows what is asked (decision record 0015).

use std::cell::OnceCell;

use assessment_form::Kind;
use assessment_form::typed::length;
use serde_json::Value;
use validator::{Validate, ValidationErrors, ValidationErrorsKind};

use crate::answers::{Answers, Node, Visit};

use super::{Problem, ProblemCode};

/// The limits of one record's texts.
pub(super) struct Limits<'a> {
    answers: &'a Answers,
    /// The limit that was passed, by path.
    passed: OnceCell<Vec<(String, u32)>>,
}

impl<'a> Limits<'a> {
    pub(super) fn of(answers: &'a Answers) -> Limits<'a> {
        Limits { answers, passed: OnceCell::new() }
    }

    /// Adds a problem if the answer is longer than its limit.
    pub(super) fn check(&self, visit: &Visit<'_, '_>, problems: &mut Vec<Problem>) {
        let max = usize::from(visit.question.max);
        // A text has no more characters than bytes, so most need not be looked at. The lines of a list are measured
        // with their format. A line break is one character, however a program writes it.
        let Node::Text(text) = visit.node else { return };
        // A number or address is read, and what is around it does not count: what cannot be read is one fault, not two.
        if !matches!(visit.question.kind, Kind::Text | Kind::Multiline) {
            return;
        }
        if max == 0 || text.len() <= max || length(text) <= max {
            return;
        }
        let passed = self.passed.get_or_init(|| too_long(self.answers));
        if passed.is_empty() {
            return;
        }
        let path = visit.path();
        if let Some((_, max)) = passed.iter().find(|(too_long, _)| *too_long == path) {
            problems.push(Problem::with_max(path, ProblemCode::TooLong, *max));
        }
    }
}

/// Every limit that the texts of a form pass, asked or not, by path. The value that `validator` puts into its errors is dropped: what a family
/// said must not travel with a complaint about it.
#[must_use]
pub fn too_long(answers: &impl Validate) -> Vec<(String, u32)> {
    let mut passed = Vec::new();
    if let Err(errors) = answers.validate() {
        flatten(&errors, "", &mut passed);
    }
    passed
}

fn flatten(errors: &ValidationErrors, stem: &str, passed: &mut Vec<(String, u32)>) {
    for (name, kind) in errors.errors() {
        let dot = if stem.is_empty() { "" } else { "." };
        let path = [stem, dot, name].concat();
        match kind {
            ValidationErrorsKind::Struct(inner) => flatten(inner, &path, passed),
            ValidationErrorsKind::List(rows) => {
                for (row, inner) in rows {
                    flatten(inner, &format!("{path}[{row}]"), passed);
                }
            }
            ValidationErrorsKind::Field(errors) => {
                for error in errors {
                    let max = error.params.get("max").and_then(Value::as_u64);
                    let max = max.and_then(|max| u32::try_from(max).ok()).unwrap_or_default();
                    passed.push((path.clone(), max));
                }
            }
        }
    }
}
