//! The team around the child: the first meeting has a date, the plan is agreed, reviews begin and finish. What they write is
//! not here. While social care has the lead the plan waits, and none of this is possible.

use jiff::civil::Date;

use super::{Because, Episode, InvalidTransition, Next, Stage, State, Step};
use crate::who::Stamp;

type Moved = Result<Episode, InvalidTransition>;

impl Episode {
    /// The first meeting has a date, or another one than before. Later meetings change no state and need no step.
    ///
    /// # Errors
    /// The assessment has not been sent, or the plan is agreed already; the day is before the episode began.
    pub fn schedule_meeting(self, on: Date, stamp: Stamp) -> Moved {
        if self.history.first().is_some_and(|opened| on < opened.stamp.at.utc_date()) {
            return self.refuse(Because::BeforeItBegan);
        }
        self.advance_plan(Step::MeetingScheduled { on }, stamp, |stage| match stage {
            Stage::Shared { basis, versions } | Stage::TacScheduled { basis, versions, .. } => {
                Ok(Stage::TacScheduled { basis, versions, meeting: on })
            }
            _ => Err(Because::State),
        })
    }

    /// The first meeting has no date any more.
    ///
    /// # Errors
    /// It had none, or the plan is agreed already.
    pub fn cancel_meeting(self, stamp: Stamp) -> Moved {
        self.advance_plan(Step::MeetingCancelled, stamp, |stage| match stage {
            Stage::TacScheduled { basis, versions, .. } => Ok(Stage::Shared { basis, versions }),
            _ => Err(Because::State),
        })
    }

    /// The plan is agreed with the family, at a meeting or without one.
    ///
    /// # Errors
    /// The assessment has not been sent, or the plan is agreed already.
    pub fn agree_plan(self, stamp: Stamp) -> Moved {
        let agreed = stamp.clone();
        self.advance_plan(Step::PlanAgreed, stamp, |stage| match stage {
            Stage::Shared { basis, versions } | Stage::TacScheduled { basis, versions, .. } => {
                Ok(Stage::PlanActive { basis, versions, agreed, next: None })
            }
            _ => Err(Because::State),
        })
    }

    /// A review of the plan begins.
    ///
    /// # Errors
    /// There is no plan that was agreed, or a review is under way.
    pub fn begin_review(self, stamp: Stamp) -> Moved {
        let begun = stamp.clone();
        self.advance_plan(Step::ReviewBegun, stamp, |stage| match stage {
            Stage::PlanActive { basis, versions, agreed, .. } => {
                Ok(Stage::InReview { basis, versions, agreed, begun })
            }
            _ => Err(Because::State),
        })
    }

    /// The review is finished, with what comes next. Where that is closing, closing is a step of its own.
    ///
    /// # Errors
    /// No review is under way; the next one is not ahead.
    pub fn finish_review(self, next: Next, stamp: Stamp) -> Moved {
        if matches!(next, Next::Review(on) if on <= stamp.at.utc_date()) {
            return self.refuse(Because::NotAhead);
        }
        self.advance_plan(Step::ReviewFinished { next }, stamp, |stage| match stage {
            Stage::InReview { basis, versions, agreed, .. } => {
                Ok(Stage::PlanActive { basis, versions, agreed, next: Some(next) })
            }
            _ => Err(Because::State),
        })
    }

    fn advance_plan(
        self,
        step: Step,
        stamp: Stamp,
        next: impl FnOnce(Stage) -> Result<Stage, Because>,
    ) -> Moved {
        if matches!(self.state, State::SteppedUp { .. }) {
            return self.refuse(Because::SocialCareLeads);
        }
        self.advance(step, stamp, next)
    }
}
