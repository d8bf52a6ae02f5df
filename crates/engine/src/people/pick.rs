//! Picking somebody who is known: the name, and what goes with it.

use assessment_form::{Edit, Holds, PartialDate, WrittenDate, is_blank};
use assessment_rules::Age;

use super::{KnownPerson, details_of, given, is_same_name, people_but};
use crate::answers::{Answers, Detail, Facts, Node};
use crate::code_lists::CodeLists;

/// From this age, in months, a young person is presumed able to decide.
const SIXTEEN: u32 = 192;

/// The edits that put `person` where the question at `path` asks for a name, with what else its group holds of a person.
/// What was typed there stays, unless it came with the person who was named there before. `child` is the word for the
/// child, where somebody's role is asked. Nothing where the question takes no person.
#[must_use]
pub fn pick(
    answers: &Answers,
    path: &str,
    person: &KnownPerson,
    facts: &Facts,
    lists: &CodeLists,
    child: &str,
) -> Vec<(String, Edit)> {
    let Some(found) = answers.find(path) else { return Vec::new() };
    let Some(Holds { whose, detail: Detail::Name(_) }) = found.question.holds else { return Vec::new() };
    let stem = path.rsplit_once('.').map_or("", |(stem, _)| stem);
    let all = people_but(answers, false, Some((stem, whose)));
    let before = all.iter().find(|known| is_same_name(&known.name, answers.text(path)));
    let filled = Filling { facts, lists, child };
    let mut edits = vec![(path.to_owned(), Edit::Text(person.name.clone()))];
    for (detail, question, node) in details_of(found.group, whose) {
        let came_with_before =
            || given(node).is_some_and(|now| before.and_then(|known| filled.of(known, detail)) == Some(now));
        if !node.is_blank() && !came_with_before() {
            continue;
        }
        let new = filled.of(person, detail).or_else(|| (!node.is_blank()).then(|| blank(node)));
        edits.extend(new.map(|edit| (super::join(stem, question.name), edit)));
    }
    edits
}

/// The edits that add a row for `person` to the rows at a path. A last row in which nothing was typed is used first. Where
/// the row asks whether the person lives with the child, the answer is yes: that is what is offered.
#[must_use]
pub fn add(
    answers: &Answers,
    rows: &str,
    person: &KnownPerson,
    facts: &Facts,
    lists: &CodeLists,
    child: &str,
) -> Vec<(String, Edit)> {
    let mut tried = answers.clone();
    let Some(Node::Rows(all)) = tried.node(rows) else { return Vec::new() };
    let last_is_blank = all
        .len()
        .checked_sub(1)
        .is_some_and(|last| tried.node(&format!("{rows}[{last}]")).is_some_and(|row| row.is_blank()));
    let row = if last_is_blank { all.len() - 1 } else { all.len() };
    let mut edits = Vec::new();
    if !last_is_blank {
        if tried.apply(rows, Edit::AddRow).is_err() {
            return Vec::new();
        }
        edits.push((rows.to_owned(), Edit::AddRow));
    }
    let stem = format!("{rows}[{row}]");
    let Some(Node::Group(group)) = tried.node(&stem) else { return Vec::new() };
    let Some(name) = group.questions().first() else { return Vec::new() };
    edits.extend(pick(&tried, &format!("{stem}.{}", name.name), person, facts, lists, child));
    let lives = group
        .questions()
        .iter()
        .find(|question| question.holds.is_some_and(|held| held.detail == Detail::LivesWithChild));
    edits.extend(lives.map(|lives| (format!("{stem}.{}", lives.name), Edit::Text("yes".to_owned()))));
    edits
}

fn blank(node: Node<'_>) -> Edit {
    match node {
        Node::Date(_) => Edit::Date(WrittenDate::default()),
        _ => Edit::Text(String::new()),
    }
}

struct Filling<'a> {
    facts: &'a Facts,
    lists: &'a CodeLists,
    child: &'a str,
}

impl Filling<'_> {
    /// What is filled in for a person: what is known of them, or what follows from it.
    fn of(&self, person: &KnownPerson, detail: Detail) -> Option<Edit> {
        match (detail, person.detail(detail)) {
            // Nobody signs on the day on which they signed something else.
            (Detail::SignedOn, _) => Some(self.today()),
            (_, Some(known)) => Some(known.clone()),
            (Detail::Capacity, None) => self.capacity(person).map(|code| Edit::Text(code.to_owned())),
            (Detail::RoleInWords, None) => self.role(person).map(Edit::Text),
            (_, None) => None,
        }
    }

    fn today(&self) -> Edit {
        Edit::Date(WrittenDate::from_iso(&PartialDate::Day(self.facts.today).to_string()).unwrap_or_default())
    }

    /// As whom somebody decides, where that is no judgement of the practitioner's.
    fn capacity(&self, person: &KnownPerson) -> Option<&'static str> {
        let is_unborn = self.facts.age == Age::Unborn;
        match (person.text(Detail::Relationship), person.text(Detail::ParentalResponsibility)) {
            _ if person.is_child => {
                matches!(self.facts.age, Age::Born { youngest, .. } if youngest >= SIXTEEN)
                    .then_some("young_person_16")
            }
            (Some("mother"), _) if is_unborn => Some("pregnant_woman"),
            (Some("local_authority"), _) => Some("local_authority"),
            (_, Some("yes")) => Some("parent_pr"),
            (_, Some("no")) => Some("carer"),
            // The law gives it to every mother (Children Act 1989, section 2); "not known" says that something is unusual.
            (Some("mother"), None) => Some("parent_pr"),
            _ => None,
        }
    }

    /// What somebody works as, or how they are related to the child, in words.
    fn role(&self, person: &KnownPerson) -> Option<String> {
        if person.is_child {
            return Some(self.child.to_owned());
        }
        let other = person.text(Detail::OtherRole).filter(|other| !is_blank(other));
        let of = |list, detail| {
            let code = person.text(detail).filter(|code| !matches!(*code, "other" | "unknown"))?;
            self.lists.find(list, code).map(|found| found.label.clone())
        };
        of("relationship", Detail::Relationship)
            .or_else(|| of("roles", Detail::Role))
            .or_else(|| other.map(str::to_owned))
    }
}
