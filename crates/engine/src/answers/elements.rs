//! Section 7, the assessment summary: 19 elements, each with strengths, needs, evidence, the child's own words and
//! three-valued indicators. Which indicators an element has is data (`threshold::RulePack`), not structure.

use assessment_form::{Answer, Group, Kind, Marks, WrittenDate, group, is_blank};
use validator::Validate as _;

use super::{Caf, Question, Scope};

group! {
    /// One element.
    pub struct ElementAnswers of Caf as "element" {
        /// Not discussed, no concern, or recorded. An element with something in it need not say that it has.
        status: String => Question::choice(&["el_status"], "element_status").needed_when(is_empty),
        /// Strengths.
        #[validate(length(max = 3000))]
        strengths: String => Question::multiline(&["el_strengths"]),
        /// Needs.
        #[validate(length(max = 3000))]
        needs: String => Question::multiline(&["el_needs"]),
        /// How it is known: seen, told, or from a record.
        evidence_source: Vec<String> => Question::choices(&["el_evidence"], "evidence_source").asked_when(has_needs),
        /// What it is based on.
        #[validate(length(max = 1000))]
        evidence: String => Question::multiline(&["el_evidence"]).asked_when(has_needs).needed(),
        /// When it was seen or told.
        evidence_on: WrittenDate => Question::of(&["el_evidence"], Kind::PastDate).asked_when(has_needs),
        /// The child's own words, verbatim.
        #[validate(length(max = 1000))]
        child_words: String => Question::multiline(&["el_child_words"]),
        /// Indicators, each yes, unsure or no.
        indicators: Marks => Question::of(&["el_indicators"], Kind::Indicators),
    }
}

fn is_empty(scope: &Scope<'_>) -> bool {
    scope.element.is_some_and(is_empty_element)
}
fn is_empty_element(element: &ElementAnswers) -> bool {
    Answer::<Caf>::node(element).is_blank()
}
fn has_needs(scope: &Scope<'_>) -> bool {
    scope.element.is_some_and(|element| !is_blank(&element.needs) || !is_blank(&element.evidence))
}

/// An element, present in every record; `unborn` marks the ones that are asked about an unborn baby.
macro_rules! elements {
    ($($(#[$doc:meta])* $name:ident $(: $only:ident)?),* $(,)?) => {
        group! {
            /// The 19 elements, in form order.
            pub struct Elements of Caf as "elements" {
                $(
                    /// One element.
                    #[validate(nested)]
                    $name: ElementAnswers => Question::group()$(.asked_when($only))?
                ),*
            }
        }
    };
}
elements! {
    general_health,
    physical_development,
    speech_language_communication: born,
    emotional_social: born,
    behavioural: born,
    identity: born,
    family_social_relationships: born,
    self_care: born,
    understanding_reasoning: born,
    participation_learning: born,
    progress_achievement: born,
    aspirations: born,
    basic_care_safety,
    emotional_warmth_stability,
    guidance_boundaries_stimulation: born,
    family_history_functioning,
    wider_family,
    housing_employment_finance,
    social_community,
}

/// The element is for a child who is born. An element with something in it is never hidden: that would hide a worry.
fn born(scope: &Scope<'_>) -> bool {
    !scope.unborn() || scope.element.is_some_and(|element| !is_empty_element(element))
}

impl Elements {
    /// The element at `index` in form order.
    #[must_use]
    pub fn at(&self, index: usize) -> Option<&ElementAnswers> {
        // A `Node` has lost the type, so the elements are listed again here; a test compares the order.
        Some(match index {
            0 => &self.general_health,
            1 => &self.physical_development,
            2 => &self.speech_language_communication,
            3 => &self.emotional_social,
            4 => &self.behavioural,
            5 => &self.identity,
            6 => &self.family_social_relationships,
            7 => &self.self_care,
            8 => &self.understanding_reasoning,
            9 => &self.participation_learning,
            10 => &self.progress_achievement,
            11 => &self.aspirations,
            12 => &self.basic_care_safety,
            13 => &self.emotional_warmth_stability,
            14 => &self.guidance_boundaries_stimulation,
            15 => &self.family_history_functioning,
            16 => &self.wider_family,
            17 => &self.housing_employment_finance,
            18 => &self.social_community,
            _ => return None,
        })
    }

    /// The element called `id`.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&ElementAnswers> {
        (self as &dyn Group<Caf>).position(id).and_then(|index| self.at(index))
    }
}
