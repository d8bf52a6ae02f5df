//! A review of the plan (section 13), and what is written where the episode ends with it (section 15).
//!
//! A review ends with the date of the next one or with the reason why the episode closes: each of the two is asked only
//! where the other is not. What the rules suggested then and now is filled in by the program and is kept as it was shown;
//! the decision beside it is a person's.

use assessment_engine::answers::{Detail, Whom};
use assessment_form::{Kind, WrittenDate, group, is_blank};
use validator::Validate as _;

use crate::Question;
use crate::scope::{Scope, Team, never};

group! {
    /// A review.
    pub struct Review of Team as "review" {
        /// The day.
        on: WrittenDate => Question::of(&["dr_date"], Kind::PastDate).needed(),
        /// What it comes to.
        outcome: String => Question::choice(&["dr_outcome"], "review_outcomes").needed(),
        /// Why it was not held.
        #[validate(length(max = 500))]
        not_held_reason: String => Question::multiline(&["dr_outcome"]).asked_when(not_held).needed(),
        /// Who was there, one row each.
        #[validate(nested)]
        people: Vec<ReviewPerson> => Question::rows(40).needed_when(was_held),
        /// Progress for each outcome of the plan.
        #[validate(nested)]
        outcomes: Vec<ReviewOutcome> => Question::rows(20).asked_when(was_held),
        /// Progress of each action of the plan.
        #[validate(nested)]
        actions: Vec<ReviewAction> => Question::rows(100).asked_when(was_held),
        /// What was talked about.
        #[validate(length(max = 4000))]
        notes: String => Question::multiline(&["dr_notes"]).needed_when(was_held),
        /// What the child says, verbatim.
        #[validate(length(max = 2000))]
        child_comment: String => Question::multiline(&["dr_child"]).asked_when(was_held),
        /// How the child said it.
        child_comment_method: Vec<String> =>
            Question::choices(&["dr_child"], "view_method").asked_when(child_spoke).needed(),
        /// Why there is nothing from the child.
        #[validate(length(max = 500))]
        no_child_comment_reason: String => Question::multiline(&["dr_child"]).asked_when(child_silent).needed(),
        /// What parents and carers say, one row each.
        #[validate(nested)]
        parent_comments: Vec<ReviewComment> => Question::rows(12).asked_when(was_held),
        /// Why there is nothing from them.
        #[validate(length(max = 500))]
        no_parent_comment_reason: String =>
            Question::multiline(&["dr_parent"]).asked_when(parents_silent).needed(),
        /// Whether the family's agreement still holds.
        agreement_holds: String => Question::choice(&["dr_consent"], "yes_no_unsure").needed_when(was_held),
        /// What has changed about it, and what happens now.
        #[validate(length(max = 2000))]
        agreement_details: String => Question::multiline(&["dr_consent"]).asked_when(agreement_is_open).needed(),
        /// What the rules suggested before. Nobody is asked for it.
        #[validate(length(max = 20))]
        suggested_before: String => Question::choice(&[], "decision").asked_when(never),
        /// What the rules suggest now, as it was shown. Nobody is asked for it.
        #[validate(length(max = 20))]
        suggested_now: String => Question::choice(&[], "decision").asked_when(never),
        /// What has changed since.
        #[validate(length(max = 2000))]
        what_changed: String => Question::multiline(&[]).asked_when(was_held).needed_when(suggestion_changed),
        /// What was decided.
        decision: String => Question::choice(&[], "decision").needed_when(was_held),
        /// Why, where it is not what is suggested.
        #[validate(length(max = 2000))]
        decision_reason: String => Question::multiline(&[]).needed_when(decision_differs),
        /// What happens next.
        #[validate(length(max = 2000))]
        next_steps: String => Question::multiline(&["dr_next"]).needed(),
        /// Where one service goes on alone: whether the team looks again or the episode closes.
        after_step_down: String =>
            Question::choice(&[], "review_next").asked_when(steps_down).needed(),
        /// When the team looks at it again.
        next_on: WrittenDate => Question::of(&["dr_next_date"], Kind::ComingDate).asked_when(goes_on).needed(),
        /// How it ends.
        #[validate(nested)]
        closing: Closing => Question::group().asked_when(closes),
    }
}

group! {
    /// Somebody who was there, as on that day.
    pub struct ReviewPerson of Team as "review_person" {
        /// See `plan`.
        #[validate(length(max = 60))]
        id: String => Question::of(&[], Kind::Reference).asked_when(never),
        /// The name.
        #[validate(length(max = 140))]
        name: String => Question::text(&["dr_present"]).needed().holds(Detail::Name(Whom::Anybody)),
        /// Who that is, by the team's own id. Empty for somebody of the family or from outside.
        #[validate(length(max = 60))]
        person_ref: String => Question::of(&[], Kind::Reference).asked_when(never),
        /// What they work as, or how they are related to the child.
        #[validate(length(max = 140))]
        role: String => Question::text(&["dr_present"]).holds(Detail::RoleInWords),
        /// For whom they work.
        #[validate(length(max = 140))]
        agency: String => Question::text(&["dr_present"]).holds(Detail::Organisation),
    }
}

group! {
    /// How far an outcome of the plan is.
    pub struct ReviewOutcome of Team as "review_outcome" {
        /// See `plan`.
        #[validate(length(max = 60))]
        id: String => Question::of(&[], Kind::Reference).asked_when(never),
        /// The plan's outcome.
        #[validate(length(max = 60))]
        outcome_id: String => Question::of(&[], Kind::Reference).asked_when(never),
        /// What was to get better, as the plan said on that day.
        #[validate(length(max = 1000))]
        outcome: String => Question::multiline(&[]).asked_when(never),
        /// The child's score now, 0 to 10.
        score_child: String => Question::of(&[], Kind::Score),
        /// The parent's score now, 0 to 10.
        score_parent: String => Question::of(&[], Kind::Score),
        /// The practitioner's score now, 0 to 10.
        score_practitioner: String => Question::of(&[], Kind::Score),
        /// What is better, and what is not.
        #[validate(length(max = 2000))]
        progress: String => Question::multiline(&[]),
        /// Whether it was reached, where the episode closes.
        reached: String => Question::choice(&["cl_outcomes"], "goal_reached").asked_when(closes).needed(),
    }
}

group! {
    /// How far an action of the plan is.
    pub struct ReviewAction of Team as "review_action" {
        /// See `plan`.
        #[validate(length(max = 60))]
        id: String => Question::of(&[], Kind::Reference).asked_when(never),
        /// The plan's action.
        #[validate(length(max = 60))]
        action_id: String => Question::of(&[], Kind::Reference).asked_when(never),
        /// What was to be done, as the plan said on that day.
        #[validate(length(max = 1000))]
        action: String => Question::multiline(&[]).asked_when(never),
        /// Who was to do it, as the plan said on that day.
        #[validate(length(max = 140))]
        who: String => Question::text(&[]).asked_when(never),
        /// How far it is.
        status: String => Question::choice(&[], "action_status").needed(),
        /// Progress and comments.
        #[validate(length(max = 2000))]
        progress: String => Question::multiline(&[]).asked_when(action_started),
        /// When it was done.
        completed_on: WrittenDate => Question::of(&[], Kind::PastDate).asked_when(action_done).needed(),
    }
}

group! {
    /// What a parent or carer says.
    pub struct ReviewComment of Team as "review_comment" {
        /// See `plan`.
        #[validate(length(max = 60))]
        id: String => Question::of(&[], Kind::Reference).asked_when(never),
        /// Whose comment it is.
        #[validate(length(max = 140))]
        name: String => Question::text(&["dr_parent"]).needed().holds(Detail::Name(Whom::Carers)),
        /// The comment, verbatim.
        #[validate(length(max = 2000))]
        comment: String => Question::multiline(&["dr_parent"]).needed(),
    }
}

group! {
    /// How an episode ends (section 15).
    pub struct Closing of Team as "closing" {
        /// The day.
        on: WrittenDate => Question::of(&["cl_date"], Kind::PastDate).needed(),
        /// Why.
        reason: String => Question::choice(&["cl_reason", "dr_next_date"], "closure_reasons").needed(),
        /// More about why.
        #[validate(length(max = 2000))]
        reason_details: String => Question::multiline(&["cl_reason"]).needed_when(reason_needs_words),
        /// What changed, and what was left.
        #[validate(length(max = 3000))]
        summary: String => Question::multiline(&["cl_summary"]).needed(),
        /// Whom the family goes to if things get harder.
        #[validate(length(max = 500))]
        next_help: String => Question::text(&["cl_next"]).needed(),
        /// What the look at the risk came to.
        risk_recheck: String => Question::choice(&["cl_risk_recheck"], "decision").asked_when(disengaged).needed(),
        /// Why it is safe to close.
        #[validate(length(max = 2000))]
        risk_recheck_reason: String =>
            Question::multiline(&["cl_risk_recheck"]).asked_when(disengaged).needed(),
        /// What social care decided.
        referral_decision: String =>
            Question::choice(&["cl_referral_ref"], "referral_outcomes").asked_when(stepped_up).needed(),
        /// The reference of the referral.
        #[validate(length(max = 60))]
        referral_reference: String => Question::text(&["cl_referral_ref"]).asked_when(stepped_up),
        /// What the child and the parents say of the help.
        #[validate(length(max = 2000))]
        views: String => Question::multiline(&["cl_views"]),
    }
}

impl Review {
    /// Whether it took place.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.outcome != "not_held"
    }

    /// Whether the episode ends with it.
    #[must_use]
    pub fn closes(&self) -> bool {
        self.outcome == "close" || (self.outcome == "step_down" && self.after_step_down == "close")
    }
}

impl Closing {
    /// Whether the family did not want the help, or could not be reached: then the risk is looked at again.
    #[must_use]
    pub fn is_disengaged(&self) -> bool {
        matches!(self.reason.as_str(), "consent_withdrawn" | "not_engaged" | "consent_refused")
    }

    /// Whether social care took over.
    #[must_use]
    pub fn is_step_up(&self) -> bool {
        matches!(self.reason.as_str(), "stepped_up_s17" | "stepped_up_s47" | "looked_after")
    }
}

fn not_held(scope: &Scope<'_>) -> bool {
    scope.review().is_some_and(|review| review.outcome == "not_held")
}
fn was_held(scope: &Scope<'_>) -> bool {
    !not_held(scope)
}
fn child_spoke(scope: &Scope<'_>) -> bool {
    was_held(scope) && scope.review().is_some_and(|review| !is_blank(&review.child_comment))
}
fn child_silent(scope: &Scope<'_>) -> bool {
    was_held(scope) && !child_spoke(scope)
}
fn parents_silent(scope: &Scope<'_>) -> bool {
    was_held(scope) && scope.review().is_some_and(|review| review.parent_comments.is_empty())
}
fn agreement_is_open(scope: &Scope<'_>) -> bool {
    scope.review().is_some_and(|review| matches!(review.agreement_holds.as_str(), "no" | "unsure"))
}
fn suggestion_changed(scope: &Scope<'_>) -> bool {
    scope.review().is_some_and(|review| {
        let (before, now) = (&review.suggested_before, &review.suggested_now);
        !is_blank(before) && !is_blank(now) && before != now
    })
}
fn decision_differs(scope: &Scope<'_>) -> bool {
    scope.review().is_some_and(|review| {
        let (decision, now) = (&review.decision, &review.suggested_now);
        !is_blank(decision) && !is_blank(now) && decision != now
    })
}
fn steps_down(scope: &Scope<'_>) -> bool {
    scope.review().is_some_and(|review| review.outcome == "step_down")
}
fn closes(scope: &Scope<'_>) -> bool {
    scope.review().is_some_and(Review::closes)
}
fn goes_on(scope: &Scope<'_>) -> bool {
    !closes(scope)
}
fn action_started(scope: &Scope<'_>) -> bool {
    scope.reviewed_action().is_some_and(|action| !matches!(action.status.as_str(), "" | "not_started"))
}
fn action_done(scope: &Scope<'_>) -> bool {
    scope.reviewed_action().is_some_and(|action| action.status == "done")
}
fn reason_needs_words(scope: &Scope<'_>) -> bool {
    scope.review().is_some_and(|review| {
        let reason = review.closing.reason.as_str();
        !matches!(reason, "" | "needs_met")
    })
}
fn disengaged(scope: &Scope<'_>) -> bool {
    scope.review().is_some_and(|review| review.closing.is_disengaged())
}
fn stepped_up(scope: &Scope<'_>) -> bool {
    scope.review().is_some_and(|review| review.closing.is_step_up())
}
