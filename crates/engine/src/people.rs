//! Who is known from a record, so that a person is entered once and picked wherever the form asks for a name. Which
//! questions take a person, whom they offer and what else they hold is in the catalogue ([`Detail`]); nothing is listed here.
//!
//! Picking is typing: it makes ordinary edits, and replaces nothing that somebody typed.

mod pick;

pub use pick::{add, pick};

use std::collections::BTreeMap;
use std::sync::LazyLock;

use assessment_form::{Edit, Group, Holds, Kind, is_blank};

use crate::answers::blank_record;
use crate::answers::child_name;
use crate::answers::{Answers, Caf, Detail, Node, Question, Whom};
use crate::disclosure::{is_one_persons, is_practitioners_own};

/// Somebody who is named in a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPerson {
    /// What they are called, as it was typed first.
    pub name: String,
    /// What is known of them, in form order. The first of each sort counts.
    pub details: Vec<(Detail, Edit)>,
    /// The question where they were named first.
    pub path: String,
    /// Whether it is the child.
    pub is_child: bool,
    /// Where they belong, by the questions that name them; `Anybody` where that says nothing.
    whom: Whom,
}

/// Relationships of people who are no parent or carer of the child.
const NO_CARERS: [&str; 11] = [
    "sibling",
    "half_sibling",
    "step_sibling",
    "unborn_sibling",
    "cousin",
    "niece_nephew",
    "own_child",
    "family_friend",
    "neighbour",
    "lodger",
    "partner",
];

impl KnownPerson {
    /// A code or a text about the person.
    #[must_use]
    pub fn text(&self, detail: Detail) -> Option<&str> {
        match self.detail(detail)? {
            Edit::Text(text) => Some(text),
            _ => None,
        }
    }

    fn detail(&self, detail: Detail) -> Option<&Edit> {
        self.details.iter().find(|(known, _)| *known == detail).map(|(_, edit)| edit)
    }

    /// Whether it may be the same person. Two who have one name and are different to the child are two.
    fn may_be(&self, name: &str, details: &[(Detail, Edit)]) -> bool {
        let tells_apart = |detail: &Detail| matches!(detail, Detail::Relationship | Detail::Born);
        is_same_name(&self.name, name)
            && details
                .iter()
                .filter(|(detail, _)| tells_apart(detail))
                .all(|(detail, edit)| self.detail(*detail).is_none_or(|known| known == edit))
    }

    /// Whether it is one person, as far as can be told. Where a question takes any text, people write two names into it, or
    /// what somebody is to do beside the name; that is kept as it is, and is nobody to choose.
    #[must_use]
    pub fn is_one_person(&self) -> bool {
        let is_none_s = |sign: char| sign.is_ascii_digit() || "();:/&+\n".contains(sign);
        let is_list = self.name.contains([';', '\n']);
        !is_list && (!self.details.is_empty() || !self.name.contains(is_none_s))
    }

    /// Whether a question that offers these people offers this one.
    #[must_use]
    pub fn belongs_to(&self, whom: Whom) -> bool {
        let is_of = |kind| self.whom == kind || self.whom == Whom::Anybody;
        let may_care =
            || self.text(Detail::Relationship).is_none_or(|relationship| !NO_CARERS.contains(&relationship));
        match whom {
            Whom::Anybody => true,
            Whom::Family => is_of(Whom::Family) && !self.is_child,
            Whom::Carers => is_of(Whom::Family) && !self.is_child && may_care(),
            Whom::CarersAndChild => self.is_child || (is_of(Whom::Family) && may_care()),
            Whom::Professionals => is_of(Whom::Professionals) && !self.is_child,
            Whom::Assessor => self.path == "assessor.name",
        }
    }
}

/// Whether two names are the same but for spaces and capitals.
fn is_same_name(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (one.split_whitespace(), other.split_whitespace());
    loop {
        match (one.next(), other.next()) {
            (None, None) => return true,
            (Some(one), Some(other)) if one.eq_ignore_ascii_case(other) => {}
            _ => return false,
        }
    }
}

/// Everybody who is named in a record, each once, in form order; the child first. Of what somebody said for themselves or the
/// practitioner keeps from the family, nothing is known while the family looks on.
#[must_use]
pub fn people(answers: &Answers, with_family: bool) -> Vec<KnownPerson> {
    people_but(answers, with_family, None)
}

/// The same without what one group says of one person: they are not to be offered themselves.
fn people_but(answers: &Answers, with_family: bool, own: Option<(&str, &str)>) -> Vec<KnownPerson> {
    let mut found = Search { people: child(answers).into_iter().collect(), with_family, own };
    found.look_in(answers, "");
    found.people
}

/// The child, once born. An unborn baby is asked nothing and comes to no meeting.
fn child(answers: &Answers) -> Option<KnownPerson> {
    let child = &answers.identifying_details;
    let is_named = !(is_blank(&child.given_names) && is_blank(&child.family_name));
    let born = (!child.dob.is_blank()).then(|| (Detail::Born, Edit::Date(child.dob.clone())));
    is_named.then(|| KnownPerson {
        name: child_name(answers),
        details: born.into_iter().collect(),
        path: "identifying_details.given_names".to_owned(),
        is_child: true,
        whom: Whom::Family,
    })
}

struct Search<'a> {
    people: Vec<KnownPerson>,
    with_family: bool,
    own: Option<(&'a str, &'a str)>,
}

impl Search<'_> {
    fn look_in(&mut self, group: &dyn Group<Caf>, stem: &str) {
        for (index, question) in group.questions().iter().enumerate() {
            let path = join(stem, question.name);
            match group.get(index) {
                Some(Node::Text(name)) => self.take(group, stem, question, name, path),
                Some(Node::Group(inner)) => self.look_in(inner, &path),
                Some(Node::Rows(rows)) => {
                    for row in 0..rows.len() {
                        if let Some(inner) = rows.row(row) {
                            self.look_in(inner, &format!("{path}[{row}]"));
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn take(&mut self, group: &dyn Group<Caf>, stem: &str, question: &Question, name: &str, path: String) {
        let Some(Holds { whose, detail: Detail::Name(whom) }) = question.holds else { return };
        // A signature names the assessor again.
        if is_blank(name)
            || whom == Whom::Assessor
            || self.own == Some((stem, whose))
            || !self.may_be_seen(group, question)
        {
            return;
        }
        let details: Vec<_> = details_of(group, whose)
            .filter(|(_, question, _)| self.may_be_seen(group, question))
            .filter_map(|(detail, _, node)| Some((detail, given(node)?)))
            .collect();
        let whom = match whom {
            Whom::Family | Whom::Carers | Whom::CarersAndChild => Whom::Family,
            Whom::Professionals | Whom::Assessor => Whom::Professionals,
            Whom::Anybody => Whom::Anybody,
        };
        match self.people.iter_mut().find(|known| known.may_be(name, &details)) {
            Some(known) => {
                for (detail, edit) in details {
                    if known.detail(detail).is_none() {
                        known.details.push((detail, edit));
                    }
                }
                if known.whom == Whom::Anybody {
                    known.whom = whom;
                }
            }
            None => {
                let name = name.trim().to_owned();
                self.people.push(KnownPerson { name, details, path, is_child: false, whom });
            }
        }
    }

    fn may_be_seen(&self, group: &dyn Group<Caf>, question: &Question) -> bool {
        let key = group.key();
        !(self.with_family && (is_practitioners_own(key, question) || is_one_persons(key, question)))
    }
}

/// What the assessor says of themselves, by path: name and work, never where they live nor who else is named.
#[must_use]
pub fn own_details(answers: &Answers) -> BTreeMap<String, String> {
    let group: &dyn Group<Caf> = &answers.assessor;
    let questions = group.questions().iter().enumerate();
    let own = questions.filter(|(_, question)| question.holds.is_some_and(|held| held.whose.is_empty()));
    let mut details = BTreeMap::new();
    details.extend(own.filter_map(|(index, question)| match group.get(index)? {
        Node::Text(text) if !is_blank(text) => Some((join("assessor", question.name), text.clone())),
        _ => None,
    }));
    details
}

/// What a group holds about one of its people besides the name.
fn details_of<'a>(
    group: &'a dyn Group<Caf>,
    whose: &'static str,
) -> impl Iterator<Item = (Detail, &'static Question, Node<'a>)> {
    group.questions().iter().enumerate().filter_map(move |(index, question)| {
        let held = question.holds.filter(|held| held.whose == whose)?;
        let is_name = matches!(held.detail, Detail::Name(_));
        (!is_name).then_some((held.detail, question, group.get(index)?))
    })
}

/// An answer as the edit that gives it again; `None` for a blank one.
fn given(node: Node<'_>) -> Option<Edit> {
    match node {
        _ if node.is_blank() => None,
        Node::Text(text) => Some(Edit::Text(text.trim().to_owned())),
        Node::Date(date) => Some(Edit::Date(date.clone())),
        _ => None,
    }
}

/// Whom the question at a path offers: the people of the record who belong there, without the one who is named there now,
/// and in rows of people without those of the other rows. Nobody where the question takes no person.
#[must_use]
pub fn offers(answers: &Answers, path: &str, with_family: bool) -> Vec<KnownPerson> {
    let Some(found) = answers.find(path) else { return Vec::new() };
    let Some(Holds { whose, detail: Detail::Name(whom) }) = found.question.holds else { return Vec::new() };
    let stem = path.rsplit_once('.').map_or("", |(stem, _)| stem);
    let named = answers.text(path);
    let mut offered = people_but(answers, with_family, Some((stem, whose)));
    offered.retain(|person| {
        person.is_one_person() && person.belongs_to(whom) && !is_same_name(&person.name, named)
    });
    if let Some((rows, _)) = stem.rsplit_once('[') {
        remove_those_in(answers, rows, &mut offered);
    }
    offered
}

/// Whom the rows at a path offer to add. Nobody where they are no rows of people.
#[must_use]
pub fn offers_to_add(answers: &Answers, rows: &str, with_family: bool) -> Vec<KnownPerson> {
    let Some(name) = name_in_rows(answers, rows) else { return Vec::new() };
    let Some(Holds { detail: Detail::Name(whom), .. }) = name.holds else { return Vec::new() };
    let mut offered = people(answers, with_family);
    offered.retain(|person| person.is_one_person() && person.belongs_to(whom));
    remove_those_in(answers, rows, &mut offered);
    offered
}

/// The name in rows that are each about one person: it is the first question of such a row.
fn name_in_rows(answers: &Answers, rows: &str) -> Option<&'static Question> {
    let found = answers.find(rows)?;
    let Kind::Rows(_) = found.question.kind else { return None };
    let first = row_questions(rows)?.first()?;
    first.holds.is_some_and(|held| matches!(held.detail, Detail::Name(_))).then_some(first)
}

/// The questions of the rows at a path, also where there is no row yet.
fn row_questions(rows: &str) -> Option<&'static [Question]> {
    static BLANK: LazyLock<Answers> = LazyLock::new(blank_record);
    match BLANK.node(&format!("{rows}[0]"))? {
        Node::Group(row) => Some(row.questions()),
        _ => None,
    }
}

/// A person is in rows of people once.
fn remove_those_in(answers: &Answers, rows: &str, offered: &mut Vec<KnownPerson>) {
    let Some(name) = name_in_rows(answers, rows) else { return };
    let Some(Node::Rows(all)) = answers.node(rows) else { return };
    for row in 0..all.len() {
        let named = answers.text(&format!("{rows}[{row}].{}", name.name));
        offered.retain(|person| !is_same_name(&person.name, named));
    }
}

fn join(stem: &str, name: &str) -> String {
    if stem.is_empty() { name.to_owned() } else { format!("{stem}.{name}") }
}
