//! Section 0, the pre-assessment checklist. The child's name and date and the person who completes it are asked
//! once, in sections 1 and 5, and serve here too. It helps to decide whether to do a CAF, so nothing of it is expected once
//! one is being done; what it says about danger counts all the same.

use assessment_form::{Kind, WrittenDate, group};

use super::{Caf, Question, Scope};

group! {
    /// A short look at whether a CAF would help, and what was decided.
    pub struct PreAssessmentChecklist of Caf as "pre_assessment_checklist" {
        /// Was there a search for a CAF that exists already?
        existing_search: String => Question::choice(&["pc_existing_search"], "existing_search"),
        /// Does the child seem healthy?
        healthy: String => Question::choice(&["pc_answers"], "yes_no_not_sure"),
        /// Does the child seem safe from harm?
        safe: String => Question::choice(&["pc_answers"], "yes_no_not_sure"),
        /// Is the child learning and developing as expected?
        learning: String => Question::choice(&["pc_answers"], "yes_no_not_sure"),
        /// Does the child have a good effect on others?
        positive: String => Question::choice(&["pc_answers"], "yes_no_not_sure"),
        /// Is the child free from the effects of poverty?
        free_from_poverty: String => Question::choice(&["pc_answers"], "yes_no_not_sure"),
        /// The reason for each "no" or "not sure".
        #[validate(length(max = 2000))]
        evidence: String => Question::multiline(&["pc_evidence"]).asked_when(any_worry),
        /// Extra help that seems needed, and who could give it.
        #[validate(length(max = 2000))]
        additional_services: String =>
            Question::multiline(&["pc_additional_services"]).asked_when(any_worry),
        /// Can the checker's own service provide that help?
        who_can_provide: String => Question::choice(&["pc_answers"], "who_can_provide").asked_when(any_worry),
        /// What was decided.
        decision: String => Question::choice(&["pc_decision"], "pre_assessment_decision"),
        /// Why.
        #[validate(length(max = 2000))]
        decision_reason: String => Question::multiline(&["pc_decision_reason"]),
        /// When the checklist was completed.
        completed_on: WrittenDate => Question::of(&["pc_date"], Kind::PastDate),
    }
}

fn any_worry(scope: &Scope<'_>) -> bool {
    let checklist = &scope.answers.pre_assessment_checklist;
    [
        &checklist.healthy,
        &checklist.safe,
        &checklist.learning,
        &checklist.positive,
        &checklist.free_from_poverty,
    ]
    .iter()
    .any(|answer| matches!(answer.as_str(), "no" | "not_sure"))
}
