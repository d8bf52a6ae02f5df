//! A version that was written for an episode which has become part of another meanwhile, as on a device that was offline. It
//! lands on the one that stays, is marked for somebody to look at, and decides nothing by itself but what danger asks for.

use assessment_people::{
    access::{Action, EpisodeFacts, Principal, Progress},
    episode::State,
    id::EpisodeId,
};

use super::{
    Asking, NotDone, beginning,
    correcting::note_birth,
    facts, may_as, replace,
    sending::{Link, Sent, concerned, number, version},
    telling::tell_author,
};
use crate::store::{
    UnitOfWork,
    episodes::{Asker, EpisodeState, Listed, StoredEpisode},
};

/// The episode that one has become part of.
pub(super) fn merged_into(stored: &StoredEpisode) -> Option<EpisodeId> {
    match stored.state.episode.state() {
        State::Merged { into, .. } => Some(*into),
        _ => None,
    }
}

/// Adds a version to the episode that `written_for` has become part of.
///
/// # Errors
/// If they might not have sent it to the episode that they wrote it for, or it did not start from a version of that.
pub(super) async fn receive(
    work: &mut dyn UnitOfWork,
    asking: &Asking,
    principal: &Principal,
    written_for: &StoredEpisode,
    (sent, link): (&Sent<'_>, &Link),
) -> Result<(), NotDone> {
    let before = &written_for.state.episode;
    // The one who wrote it could not know that it has ended.
    let as_it_was = EpisodeFacts { progress: Progress::Open, ..facts(&written_for.state) };
    may_as(principal, Action::SendVersion, &as_it_was, None, asking.now)?;
    let started_from = link.amendment.started_from;
    if before.versions().and_then(|versions| versions.get(started_from)).is_none() {
        return Err(NotDone::NewerVersion);
    }
    // Which one stays need not concern them, and they learn nothing of it.
    let everywhere = Asker { authority: true, ..asking.asker.clone() };
    let kept = last(work, &everywhere, written_for).await?;
    let version = version(asking, sent)?;
    let (id, stamp) = (version.id, version.sent.clone());
    let EpisodeState { episode, protection, listed } = kept.state.clone();
    let episode = episode.receive_late(version, before.id(), Some(link.amendment.clone()))?;
    let episode = beginning::refer(episode, sent.from, sent.front_door, stamp)?;
    let (number, kept_id, child) = (number(&episode, id), episode.id(), episode.child());
    let all = work.episodes().grants_in(&everywhere, kept_id).await?;
    let concerns = concerned(&episode, &all);
    let protection = protection.join(written_for.state.protection).join(sent.from.protection);
    let next = EpisodeState { episode, protection, listed: listed_with(listed, &sent.from.listed) };
    replace(work, asking, &everywhere, &kept, &next).await?;
    tell_author(work, asking, before.id(), id).await?;
    let mut episodes = work.episodes();
    episodes.add_version(&everywhere, kept_id, id, number).await?;
    episodes.concern(&everywhere, kept_id, &concerns).await?;
    drop(episodes);
    note_birth(work, asking, child, &sent.from.child).await
}

/// The one to which everything leads.
async fn last(
    work: &mut dyn UnitOfWork,
    everywhere: &Asker,
    written_for: &StoredEpisode,
) -> Result<StoredEpisode, NotDone> {
    let mut found = written_for.clone();
    while let Some(into) = merged_into(&found) {
        found = work.episodes().find(everywhere, into).await?.ok_or(NotDone::Missing)?;
    }
    Ok(found)
}

/// What lists show of it. What is urgent in either is urgent; the rest waits for somebody to look.
fn listed_with(kept: Listed, late: &Listed) -> Listed {
    let due_on = kept.due_on.into_iter().chain(late.due_on).min();
    Listed { urgent: kept.urgent || late.urgent, due_on, ..kept }
}
