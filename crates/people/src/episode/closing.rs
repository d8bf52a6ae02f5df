//! Closing an episode and opening it again; making it part of another and undoing that.

use super::{
    Because, Closure, ClosureReason, Episode, InvalidTransition, Settled, Stage, State, StateName, Step,
    StillOpen,
};
use crate::id::EpisodeId;
use crate::moment::Moment;
use crate::who::{Reason, Stamp};

/// For how many days a merge can be undone.
pub const UNDO_DAYS: u32 = 30;

type Next = Result<Episode, InvalidTransition>;

impl Episode {
    /// It ends. `open` is everything that is open now.
    ///
    /// # Errors
    /// The risk was looked at before the newest version, or not yet; social care has not accepted what it is said to have
    /// taken over, or another council what it is asked to; a referral waits for an answer (except where the child died, or
    /// the episode should not exist); nothing is said of something that is open; it has ended already.
    pub fn close(self, closure: Closure, open: &StillOpen, stamp: Stamp) -> Next {
        if self.has_ended() {
            return self.refuse(self.why_not_open());
        }
        let (stage, referral) = (self.state.stage().clone(), self.state.referral().cloned());
        if let Some(because) = closure.reason().why_not(referral.as_ref().map(|referral| !referral.waits())) {
            return self.refuse(because);
        }
        if matches!(self.state, State::Transferring { .. }) && closure.reason() == ClosureReason::MovedLa {
            return self.refuse(Because::TransferUnderWay);
        }
        if let Some(check) = closure.risk_check() {
            let newest = stage.versions().map(|versions| versions.newest().sent().at);
            if newest.is_some_and(|sent| check.checked.at < sent) || check.checked.at > stamp.at {
                return self.refuse(Because::RiskCheckOutOfDate);
            }
        }
        if !closure.settles(open) {
            return self.refuse(Because::Unsettled);
        }
        let state = State::Closed { closure, closed: stamp.clone(), stage, referral };
        Ok(self.then(state, Step::Closed, stamp))
    }

    /// It is opened again, and the family is asked again. Its next version follows the last one.
    ///
    /// # Errors
    /// It is not closed.
    pub fn reopen(self, reason: Reason, stamp: Stamp) -> Next {
        let State::Closed { stage, closure, .. } = self.state.clone() else {
            return self.refuse(self.why_not_open());
        };
        let earlier = stage.into_versions();
        let follows = earlier.as_ref().map(|versions| versions.newest().id());
        let state = State::Open(Stage::ConsentPending { asked: stamp.clone(), earlier });
        let ended = Some(Box::new(closure));
        Ok(self.then(state, Step::Reopened { reason, follows, ended }, stamp))
    }

    /// What was decided at each closure so far about what was open then, oldest first.
    pub fn settled(&self) -> impl Iterator<Item = &Settled> {
        let before = self.history.iter().filter_map(|one| match &one.step {
            Step::Reopened { ended, .. } => ended.as_deref(),
            _ => None,
        });
        before.chain(self.state.closure()).flat_map(Closure::settled)
    }

    /// The same of the closings that came after so many: what was decided since something was saved that counts them.
    pub fn settled_since(&self, closings: usize) -> impl Iterator<Item = &Settled> {
        // Each closing but the last is followed by one opening again, which has how it had ended.
        let before = self.history.iter().filter_map(|one| match &one.step {
            Step::Reopened { ended, .. } => Some(ended.as_deref()),
            _ => None,
        });
        before
            .chain(std::iter::once(self.state.closure()))
            .skip(closings)
            .flatten()
            .flat_map(Closure::settled)
    }

    /// When it was closed, and until when, oldest first; no end where it is still closed. No clock counts these times.
    #[must_use]
    pub fn closed_times(&self) -> Vec<(Moment, Option<Moment>)> {
        let mut times: Vec<(Moment, Option<Moment>)> = Vec::new();
        for one in &self.history {
            match (&one.step, times.last_mut()) {
                (Step::Closed | Step::TransferFinished, _) => times.push((one.stamp.at, None)),
                (Step::Reopened { .. }, Some((_, until))) => *until = Some(one.stamp.at),
                _ => {}
            }
        }
        times
    }

    /// Whether it was closed at that moment: what was written then arrived after the closure.
    #[must_use]
    pub fn was_closed_at(&self, at: Moment) -> bool {
        let is_in =
            |(from, until): (Moment, Option<Moment>)| from <= at && until.is_none_or(|until| at < until);
        self.closed_times().into_iter().any(is_in)
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
