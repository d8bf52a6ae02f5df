//! A record for a brother or sister: what the family shares is carried over from the first child's record, and the two are
//! linked. What is carried over is in the catalogue ([`Question::carried`](assessment_form::Question::carried)): where the
//! family lives and how that is protected, parents and carers, household, languages, services of the whole family, the
//! assessor. Never danger, indicators, agreement, what anybody said, conclusions, or the child's own matters.

use std::collections::BTreeMap;

use assessment_form::{Group, is_blank};

use crate::answers::child_name;
use crate::answers::{Address, Answers, Caf, HouseholdMember, LINKED_RECORDS, LinkedRecord, Node, NodeMut};
use crate::code_lists::CodeLists;
use crate::sections::Framework;

/// The record that another one begins from.
pub struct First<'a> {
    /// Its answers.
    pub answers: &'a Answers,
    /// Its id on this device.
    pub record: &'a str,
    /// Its reference, where it was sent.
    pub reference: Option<&'a str>,
}

/// Whom the new record is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewChild {
    /// The person of this row of the household.
    Member(usize),
    /// A twin: born on the same day.
    Twin,
    /// Somebody whom the first record does not name.
    Another,
}

/// The domain whose elements are about the family as a whole.
const FAMILY: &str = "family_environment";
/// What is offered of them.
const OFFERED: [&str; 3] = ["strengths", "needs", "evidence"];
const UNBORN: &str = "unborn_sibling";
/// How brothers and sisters are related, and how the first child is related to each of them.
const SIBLINGS: [(&str, &str); 4] = [
    ("sibling", "sibling"),
    ("half_sibling", "half_sibling"),
    ("step_sibling", "step_sibling"),
    (UNBORN, "sibling"),
];

/// The brothers and sisters that a record names, as rows of its household.
pub fn siblings(answers: &Answers) -> impl Iterator<Item = (usize, &HouseholdMember)> {
    let is_sibling = |member: &HouseholdMember| SIBLINGS.iter().any(|(code, _)| *code == member.relationship);
    answers
        .home_and_family
        .household
        .iter()
        .enumerate()
        .filter(move |(_, member)| is_sibling(member) && !is_blank(&member.name))
}

/// The answers with which a record for a brother or sister begins.
#[must_use]
pub fn begin(first: &First<'_>, new: NewChild, lists: &CodeLists) -> Answers {
    let mut answers = Answers::default();
    carry(first.answers, &mut answers, false);
    answers
        .services_involved
        .retain(|row| lists.find("services", &row.service).is_some_and(|service| service.family));
    let member = match new {
        NewChild::Member(row) => first.answers.home_and_family.household.get(row),
        NewChild::Twin | NewChild::Another => None,
    };
    name_child(first.answers, new, member, &mut answers);
    let relationship = related(member).1;
    // Who does not live with the first child has another address, and other people in the home.
    let lives_with_first = member.map_or("", |member| member.lives_with_child.as_str());
    if lives_with_first == "no" {
        let child = &mut answers.identifying_details;
        child.address_status.clear();
        child.address = Address::default();
        child.phones.clear();
        for other in &mut answers.home_and_family.household {
            other.lives_with_child.clear();
        }
    }
    if let NewChild::Member(row) = new
        && row < answers.home_and_family.household.len()
    {
        answers.home_and_family.household.remove(row);
    }
    let name = child_name(first.answers);
    answers.home_and_family.household.insert(
        0,
        HouseholdMember {
            name: name.clone(),
            relationship: relationship.to_owned(),
            dob: first.answers.identifying_details.dob.clone(),
            lives_with_child: lives_with_first.to_owned(),
            ..HouseholdMember::default()
        },
    );
    answers.linked_records.push(LinkedRecord {
        name,
        relationship: relationship.to_owned(),
        reference: first.reference.unwrap_or_default().to_owned(),
        record: first.record.to_owned(),
    });
    answers
}

/// The link that the first record gets to the new one.
#[must_use]
pub fn link_back(first: &Answers, new: NewChild, record: &str) -> LinkedRecord {
    let member = match new {
        NewChild::Member(row) => first.home_and_family.household.get(row),
        NewChild::Twin | NewChild::Another => None,
    };
    LinkedRecord {
        name: member.map(|member| member.name.clone()).unwrap_or_default(),
        relationship: related(member).0.to_owned(),
        reference: String::new(),
        record: record.to_owned(),
    }
}

/// The sections into which something was carried over, by name in form order.
#[must_use]
pub fn carried_sections(answers: &Answers) -> Vec<&'static str> {
    let record: &dyn Group<Caf> = answers;
    let is_filled = |index: usize| record.get(index).is_some_and(|node| !node.is_blank());
    let questions = record.questions().iter().enumerate();
    questions
        .filter(|(index, question)| is_filled(*index) && question.name != LINKED_RECORDS)
        .map(|(_, question)| question.name)
        .collect()
}

/// What the first record says of the family as a whole, by path: strengths, needs and evidence of the elements of family and
/// environment. It was written about the first child, so it is offered and not carried over; indicators never are.
#[must_use]
pub fn family_texts(answers: &Answers, framework: &Framework) -> BTreeMap<String, String> {
    let of_family = framework.elements.iter().filter(|element| element.domain == FAMILY);
    let paths = of_family.flat_map(|element| OFFERED.map(|name| format!("elements.{}.{name}", element.id)));
    let mut texts = BTreeMap::new();
    for path in paths {
        let text = answers.text(&path);
        if !is_blank(text) {
            let text = text.to_owned();
            texts.insert(path, text);
        }
    }
    texts
}

/// How the new child is related to the first, and the first to the new.
fn related(member: Option<&HouseholdMember>) -> (&'static str, &'static str) {
    let known = member.and_then(|member| SIBLINGS.iter().find(|(code, _)| *code == member.relationship));
    known.copied().unwrap_or(("sibling", "sibling"))
}

/// What the first record says of the new child by name and date of birth.
fn name_child(first: &Answers, new: NewChild, member: Option<&HouseholdMember>, answers: &mut Answers) {
    let (child, of_first) = (&mut answers.identifying_details, &first.identifying_details);
    if new == NewChild::Twin {
        child.family_name.clone_from(&of_first.family_name);
        child.dob.clone_from(&of_first.dob);
        child.dob_estimated.clone_from(&of_first.dob_estimated);
        return;
    }
    let Some(member) = member else { return };
    child.setting.clone_from(&member.setting);
    if member.relationship == UNBORN {
        child.unborn_label.clone_from(&member.name);
        child.edd.clone_from(&member.dob);
        return;
    }
    let (given, family) = in_two(&member.name, &of_first.family_name);
    child.given_names = given.to_owned();
    child.family_name = family.to_owned();
    child.dob.clone_from(&member.dob);
}

/// A name as given and family names. The family name is certain only where it is the first child's.
fn in_two<'a>(name: &'a str, family: &'a str) -> (&'a str, &'a str) {
    let (name, family) = (name.trim(), family.trim());
    let before = name.strip_suffix(family).filter(|before| !family.is_empty() && before.ends_with(' '));
    match before {
        Some(before) => (before.trim_end(), family),
        None => (name, ""),
    }
}

/// Copies what is carried over. In a group that is carried over as a whole, everything.
fn carry(from: &dyn Group<Caf>, to: &mut dyn Group<Caf>, is_whole: bool) {
    for (index, question) in from.questions().iter().enumerate() {
        let is_carried = is_whole || question.is_carried;
        match (from.get(index), to.get_mut(index)) {
            (Some(Node::Group(from)), Some(NodeMut::Group(to))) => carry(from, to, is_carried),
            (Some(Node::Rows(from)), Some(NodeMut::Rows(to))) => {
                for row in 0..from.len() {
                    to.push();
                    let at = to.len().saturating_sub(1);
                    if let (Some(from), Some(to)) = (from.row(row), to.row_mut(at)) {
                        carry(from, to, false);
                    }
                    if to.row(at).is_none_or(|row| Node::Group(row).is_blank()) {
                        to.remove(at);
                    }
                }
            }
            (Some(Node::Text(from)), Some(NodeMut::Text(to))) if is_carried => to.clone_from(from),
            (Some(Node::List(from)), Some(NodeMut::List(to))) if is_carried => to.clone_from(from),
            (Some(Node::Date(from)), Some(NodeMut::Date(to))) if is_carried => to.clone_from(from),
            _ => {}
        }
    }
}
