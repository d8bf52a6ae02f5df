//! The plan (section 9): what the family and the team want to be different, and who does what by when.
//!
//! An action is a row of the outcome that it serves, so that none is without one. Each row has an `id` that the program
//! gives it: rows are told apart by it when two people write at once, and meetings and reviews name actions by it.

use assessment_engine::answers::{Detail, Whom};
use assessment_form::{Kind, WrittenDate, group};
use validator::Validate as _;

use crate::Question;
use crate::scope::{Scope, Team, never};

group! {
    /// A plan.
    pub struct Plan of Team as "plan" {
        /// The family's long-term goal.
        #[validate(length(max = 1000))]
        long_term_goal: String => Question::multiline(&["long_term_goal"]),
        /// What is to get better, one row each.
        #[validate(nested)]
        outcomes: Vec<Outcome> => Question::rows(20).needed(),
        /// The lead professional's name.
        #[validate(length(max = 140))]
        lead_professional: String =>
            Question::text(&["lp_agreed"]).needed().holds(Detail::Name(Whom::Professionals)),
        /// Who that is in the team, by the team's own id.
        #[validate(length(max = 60))]
        lead_professional_ref: String => Question::of(&[], Kind::Reference).asked_when(never),
        /// Whether they have agreed to it: nobody is made lead professional by being named.
        lead_professional_agrees: String => Question::choice(&["lp_agreed"], "yes_no").needed(),
        /// The money that the lead professional has for this plan, in pounds.
        #[validate(length(max = 20))]
        budget_held: String => Question::of(&[], Kind::Money).asked_when(budget_is_used),
        /// Where members of the family or of the team see it differently.
        #[validate(length(max = 2000))]
        disagreements: String => Question::multiline(&[]),
        /// The day on which the family agreed to it.
        agreed_on: WrittenDate => Question::of(&[], Kind::PastDate).needed(),
        /// When progress is looked at together.
        review_date: WrittenDate => Question::of(&["review_date"], Kind::ComingDate).needed(),
    }
}

group! {
    /// Something that is to get better.
    pub struct Outcome of Team as "plan_outcome" {
        /// See the top of this file.
        #[validate(length(max = 60))]
        id: String => Question::of(&[], Kind::Reference).asked_when(never),
        /// What is to get better.
        #[validate(length(max = 1000))]
        desired_outcome: String => Question::multiline(&["desired_outcome"]).needed(),
        /// How everybody will know that things are better.
        #[validate(length(max = 500))]
        goal_measure: String => Question::text(&["goal_measure"]).needed(),
        /// The elements of the assessment that it comes from.
        elements: Vec<String> => Question::choices(&[], "elements"),
        /// What in the assessment it comes from.
        #[validate(length(max = 2000))]
        evidence: String => Question::multiline(&[]),
        /// Supporting Families outcomes that it serves.
        sf_outcomes: Vec<String> => Question::choices(&["sf_outcome"], "sf_outcomes"),
        /// Every Child Matters aims that it serves, for older plans.
        ecm_aims: Vec<String> => Question::choices(&["ecm_aim"], "ecm_outcomes"),
        /// The child's score at the beginning, 0 to 10.
        score_child: String => Question::of(&["baseline_score"], Kind::Score),
        /// The parent's score at the beginning, 0 to 10.
        score_parent: String => Question::of(&["baseline_score"], Kind::Score),
        /// The practitioner's score at the beginning, 0 to 10.
        score_practitioner: String => Question::of(&["baseline_score"], Kind::Score),
        /// Scores given later, outside a review.
        #[validate(nested)]
        later_scores: Vec<LaterScore> => Question::rows(24),
        /// What will be done for it, one row each.
        #[validate(nested)]
        actions: Vec<Action> => Question::rows(30).needed(),
    }
}

group! {
    /// Scores of one day.
    pub struct LaterScore of Team as "plan_score" {
        /// See the top of this file.
        #[validate(length(max = 60))]
        id: String => Question::of(&[], Kind::Reference).asked_when(never),
        /// The day.
        on: WrittenDate => Question::of(&[], Kind::PastDate).needed(),
        /// The child's, 0 to 10.
        score_child: String => Question::of(&[], Kind::Score),
        /// The parent's, 0 to 10.
        score_parent: String => Question::of(&[], Kind::Score),
        /// The practitioner's, 0 to 10.
        score_practitioner: String => Question::of(&[], Kind::Score),
    }
}

group! {
    /// One action.
    pub struct Action of Team as "plan_action" {
        /// See the top of this file.
        #[validate(length(max = 60))]
        id: String => Question::of(&[], Kind::Reference).asked_when(never),
        /// What will be done.
        #[validate(length(max = 1000))]
        action: String => Question::multiline(&["action"]).needed(),
        /// Who does it; it may be somebody of the family.
        #[validate(length(max = 140))]
        who: String => Question::text(&["who"]).needed().holds(Detail::Name(Whom::Anybody)),
        /// Who that is, by the team's own id. Empty for somebody of the family.
        #[validate(length(max = 60))]
        who_ref: String => Question::of(&[], Kind::Reference).asked_when(never),
        /// By when.
        by_when: WrittenDate => Question::of(&["by_when"], Kind::ComingDate).needed(),
        /// How far it is.
        status: String => Question::choice(&["status"], "action_status"),
        /// Progress and comments.
        #[validate(length(max = 2000))]
        progress: String => Question::multiline(&["progress"]).asked_when(started),
        /// When it was done.
        completed_on: WrittenDate => Question::of(&["completed_on"], Kind::PastDate).asked_when(done).needed(),
        /// What it is to cost, in pounds.
        #[validate(length(max = 20))]
        budget_planned: String => Question::of(&[], Kind::Money).asked_when(budget_is_used),
        /// What was spent on it so far, in pounds.
        #[validate(length(max = 20))]
        budget_spent: String => Question::of(&[], Kind::Money).asked_when(budget_is_used),
    }
}

/// The most characters that an action's progress may have.
pub(crate) const MAX_PROGRESS: usize = 2000;

impl Plan {
    /// This plan, as it was agreed, with how far each of its actions is by now. What was written since and nobody has agreed
    /// to is not in it.
    #[must_use]
    pub fn with_statuses_of(mut self, newest: &Plan) -> Plan {
        for action in self.outcomes.iter_mut().flat_map(|outcome| &mut outcome.actions) {
            let mut all = newest.outcomes.iter().flat_map(|outcome| &outcome.actions);
            if let Some(now) = all.find(|now| !action.id.is_empty() && now.id == action.id) {
                action.status.clone_from(&now.status);
            }
        }
        self
    }
}

impl Action {
    /// Whether nothing more is to be done: it is done, or no longer needed.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        is_settled(&self.status)
    }
}

/// Whether an action of this status is over. A code that this program does not know is not.
pub(crate) fn is_settled(status: &str) -> bool {
    matches!(status, "done" | "no_longer_needed")
}

fn budget_is_used(scope: &Scope<'_>) -> bool {
    scope.uses_budget
}
fn started(scope: &Scope<'_>) -> bool {
    scope.action().is_some_and(|action| !matches!(action.status.as_str(), "" | "not_started"))
}
fn done(scope: &Scope<'_>) -> bool {
    scope.action().is_some_and(|action| action.status == "done")
}
