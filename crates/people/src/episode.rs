//! An episode: one child's early help, from notice to closure. Its states hold what can be known then, and each transition
//! takes the episode and gives the next one, or says why it cannot.
//!
//! Not who may do what, which is `access`, and not the answers of its versions.
//!
//! To add a state: a variant in `state` or `stage` and its name; its transitions in `transition`, `plan`, `lead` or `closing`,
//! with their reasons in `refused`; which step leads there in `history`. `docs/transitions.md` has every transition from every
//! state, and the tests walk it.

mod closing;
mod closure;
mod history;
mod lead;
mod plan;
mod refused;
mod sending;
mod settled;
mod stage;
mod state;
mod stored;
mod transition;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use closing::UNDO_DAYS;
pub use closure::{Closure, ClosureGroup, ClosureIncomplete, ClosureReason, RiskCheck};
pub use history::{Excluded, Happened, Step};
pub use lead::Handover;
pub use refused::{Because, InvalidTransition};
pub use settled::{Fate, Item, ItemId, Settled, StillOpen};
pub use stage::{Basis, Ground, Next, Refusal, Stage};
pub use state::{Referral, ReferralAnswer, SentBy, State, StateName, Transfer, WrittenForm};
pub use stored::BrokenEpisode;

use crate::id::{EpisodeId, PersonId, VersionId};
use crate::version::{Versions, Why};
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
