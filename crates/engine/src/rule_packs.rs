//! Rule packs for this form: which names they may use, the pack that is built in, and how rules see a record.

use std::sync::{Arc, LazyLock};

use assessment_form::{Group, Kind, is_blank};
use assessment_rules::{Age, Element, Marks, PackProblem, Question, Record, RulePack, Vocabulary};
use jiff::civil::Date;

use crate::answers::agreement;
use crate::answers::{Answers, Caf, Node, facts};
use crate::code_lists::CodeLists;

/// The JSON of the example pack that is built in, so that urgent advice works without a network.
#[must_use]
pub fn built_in() -> &'static str {
    include_str!("../data/rule_packs/leeds-example.json")
}

/// Reads a pack and checks its form, its names and days, the laws and the floor.
///
/// # Errors
/// Every problem that was found, each with its place. Nothing of a refused pack is used.
pub fn load(json: &str) -> Result<RulePack, Vec<PackProblem>> {
    RulePack::load(json, vocabulary())
}

/// Reads a pack that is being written; it may break the laws or the floor. See [`RulePack::draft`].
///
/// # Errors
/// Every problem that was found, each with its place.
pub fn draft(json: &str) -> Result<RulePack, Vec<PackProblem>> {
    RulePack::draft(json, vocabulary())
}

/// What packs for this form may name. The built-in pack is the floor.
#[must_use]
pub fn vocabulary() -> &'static Arc<Vocabulary> {
    &FORM.vocabulary
}

/// The names, and the way to each question from the top of a record.
struct FormNames {
    vocabulary: Arc<Vocabulary>,
    ways: Vec<Way>,
}

/// Where the answer to a question is.
enum Way {
    /// The status of an element, which every evaluation asks for.
    Status(usize),
    /// What the people say about agreement, all together.
    Agreement,
    /// Fields, from the top of the record.
    Fields(Vec<usize>),
}

static FORM: LazyLock<FormNames> = LazyLock::new(|| {
    let mut names =
        Names { lists: CodeLists::of_the_form().as_ref().ok(), questions: Vec::new(), ways: Vec::new() };
    names.collect(Answers::blank(), "", &[]);
    let Names { questions, ways, .. } = names;
    let at = |path: &str| questions.iter().position(|question| question.path == path);
    let elements: &dyn Group<Caf> = &Answers::blank().elements;
    let element = |id: &str| Element {
        id: id.to_owned(),
        marks: format!("elements.{id}.indicators"),
        no_concern: at(&format!("elements.{id}.status")).map(|question| (question, "no_concern".to_owned())),
    };
    let agreement = at("consent.status");
    let vocabulary = Vocabulary {
        elements: elements.questions().iter().map(|question| element(question.name)).collect(),
        danger: at("danger_now"),
        disabled: at("identifying_details.disabled"),
        birth: "identifying_details.dob".to_owned(),
        expected: "identifying_details.edd".to_owned(),
        floor: Some(built_in()),
        questions,
    };
    let mut ways: Vec<Way> = ways.into_iter().map(Way::Fields).collect();
    for (at, element) in vocabulary.elements.iter().enumerate() {
        let status = element.no_concern.as_ref().and_then(|(question, _)| ways.get_mut(*question));
        status.into_iter().for_each(|way| *way = Way::Status(at));
    }
    let agreement = agreement.and_then(|question| ways.get_mut(question));
    agreement.into_iter().for_each(|way| *way = Way::Agreement);
    FormNames { vocabulary: Arc::new(vocabulary), ways }
});

struct Names {
    lists: Option<&'static CodeLists>,
    questions: Vec<Question>,
    ways: Vec<Vec<usize>>,
}

impl Names {
    /// Collects the questions with options, but not those in repeating groups: a rule could not say which row it means.
    fn collect(&mut self, group: &dyn Group<Caf>, stem: &str, way: &[usize]) {
        for (index, question) in group.questions().iter().enumerate() {
            let dot = if stem.is_empty() { "" } else { "." };
            let path = [stem, dot, question.name].concat();
            let way = [way, &[index]].concat();
            match (question.kind, group.get(index)) {
                (Kind::Choice(list) | Kind::Choices(list), _) => {
                    let options = self.lists.map_or(&[][..], |lists| lists.list(list));
                    let options = options.iter().map(|option| option.code.clone()).collect();
                    self.questions.push(Question { path, options });
                    self.ways.push(way);
                }
                (_, Some(Node::Group(inner))) => self.collect(inner, &path, &way),
                _ => {}
            }
        }
    }
}

/// The codes of what people say all together, as texts that an answer can borrow.
static STATUS_CODES: LazyLock<[String; 6]> =
    LazyLock::new(|| ["", "given", "given_partly", "refused", "withdrawn", "not_sought"].map(str::to_owned));

/// Reasons for not asking for agreement that speak of serious harm.
const HARM_REASONS: [&str; 4] = ["risk_sig_harm", "risk_adult", "prejudice_crime", "fii_fm_hba"];

impl Record for Answers {
    fn age(&self, today: Date) -> Age {
        facts::age(self, today)
    }

    fn marks(&self, element: usize) -> Option<&Marks> {
        self.elements.at(element).map(|element| &element.indicators)
    }

    fn codes(&self, question: usize) -> &[String] {
        let way = match FORM.ways.get(question) {
            Some(Way::Fields(way)) => way,
            Some(Way::Agreement) => {
                let code = agreement::status_code(self);
                let known = STATUS_CODES.iter().find(|known| *known == code);
                return std::slice::from_ref(known.unwrap_or(&self.consent.status));
            }
            Some(Way::Status(element)) => {
                let element = self.elements.at(*element);
                return element.map_or(&[], |element| std::slice::from_ref(&element.status));
            }
            None => return &[],
        };
        let mut at = Some(Node::Group(self));
        for index in way {
            at = match at {
                Some(Node::Group(group)) => group.get(*index),
                _ => None,
            };
        }
        match at {
            Some(Node::Text(text)) => std::slice::from_ref(text),
            Some(Node::List(items)) => items,
            _ => &[],
        }
    }

    fn serious_worries(&self) -> Vec<&'static str> {
        let (checklist, consent) = (&self.pre_assessment_checklist, &self.consent);
        let worry = &self.exceptional_circumstances;
        let not_sought = agreement::status_code(self) == "not_sought"
            && HARM_REASONS.contains(&consent.not_sought_reason.as_str());
        let written = [&worry.raised_at, &worry.what, &worry.to_whom, &worry.reference];
        let written = !worry.raised_on.is_blank() || written.iter().any(|text| !is_blank(text));
        [
            ("pre_assessment_checklist.safe", checklist.safe == "no"),
            ("pre_assessment_checklist.decision", checklist.decision == "refer_safeguarding"),
            ("conclusions.decision", matches!(self.conclusions.decision.as_str(), "R4" | "R5")),
            ("consent.not_sought_reason", not_sought),
            ("exceptional_circumstances.what", written),
        ]
        .into_iter()
        .filter_map(|(path, holds)| holds.then_some(path))
        .collect()
    }
}
