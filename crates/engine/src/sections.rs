//! The sections of the form and the 19 elements with their words for the family. The order is the catalogue's; this file
//! adds nothing to it but the text of the elements (`data/elements.json`).

use assessment_form::Group;
use assessment_rules::{Age, RulePack, evaluate};
use jiff::civil::Date;
use strict_json::{Fields, read_data};

use crate::answers::{Answers, Caf, Facts, Node, Scope};
use crate::standards::in_one_line;

/// Groups at the top of a record that are no section: they are asked where they are needed.
const NO_SECTION: [&str; 1] = ["sharing"];

/// The names of the form's sections, in form order: the groups at the top of a record.
#[must_use]
pub fn sections() -> Vec<&'static str> {
    let record: &dyn Group<Caf> = Answers::blank();
    let is_section = |index: usize| !matches!(record.get(index), Some(Node::Text(_)) | None);
    record
        .questions()
        .iter()
        .enumerate()
        .filter(|(i, _)| is_section(*i))
        .map(|(_, question)| question.name)
        .filter(|name| !NO_SECTION.contains(name))
        .collect()
}

/// The number of the form's section that a part of a record is in, 0 to 12: what somebody is let into is given by number.
/// `None` of a part that this program does not know.
#[must_use]
pub fn number(part: &str) -> Option<u8> {
    Some(match part {
        "danger_now" | "urgent_log" | "linked_records" | "pre_assessment_checklist" => 0,
        "identifying_details" => 1,
        "assessment_information" => 2,
        "parents_and_carers" => 3,
        "home_and_family" => 4,
        "assessor" => 5,
        "services_involved" => 6,
        "elements" => 7,
        "conclusions" => 8,
        "agreed_actions" => 9,
        "voices" => 10,
        "consent" | "sharing" => 11,
        "exceptional_circumstances" => 12,
        _ => return None,
    })
}

/// The ids of the 19 elements, in form order.
#[must_use]
pub fn elements() -> Vec<&'static str> {
    (&Answers::blank().elements as &dyn Group<Caf>).questions().iter().map(|question| question.name).collect()
}

/// The ids of the elements that are asked about this child, in form order.
#[must_use]
pub fn asked_elements(answers: &Answers, today: Date, pack: &RulePack) -> Vec<&'static str> {
    let facts = Facts::of(answers, today);
    let outcome = evaluate(answers, today, pack);
    let scope = Scope::of(answers, &facts, &outcome);
    let mut asked = Vec::new();
    answers.walk(&scope, &mut |visit| {
        if visit.group.key() == "elements" && visit.asked {
            asked.push(visit.question.name);
        }
        visit.question.name == "elements"
    });
    asked
}

/// A domain of the framework.
#[derive(Debug, Clone)]
pub struct Domain {
    /// Its code.
    pub id: String,
    /// Its name.
    pub label: String,
}

/// The words of one element.
#[derive(Debug, Clone)]
pub struct ElementWords {
    /// The element.
    pub id: String,
    /// Its domain.
    pub domain: String,
    /// The group of elements it belongs to: Health or Learning.
    pub group: Option<String>,
    /// Its name.
    pub label: String,
    /// A plain question that opens the conversation with the family.
    pub opener: String,
    /// What to think of.
    pub prompts: Vec<Thought>,
}

/// Something to think of, at some ages.
#[derive(Debug, Clone)]
pub struct Thought {
    /// The words.
    pub text: String,
    /// From so many months, inclusive.
    pub from: Option<u32>,
    /// Below so many months.
    pub below: Option<u32>,
    /// Only for an unborn baby.
    pub unborn_only: bool,
}

impl Thought {
    /// Whether it fits the child's age. An unknown age fits everything but what is only for the unborn.
    #[must_use]
    pub fn fits(&self, age: Age) -> bool {
        match age {
            Age::Unborn => self.from.is_none(),
            Age::Unknown => !self.unborn_only,
            Age::Born { youngest, oldest } => {
                !self.unborn_only
                    && self.from.is_none_or(|from| oldest >= from)
                    && self.below.is_none_or(|below| youngest < below)
            }
        }
    }
}

/// The words of all elements.
#[derive(Debug, Clone)]
pub struct Framework {
    /// The three domains.
    pub domains: Vec<Domain>,
    /// The elements, in form order.
    pub elements: Vec<ElementWords>,
}

impl Framework {
    /// The words that are built in.
    #[must_use]
    pub fn built_in() -> &'static str {
        include_str!("../data/elements.json")
    }

    /// Reads words.
    ///
    /// # Errors
    /// Everything that is wrong, each with its place, on one line.
    pub fn load(json: &str) -> Result<Framework, String> {
        read_data(json, framework).map_err(|wrong| in_one_line(&wrong))
    }

    /// The words of one element.
    #[must_use]
    pub fn element(&self, id: &str) -> Option<&ElementWords> {
        self.elements.iter().find(|element| element.id == id)
    }
}

fn framework(all: &Fields<'_>) -> Framework {
    let (mut domains, mut elements) = (Vec::new(), Vec::new());
    all.list("domains", &mut |domain| {
        domains.push(Domain { id: domain.text("id"), label: domain.text("label") });
    });
    all.list("elements", &mut |element| {
        let mut prompts = Vec::new();
        element.list("prompts", &mut |thought| {
            prompts.push(Thought {
                text: thought.text("text"),
                from: thought.optional_number("from"),
                below: thought.optional_number("below"),
                unborn_only: thought.optional_flag("unborn_only"),
            });
        });
        elements.push(ElementWords {
            id: element.text("id"),
            domain: element.text("domain"),
            group: element.optional_text("group"),
            label: element.text("label"),
            opener: element.text("opener"),
            prompts,
        });
    });
    Framework { domains, elements }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test says what must exist")]
mod tests {
    use super::*;

    #[test]
    fn every_box_has_words_and_the_order_is_the_catalogue_s() {
        let framework = Framework::load(Framework::built_in()).unwrap();
        let ids: Vec<_> = framework.elements.iter().map(|element| element.id.as_str()).collect();
        assert_eq!(ids, elements());
        assert!(framework.elements.iter().all(|e| framework.domains.iter().any(|d| d.id == e.domain)));
        assert_eq!(sections().len(), 15, "13 sections, the log of urgent actions and the linked records");
    }

    /// What has no number can be shown to nobody.
    #[test]
    fn every_part_of_a_record_is_in_a_section_with_a_number_and_no_number_is_missing() {
        let record: &dyn Group<Caf> = Answers::blank();
        let numbers: Vec<_> = record.questions().iter().map(|question| number(question.name)).collect();
        assert!(numbers.iter().all(Option::is_some));
        assert!((0..=12).all(|wanted| numbers.contains(&Some(wanted))));
        assert_eq!(number("from_the_future"), None);
    }
}
