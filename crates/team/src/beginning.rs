//! How a review begins from a plan, and what a plan takes over from a review. Copies by the ids of rows; nothing that was
//! typed is replaced by something older.

use crate::plan::MAX_PROGRESS;
use crate::{Merge, Plan, Review, ReviewAction, ReviewOutcome, TeamRecord, merge};

/// Adds the plan's outcomes and its actions that are not settled to a review, as they are today. Rows that are there stay
/// as they are, so that it can be done again. `new_id` gives each row its id.
pub fn begin_review(review: &mut Review, plan: &Plan, new_id: &mut dyn FnMut() -> String) {
    for outcome in plan.outcomes.iter().filter(|outcome| !outcome.id.is_empty()) {
        if review.outcomes.iter().all(|row| row.outcome_id != outcome.id) {
            review.outcomes.push(ReviewOutcome {
                id: new_id(),
                outcome_id: outcome.id.clone(),
                outcome: outcome.desired_outcome.clone(),
                ..ReviewOutcome::default()
            });
        }
    }
    for action in plan.actions().filter(|action| !action.id.is_empty() && !action.is_settled()) {
        if review.actions.iter().all(|row| row.action_id != action.id) {
            review.actions.push(ReviewAction {
                id: new_id(),
                action_id: action.id.clone(),
                action: action.action.clone(),
                who: action.who.clone(),
                status: action.status.clone(),
                ..ReviewAction::default()
            });
        }
    }
}

/// The plan with what a finished review says of its actions, and the date of the next review. An action that the plan has
/// not any more is left alone: the review keeps what was said of it.
#[must_use]
pub fn after_review(plan: &Plan, review: &Review) -> Plan {
    let mut plan = plan.clone();
    for action in plan.outcomes.iter_mut().flat_map(|outcome| &mut outcome.actions) {
        let reviewed =
            review.actions.iter().find(|row| !row.action_id.is_empty() && row.action_id == action.id);
        let Some(reviewed) = reviewed else { continue };
        if !reviewed.status.is_empty() {
            action.status.clone_from(&reviewed.status);
        }
        if !reviewed.progress.is_empty() {
            // What was said before stays: a review adds to it. Where both together are too long, the plan keeps its words and
            // the review its own: a plan over a limit could not be agreed.
            let gap = if action.progress.is_empty() { "" } else { "\n" };
            let is_there = action.progress == reviewed.progress
                || action.progress.ends_with(&format!("\n{}", reviewed.progress));
            let both = [action.progress.as_str(), gap, reviewed.progress.as_str()].concat();
            if !is_there && both.chars().count() <= MAX_PROGRESS {
                action.progress = both;
            }
        }
        if !reviewed.completed_on.is_blank() {
            action.completed_on = reviewed.completed_on.clone();
        }
    }
    if !review.closes() && !review.next_on.is_blank() {
        plan.review_date = review.next_on.clone();
    }
    plan
}

/// The newest plan with what a finished review says of it. `base` is the plan as it was when the review was last written: what
/// was written into the plan since is newer and stays, and the review keeps what it says.
#[must_use]
pub fn carried_over(base: &Plan, review: &Review, newest: &Plan) -> TeamRecord {
    let plan = |plan: &Plan| TeamRecord::Plan(Box::new(plan.clone()));
    match merge(&plan(base), &plan(&after_review(base, review)), &plan(newest)) {
        Some(Merge::Clean(record) | Merge::Clash { with_theirs: record, .. }) => record,
        // All three are plans.
        None => plan(newest),
    }
}

/// What clocks must know of a plan: its actions that are not settled and have a day.
#[must_use]
pub fn owed(plan: &Plan) -> Vec<crate::clocks::Owed> {
    let open = plan.actions().filter(|action| !action.is_settled());
    let owed = open.filter_map(|action| {
        Some(crate::clocks::Owed {
            action: action.id.clone(),
            owner: (!action.who_ref.is_empty()).then(|| action.who_ref.clone()),
            by: action.by_when.whole()?,
        })
    });
    owed.collect()
}

impl TeamRecord {
    /// The plan, where it is one.
    #[must_use]
    pub fn as_plan(&self) -> Option<&Plan> {
        match self {
            TeamRecord::Plan(plan) => Some(plan),
            TeamRecord::Meeting(_) | TeamRecord::Review(_) => None,
        }
    }
}
