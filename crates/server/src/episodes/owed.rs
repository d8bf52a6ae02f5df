//! What people owe in the plans of episodes, and which of it needs another owner because they have left. Nothing is given to
//! anybody by looking: who owns an action is changed in the plan, by a person.

use std::collections::BTreeSet;

use assessment_people::{access::Liveness, id::EpisodeId, who::Subject};
use assessment_team::{
    Plan,
    clocks::{About, Running},
};

use super::{Asking, NotDone, due::may_know, promised, team::liveness};
use crate::store::{
    StoreError, UnitOfWork,
    episodes::{Key, StoredEpisode, StoredGrant, WantedEpisodes},
};

/// How many episodes are looked through at a time.
const PAGE: u32 = 200;

/// What somebody owes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Owes {
    /// Actions that are not settled.
    pub(crate) actions: u32,
    /// In so many episodes.
    pub(crate) episodes: u32,
}

/// What somebody owes in the open episodes that the one who asks may know of.
///
/// # Errors
/// If the store fails.
pub(crate) async fn owed_by(
    work: &mut dyn UnitOfWork,
    asking: &Asking,
    subject: &Subject,
) -> Result<Owes, NotDone> {
    let principal = asking.principal(&[]);
    let (mut owes, mut after) = (Owes::default(), None);
    loop {
        let wanted = WantedEpisodes { of: Key::person(subject), after, limit: PAGE };
        let found = work.episodes().list(&asking.asker, &wanted).await?;
        after = found.last().map(|last| last.state.episode.id());
        let is_last = u32::try_from(found.len()).unwrap_or(PAGE) < PAGE;
        let open = |stored: &&StoredEpisode| {
            !stored.state.episode.has_ended() && may_know(&principal, &stored.state, asking)
        };
        for stored in found.iter().filter(open) {
            let id = stored.state.episode.id();
            let Some(plan) = plan(work, asking, id).await? else { continue };
            let grants = work.episodes().grants_in(&asking.asker, id).await?;
            let theirs = grants.iter().filter(|one| one.grant.terms().to == *subject);
            let actions = theirs.map(|one| open_actions_of(&plan, &one.id)).fold(0, u32::saturating_add);
            owes.actions = owes.actions.saturating_add(actions);
            owes.episodes = owes.episodes.saturating_add(u32::from(actions > 0));
        }
        if is_last {
            return Ok(owes);
        }
    }
}

/// The plan of an episode, if there is one.
///
/// # Errors
/// If the store fails.
pub(super) async fn plan(
    work: &mut dyn UnitOfWork,
    asking: &Asking,
    id: EpisodeId,
) -> Result<Option<Plan>, StoreError> {
    let all = work.team_records().list(&asking.asker, id).await?;
    promised::plan(work, asking, id, &all).await
}

/// How many actions of a plan that are not settled are owed by the one who was let in by that grant.
pub(super) fn open_actions_of(plan: &Plan, grant: &str) -> u32 {
    let owed = plan.actions().filter(|action| !action.is_settled() && action.who_ref == grant);
    u32::try_from(owed.count()).unwrap_or(u32::MAX)
}

/// Of those who owe something that runs, the ones who have left the team or whose account is closed, by the team's own ids.
///
/// # Errors
/// If the store fails.
pub(super) async fn owners_gone(
    work: &mut dyn UnitOfWork,
    asking: &Asking,
    id: EpisodeId,
    running: &[Running],
) -> Result<BTreeSet<String>, StoreError> {
    let owner = |one: &Running| match &one.about {
        About::Action(owed) => owed.owner.clone(),
        About::Episode | About::Meeting(_) => None,
    };
    let owners: BTreeSet<String> = running.iter().filter_map(owner).collect();
    let mut gone = BTreeSet::new();
    if owners.is_empty() {
        return Ok(gone);
    }
    let grants = work.episodes().grants_in(&asking.asker, id).await?;
    let is_live =
        |one: &StoredGrant| !matches!(liveness(&one.grant, asking.now), Liveness::Ended | Liveness::Void);
    for owner in owners {
        let Some(theirs) = grants.iter().find(|one| one.id == owner) else { continue };
        let subject = &theirs.grant.terms().to;
        // Somebody who was let in again is still of the team.
        let is_member = grants.iter().any(|one| one.grant.terms().to == *subject && is_live(one));
        if !is_member || work.episodes().has_left(&asking.asker, subject).await? {
            gone.insert(owner);
        }
    }
    Ok(gone)
}
