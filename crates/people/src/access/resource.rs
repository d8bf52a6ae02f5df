//! What is asked about, as far as it decides: facts, not the record.

use std::collections::BTreeSet;

use crate::episode::{Episode, Excluded, State, StateName};
use crate::id::EpisodeId;
use crate::protection::Protection;
use crate::who::{Organisation, Subject};

/// What is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resource<'a> {
    /// No one record.
    Nothing,
    /// A draft on the server.
    Draft {
        /// Whose.
        owner: &'a Subject,
    },
    /// An episode.
    Episode(&'a EpisodeFacts),
    /// A person or a family.
    Person {
        /// The episodes that it belongs to. What belongs to none is open to nobody.
        episodes: &'a [EpisodeFacts],
        /// How closely it is kept itself.
        protection: Protection,
    },
}

/// What decides about an episode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EpisodeFacts {
    /// Which.
    pub id: EpisodeId,
    /// The organisation that holds it.
    pub holder: Organisation,
    /// The others that it may be shared with, by agreement or for a lawful reason without.
    pub shared_with: BTreeSet<Organisation>,
    /// Who must not be told.
    pub excluded: BTreeSet<Excluded>,
    /// The front door to which it was referred.
    pub referred_to: Option<Organisation>,
    /// How far it is.
    pub progress: Progress,
    /// The strictest protection of everything that it is made from.
    pub protection: Protection,
    /// Whether it must not be erased.
    pub is_on_hold: bool,
}

/// How far an episode is, as far as it decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Under way.
    Open,
    /// Closed.
    Closed,
    /// Part of another.
    Merged,
}

impl EpisodeFacts {
    /// The facts of an episode. `child` is how closely the child's record is kept, `made_from` the same of everything else
    /// that the episode is made from: other people in it, its family, an episode that was merged into it.
    #[must_use]
    pub fn of(
        episode: &Episode,
        child: Protection,
        made_from: impl IntoIterator<Item = Protection>,
        is_on_hold: bool,
    ) -> Self {
        let state = episode.state();
        let basis = state.stage().basis();
        let progress = match state.name() {
            StateName::Closed => Progress::Closed,
            StateName::Merged => Progress::Merged,
            _ => Progress::Open,
        };
        // A referral that was answered with "no" is gone from the state, and with it the front door's access.
        let referred_to = match state {
            State::Merged { .. } => None,
            other => other.referral().map(|referral| referral.to.clone()),
        };
        Self {
            id: episode.id(),
            holder: episode.holder().clone(),
            shared_with: basis.map(|basis| basis.shared_with.clone()).unwrap_or_default(),
            excluded: episode.excluded().clone(),
            referred_to,
            progress,
            protection: made_from.into_iter().fold(child, Protection::join),
            is_on_hold,
        }
    }
}
