//! Versions: the first, later ones, and what comes after a merge.

use super::{Because, Episode, InvalidTransition, Stage, State, Step};
use crate::id::{EpisodeId, VersionId};
use crate::version::{Amendment, AmendmentKind, NewVersion, Versions};
use crate::who::Stamp;

type Next = Result<Episode, InvalidTransition>;

impl Episode {
    /// A version is sent: the first without an amendment, each later one with what it starts from and why. Where the family
    /// refused, it is the record of the refusal.
    ///
    /// A correction is taken in every state and changes none: what is wrong may do harm also when the episode is closed.
    ///
    /// # Errors
    /// The family was not asked or has not answered; the episode is closed; the version did not start from the newest one;
    /// its id has been used.
    pub fn send(self, new: NewVersion, amendment: Option<Amendment>) -> Next {
        let (step, stamp) = (Step::Sent { version: new.id }, new.sent.clone());
        let is_correction =
            amendment.as_ref().is_some_and(|amendment| amendment.kind == AmendmentKind::Correction);
        if is_correction {
            return self.with_versions(step, stamp, |versions| add(versions, new, amendment));
        }
        if matches!(self.state, State::Closed { .. }) {
            return self.refuse(Because::CorrectionsOnly);
        }
        self.advance(step, stamp, |stage| match stage {
            Stage::Enquiry { .. } => Err(Because::NotAsked),
            Stage::ConsentPending { .. } => Err(Because::State),
            Stage::Drafting { basis, earlier } => {
                Ok(Stage::Shared { basis, versions: add(earlier, new, amendment)? })
            }
            other => other.with_versions(|versions| add(versions, new, amendment)),
        })
    }

    /// An amendment arrives for an episode that was merged into this one while its author could not know. It is taken in
    /// every state, and marked: see [`Episode::to_look_at`].
    ///
    /// # Errors
    /// This one is itself part of another, to which the amendment goes; its id has been used.
    pub fn receive_late(
        self,
        new: NewVersion,
        written_for: EpisodeId,
        started_from: Option<VersionId>,
    ) -> Next {
        self.unmerged()?;
        if written_for == self.id {
            return self.refuse(Because::Itself);
        }
        let (step, stamp) = (Step::Sent { version: new.id }, new.sent.clone());
        self.with_versions(step, stamp, |versions| match versions {
            Some(versions) => Ok(versions.amend_late(new, written_for, started_from)?),
            None => Ok(Versions::first_late(new, written_for, started_from)),
        })
    }

    /// Somebody has looked at the amendments that came after a merge.
    ///
    /// # Errors
    /// There is no version; this one is part of another.
    pub fn look(self, stamp: Stamp) -> Next {
        self.unmerged()?;
        let Some(version) = self.versions().map(|versions| versions.newest().id()) else {
            return self.refuse(Because::NoVersion);
        };
        let state = self.state.clone();
        Ok(self.then(state, Step::LookedAt { version }, stamp))
    }

    /// The same state with other versions.
    fn with_versions(
        self,
        step: Step,
        stamp: Stamp,
        change: impl FnOnce(Option<Versions>) -> Result<Versions, Because>,
    ) -> Next {
        self.unmerged()?;
        match self.state.stage().clone().with_versions(change) {
            Ok(stage) => {
                let state = self.state.clone().with_stage(stage);
                Ok(self.then(state, step, stamp))
            }
            Err(because) => self.refuse(because),
        }
    }
}

fn add(
    versions: Option<Versions>,
    new: NewVersion,
    amendment: Option<Amendment>,
) -> Result<Versions, Because> {
    match (versions, amendment) {
        (None, None) => Ok(Versions::first(new)),
        (Some(versions), Some(amendment)) => Ok(versions.amend(new, amendment)?),
        (Some(_), None) => Err(Because::NoReason),
        (None, Some(_)) => Err(Because::NoVersion),
    }
}
