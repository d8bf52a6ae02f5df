//! The record of a refusal: what leaves the device when only the refusal is recorded, and nothing else.

use assessment_form::{Group, Node, NodeMut, any_row, is_blank};

use super::{Sending, sending};
use crate::answers::{Answers, Caf};

/// Everything that a record of a refusal may hold: whose record it is, that danger was thought of, who said no and when,
/// and who wrote it down. `[]` is any row.
pub const RECORDED: [&str; 36] = [
    "danger_now",
    "pre_assessment_checklist.safe",
    "identifying_details.given_names",
    "identifying_details.family_name",
    "identifying_details.unborn_label",
    "identifying_details.dob",
    "identifying_details.dob_estimated",
    "identifying_details.age_about",
    "identifying_details.edd",
    "identifying_details.age_band",
    "assessor.name",
    "assessor.role",
    "assessor.role_other",
    "assessor.organisation",
    "assessor.phone",
    "assessor.email",
    "consent.sought",
    "consent.status",
    "consent.people",
    "consent.people[].name",
    "consent.people[].who",
    "consent.people[].says",
    "consent.people[].refused_on",
    "consent.people[].refused_how",
    "consent.given_by",
    "consent.stored_about_me",
    "consent.stored_about_child",
    "consent.explained",
    "consent.withdrawn_on",
    "consent.withdrawn_by",
    "consent.withdrawn_effect",
    "consent.privacy_notice_version",
    "consent.privacy_notice_given_on",
    "consent.assessor_signature",
    "consent.assessor_signed_on",
    "sharing.choice",
];

/// Whether the answer at this path is part of the record of a refusal.
#[must_use]
pub fn is_recorded(path: &str) -> bool {
    RECORDED.contains(&any_row(path).as_str())
}

/// The record of a refusal: a copy with these answers and no others.
#[must_use]
pub fn refusal_record(answers: &Answers) -> Answers {
    let mut record = Answers::default();
    copy(answers, &mut record, "");
    if needs_preferred_name(answers) {
        record.identifying_details.preferred_name.clone_from(&answers.identifying_details.preferred_name);
    }
    record
}

const PREFERRED_NAME: &str = "identifying_details.preferred_name";

/// What a child likes to be called is part of the record only where it is the only name.
fn needs_preferred_name(answers: &Answers) -> bool {
    is_blank(&answers.identifying_details.given_names) && is_blank(&answers.identifying_details.family_name)
}

fn copy(from: &dyn Group<Caf>, to: &mut dyn Group<Caf>, stem: &str) {
    for (index, question) in from.questions().iter().enumerate() {
        let dot = if stem.is_empty() { "" } else { "." };
        let path = [stem, dot, question.name].concat();
        match (from.get(index), to.get_mut(index)) {
            (Some(Node::Group(inner)), Some(NodeMut::Group(copied))) => copy(inner, copied, &path),
            (Some(Node::Rows(rows)), Some(NodeMut::Rows(copied))) if is_recorded(&path) => {
                for row in 0..rows.len() {
                    copied.push();
                    if let (Some(inner), Some(copied)) = (rows.row(row), copied.row_mut(row)) {
                        copy(inner, copied, &[&path, "[]"].concat());
                    }
                }
            }
            (Some(node), Some(copied)) if is_recorded(&path) => match (node, copied) {
                (Node::Text(text), NodeMut::Text(copied)) => copied.clone_from(text),
                (Node::List(items), NodeMut::List(copied)) => copied.clone_from(items),
                (Node::Date(date), NodeMut::Date(copied)) => copied.clone_from(date),
                _ => {}
            },
            _ => {}
        }
    }
}

/// The paths of answers that do not belong to the record of a refusal, where the record is to be nothing else. A sender
/// that left something in is told so, rather than being trusted.
#[must_use]
pub fn beyond_refusal(answers: &Answers) -> Vec<String> {
    let mut paths = Vec::new();
    if sending(answers) == Sending::RefusalOnly {
        beyond(Node::Group(answers), "", &mut paths);
        paths.retain(|path| path != PREFERRED_NAME || !needs_preferred_name(answers));
    }
    paths
}

fn beyond(node: Node<'_, Caf>, path: &str, paths: &mut Vec<String>) {
    match node {
        Node::Group(group) => {
            for (index, question) in group.questions().iter().enumerate() {
                let dot = if path.is_empty() { "" } else { "." };
                if let Some(inner) = group.get(index) {
                    beyond(inner, &[path, dot, question.name].concat(), paths);
                }
            }
        }
        Node::Rows(rows) => {
            for row in 0..rows.len() {
                if let Some(inner) = rows.row(row) {
                    beyond(Node::Group(inner), &format!("{path}[{row}]"), paths);
                }
            }
            if !rows.is_empty() && !is_recorded(path) {
                paths.push(path.to_owned());
            }
        }
        leaf if !leaf.is_blank() && !is_recorded(path) => paths.push(path.to_owned()),
        _ => {}
    }
}
