//! Answers in words, for pages that show them.

use assessment_engine::answers::{Answers, Node, OTHER_SERVICE};
use assessment_engine::planned;
use assessment_engine::validation::identifiers::read_as;
use assessment_form::Kind;
use assessment_form::typed::compared;

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

/// An answer in words; of a planned date that has passed also that it has.
pub(crate) fn answer_on(form: Form, answers: &Answers, path: &str, kind: Kind, node: Node<'_>) -> String {
    let text = answer(form, kind, node);
    let passed = (kind == Kind::ComingDate).then(|| planned::passed(answers, path, form.today())).flatten();
    match passed {
        Some(passed) => form.filled(&format!("planned.{}", passed.code()), &[("date", &text)]),
        None => text,
    }
}

/// A service in words; "other" by the names that the record gives it.
pub(crate) fn service(form: Form, code: &str) -> String {
    let names: Vec<String> = form.peek_answers(|answers| {
        let listed = answers.services_involved.iter().filter(|row| row.service == code);
        let named = listed.map(|row| row.service_other.trim());
        let consent = &answers.consent;
        let other = (code == OTHER_SERVICE).then(|| consent.services_other.trim());
        let mut names: Vec<String> = Vec::new();
        for name in named.chain(other).filter(|name| !name.is_empty()) {
            if !names.iter().any(|known| compared(known) == compared(name)) {
                names.push(name.to_owned());
            }
        }
        names
    });
    if names.is_empty() { self::code(form, "services", code) } else { names.join(", ") }
}

/// A code in words; a code that is not offered is shown as it is.
pub(crate) fn code(form: Form, list: &str, code: &str) -> String {
    let standards = form.standards();
    standards.lists.find(list, code).map_or_else(|| code.to_owned(), |found| found.label.clone())
}
