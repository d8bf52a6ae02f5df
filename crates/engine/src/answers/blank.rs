//! A record with no answers and rows to write in: for paper, and for walking over every question, those of rows too.

use assessment_form::{Group, NodeMut};

use super::{Answers, Caf};

/// How many rows of each repeating group fit the usual family; more go on another sheet.
const ROWS: usize = 2;

/// A record in which nothing was answered and each repeating group has empty rows.
#[must_use]
pub fn blank_record() -> Answers {
    let mut answers = Answers::blank().clone();
    add_rows(&mut answers);
    answers
}

fn add_rows(group: &mut dyn Group<Caf>) {
    for index in 0..group.questions().len() {
        match group.get_mut(index) {
            Some(NodeMut::Group(inner)) => add_rows(inner),
            Some(NodeMut::Rows(rows)) => {
                for row in 0..ROWS {
                    rows.push();
                    if let Some(inner) = rows.row_mut(row) {
                        add_rows(inner);
                    }
                }
            }
            _ => {}
        }
    }
}
