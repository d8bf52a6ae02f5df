//! The plan at a glance: each goal with its actions, and how far each of these is today. Squares and words are the screen's.

use jiff::civil::Date;

use crate::{Action, Plan};

/// How far an action is. Each action is in one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActionState {
    /// Done.
    Done,
    /// Under way, or partly done.
    UnderWay,
    /// Not begun, and its day has not passed.
    ToDo,
    /// Blocked.
    Blocked,
    /// Its day has passed, and it is not settled.
    Overdue,
    /// No longer needed.
    Dropped,
}

impl ActionState {
    /// Every state, in the order in which they are counted.
    pub const ALL: [ActionState; 6] = [
        ActionState::Done,
        ActionState::UnderWay,
        ActionState::ToDo,
        ActionState::Blocked,
        ActionState::Overdue,
        ActionState::Dropped,
    ];

    /// The code, as wording keys have it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            ActionState::Done => "done",
            ActionState::UnderWay => "under_way",
            ActionState::ToDo => "to_do",
            ActionState::Blocked => "blocked",
            ActionState::Overdue => "overdue",
            ActionState::Dropped => "dropped",
        }
    }

    /// How far this action is.
    #[must_use]
    pub fn of(action: &Action, today: Date) -> ActionState {
        let is_late = action.by_when.whole().is_some_and(|day| day < today);
        match action.status.as_str() {
            "done" => ActionState::Done,
            "no_longer_needed" => ActionState::Dropped,
            // What is late is late, whatever is said of it.
            _ if is_late => ActionState::Overdue,
            "blocked" => ActionState::Blocked,
            "in_progress" | "partly" => ActionState::UnderWay,
            _ => ActionState::ToDo,
        }
    }
}

/// A goal with its actions, in the order of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// What is to get better. Blank where nobody has written it.
    pub what: String,
    /// What is done for it.
    pub actions: Vec<GoalAction>,
}

/// One action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalAction {
    /// What. Blank where nobody has written it.
    pub what: String,
    /// Who. Blank where nobody has written it.
    pub who: String,
    /// By when; `None` where no day is written that can be read.
    pub by: Option<Date>,
    /// How far it is.
    pub state: ActionState,
}

/// The goals of a plan as they are today.
#[must_use]
pub fn goals(plan: &Plan, today: Date) -> Vec<Goal> {
    let action = |action: &Action| GoalAction {
        what: action.action.clone(),
        who: action.who.clone(),
        by: action.by_when.whole(),
        state: ActionState::of(action, today),
    };
    let goal = |outcome: &crate::Outcome| Goal {
        what: outcome.desired_outcome.clone(),
        actions: outcome.actions.iter().map(action).collect(),
    };
    plan.outcomes.iter().map(goal).collect()
}

/// How many actions there are of each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PlanProgress {
    /// Of [`ActionState::Done`].
    pub done: usize,
    /// Of [`ActionState::UnderWay`].
    pub under_way: usize,
    /// Of [`ActionState::ToDo`].
    pub to_do: usize,
    /// Of [`ActionState::Blocked`].
    pub blocked: usize,
    /// Of [`ActionState::Overdue`].
    pub overdue: usize,
    /// Of [`ActionState::Dropped`].
    pub dropped: usize,
}

impl PlanProgress {
    /// How many there are of that state.
    #[must_use]
    pub fn count(&self, state: ActionState) -> usize {
        match state {
            ActionState::Done => self.done,
            ActionState::UnderWay => self.under_way,
            ActionState::ToDo => self.to_do,
            ActionState::Blocked => self.blocked,
            ActionState::Overdue => self.overdue,
            ActionState::Dropped => self.dropped,
        }
    }
}

/// How far a plan is today: the same actions as [`goals`] has, counted.
#[must_use]
pub fn progress(plan: &Plan, today: Date) -> PlanProgress {
    let mut progress = PlanProgress::default();
    for action in plan.actions() {
        let count = match ActionState::of(action, today) {
            ActionState::Done => &mut progress.done,
            ActionState::UnderWay => &mut progress.under_way,
            ActionState::ToDo => &mut progress.to_do,
            ActionState::Blocked => &mut progress.blocked,
            ActionState::Overdue => &mut progress.overdue,
            ActionState::Dropped => &mut progress.dropped,
        };
        *count += 1;
    }
    progress
}
