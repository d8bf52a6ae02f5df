//! What a reader would expect and does not find: answers that the catalogue expects here and that are blank, and the
//! elements that nobody talked about. It is shown as "not recorded", so that a blank is never taken for a "no", and it
//! stops nothing. What stops sending is in `required`.

use assessment_form::{Answer, Kind};
use assessment_rules::Outcome;
use jiff::civil::Date;

use crate::answers::agreement::{Sending, is_recorded, sending};
use crate::answers::{Answers, Caf, ElementAnswers, Facts, Scope, Visit};
use crate::standards::Standards;

/// What is not recorded, in form order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NotRecorded {
    /// One for each part of the form where anything is blank.
    pub gaps: Vec<Gap>,
    /// The elements that are asked about this child and were not talked about.
    pub not_discussed: Vec<&'static str>,
}

/// What is blank in one part of the form: a section, a row or an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The section, by name.
    pub section: &'static str,
    /// The part: the path of a section, a row or an element.
    pub part: String,
    /// The questions that are expected and blank.
    pub blank: Vec<String>,
    /// How many are expected here.
    pub expected: usize,
}

impl Gap {
    /// Whether so much is blank that the names of all the questions would be a wall and say less.
    #[must_use]
    pub fn is_mostly_blank(&self) -> bool {
        self.blank.len() > MAX_NAMED || self.blank.len() == self.expected && self.expected > 1
    }
}

/// The most questions of one part that are named one by one.
const MAX_NAMED: usize = 5;

impl NotRecorded {
    /// Whether nothing is missing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.gaps.is_empty() && self.not_discussed.is_empty()
    }

    /// The same with only the questions that are to be named.
    #[must_use]
    pub fn only(mut self, is_named: impl Fn(&str) -> bool) -> NotRecorded {
        for gap in &mut self.gaps {
            gap.blank.retain(|path| is_named(path));
        }
        self.gaps.retain(|gap| !gap.blank.is_empty());
        self
    }

    /// The paths of everything that is not recorded, in form order; an element that was not talked about by its own.
    #[must_use]
    pub fn paths(&self) -> Vec<String> {
        let blank = self.gaps.iter().flat_map(|gap| gap.blank.iter().cloned());
        let elements = self.not_discussed.iter().map(|id| ["elements.", id].concat());
        blank.chain(elements).collect()
    }
}

/// What is not recorded on a day. Of the record of a refusal, only what such a record holds is expected.
#[must_use]
pub fn not_recorded(answers: &Answers, today: Date, standards: &Standards, outcome: &Outcome) -> NotRecorded {
    let facts = Facts::of(answers, today);
    let is_refusal = sending(answers) == Sending::RefusalOnly;
    let mut found = NotRecorded::default();
    let mut section = "";
    answers.walk(&Scope::of(answers, &facts, outcome), &mut |visit| {
        if visit.group.key() == "record" {
            section = visit.question.name;
        }
        if !visit.asked {
            return false;
        }
        if visit.group.key() == "elements" {
            let element = answers.elements.get(visit.question.name);
            if element.is_some_and(|element| !is_discussed(element)) {
                if !is_refusal {
                    found.not_discussed.push(visit.question.name);
                }
                return false;
            }
        }
        if matches!(visit.question.kind, Kind::Group) || !is_expected(visit, answers) {
            return true;
        }
        let path = visit.path();
        if is_refusal && !is_recorded(&path) {
            return true;
        }
        let part = part_of(&path);
        // What follows the rows of a section belongs to the section again.
        let at = found.gaps.iter().rposition(|gap| gap.part == part).unwrap_or(found.gaps.len());
        if at == found.gaps.len() {
            found.gaps.push(Gap { section, part: part.to_owned(), blank: Vec::new(), expected: 0 });
        }
        if let Some(gap) = found.gaps.get_mut(at) {
            gap.expected += 1;
            if visit.node.is_blank() && !standards.required.is_answered_instead(visit) {
                gap.blank.push(path);
            }
        }
        true
    });
    found.gaps.retain(|gap| !gap.blank.is_empty());
    found
}

/// Whether anything was said about an element: an answer, or that there is no concern.
#[must_use]
pub fn is_discussed(element: &ElementAnswers) -> bool {
    match element.status.as_str() {
        "not_discussed" => has_content(element),
        "" => !Answer::<Caf>::node(element).is_blank(),
        _ => true,
    }
}

/// Whether anything but its status was answered.
fn has_content(element: &ElementAnswers) -> bool {
    let without = ElementAnswers { status: String::new(), ..element.clone() };
    !Answer::<Caf>::node(&without).is_blank()
}

/// Whether the catalogue expects an answer here and now. An address that exists has a first line and a postcode, which
/// only the child's has to have.
fn is_expected(visit: &Visit<'_, '_>, answers: &Answers) -> bool {
    let is_childs_address =
        || visit.around() == "address" && visit.path().starts_with("identifying_details.");
    match (visit.group.key(), visit.question.name) {
        ("address", "line_1" | "postcode") => {
            answers.identifying_details.address_status == "has_address" && is_childs_address()
        }
        _ => visit.question.is_needed(visit.scope),
    }
}

/// The section, row or element that a path belongs to.
fn part_of(path: &str) -> &str {
    let end = match path.rfind(']') {
        Some(at) => Some(at + 1),
        None => {
            let in_elements = path.starts_with("elements.");
            path.match_indices('.').nth(usize::from(in_elements)).map(|(at, _)| at)
        }
    };
    end.and_then(|end| path.get(..end)).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_belongs_to_its_section_row_or_element() {
        for (path, part) in [
            ("danger_now", "danger_now"),
            ("parents_and_carers", "parents_and_carers"),
            ("identifying_details.address.postcode", "identifying_details"),
            ("consent.people[1].competence.view", "consent.people[1]"),
            ("elements.identity.evidence", "elements.identity"),
        ] {
            assert_eq!(part_of(path), part);
        }
    }
}
