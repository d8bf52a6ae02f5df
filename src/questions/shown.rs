//! Answers in words, for pages that show them.

use assessment_engine::answers::Node;
use assessment_engine::validation::identifiers::read_as;
use assessment_form::Kind;

use crate::form::Form;

/// An answer in words; empty when there is none.
pub(crate) fn answer(form: Form, kind: Kind, node: Node<'_>) -> String {
    match (kind, node) {
        (Kind::Choice(list), Node::Text(given)) => code(form, list, given),
        (Kind::Choices(list), Node::List(given)) => {
            given.iter().map(|given| code(form, list, given)).collect::<Vec<_>>().join(", ")
        }
        (kind, Node::Text(text)) => read_as(kind, text).unwrap_or_else(|| text.clone()),
        (_, Node::List(items)) => items.join("\n"),
        (_, Node::Date(date)) => match date.partial() {
            Some(read) => form.words().date(read),
            // What makes no date is shown as it was typed.
            None => [&date.day, &date.month, &date.year].map(String::as_str).join(" ").trim().to_owned(),
        },
        (_, Node::Marks(_) | Node::Group(_) | Node::Rows(_)) => String::new(),
    }
}

/// A code in words; a code that is not offered is shown as it is.
pub(crate) fn code(form: Form, list: &str, code: &str) -> String {
    let standards = form.standards();
    standards.lists.find(list, code).map_or_else(|| code.to_owned(), |found| found.label.clone())
}
