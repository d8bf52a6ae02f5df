//! What leaves the form, and for whom: the whole policy over every audience and every protected answer.

mod blocks;
mod matrix;
mod own;
mod table;

use assessment_engine::answers::{Answers, Facts, Node};
use assessment_engine::disclosure::{Audience, Choices, Content, Document, document};
use assessment_engine::standards::Standards;
use assessment_form::{Edit, WrittenDate};
use assessment_rules::evaluate;
use jiff::civil::Date;

const TODAY: Date = Date::constant(2026, 11, 23);

/// A record with these answers, as paths and texts. `[]` before a path adds a row.
fn record(answers: &[(&str, &str)]) -> Answers {
    let mut record = Answers::default();
    for (path, text) in answers {
        let (path, edit) = match path.strip_prefix("[]") {
            Some(path) => (path, Edit::AddRow),
            None if text.contains('|') => (
                *path,
                Edit::List(text.split('|').filter(|item| !item.is_empty()).map(str::to_owned).collect()),
            ),
            None => match WrittenDate::from_iso(text).filter(|_| text.len() == 10) {
                Some(date) => (*path, Edit::Date(date)),
                None => (*path, Edit::Text((*text).to_owned())),
            },
        };
        assert_eq!(record.apply(path, edit), Ok(()), "{path}");
    }
    record
}

/// Makes a document and hands it to `look`.
fn made<T>(
    answers: &Answers,
    audience: &Audience,
    choices: &Choices,
    look: impl FnOnce(&Document<'_>) -> T,
) -> T {
    let standards = Standards::built_in().unwrap();
    let (facts, outcome) = (Facts::of(answers, TODAY), evaluate(answers, TODAY, &standards.pack));
    look(&document(answers, &facts, &standards, &outcome, audience, choices))
}

/// Everything that a document says, as one text.
fn said(document: &Document<'_>) -> String {
    let mut text = document.urgent.join(" ");
    for line in &document.lines {
        let Content::Shown(node) = &line.content else { continue };
        text.push('\n');
        match node {
            Node::Text(answer) => text.push_str(answer),
            Node::List(items) => text.push_str(&items.join("\n")),
            Node::Date(date) => text.push_str(&date.to_iso().unwrap_or_default()),
            Node::Marks(_) | Node::Group(_) | Node::Rows(_) => panic!("{} is not a leaf", line.path),
        }
    }
    text
}
