//! What people owe in the plans of episodes, and which of it needs another owner because they have left. Nothing is given to
//! anybody by looking: who owns an action is changed in the plan, by a person.

use std::collections::{BTreeMap, BTreeSet};

use assessment_people::{
    access::{Action, Liveness},
    id::EpisodeId,
    who::{Reason, Subject},
};
use assessment_team::{
    Plan, RecordKind,
    clocks::{About, Running},
};

use super::{Asking, NotDone, due::may_know, promised, team::liveness};
use crate::store::{
    StoreError, UnitOfWork,
    audit::AuditAction,
    episodes::{EpisodeReader, Key, StoredEpisode, StoredGrant, WantedEpisodes},
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

/// What somebody owes in the open episodes that the one who asks may know of. `None` where a plan cannot be read: what is not
/// known is not 0. Each episode whose plan was looked at has an entry in the audit trail, once the work is saved.
///
/// # Errors
/// If the store fails.
pub(crate) async fn owed_by(
    work: &mut dyn UnitOfWork,
    asking: &Asking,
    subject: &Subject,
    because: &Reason,
) -> Result<Option<Owes>, NotDone> {
    let principal = asking.principal(&[]);
    let (mut owes, mut after) = (Some(Owes::default()), None);
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
            let looked = AuditAction::Episode(Action::ListMembers, id);
            work.note(&asking.asker.actor, looked, asking.at, Some(because)).await?;
            let all = work.team_records().list(&asking.asker, id).await?;
            if promised::of_kind(&all, RecordKind::Plan).next().is_none() {
                continue;
            }
            let plan = promised::plan(&mut *work.team_records(), asking, id, &all).await?;
            let (Some(plan), Some(sum)) = (plan, owes.as_mut()) else {
                owes = None;
                continue;
            };
            let grants = work.episodes().grants_in(&asking.asker, id).await?;
            let theirs = grants.iter().filter(|one| one.grant.terms().to == *subject);
            let actions = theirs.map(|one| open_actions_of(&plan, &one.id)).fold(0, u32::saturating_add);
            sum.actions = sum.actions.saturating_add(actions);
            sum.episodes = sum.episodes.saturating_add(u32::from(actions > 0));
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
    let mut records = work.team_records();
    let all = records.list(&asking.asker, id).await?;
    promised::plan(&mut *records, asking, id, &all).await
}

/// How many actions of a plan that are not settled are owed by the one who was let in by that grant.
pub(super) fn open_actions_of(plan: &Plan, grant: &str) -> u32 {
    let owed = plan.actions().filter(|action| !action.is_settled() && action.who_ref == grant);
    u32::try_from(owed.count()).unwrap_or(u32::MAX)
}

/// The owners of what runs, by the team's own ids.
pub(super) fn owners(running: &[Running]) -> BTreeSet<String> {
    let owner = |one: &Running| match &one.about {
        About::Action(owed) => owed.owner.clone(),
        About::Episode | About::Meeting(_) => None,
    };
    running.iter().filter_map(owner).collect()
}

/// Of those who owe something in each of these episodes, by the team's own ids, the ones who have left the team or whose
/// account is closed.
///
/// # Errors
/// If the store fails.
pub(super) async fn owners_gone(
    episodes: &mut (dyn EpisodeReader + '_),
    asking: &Asking,
    owners: &BTreeMap<EpisodeId, BTreeSet<String>>,
) -> Result<BTreeMap<EpisodeId, BTreeSet<String>>, StoreError> {
    let ids: Vec<EpisodeId> = owners.iter().filter(|(_, of)| !of.is_empty()).map(|(id, _)| *id).collect();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut teams: BTreeMap<EpisodeId, Vec<StoredGrant>> = BTreeMap::new();
    for grant in episodes.grants_of(&asking.asker, &ids).await? {
        teams.entry(grant.grant.terms().episode).or_default().push(grant);
    }
    let subjects = teams.values().flatten().map(|one| one.grant.terms().to.clone()).collect();
    let left = episodes.left(&asking.asker, &subjects).await?;
    let is_live =
        |one: &StoredGrant| !matches!(liveness(&one.grant, asking.now), Liveness::Ended | Liveness::Void);
    let mut gone: BTreeMap<EpisodeId, BTreeSet<String>> = BTreeMap::new();
    for (id, team) in &teams {
        for owner in owners.get(id).into_iter().flatten() {
            let Some(theirs) = team.iter().find(|one| one.id == *owner) else { continue };
            let subject = &theirs.grant.terms().to;
            // Somebody who was let in again is still of the team.
            let is_member = team.iter().any(|one| one.grant.terms().to == *subject && is_live(one));
            if !is_member || left.contains(subject) {
                gone.entry(*id).or_default().insert(owner.clone());
            }
        }
    }
    Ok(gone)
}
