//! What is the practitioner's own, and not for the family to see on the screen: worked out from the sort of information
//! that each question holds. There is no second list.

use assessment_form::{Group, Kind};

use super::protection::{Protection, TABLE};
use crate::answers::blank_record;
use crate::answers::{Answers, Caf, Node, Question};

/// Whether a question is the practitioner's own: what it asks, and whether it was answered, is not for the family to see on
/// the screen. What nobody has decided about is; a group is where everything in it is.
#[must_use]
pub fn is_practitioners_own(group: &str, question: &Question) -> bool {
    let is_own = |protection: Protection| {
        use Protection::{Decision, KeptFrom, LinkedRecord, Practitioner, SafeContact, Undecided};
        matches!(protection, KeptFrom | LinkedRecord | Practitioner | SafeContact | Decision | Undecided)
    };
    match question.kind {
        Kind::Group | Kind::Rows(_) => {
            let inside = TABLE.iter().find(|(key, _)| *key == question.name);
            inside.is_some_and(|(_, rows)| rows.iter().all(|(protection, _)| is_own(*protection)))
        }
        // The lines of an address are as the address.
        _ if group == "address" => false,
        _ => is_own(Protection::of(group, question.name)),
    }
}

/// The same of the question that a path leads to. A path that leads nowhere is the practitioner's own.
#[must_use]
pub fn is_practitioners_own_at(answers: &Answers, path: &str) -> bool {
    answers.find(path).is_none_or(|found| is_practitioners_own(found.group.key(), found.question))
}

/// Whether a question holds what one person said for themselves: somebody else at the screen is not to read it. Rows are
/// where they hold it.
#[must_use]
pub fn is_one_persons(group: &str, question: &Question) -> bool {
    let is_said = |protection: Protection| matches!(protection, Protection::Said | Protection::ParentsWords);
    match question.kind {
        Kind::Rows(_) => {
            let inside = TABLE.iter().find(|(key, _)| *key == question.name);
            inside.is_some_and(|(_, rows)| rows.iter().any(|(protection, _)| is_said(*protection)))
        }
        _ => is_said(Protection::of(group, question.name)),
    }
}

/// How much of a part of the form is the practitioner's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnPart {
    /// Nothing.
    Nothing,
    /// Some questions.
    Some,
    /// Everything.
    Whole,
}

/// How much of the group, the rows or the question at this path is the practitioner's own.
#[must_use]
pub fn own_part(path: &str) -> OwnPart {
    let record = blank_record();
    let (mut own, mut all) = (0_u32, 0_u32);
    match record.find(path) {
        None => {}
        Some(found) => match found.node {
            Node::Group(group) => count(group, &mut own, &mut all),
            Node::Rows(rows) => {
                if let Some(row) = rows.row(0) {
                    count(row, &mut own, &mut all);
                }
            }
            _ => (own, all) = (u32::from(is_practitioners_own(found.group.key(), found.question)), 1),
        },
    }
    match own {
        0 => OwnPart::Nothing,
        own if own == all => OwnPart::Whole,
        _ => OwnPart::Some,
    }
}

fn count(group: &dyn Group<Caf>, own: &mut u32, all: &mut u32) {
    for (index, question) in group.questions().iter().enumerate() {
        match group.get(index) {
            Some(Node::Group(inner)) => count(inner, own, all),
            Some(Node::Rows(rows)) => {
                if let Some(row) = rows.row(0) {
                    count(row, own, all);
                }
            }
            _ => {
                *own += u32::from(is_practitioners_own(group.key(), question));
                *all += 1;
            }
        }
    }
}
