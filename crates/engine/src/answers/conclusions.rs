//! Section 8: what the assessment comes to, and the practitioner's own decision beside the engine's suggestion. The
//! suggestion itself is never an answer: it is computed.

use assessment_form::{Kind, group};
use validator::Validate as _;

use super::{Caf, Question, Scope};
use crate::reasons::is_reason;

group! {
    /// Conclusions and decision.
    pub struct Conclusions of Caf as "conclusions" {
        /// The shared view of strengths, needs and their effect on the child.
        #[validate(length(max = 4000))]
        conclusions: String => Question::multiline(&["conclusions"]).needed(),
        /// Strengths and resources.
        #[validate(length(max = 2000))]
        strengths_summary: String => Question::multiline(&["strengths_summary"]),
        /// Needs and worries.
        #[validate(length(max = 2000))]
        needs_summary: String => Question::multiline(&["needs_summary"]).needed(),
        /// What is likely if nothing changes.
        #[validate(length(max = 2000))]
        no_change: String => Question::multiline(&["no_change"]),
        /// What needs to change, as agreed with the family.
        #[validate(length(max = 2000))]
        what_needs_change: String => Question::multiline(&["what_needs_change"]).needed(),
        /// Where family and practitioner differ.
        #[validate(length(max = 2000))]
        disagreements: String => Question::multiline(&["disagreements"]),
        /// What the practitioner decided.
        decision: String => Question::choice(&["practitioner_decision"], "decision").needed(),
        /// Why; needed where the decision is not what was suggested.
        #[validate(length(max = 2000))]
        decision_reason: String => Question::multiline(&["practitioner_decision"]).needed_when(decision_differs),
        /// Why answers that seem to contradict each other are both right, one row each.
        #[validate(nested)]
        explained: Vec<Explained> => Question::rows(60),
    }
}

group! {
    /// Two answers that are both right, and why. The form keeps the first two; see `contradictions`.
    pub struct Explained of Caf as "explained" {
        /// What it is about.
        matter: String => Question::choice(&[], "contradictions"),
        /// A digest of the two answers that the reason was given for. Nobody is asked for it.
        #[validate(length(max = 20))]
        answers: String => Question::of(&[], Kind::Reference).asked_when(never),
        /// Why both are right.
        #[validate(length(max = 1000))]
        reason: String => Question::multiline(&[]),
    }
}

impl Explained {
    /// Whether it is the reason for these two answers on this matter, and says why.
    pub(crate) fn settles(&self, matter: &str, given: &[String; 2]) -> bool {
        self.matter == matter && self.answers == fingerprint(given) && is_reason(&self.reason)
    }
}

/// FNV-1a. It only tells changed answers from the same ones; nothing depends on its being hard to turn back, since the
/// answers are in the record beside it.
pub(crate) fn fingerprint(given: &[String; 2]) -> String {
    let bytes = given.iter().flat_map(|text| text.trim().bytes().chain([0xff]));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

fn never(_: &Scope<'_>) -> bool {
    false
}

fn decision_differs(scope: &Scope<'_>) -> bool {
    let decision = scope.answers.conclusions.decision.as_str();
    !decision.is_empty() && decision != scope.suggestion.code()
}
