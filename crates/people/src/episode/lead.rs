//! Who has the lead: social care takes it and gives it back; another council takes the episode over.

use serde::{Deserialize, Serialize};

use super::{
    Because, Closure, ClosureReason, Episode, Ground, InvalidTransition, Settled, State, Step, StillOpen,
    Transfer,
};
use crate::who::{Council, Reason, Stamp};

type Next = Result<Episode, InvalidTransition>;

/// What social care hands over when it gives the lead back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Handover {
    /// What social care did, and why it stops.
    pub why: Reason,
    /// What the child and the family still need, and what to watch for.
    pub still_needed: Reason,
}

impl Episode {
    /// Social care takes the lead.
    ///
    /// # Errors
    /// It has not accepted a referral; a transfer is under way; the episode has ended.
    pub fn step_up(self, stamp: Stamp) -> Next {
        let state = match self.state.clone() {
            State::Referred { stage, referral } if referral.accepted.is_some() => {
                State::SteppedUp { stage, referral, since: stamp.clone() }
            }
            State::Open(_) | State::Referred { .. } => return self.refuse(Because::NotAccepted),
            State::SteppedUp { .. } => return self.refuse(Because::SocialCareLeads),
            State::Transferring { .. } => return self.refuse(Because::TransferUnderWay),
            State::Closed { .. } | State::Merged { .. } => return self.refuse(self.why_not_open()),
        };
        Ok(self.then(state, Step::SteppedUp, stamp))
    }

    /// Social care gives the lead back, with a summary. Early help is where it was.
    ///
    /// # Errors
    /// Social care does not have the lead.
    pub fn step_down(self, handover: Handover, stamp: Stamp) -> Next {
        let State::SteppedUp { stage, .. } = self.state.clone() else {
            return self.refuse(self.why_not(Because::NotSteppedUp));
        };
        Ok(self.then(State::Open(stage), Step::SteppedDown { handover }, stamp))
    }

    /// Another council is asked to take the episode over.
    ///
    /// # Errors
    /// The ground is an agreement, and the family has agreed to nothing; social care has the lead; a transfer is under way;
    /// the episode has ended.
    pub fn begin_transfer(self, to: Council, ground: Ground, stamp: Stamp) -> Next {
        let (stage, referral) = match self.state.clone() {
            State::Open(stage) => (stage, None),
            State::Referred { stage, referral } => (stage, Some(referral)),
            State::SteppedUp { .. } => return self.refuse(Because::SocialCareLeads),
            State::Transferring { .. } => return self.refuse(Because::TransferUnderWay),
            State::Closed { .. } | State::Merged { .. } => return self.refuse(self.why_not_open()),
        };
        let transfer = Transfer { to: to.clone(), ground, begun: stamp.clone() };
        let state = State::Transferring { stage, referral, transfer };
        match state.may_be_transferred() {
            true => Ok(self.then(state, Step::TransferBegun { to }, stamp)),
            false => self.refuse(Because::NotAgreed),
        }
    }

    /// The other council does not take it over, or the family stays after all.
    ///
    /// # Errors
    /// No transfer is under way.
    pub fn cancel_transfer(self, reason: Reason, stamp: Stamp) -> Next {
        let state = match self.state.clone() {
            State::Transferring { stage, referral: None, .. } => State::Open(stage),
            State::Transferring { stage, referral: Some(referral), .. } => {
                State::Referred { stage, referral }
            }
            _ => return self.refuse(self.why_not(Because::NotTransferring)),
        };
        Ok(self.then(state, Step::TransferCancelled { reason }, stamp))
    }

    /// The other council has accepted, and the episode ends here. `accepted` says who accepted, and how that is known;
    /// `settled` and `open` are as in [`Episode::close`].
    ///
    /// # Errors
    /// No transfer is under way; the family has taken back the agreement that it rests on; a referral waits for an answer;
    /// nothing is said of something that is open.
    pub fn finish_transfer(
        self,
        accepted: Reason,
        settled: Vec<Settled>,
        open: &StillOpen,
        stamp: Stamp,
    ) -> Next {
        let State::Transferring { stage, referral, .. } = self.state.clone() else {
            return self.refuse(self.why_not(Because::NotTransferring));
        };
        if !self.state.may_be_transferred() {
            return self.refuse(Because::NotAgreed);
        }
        if referral.as_ref().is_some_and(|referral| referral.accepted.is_none()) {
            return self.refuse(Because::ReferralWaits);
        }
        let closure = Closure::new(ClosureReason::MovedLa, Some(accepted), None);
        let closure = match closure.and_then(|closure| closure.settling(settled)) {
            Ok(closure) => closure,
            Err(_) => return self.refuse(Because::Unsettled),
        };
        if !closure.settles(open) {
            return self.refuse(Because::Unsettled);
        }
        let state = State::Closed { closure, closed: stamp.clone(), stage, referral };
        Ok(self.then(state, Step::TransferFinished, stamp))
    }

    /// Why something else than an open episode is needed.
    fn why_not(&self, because: Because) -> Because {
        match &self.state {
            State::Merged { into, .. } => Because::MergedInto(*into),
            _ => because,
        }
    }
}

impl State {
    /// Whether what the transfer rests on holds: a lawful reason, or an agreement that nobody has taken back.
    fn may_be_transferred(&self) -> bool {
        let Self::Transferring { stage, transfer, .. } = self else { return false };
        let is_agreed = stage.basis().is_some_and(|basis| !basis.ground.is_without_agreement());
        transfer.ground.is_without_agreement() || is_agreed
    }
}
