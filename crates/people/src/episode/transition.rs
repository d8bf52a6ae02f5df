//! Notice, agreement, referral and who holds an episode. In a referred episode, and in one that is to be transferred, early
//! help goes on: each transition of a stage is possible there too, and leaves the rest as it is.

use super::{
    Basis, Because, Episode, Excluded, InvalidTransition, Referral, ReferralAnswer, Refusal, SentBy, Stage,
    State, Step, WrittenForm,
};
use crate::who::{Organisation, Reason, Stamp};

type Next = Result<Episode, InvalidTransition>;

impl Episode {
    /// The family is asked to agree, for the first time or again after it refused.
    ///
    /// # Errors
    /// The work already rests on something, or the episode has ended.
    pub fn ask(self, stamp: Stamp) -> Next {
        let asked = stamp.clone();
        self.advance(Step::Asked, stamp, |stage| match stage {
            Stage::Enquiry { .. } | Stage::Declined { .. } => {
                Ok(Stage::ConsentPending { asked, earlier: stage.into_versions() })
            }
            _ => Err(Because::State),
        })
    }

    /// What the work rests on: agreement, once the family was asked, or a lawful reason without it. Also when that changes.
    ///
    /// # Errors
    /// Agreement of a family that was not asked; the episode has ended.
    pub fn rest_on(self, basis: Basis, stamp: Stamp) -> Next {
        let without = basis.ground.is_without_agreement();
        let step = if without { Step::WithoutAgreement } else { Step::Agreed };
        self.advance(step, stamp, |stage| match stage {
            Stage::Enquiry { .. } | Stage::Declined { .. } if !without => Err(Because::NotAsked),
            stage => Ok(stage.resting_on(basis)),
        })
    }

    /// The family refuses. Nothing is shared any more.
    ///
    /// # Errors
    /// The family has not been asked.
    pub fn refuse_agreement(self, stamp: Stamp) -> Next {
        let noted = stamp.clone();
        self.advance(Step::Refused, stamp, |stage| match stage {
            Stage::ConsentPending { earlier, .. } => {
                Ok(Stage::Declined { noted, refusal: Refusal::Refused, earlier })
            }
            Stage::Enquiry { .. } => Err(Because::NotAsked),
            _ => Err(Because::State),
        })
    }

    /// The family takes its agreement back. Nothing is shared any more; what was sent stays with the organisation that
    /// holds it.
    ///
    /// # Errors
    /// Nothing was agreed.
    pub fn withdraw_agreement(self, stamp: Stamp) -> Next {
        let noted = stamp.clone();
        self.advance(Step::Withdrawn, stamp, |stage| {
            stage.basis().ok_or(Because::State)?;
            Ok(Stage::Declined { noted, refusal: Refusal::Withdrawn, earlier: stage.into_versions() })
        })
    }

    /// Somebody must not be told, from now on and in every state.
    ///
    /// # Errors
    /// It is the organisation that holds it, or it is part of another episode.
    pub fn exclude(mut self, who: Excluded, stamp: Stamp) -> Next {
        self.unmerged()?;
        if matches!(&who, Excluded::Organisation(organisation) if *organisation == self.holder) {
            return self.refuse(Because::HoldsIt);
        }
        self.excluded.insert(who.clone());
        let state = self.state.clone();
        Ok(self.then(state, Step::Excluded { who }, stamp))
    }

    /// Somebody may be told again.
    ///
    /// # Errors
    /// They were not excluded, or it is part of another episode.
    pub fn lift_exclusion(mut self, who: Excluded, reason: Reason, stamp: Stamp) -> Next {
        self.unmerged()?;
        if !self.excluded.remove(&who) {
            return self.refuse(Because::NotExcluded);
        }
        let state = self.state.clone();
        Ok(self.then(state, Step::ExclusionLifted { who, reason }, stamp))
    }

    /// Another organisation holds the episode from now on.
    ///
    /// # Errors
    /// That organisation has it already or must not be told, or it is part of another episode.
    pub fn hand_to(mut self, to: Organisation, stamp: Stamp) -> Next {
        self.unmerged()?;
        if to == self.holder {
            return self.refuse(Because::HoldsItAlready);
        }
        if self.excluded.contains(&Excluded::Organisation(to.clone())) {
            return self.refuse(Because::MustNotBeTold);
        }
        self.holder = to.clone();
        let state = self.state.clone();
        Ok(self.then(state, Step::Handed { to }, stamp))
    }

    /// Social care is asked to look. Early help goes on.
    ///
    /// # Errors
    /// A referral already waits or was accepted, social care has the lead, or the episode has ended.
    pub fn refer(self, to: Organisation, reason: Reason, stamp: Stamp) -> Next {
        let referral =
            Referral { to: to.clone(), reason, sent: stamp.clone(), written: None, accepted: None };
        let state = match self.state.clone() {
            State::Open(stage) => State::Referred { stage, referral },
            State::Transferring { stage, referral: None, transfer } => {
                State::Transferring { stage, referral: Some(referral), transfer }
            }
            State::SteppedUp { .. } => return self.refuse(Because::SocialCareLeads),
            _ => return self.refuse(self.why_not_open()),
        };
        Ok(self.then(state, Step::Referred { to }, stamp))
    }

    /// The written form of the referral was sent to the front door, after the telephone call.
    ///
    /// # Errors
    /// No referral waits, or it was sent already.
    pub fn write_referral(self, by: SentBy, stamp: Stamp) -> Next {
        let write = |referral: Referral| Referral {
            written: Some(WrittenForm { by, noted: stamp.clone() }),
            ..referral
        };
        let is_due = |referral: &Referral| referral.waits() && referral.written.is_none();
        let state = match self.state.clone() {
            State::Referred { stage, referral } if is_due(&referral) => {
                State::Referred { stage, referral: write(referral) }
            }
            State::Transferring { stage, referral: Some(referral), transfer } if is_due(&referral) => {
                State::Transferring { stage, referral: Some(write(referral)), transfer }
            }
            _ => return self.refuse(self.why_not_open()),
        };
        Ok(self.then(state, Step::ReferralWritten { by }, stamp))
    }

    /// The written form was not sent after all, although somebody said so: its clock runs again.
    ///
    /// # Errors
    /// No referral waits, or nobody has said that it was sent.
    pub fn take_back_written(self, reason: Reason, stamp: Stamp) -> Next {
        let is_said = |referral: &Referral| referral.waits() && referral.written.is_some();
        let state = match self.state.clone() {
            State::Referred { stage, referral } if is_said(&referral) => {
                State::Referred { stage, referral: Referral { written: None, ..referral } }
            }
            State::Transferring { stage, referral: Some(referral), transfer } if is_said(&referral) => {
                let referral = Some(Referral { written: None, ..referral });
                State::Transferring { stage, referral, transfer }
            }
            _ => return self.refuse(self.why_not_open()),
        };
        Ok(self.then(state, Step::ReferralNotWritten { reason }, stamp))
    }

    /// The front door answers. Unless social care accepts, the episode is again what it was, with whatever has been done
    /// meanwhile.
    ///
    /// # Errors
    /// No referral waits.
    pub fn answer_referral(self, answer: ReferralAnswer, stamp: Stamp) -> Next {
        let accept = |referral: Referral| Referral { accepted: Some(stamp.clone()), ..referral };
        let is_accepted = answer == ReferralAnswer::Accepted;
        let state = match self.state.clone() {
            State::Referred { stage, referral } if referral.waits() => match answer {
                ReferralAnswer::Accepted => State::Referred { stage, referral: accept(referral) },
                ReferralAnswer::NotAccepted => State::Open(stage),
            },
            State::Transferring { stage, referral: Some(referral), transfer } if referral.waits() => {
                State::Transferring { stage, referral: is_accepted.then(|| accept(referral)), transfer }
            }
            _ => return self.refuse(self.why_not_open()),
        };
        let step = if is_accepted { Step::ReferralAccepted } else { Step::ReferralNotAccepted };
        Ok(self.then(state, step, stamp))
    }

    /// The next stage, in an open episode and in one that is referred, stepped up or to be transferred alike.
    pub(super) fn advance(
        self,
        step: Step,
        stamp: Stamp,
        next: impl FnOnce(Stage) -> Result<Stage, Because>,
    ) -> Next {
        if self.has_ended() {
            return self.refuse(self.why_not_open());
        }
        match next(self.state.stage().clone()) {
            Ok(stage) => {
                let state = self.state.clone().with_stage(stage);
                Ok(self.then(state, step, stamp))
            }
            Err(because) => self.refuse(because),
        }
    }

    pub(super) fn why_not_open(&self) -> Because {
        match &self.state {
            State::Merged { into, .. } => Because::MergedInto(*into),
            _ => Because::State,
        }
    }

    /// Refuses what cannot be done to an episode that is part of another.
    pub(super) fn unmerged(&self) -> Result<(), InvalidTransition> {
        match &self.state {
            State::Merged { into, .. } => self.refuse(Because::MergedInto(*into)),
            _ => Ok(()),
        }
    }
}
