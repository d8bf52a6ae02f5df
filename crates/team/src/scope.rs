//! What a condition on a question of a team's record may look at: the record, what the authority uses, and the rows that
//! the question is in.

use assessment_engine::answers::Detail;
use assessment_form::Form;

use crate::{Action, Meeting, MeetingPerson, Plan, Review, ReviewAction, TeamRecord};

/// The forms of a team around the child. One type for all three, so that one set of controls asks them.
pub struct Team;

impl Form for Team {
    type Scope<'a> = Scope<'a>;
    type Detail = Detail;

    fn in_row<'a>(scope: &Self::Scope<'a>, row: usize) -> Self::Scope<'a> {
        Scope { around: Some(scope.row), row, ..*scope }
    }
}

/// The view that conditions have. They can read, never change.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// The whole record.
    pub record: &'a TeamRecord,
    /// Whether the authority gives lead professionals money to spend on a plan.
    pub uses_budget: bool,
    /// The row of the innermost repeating group; 0 outside one.
    pub row: usize,
    /// The row around that, where there is one.
    around: Option<usize>,
}

impl<'a> Scope<'a> {
    /// The scope at the top of a record.
    #[must_use]
    pub fn of(record: &'a TeamRecord, uses_budget: bool) -> Scope<'a> {
        Scope { record, uses_budget, row: 0, around: None }
    }

    /// The plan, where the record is one.
    #[must_use]
    pub fn plan(&self) -> Option<&'a Plan> {
        match self.record {
            TeamRecord::Plan(plan) => Some(&**plan),
            TeamRecord::Meeting(_) | TeamRecord::Review(_) => None,
        }
    }

    /// The meeting, where the record is one.
    #[must_use]
    pub fn meeting(&self) -> Option<&'a Meeting> {
        match self.record {
            TeamRecord::Meeting(meeting) => Some(&**meeting),
            TeamRecord::Plan(_) | TeamRecord::Review(_) => None,
        }
    }

    /// The review, where the record is one.
    #[must_use]
    pub fn review(&self) -> Option<&'a Review> {
        match self.record {
            TeamRecord::Review(review) => Some(&**review),
            TeamRecord::Plan(_) | TeamRecord::Meeting(_) => None,
        }
    }

    /// The plan's action of this row of this outcome.
    #[must_use]
    pub fn action(&self) -> Option<&'a Action> {
        self.plan()?.outcomes.get(self.around?)?.actions.get(self.row)
    }

    /// The person of this row of a meeting.
    #[must_use]
    pub fn person(&self) -> Option<&'a MeetingPerson> {
        self.meeting()?.people.get(self.row)
    }

    /// The action of this row of a review.
    #[must_use]
    pub fn reviewed_action(&self) -> Option<&'a ReviewAction> {
        self.review()?.actions.get(self.row)
    }
}

/// The condition of a question that nobody is asked: the program fills it.
pub(crate) fn never(_: &Scope<'_>) -> bool {
    false
}
