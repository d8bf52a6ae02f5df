//! What a form offers to rules: the names that a pack may use, and the questions that have a part of their own.

use std::sync::Arc;

/// The names of one form.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// The elements, in form order.
    pub elements: Vec<Element>,
    /// The questions with options that are asked once, in form order.
    pub questions: Vec<Question>,
    /// The question whether anyone is in danger now, which is answered `yes`, `unsure` or `no`.
    pub danger: Option<usize>,
    /// The question whether the child is disabled, which is answered `yes` or not.
    pub disabled: Option<usize>,
    /// The path of the date of birth: what a condition on the child's age rests on.
    pub birth: String,
    /// The path of the expected date of birth.
    pub expected: String,
    /// The pack, as JSON, that no other may fall below; `None` where a form has no floor.
    pub floor: Option<&'static str>,
}

/// One element.
#[derive(Debug, Clone)]
pub struct Element {
    /// Its id.
    pub id: String,
    /// The path of its marks; an indicator's own path is this one, a dot and its id.
    pub marks: String,
    /// A question and an option that make each blank of this element a "no", where there is one.
    pub no_concern: Option<(usize, String)>,
}

/// One question with options.
#[derive(Debug, Clone)]
pub struct Question {
    /// Its path.
    pub path: String,
    /// The codes of its options.
    pub options: Arc<[String]>,
}

impl Vocabulary {
    /// The question at a path.
    #[must_use]
    pub fn question(&self, path: &str) -> Option<(usize, &Question)> {
        self.questions.iter().enumerate().find(|(_, question)| question.path == path)
    }

    /// The position of an element.
    #[must_use]
    pub fn element(&self, id: &str) -> Option<usize> {
        self.elements.iter().position(|element| element.id == id)
    }

    /// The path of a question by its number.
    pub(crate) fn path(&self, question: usize) -> &str {
        self.questions.get(question).map_or("", |question| question.path.as_str())
    }
}
