//! "Do I need to refer?": the few indicators that decide by themselves at the child's age, grouped by what they are about.
//! Which they are follows from the rule pack; here is only which elements are asked about together.

use assessment_form::{Group, is_blank};
use assessment_rules::{Age, Deciding, Indicator, Marks, Record, RulePack, Step, deciding};
use jiff::civil::Date;

use crate::answers::{Answers, Caf, Facts, Node};

/// The lowest step that is a reason to talk to social care.
const LEAST: Step = Step::R3;

/// Elements that are asked about together. Every element is in exactly one, as a test shows.
const THEMES: [(&str, &[&str]); 6] = [
    ("safety", &["basic_care_safety"]),
    ("health", &["general_health", "physical_development", "self_care"]),
    ("family", &["family_history_functioning", "guidance_boundaries_stimulation", "wider_family"]),
    ("care", &["emotional_warmth_stability", "family_social_relationships", "identity"]),
    (
        "behaviour",
        &[
            "behavioural",
            "emotional_social",
            "speech_language_communication",
            "understanding_reasoning",
            "aspirations",
        ],
    ),
    (
        "outside",
        &["social_community", "housing_employment_finance", "participation_learning", "progress_achievement"],
    ),
];

/// What is asked about one theme.
#[derive(Debug, Clone)]
pub struct Theme<'a> {
    /// Its code: the wording key is `refer.theme.<id>`.
    pub id: &'static str,
    /// The indicators, the most serious first.
    pub indicators: Vec<&'a Indicator>,
}

/// The codes of all themes, in order.
pub fn theme_ids() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    THEMES.into_iter()
}

/// What is asked about a child of this age. An indicator that was answered and does not fit the age any more is still
/// asked: its answer counts as one to check.
#[must_use]
pub fn themes<'a>(answers: &Answers, today: Date, pack: &'a RulePack) -> Vec<Theme<'a>> {
    let mut decide = deciding(answers, today, pack, LEAST);
    if Facts::of(answers, today).age != Age::Unknown {
        let ageless = Ageless(answers);
        let others = deciding(&ageless, today, pack, LEAST);
        let is_marked = |one: &Deciding<'a>| {
            let given = answers.elements.get(&one.indicator.element);
            given
                .and_then(|given| given.indicators.get(&one.indicator.id))
                .is_some_and(|mark| matches!(mark.as_str(), "yes" | "unsure"))
        };
        let is_new = |one: &Deciding<'a>| decide.iter().all(|other| other.indicator.id != one.indicator.id);
        let others: Vec<_> = others.into_iter().filter(|one| is_marked(one) && is_new(one)).collect();
        decide.extend(others);
    }
    let theme = |(id, elements): (&'static str, &[&str])| {
        let of_theme = decide.iter().map(|one| one.indicator);
        let indicators: Vec<_> =
            of_theme.filter(|indicator| elements.contains(&indicator.element.as_str())).collect();
        (!indicators.is_empty()).then_some(Theme { id, indicators })
    };
    THEMES.into_iter().filter_map(theme).collect()
}

/// The question about age that is asked here.
pub const AGE: &str = "identifying_details.age_band";

/// Whether a date or an age says more than [`AGE`] does, which is then not asked.
#[must_use]
pub fn is_dated(answers: &Answers) -> bool {
    let child = &answers.identifying_details;
    !(child.dob.is_blank() && child.edd.is_blank() && is_blank(&child.age_about))
}

/// Whether anything was said about age: the indicators are asked from then on.
#[must_use]
pub fn is_age_answered(answers: &Answers) -> bool {
    is_dated(answers) || !answers.identifying_details.age_band.is_empty()
}

/// The question of "Do I need to refer?" that answers what is asked at a path of the record; `None` where that page has
/// none.
#[must_use]
pub fn asked_here<'a>(path: &'a str, answers: &Answers, today: Date, pack: &RulePack) -> Option<&'a str> {
    match path {
        "danger_now" => Some(path),
        AGE | "identifying_details.dob" | "identifying_details.edd" | "identifying_details.age_about" => {
            (!is_dated(answers)).then_some(AGE)
        }
        _ => {
            let is_here = |theme: &Theme<'_>| theme.indicators.iter().any(|one| pack.path_of(one) == path);
            (is_age_answered(answers) && themes(answers, today, pack).iter().any(is_here)).then_some(path)
        }
    }
}

/// Whether nothing was answered but what "Do I need to refer?" asks: the record is no assessment yet.
#[must_use]
pub fn is_only_a_check(answers: &Answers) -> bool {
    let record: &dyn Group<Caf> = answers;
    record.questions().iter().enumerate().all(|(at, question)| match (question.name, record.get(at)) {
        ("danger_now" | "urgent_log", _) | (_, None) => true,
        ("identifying_details", Some(Node::Group(child))) => is_blank_but(child, &["age_band", "dob", "edd"]),
        ("elements", Some(Node::Group(elements))) => {
            let each = (0..elements.questions().len()).filter_map(|at| elements.get(at));
            each.into_iter().all(|element| match element {
                Node::Group(element) => is_blank_but(element, &["indicators"]),
                _ => true,
            })
        }
        (_, Some(node)) => node.is_blank(),
    })
}

/// Whether nothing was answered in a group but the questions with these names.
fn is_blank_but(group: &dyn Group<Caf>, names: &[&str]) -> bool {
    let all = group.questions().iter().enumerate();
    all.filter(|(_, question)| !names.contains(&question.name))
        .all(|(at, _)| group.get(at).is_none_or(|node| node.is_blank()))
}

/// A record whose child may be of any age.
struct Ageless<'a>(&'a Answers);

impl Record for Ageless<'_> {
    fn age(&self, _today: Date) -> Age {
        Age::Unknown
    }

    fn marks(&self, element: usize) -> Option<&Marks> {
        self.0.marks(element)
    }

    fn codes(&self, question: usize) -> &[String] {
        self.0.codes(question)
    }

    fn serious_worries(&self) -> Vec<&'static str> {
        Vec::new()
    }
}
