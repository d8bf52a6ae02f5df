//! Section 9: what was agreed with the family, and the plan around it.

use assessment_form::{Kind, WrittenDate, group};
use validator::Validate as _;

use super::{Caf, Detail, Question, Scope, Whom};

group! {
    /// The agreed actions and what belongs to all of them.
    pub struct AgreedActions of Caf as "agreed_actions" {
        /// The family's long-term goal.
        #[validate(length(max = 1000))]
        long_term_goal: String => Question::multiline(&["long_term_goal"]),
        /// The actions, one row each.
        #[validate(nested)]
        actions: Vec<AgreedAction> => Question::rows(30).needed_when(plans_help),
        /// When progress is looked at together.
        review_date: WrittenDate => Question::of(&["review_date"], Kind::ComingDate).needed_when(plans_help),
        /// Who was agreed as lead professional.
        #[validate(length(max = 140))]
        lead_professional_agreed: String =>
            Question::text(&["lp_agreed"]).needed_when(plans_team).holds(Detail::Name(Whom::Professionals)),
    }
}

group! {
    /// One agreed action.
    pub struct AgreedAction of Caf as "actions" {
        /// What it is to bring about.
        #[validate(length(max = 1000))]
        desired_outcome: String => Question::multiline(&["desired_outcome"]).needed(),
        /// What will be done.
        #[validate(length(max = 1000))]
        action: String => Question::multiline(&["action"]).needed(),
        /// Who does it; it may be somebody of the family.
        #[validate(length(max = 140))]
        who: String => Question::text(&["who"]).needed().holds(Detail::Name(Whom::Anybody)),
        /// By when.
        by_when: WrittenDate => Question::of(&["by_when"], Kind::ComingDate).needed(),
        /// How it will be seen that things are better.
        #[validate(length(max = 500))]
        goal_measure: String => Question::text(&["goal_measure"]).needed(),
        /// Supporting Families outcomes that it serves.
        sf_outcomes: Vec<String> => Question::choices(&["sf_outcome"], "sf_outcomes"),
        /// Every Child Matters aims that it serves, for older plans.
        ecm_aims: Vec<String> => Question::choices(&["ecm_aim"], "ecm_outcomes"),
        /// The child's score now, 0 to 10.
        score_child: String => Question::of(&["baseline_score"], Kind::Score),
        /// The parent's score now, 0 to 10.
        score_parent: String => Question::of(&["baseline_score"], Kind::Score),
        /// The practitioner's score now, 0 to 10.
        score_practitioner: String => Question::of(&["baseline_score"], Kind::Score),
        /// How far it is.
        status: String => Question::choice(&["status"], "action_status"),
        /// Progress and comments.
        #[validate(length(max = 2000))]
        progress: String => Question::multiline(&["progress"]).asked_when(started),
        /// When it was done.
        completed_on: WrittenDate => Question::of(&["completed_on"], Kind::PastDate).asked_when(done).needed(),
    }
}

fn plans_help(scope: &Scope<'_>) -> bool {
    matches!(scope.answers.conclusions.decision.as_str(), "R1" | "R2")
}
fn plans_team(scope: &Scope<'_>) -> bool {
    scope.answers.conclusions.decision == "R2"
}
fn started(scope: &Scope<'_>) -> bool {
    scope.action().is_some_and(|action| !matches!(action.status.as_str(), "" | "not_started"))
}
fn done(scope: &Scope<'_>) -> bool {
    scope.action().is_some_and(|action| action.status == "done")
}
