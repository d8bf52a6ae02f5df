//! How an episode is stored, and the one door back: what breaks a law is refused when it is read, not found later.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::closure::ClosureGroup;
use super::{Episode, Excluded, Happened, State, StateName, Step};
use crate::id::{EpisodeId, PersonId, VersionId};
use crate::version::Versions;
use crate::who::Organisation;

/// The number of this form. A change that an older program would misread gets the next one.
const NEWEST: u16 = 4;
/// The oldest that this program reads. From 1 to 2 states, steps and the decisions of a closure were added; from 2 to 3, that
/// the written form of a referral was sent; from 3 to 4, that it was not after all.
const OLDEST: u16 = 1;

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stored {
    stored: u16,
    id: EpisodeId,
    child: PersonId,
    holder: Organisation,
    excluded: BTreeSet<Excluded>,
    state: State,
    history: Vec<Happened>,
}

/// Why what was stored is not an episode. The versions and the closure in it have their own reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BrokenEpisode {
    /// It was stored by another release.
    #[error("episode stored as version {0}, and this program reads {NEWEST}")]
    Release(u16),
    /// The history does not begin with the opening, or a step cannot lead where it says.
    #[error("step {0} of the history cannot lead where it says")]
    Step(usize),
    /// A step happened before the one that it comes after.
    #[error("step {0} of the history happened before the one that it comes after")]
    Moment(usize),
    /// The history leads to another state.
    #[error("the history leads to another state")]
    State,
    /// The history has other versions than the episode.
    #[error("the history has other versions than the episode")]
    Versions,
    /// It is part of itself, or of another that it was part of already.
    #[error("it is part of itself")]
    Merged,
    /// Social care is said to have taken over what it has not accepted.
    #[error("social care has not accepted")]
    NotAccepted,
    /// The history excludes others.
    #[error("the history has other exclusions than the episode")]
    Exclusions,
    /// The history hands the episode to another organisation.
    #[error("the history hands the episode to another organisation")]
    Holder,
}

impl From<Episode> for Stored {
    fn from(episode: Episode) -> Self {
        let Episode { id, child, holder, excluded, state, history } = episode;
        Self { stored: NEWEST, id, child, holder, excluded, state, history }
    }
}

impl TryFrom<Stored> for Episode {
    type Error = BrokenEpisode;

    fn try_from(raw: Stored) -> Result<Self, Self::Error> {
        let Stored { stored, id, child, holder, excluded, state, history } = raw;
        if !(OLDEST..=NEWEST).contains(&stored) {
            return Err(BrokenEpisode::Release(stored));
        }
        let ends = check_steps(&history)?;
        if ends != Some(state.name()) {
            return Err(BrokenEpisode::State);
        }
        check_versions(&history, state.versions())?;
        check_state(&state, id)?;
        if exclusions(&history) != excluded {
            return Err(BrokenEpisode::Exclusions);
        }
        let handed = history.iter().rev().find_map(|one| match &one.step {
            Step::Handed { to } => Some(to),
            _ => None,
        });
        if handed.is_some_and(|to| *to != holder) {
            return Err(BrokenEpisode::Holder);
        }
        Ok(Self { id, child, holder, excluded, state, history })
    }
}

/// The state that the history leads to; `None` of an empty one.
fn check_steps(history: &[Happened]) -> Result<Option<StateName>, BrokenEpisode> {
    let mut before: Option<&Happened> = None;
    for (index, one) in history.iter().enumerate() {
        if !one.step.leads(before.map(|before| before.then), one.then) {
            return Err(BrokenEpisode::Step(index));
        }
        if before.is_some_and(|before| one.stamp.at < before.stamp.at) {
            return Err(BrokenEpisode::Moment(index));
        }
        before = Some(one);
    }
    Ok(before.map(|last| last.then))
}

fn check_versions(history: &[Happened], versions: Option<&Versions>) -> Result<(), BrokenEpisode> {
    let sent = history.iter().filter_map(|one| match one.step {
        Step::Sent { version } => Some(version),
        _ => None,
    });
    let kept: Vec<VersionId> =
        versions.into_iter().flat_map(Versions::all).map(|version| version.id()).collect();
    if sent.eq(kept) { Ok(()) } else { Err(BrokenEpisode::Versions) }
}

fn check_state(state: &State, id: EpisodeId) -> Result<(), BrokenEpisode> {
    match state {
        State::Merged { into, before, .. } => {
            if *into == id || matches!(**before, State::Merged { .. }) {
                return Err(BrokenEpisode::Merged);
            }
            check_state(before, id)
        }
        State::Closed { closure, referral, .. } => {
            let accepted = referral.as_ref().is_some_and(|referral| referral.accepted.is_some());
            let fits = accepted || closure.reason().group() != ClosureGroup::StepUp;
            if fits { Ok(()) } else { Err(BrokenEpisode::NotAccepted) }
        }
        State::SteppedUp { referral, .. } if referral.accepted.is_none() => Err(BrokenEpisode::NotAccepted),
        State::Open(_) | State::Referred { .. } | State::SteppedUp { .. } | State::Transferring { .. } => {
            Ok(())
        }
    }
}

/// Who is excluded after all that happened.
fn exclusions(history: &[Happened]) -> BTreeSet<Excluded> {
    let mut excluded = BTreeSet::new();
    for one in history {
        match &one.step {
            Step::Excluded { who } => {
                excluded.insert(who.clone());
            }
            Step::ExclusionLifted { who, .. } => {
                excluded.remove(who);
            }
            _ => {}
        }
    }
    excluded
}
