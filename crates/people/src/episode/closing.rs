//! Closing an episode and opening it again; making it part of another and undoing that.

use super::{Because, Closure, Episode, InvalidTransition, Stage, State, StateName, Step};
use crate::id::EpisodeId;
use crate::who::{Reason, Stamp};

/// For how many days a merge can be undone.
pub const UNDO_DAYS: u32 = 30;

type Next = Result<Episode, InvalidTransition>;

impl Episode {
    /// It ends.
    ///
    /// # Errors
    /// The risk was looked at before the newest version, or not yet; social care has not accepted what it is said to have
    /// taken over; a referral waits for an answer (except where the child died, or the episode should not exist); it has
    /// ended already.
    pub fn close(self, closure: Closure, stamp: Stamp) -> Next {
        let (stage, referral) = match &self.state {
            State::Open(stage) => (stage.clone(), None),
            State::Referred { stage, referral } => (stage.clone(), Some(referral.clone())),
            State::Closed { .. } | State::Merged { .. } => return self.refuse(self.why_not_open()),
        };
        if let Some(because) = closure.reason().why_not(referral.as_ref().map(|referral| !referral.waits())) {
            return self.refuse(because);
        }
        if let Some(check) = closure.risk_check() {
            let newest = stage.versions().map(|versions| versions.newest().sent().at);
            if newest.is_some_and(|sent| check.checked.at < sent) || check.checked.at > stamp.at {
                return self.refuse(Because::RiskCheckOutOfDate);
            }
        }
        let state = State::Closed { closure, closed: stamp.clone(), stage, referral };
        Ok(self.then(state, Step::Closed, stamp))
    }

    /// It is opened again, and the family is asked again. Its next version follows the last one.
    ///
    /// # Errors
    /// It is not closed.
    pub fn reopen(self, reason: Reason, stamp: Stamp) -> Next {
        let State::Closed { stage, .. } = &self.state else { return self.refuse(self.why_not_open()) };
        let earlier = stage.clone().into_versions();
        let follows = earlier.as_ref().map(|versions| versions.newest().id());
        let state = State::Open(Stage::ConsentPending { asked: stamp.clone(), earlier });
        Ok(self.then(state, Step::Reopened { reason, follows }, stamp))
    }

    /// It becomes part of another episode, to which everything leads from now on. Who may see the other, and that nothing
    /// of either is lost, is the merge's affair.
    ///
    /// # Errors
    /// The other is itself; it is part of another already.
    pub fn merge_into(self, into: EpisodeId, stamp: Stamp) -> Next {
        self.unmerged()?;
        if into == self.id {
            return self.refuse(Because::Itself);
        }
        let state = State::Merged { into, merged: stamp.clone(), before: Box::new(self.state.clone()) };
        Ok(self.then(state, Step::Merged { into }, stamp))
    }

    /// It is again what it was before the merge.
    ///
    /// # Errors
    /// It is not part of another, or has been for more than [`UNDO_DAYS`].
    pub fn undo_merge(self, stamp: Stamp) -> Next {
        let State::Merged { merged, before, .. } = &self.state else { return self.refuse(Because::State) };
        if stamp.at > merged.at.plus_days(UNDO_DAYS) {
            return self.refuse(Because::TooLate);
        }
        let state = State::clone(before);
        Ok(self.then(state, Step::MergeUndone, stamp))
    }

    /// Whether it takes no more new versions.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        matches!(self.state.name(), StateName::Closed | StateName::Merged)
    }
}
