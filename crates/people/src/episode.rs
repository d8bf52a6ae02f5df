//! An episode: one child's early help, from notice to closure. Its states hold what can be known then, and each transition
//! takes the episode and gives the next one, or says why it cannot.
//!
//! Not who may do what, which is `access`, and not the answers of its versions.
//!
//! To add a state: a variant in `state` or `stage` and its name, its transitions in `transition`, and which step leads there
//! in `history`; the walk in the tests finds what does not fit.

mod closing;
mod closure;
mod history;
mod sending;
mod stage;
mod state;
mod stored;
mod transition;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use closing::UNDO_DAYS;
pub use closure::{Closure, ClosureGroup, ClosureIncomplete, ClosureReason, RiskCheck};
pub use history::{Excluded, Happened, Step};
pub use stage::{Basis, Ground, Refusal, Stage};
pub use state::{Referral, ReferralAnswer, State, StateName};
pub use stored::BrokenEpisode;

use crate::id::{EpisodeId, PersonId, VersionId};
use crate::version::{VersionRefused, Versions, Why};
use crate::who::{Organisation, Stamp};

/// One child's early help. Reading it from JSON is checked: see [`BrokenEpisode`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "stored::Stored", into = "stored::Stored")]
pub struct Episode {
    id: EpisodeId,
    child: PersonId,
    holder: Organisation,
    excluded: BTreeSet<Excluded>,
    state: State,
    history: Vec<Happened>,
}

/// Why a transition is not possible. Nothing has changed then.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{because} (the episode is {from:?})")]
pub struct InvalidTransition {
    /// The state that the episode is in.
    pub from: StateName,
    /// Why not.
    pub because: Because,
}

/// Why a transition is not possible.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Because {
    /// It does not follow from this state.
    #[error("this does not follow from the state")]
    State,
    /// The family has not been asked, so it cannot have agreed.
    #[error("the family has not been asked")]
    NotAsked,
    /// The version is not taken.
    #[error(transparent)]
    Version(#[from] VersionRefused),
    /// There are versions, and it does not say which one it starts from and why.
    #[error("a later version says which one it starts from, and why")]
    NoReason,
    /// There is no version that could be wrong or looked at.
    #[error("there is no version yet")]
    NoVersion,
    /// Only what was wrong can be put right in a closed episode.
    #[error("a closed episode takes corrections only: open it again first")]
    CorrectionsOnly,
    /// Social care counts as having taken over only once it has accepted.
    #[error("social care has not accepted a referral")]
    NotAccepted,
    /// A front door has not answered yet.
    #[error("a referral waits for an answer")]
    ReferralWaits,
    /// The risk was looked at before the newest version, or after the closure.
    #[error("the risk was not looked at between the newest version and now")]
    RiskCheckOutOfDate,
    /// It is part of another.
    #[error("it is part of episode {0}")]
    MergedInto(EpisodeId),
    /// An episode cannot become part of itself.
    #[error("an episode cannot be merged with itself")]
    Itself,
    /// It was merged too long ago.
    #[error("a merge can be undone for {UNDO_DAYS} days")]
    TooLate,
    /// Nobody of that name is excluded.
    #[error("that person or organisation is not excluded")]
    NotExcluded,
    /// It would be kept from the organisation that holds it, and so from everybody who works on it.
    #[error("the organisation that holds the episode cannot be kept out of it")]
    HoldsIt,
    /// It would be given to the organisation that has it.
    #[error("that organisation holds the episode already")]
    HoldsItAlready,
    /// It would be given to an organisation that must not be told.
    #[error("that organisation must not be told about the episode")]
    MustNotBeTold,
}

impl Episode {
    /// Somebody noticed something about a child.
    #[must_use]
    pub fn open(id: EpisodeId, child: PersonId, holder: Organisation, stamp: Stamp) -> Self {
        let opened = Happened { step: Step::Opened, stamp, then: StateName::Enquiry };
        Self {
            id,
            child,
            holder,
            excluded: BTreeSet::new(),
            state: State::Open(Stage::Enquiry { earlier: None }),
            history: vec![opened],
        }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> EpisodeId {
        self.id
    }

    /// Whose it is.
    #[must_use]
    pub fn child(&self) -> PersonId {
        self.child
    }

    /// The organisation that holds it.
    #[must_use]
    pub fn holder(&self) -> &Organisation {
        &self.holder
    }

    /// Who must not be told.
    #[must_use]
    pub fn excluded(&self) -> &BTreeSet<Excluded> {
        &self.excluded
    }

    /// Its state.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// What happened, oldest first. Never empty.
    #[must_use]
    pub fn history(&self) -> &[Happened] {
        &self.history
    }

    /// What was sent so far.
    #[must_use]
    pub fn versions(&self) -> Option<&Versions> {
        self.state.versions()
    }

    /// The amendments that came after a merge and that nobody has looked at, oldest first.
    pub fn to_look_at(&self) -> impl Iterator<Item = VersionId> {
        let looked = self.history.iter().rev().find_map(|one| match one.step {
            Step::LookedAt { version } => Some(version),
            _ => None,
        });
        let versions = || self.versions().into_iter().flat_map(Versions::all);
        let seen = versions().find(|one| Some(one.id()) == looked).map_or(0, |one| one.number());
        versions()
            .filter(move |one| one.number() > seen && matches!(one.why(), Why::LateAmendment { .. }))
            .map(|one| one.id())
    }

    fn refuse<T>(&self, because: impl Into<Because>) -> Result<T, InvalidTransition> {
        Err(InvalidTransition { from: self.state.name(), because: because.into() })
    }

    /// The episode in its next state, with what led there. A clock that was put back cannot put a step before the one that
    /// it comes after.
    fn then(mut self, state: State, step: Step, mut stamp: Stamp) -> Self {
        if let Some(before) = self.history.last() {
            stamp.at = stamp.at.max(before.stamp.at);
        }
        self.history.push(Happened { step, stamp, then: state.name() });
        Self { state, ..self }
    }
}
