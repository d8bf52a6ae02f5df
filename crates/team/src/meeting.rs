//! A meeting of the team around the child (section 14): who was asked and came, what was said and decided. Names, roles
//! and agencies are as on that day and do not follow a person who later leaves or changes their name. Who was sent which
//! revision is not an answer: the server keeps it.

use assessment_engine::answers::{Detail, Whom};
use assessment_form::{Kind, WrittenDate, group, is_blank};
use validator::Validate as _;

use crate::Question;
use crate::scope::{Scope, Team, never};

group! {
    /// A meeting.
    pub struct Meeting of Team as "meeting" {
        /// First, review or closing.
        kind: String => Question::choice(&["tac_when"], "meeting_kind").needed(),
        /// Planned, held or cancelled.
        status: String => Question::choice(&[], "meeting_status").needed(),
        /// Why it was cancelled.
        #[validate(length(max = 500))]
        cancelled_reason: String => Question::multiline(&[]).asked_when(cancelled).needed(),
        /// The day.
        on: WrittenDate => Question::of(&["tac_when"], Kind::AnyDate).needed(),
        /// When it begins, on clocks in England.
        #[validate(length(max = 40))]
        starts_at: String => Question::of(&["tac_when"], Kind::Time).needed_when(not_cancelled),
        /// When it ends, on clocks in England.
        #[validate(length(max = 40))]
        ends_at: String => Question::of(&["tac_when"], Kind::Time),
        /// Where.
        #[validate(length(max = 200))]
        place: String => Question::text(&["tac_when"]).needed_when(no_link),
        /// Where to join it from afar.
        #[validate(length(max = 400))]
        link: String => Question::text(&["tac_when"]),
        /// What it is for.
        #[validate(length(max = 500))]
        purpose: String => Question::multiline(&["tac_purpose"]).needed_when(not_cancelled),
        /// Who leads it.
        #[validate(length(max = 140))]
        chair: String => Question::text(&["tac_chair"])
            .needed_when(not_cancelled)
            .holds_of("chair", Detail::Name(Whom::Anybody)),
        /// Who writes the minutes.
        #[validate(length(max = 140))]
        note_taker: String => Question::text(&["tac_chair"])
            .needed_when(not_cancelled)
            .holds_of("note_taker", Detail::Name(Whom::Anybody)),
        /// Who was asked, one row each.
        #[validate(nested)]
        people: Vec<MeetingPerson> => Question::rows(40).needed_when(not_cancelled),
        /// The child's voice, verbatim.
        #[validate(length(max = 3000))]
        child_voice: String => Question::multiline(&["tac_child"]).asked_when(not_cancelled),
        /// How it was gathered.
        child_voice_method: Vec<String> =>
            Question::choices(&["tac_child"], "view_method").asked_when(child_spoke).needed(),
        /// Why there is none.
        #[validate(length(max = 500))]
        no_child_voice_reason: String => Question::multiline(&["tac_child"]).asked_when(child_silent).needed(),
        /// The family's views, verbatim, one row for each person.
        #[validate(nested)]
        family_views: Vec<View> => Question::rows(12).asked_when(not_cancelled),
        /// Why there are none.
        #[validate(length(max = 500))]
        no_family_views_reason: String =>
            Question::multiline(&["tac_family"]).asked_when(family_silent).needed(),
        /// What was said, by source.
        #[validate(nested)]
        points: Vec<Point> => Question::rows(40).needed_when(not_cancelled),
        /// What makes things harder now.
        #[validate(length(max = 3000))]
        risk_factors: String => Question::multiline(&["tac_risk"]).needed_when(not_cancelled),
        /// What helps now.
        #[validate(length(max = 3000))]
        protective_factors: String => Question::multiline(&["tac_risk"]).needed_when(not_cancelled),
        /// What was decided.
        #[validate(nested)]
        decisions: Vec<Decision> => Question::rows(40).needed_when(not_cancelled),
        /// Actions of the plan that were agreed or looked at.
        #[validate(nested)]
        actions: Vec<MeetingAction> => Question::rows(40).needed_when(goes_on),
        /// When the team meets next.
        next_on: WrittenDate => Question::of(&["tac_next"], Kind::ComingDate).asked_when(goes_on).needed(),
        /// At what time.
        #[validate(length(max = 40))]
        next_at: String => Question::of(&["tac_next"], Kind::Time).asked_when(goes_on),
    }
}

group! {
    /// One person of a meeting, as on that day.
    pub struct MeetingPerson of Team as "meeting_person" {
        /// See `plan`.
        #[validate(length(max = 60))]
        id: String => Question::of(&[], Kind::Reference).asked_when(never),
        /// The name.
        #[validate(length(max = 140))]
        name: String => Question::text(&["tac_invited"]).needed().holds(Detail::Name(Whom::Anybody)),
        /// Who that is, by the team's own id. Empty for somebody of the family or from outside.
        #[validate(length(max = 60))]
        person_ref: String => Question::of(&[], Kind::Reference).asked_when(never),
        /// What they work as, or how they are related to the child.
        #[validate(length(max = 140))]
        role: String => Question::text(&["tac_invited"]).needed().holds(Detail::RoleInWords),
        /// For whom they work.
        #[validate(length(max = 140))]
        agency: String => Question::text(&["tac_invited"]).holds(Detail::Organisation),
        /// Whether they came.
        attendance: String => Question::choice(&["tac_invited"], "meeting_attendance").needed_when(held),
        /// Why not, where they sent apologies.
        #[validate(length(max = 500))]
        apology_reason: String => Question::text(&["tac_invited"]).asked_when(sent_apologies),
        /// Whether they sent a report.
        report: String => Question::choice(&["tac_invited"], "meeting_report"),
    }
}

group! {
    /// The view of one person of the family.
    pub struct View of Team as "meeting_view" {
        /// See `plan`.
        #[validate(length(max = 60))]
        id: String => Question::of(&[], Kind::Reference).asked_when(never),
        /// Whose it is.
        #[validate(length(max = 140))]
        name: String => Question::text(&["tac_family"]).needed().holds(Detail::Name(Whom::Family)),
        /// The view, verbatim.
        #[validate(length(max = 3000))]
        said: String => Question::multiline(&["tac_family"]).needed(),
        /// How it was gathered.
        method: Vec<String> => Question::choices(&["tac_family"], "view_method").needed(),
    }
}

group! {
    /// Something that was said or reported.
    pub struct Point of Team as "meeting_point" {
        /// See `plan`.
        #[validate(length(max = 60))]
        id: String => Question::of(&[], Kind::Reference).asked_when(never),
        /// By whom, or in which report.
        #[validate(length(max = 140))]
        source: String => Question::text(&["tac_points"]).needed().holds(Detail::Name(Whom::Anybody)),
        /// What.
        #[validate(length(max = 6000))]
        point: String => Question::multiline(&["tac_points"]).needed(),
    }
}

group! {
    /// Something that was decided.
    pub struct Decision of Team as "meeting_decision" {
        /// See `plan`.
        #[validate(length(max = 60))]
        id: String => Question::of(&[], Kind::Reference).asked_when(never),
        /// What, in the words that were agreed.
        #[validate(length(max = 3000))]
        decision: String => Question::multiline(&["tac_decisions"]).needed(),
        /// Why.
        #[validate(length(max = 3000))]
        reason: String => Question::multiline(&["tac_decisions"]).needed(),
        /// Who saw it differently, and how.
        #[validate(length(max = 3000))]
        disagreement: String => Question::multiline(&["tac_decisions"]),
    }
}

group! {
    /// An action as it was agreed on that day.
    pub struct MeetingAction of Team as "meeting_action" {
        /// See `plan`.
        #[validate(length(max = 60))]
        id: String => Question::of(&[], Kind::Reference).asked_when(never),
        /// The plan's action. Empty for one that is not in the plan yet.
        #[validate(length(max = 60))]
        action_id: String => Question::of(&["tac_actions"], Kind::Reference).asked_when(never),
        /// What will be done.
        #[validate(length(max = 1000))]
        action: String => Question::multiline(&["tac_actions"]).needed(),
        /// Who does it.
        #[validate(length(max = 140))]
        who: String => Question::text(&["tac_actions"]).needed().holds(Detail::Name(Whom::Anybody)),
        /// Who that is, by the team's own id.
        #[validate(length(max = 60))]
        who_ref: String => Question::of(&[], Kind::Reference).asked_when(never),
        /// By when.
        by_when: WrittenDate => Question::of(&["tac_actions"], Kind::ComingDate).needed(),
    }
}

impl Meeting {
    /// Whether it was said to be cancelled.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.status == "cancelled"
    }
}

fn cancelled(scope: &Scope<'_>) -> bool {
    scope.meeting().is_some_and(Meeting::is_cancelled)
}
fn not_cancelled(scope: &Scope<'_>) -> bool {
    !cancelled(scope)
}
fn held(scope: &Scope<'_>) -> bool {
    scope.meeting().is_some_and(|meeting| meeting.status == "held")
}
fn no_link(scope: &Scope<'_>) -> bool {
    not_cancelled(scope) && scope.meeting().is_some_and(|meeting| is_blank(&meeting.link))
}
fn goes_on(scope: &Scope<'_>) -> bool {
    not_cancelled(scope) && scope.meeting().is_some_and(|meeting| meeting.kind != "closing")
}
fn child_spoke(scope: &Scope<'_>) -> bool {
    not_cancelled(scope) && scope.meeting().is_some_and(|meeting| !is_blank(&meeting.child_voice))
}
fn child_silent(scope: &Scope<'_>) -> bool {
    not_cancelled(scope) && !child_spoke(scope)
}
fn family_silent(scope: &Scope<'_>) -> bool {
    not_cancelled(scope) && scope.meeting().is_some_and(|meeting| meeting.family_views.is_empty())
}
fn sent_apologies(scope: &Scope<'_>) -> bool {
    scope.person().is_some_and(|person| person.attendance == "apologies")
}
