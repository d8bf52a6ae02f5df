//! Making an episode part of another one of the same child, and undoing that. Both stay as they were; what is kept from somebody
//! in one is kept from them in the other. Nobody is let into the other by it, and joining the records of the child is
//! `crate::people`'s.

use std::collections::BTreeSet;

use assessment_people::{
    access::{Action, Answer},
    episode::{Because, State},
    id::EpisodeId,
    who::{Reason, Stamp},
};

use super::{
    Asking, NotDone, Open, may, open,
    refusing::{hidden, noted},
    replace,
    team::store_next,
};
use crate::{
    people::joins,
    store::{
        Store,
        audit::AuditAction,
        episodes::{EpisodeState, StoredEpisode},
    },
};

/// Makes an episode that has the revision `expected` part of another. Gives its new revision.
///
/// # Errors
/// If they may not do that with both; it has changed since; they are of two children; one of them is part of another already.
pub(crate) async fn merge(
    store: &dyn Store,
    asking: &Asking,
    id: EpisodeId,
    expected: u64,
    into: EpisodeId,
    reason: Option<&Reason>,
) -> Result<u64, NotDone> {
    let mut open = open(store, asking, Action::MergeEpisode, id, reason).await?;
    open.is_current(expected)?;
    let stamp = asking.stamp().ok_or(NotDone::Refused(Answer::Forbidden))?;
    let episode = open.stored.state.episode.clone().merge_into(into, stamp.clone())?;
    let kept = match kept(&mut open, asking, into, reason).await {
        Ok(kept) => kept,
        Err(refused) => {
            drop(open);
            return noted(store, asking, Err(refused)).await;
        }
    };
    let next = as_close(&kept.state, &open.stored.state, stamp)?;
    replace(&mut *open.work, asking, &asking.asker, &kept, &next).await?;
    let entry = AuditAction::Episode(Action::MergeEpisode, into);
    open.work.note(&asking.asker.actor, entry, asking.at, reason).await?;
    store_next(open, asking, episode, &[], reason).await
}

/// The one that stays, if they may do that with it too. Both are locked, always in the same order: neither changes meanwhile,
/// and two never become part of each other.
async fn kept(
    open: &mut Open,
    asking: &Asking,
    into: EpisodeId,
    reason: Option<&Reason>,
) -> Result<StoredEpisode, NotDone> {
    let (asker, action) = (&asking.asker, Action::MergeEpisode);
    let id = open.stored.state.episode.id();
    for one in BTreeSet::from([id, into]) {
        open.work.retention().lock(asker, one, &[]).await?;
    }
    let now = open.work.episodes().find(asker, id).await?.ok_or(NotDone::Missing)?;
    if now.revision != open.stored.revision {
        return Err(NotDone::Stale(now.revision));
    }
    let Some(found) = open.work.episodes().find(asker, into).await? else {
        return Err(hidden(&mut *open.work, asking, &open.principal, action, into).await?);
    };
    may(&open.principal, action, &found.state, reason, asking.now)?;
    let children = [now.state.episode.child(), found.state.episode.child()];
    let merges = joins(&mut *open.work.people(), &asker.actor, &children).await?;
    let [one, other] = children.map(|child| merges.lead(child).to);
    if one == other { Ok(found) } else { Err(NotDone::OtherChild) }
}

/// The one that stays, kept as closely as the other was, and from the same people. Undoing that does not open it again: somebody
/// decides.
fn as_close(kept: &EpisodeState, merged: &EpisodeState, stamp: Stamp) -> Result<EpisodeState, NotDone> {
    let mut next = kept.clone();
    next.protection = next.protection.join(merged.protection);
    for whom in merged.episode.excluded().difference(kept.episode.excluded()) {
        next.episode = next.episode.exclude(whom.clone(), stamp.clone())?;
    }
    Ok(next)
}

/// Makes an episode again what it was before it became part of another. Gives its new revision.
///
/// # Errors
/// If they may not; it has changed since; it is part of no other, or has been for too long.
pub(crate) async fn undo_merge(
    store: &dyn Store,
    asking: &Asking,
    id: EpisodeId,
    expected: u64,
    reason: Option<&Reason>,
) -> Result<u64, NotDone> {
    let mut open = open(store, asking, Action::UndoMergeEpisode, id, reason).await?;
    open.is_current(expected)?;
    let stamp = asking.stamp().ok_or(NotDone::Refused(Answer::Forbidden))?;
    let State::Merged { into, .. } = *open.stored.state.episode.state() else {
        return Err(NotDone::NotPossible(Because::State));
    };
    let episode = open.stored.state.episode.clone().undo_merge(stamp)?;
    let entry = AuditAction::Episode(Action::UndoMergeEpisode, into);
    open.work.note(&asking.asker.actor, entry, asking.at, reason).await?;
    store_next(open, asking, episode, &[], reason).await
}
