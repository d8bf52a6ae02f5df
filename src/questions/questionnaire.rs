//! The answers that the questions of a page belong to, whatever form they are of: the open assessment, or a record of the
//! team. Controls know nothing else of a form. It neither saves nor checks: that is its provider's.

use std::sync::Arc;

use assessment_engine::answers::{Detail, Question};
use assessment_engine::code_lists::Code;
use assessment_engine::validation::Problem;
use assessment_form::{Edit, Form, Kind, Node, WrittenDate};
use leptos::prelude::*;

use crate::form::settled;

/// A question at its place on a page, without the type of its form.
#[derive(Clone, Copy)]
pub(crate) struct AnyQuestion {
    /// The last part of its path.
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// The longest text, in characters; 0 for no limit.
    pub(crate) max: u16,
    /// Whether it is on the page at the moment; `None` where it always is.
    pub(crate) shown: Option<Memo<bool>>,
    /// What it says about one person, where it does: a name, for one. Then it may offer people.
    pub(crate) holds: Option<Detail>,
    /// Its row of the assessment's catalogue, where it is one of the assessment's. It may offer options that were given
    /// elsewhere.
    pub(crate) of_assessment: Option<&'static Question>,
}

/// What is at a path.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// Nothing, or further questions.
    None,
    Text(String),
    List(Vec<String>),
    Date(WrittenDate),
    /// So many rows.
    Rows(usize),
}

impl<F: Form> From<Option<Node<'_, F>>> for Value {
    fn from(node: Option<Node<'_, F>>) -> Value {
        match node {
            Some(Node::Text(text)) => Value::Text(text.clone()),
            Some(Node::List(items)) => Value::List(items.clone()),
            Some(Node::Date(date)) => Value::Date(date.clone()),
            Some(Node::Rows(rows)) => Value::Rows(rows.len()),
            Some(Node::Marks(_) | Node::Group(_)) | None => Value::None,
        }
    }
}

/// Somebody, or something, that one press fills in.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Offered {
    /// Its place among what is offered there at that moment.
    pub(crate) place: usize,
    pub(crate) name: String,
    /// Who that is: two people may have one name.
    pub(crate) who: Option<String>,
}

/// What the controls ask of a form and its answers. Whatever reads an answer tracks it.
pub(crate) trait Asks: Send + Sync {
    /// The wording key of the group at a path, and its questions in form order. `None` where no group is there.
    fn group(&self, path: &str) -> Option<(&'static str, Vec<AnyQuestion>)>;

    /// What is at a path.
    fn value(&self, path: &str) -> Value;

    /// Whether nothing was answered at a path, nor below it.
    fn is_blank(&self, path: &str) -> bool;

    /// Changes an answer. Nothing happens where it cannot be changed.
    fn answer(&self, path: &str, edit: Edit);

    /// A text that a question may have, by its wording key.
    fn text(&self, key: &str) -> Option<String>;

    /// The label of a question.
    fn label(&self, key: &str, question: AnyQuestion) -> String;

    /// The stem of the wording keys that say what a row at a path is called, and how one is added.
    fn rows_key(&self, _path: &str, name: &'static str) -> String {
        name.to_owned()
    }

    /// What a row is about, where the program knows it and nobody is asked: an action of the plan, for one.
    fn row_about(&self, _path: &str) -> Option<String> {
        None
    }

    /// Whether rows come and go by themselves, and nobody adds or removes one.
    fn has_own_rows(&self, _path: &str) -> bool {
        false
    }

    /// The options of a code list.
    fn options(&self, list: &'static str) -> Vec<Code>;

    /// What is wrong, in words.
    fn problem(&self, problem: &Problem) -> String;

    /// What would be wrong if it were sent or completed now.
    fn problems_at_the_end(&self) -> Vec<Problem>;

    /// That the planned date at a path has passed: the end of a wording key, `overdue` or `passed`.
    fn passed(&self, path: &str) -> Option<&'static str>;

    /// Whether an answer must not be on paper that the browser prints by itself.
    fn is_hidden_on_paper(&self, _path: &str) -> bool {
        false
    }

    /// Who is offered for the name at a path; for a further row of the rows at a path, where it `adds`.
    fn offered(&self, _path: &str, _adds: bool) -> Vec<Offered> {
        Vec::new()
    }

    /// Fills in what was offered there.
    fn take(&self, _path: &str, _offered: &Offered, _adds: bool) {}

    /// What is said under the answer at a path.
    fn below(&self, _path: &str) -> Option<AnyView> {
        None
    }
}

/// A handle on them, which controls find in Leptos' context.
#[derive(Clone, Copy)]
pub(crate) struct Questionnaire {
    asks: StoredValue<Arc<dyn Asks>>,
    /// Whether the answers can only be read here and now.
    pub(crate) is_locked: Memo<bool>,
    /// The problems that are shown.
    pub(crate) problems: Memo<Vec<Problem>>,
}

/// What the questions of the current view belong to.
pub(crate) fn use_questionnaire() -> Questionnaire {
    expect_context()
}

impl Questionnaire {
    pub(crate) fn new(
        asks: impl Asks + 'static,
        is_locked: Memo<bool>,
        problems: Memo<Vec<Problem>>,
    ) -> Questionnaire {
        Questionnaire { asks: StoredValue::new(Arc::new(asks)), is_locked, problems }
    }

    /// What is asked; see [`Asks`].
    pub(crate) fn asks(self) -> Arc<dyn Asks> {
        self.asks.get_value()
    }

    /// The text at a path.
    pub(crate) fn text_at(self, path: &str) -> Memo<String> {
        let path = path.to_owned();
        settled(Memo::new(move |_| match self.asks().value(&path) {
            Value::Text(text) => text,
            _ => String::new(),
        }))
    }

    /// The list at a path.
    pub(super) fn list_at(self, path: &str) -> Memo<Vec<String>> {
        let path = path.to_owned();
        settled(Memo::new(move |_| match self.asks().value(&path) {
            Value::List(items) => items,
            _ => Vec::new(),
        }))
    }

    /// How many rows are at a path.
    pub(super) fn rows_at(self, path: &str) -> Memo<usize> {
        let path = path.to_owned();
        Memo::new(move |_| match self.asks().value(&path) {
            Value::Rows(count) => count,
            _ => 0,
        })
    }

    /// Answers a question.
    pub(crate) fn answer(self, path: &str, edit: Edit) {
        self.asks().answer(path, edit);
    }

    /// The problem that is shown at a question, in words.
    pub(super) fn error_at(self, path: &str) -> Memo<Option<String>> {
        let path = path.to_owned();
        Memo::new(move |_| {
            let found = self.problems.read().iter().find(|problem| problem.path == path).cloned();
            found.map(|problem| self.asks().problem(&problem))
        })
    }
}

#[cfg(test)]
#[path = "questionnaire/tests.rs"]
mod tests;
