//! Changes to a filled record, written short enough for a table of cases.

use std::sync::LazyLock;

use assessment_engine::answers::{Answers, Node};
use assessment_engine::standards::Standards;
use assessment_engine::validation::{Problem, Stage, check};
use assessment_form::{Edit, WrittenDate};

use crate::material::filled::{Amount, today};

/// Places and what they are changed to, in order.
pub(crate) type Changes = &'static [(&'static str, To)];

/// What is built in.
pub(crate) static STANDARDS: LazyLock<Standards> = LazyLock::new(|| Standards::built_in().unwrap());

/// A record with every question answered and no problem.
pub(crate) fn base() -> Answers {
    crate::material::filled::filled(&STANDARDS, Amount { characters: 40, rows: 2, large_household: false })
}

/// What a place is changed to.
#[derive(Clone, Copy)]
pub(crate) enum To {
    /// A text, a code or a mark.
    Text(&'static str),
    /// So many letters; each is two bytes.
    Letters(usize),
    /// A list.
    List(&'static [&'static str]),
    /// A date in ISO form; blank when it is none.
    Date(&'static str),
    /// Day, month and year as typed.
    Parts(&'static str, &'static str, &'static str),
    /// So many rows.
    Rows(usize),
}
fn apply(answers: &mut Answers, path: &str, to: To) {
    let edit = match to {
        To::Text(text) => Edit::Text(text.to_owned()),
        To::Letters(count) => Edit::Text("é".repeat(count)),
        To::List(items) => Edit::List(items.iter().map(|item| (*item).to_owned()).collect()),
        To::Date(iso) => Edit::Date(WrittenDate::from_iso(iso).unwrap_or_default()),
        To::Parts(day, month, year) => {
            Edit::Date(WrittenDate { day: day.into(), month: month.into(), year: year.into() })
        }
        To::Rows(wanted) => {
            let Some(Node::Rows(rows)) = answers.node(path) else { unreachable!("{path} has no rows") };
            for row in (wanted..rows.len()).rev() {
                answers.apply(path, Edit::RemoveRow(row)).unwrap();
            }
            for _ in rows_of(answers, path)..wanted {
                answers.apply(path, Edit::AddRow).unwrap();
            }
            return;
        }
    };
    assert!(answers.apply(path, edit).is_ok(), "{path} takes another kind of answer");
}

fn rows_of(answers: &Answers, path: &str) -> usize {
    if let Some(Node::Rows(rows)) = answers.node(path) { rows.len() } else { 0 }
}

/// The base after some changes.
pub(crate) fn changed(changes: &[(&str, To)]) -> Answers {
    let mut answers = base();
    changes.iter().for_each(|(path, to)| apply(&mut answers, path, *to));
    answers
}

/// The problems of the base after some changes.
pub(crate) fn problems(changes: &[(&str, To)], stage: Stage) -> Vec<Problem> {
    check(&changed(changes), stage, today(), &STANDARDS)
}
