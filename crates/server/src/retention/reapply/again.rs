//! Erasing one episode again, by the tombstone that it left and not by what a restored backup says of it: the backup is from
//! before orders were lifted, requests closed and joins taken back.

use std::collections::BTreeSet;

use assessment_people::{
    access::Action,
    id::{EpisodeId, PersonId},
    merge::{MergeRefused, Merges},
    protection::Protection,
    retention::Obstacle,
};
use jiff::Timestamp;

use crate::{
    clock::date_in_england,
    people::joins,
    retention::{Child, NotErased},
    store::{
        StoreError, UnitOfWork,
        audit::AuditAction,
        episodes::{Asker, StoredEpisode},
        retention::{ErasedBecause, ToErase, Tombstone},
    },
};

/// Why an order is lifted and a request closed.
const WHY: &str = "This had ended before the record was erased the first time.";

/// By what an episode is erased again.
#[derive(Debug, Clone, Copy)]
pub(in crate::retention) struct Again<'a> {
    /// What was left of it.
    pub(in crate::retention) tombstone: &'a Tombstone,
    /// All people who were erased, with this episode or another one.
    pub(in crate::retention) everybody: &'a BTreeSet<PersonId>,
}

/// Erases it. The caller stores the unit of work, with the entry about the episode.
///
/// # Errors
/// There is no such episode, or somebody has ordered or asked for it since it was erased.
pub(in crate::retention) async fn erase(
    work: &mut (dyn UnitOfWork + '_),
    asker: &Asker,
    id: EpisodeId,
    from: Again<'_>,
    at: Timestamp,
) -> Result<ToErase, NotErased> {
    let stored = work.episodes().find(asker, id).await?.ok_or(NotErased::Missing)?;
    let people = people(work, asker, &stored, from).await?;
    let ids: Vec<PersonId> = people.iter().copied().collect();
    if !work.retention().lock(asker, id, &ids).await? {
        return Err(NotErased::Missing);
    }
    let mut did = lift(work, asker, &stored, from.tombstone, &ids, at).await?;
    did.extend(keep_apart(work, asker, &people, at).await?);
    let excluded = from.tombstone.excluded.as_ref();
    let is_told_less = !from.tombstone.may_be_told
        || excluded.is_none_or(|all| !all.is_subset(stored.state.episode.excluded()));
    if is_told_less && stored.state.protection < Protection::Shielded {
        // The tombstone must not tell more than the one before.
        let mut state = stored.state;
        state.protection = Protection::Shielded;
        work.episodes().replace(asker, &state, stored.revision, at).await?;
    }
    let today = date_in_england(at);
    let what = ToErase { episode: id, people, because: ErasedBecause::Reapplied, due_on: None, today };
    work.retention().erase_episode(asker, &what, at).await?;
    did.extend(what.people.iter().map(|person| AuditAction::Person(Action::Erase, *person)));
    // Entries come last: each waits until the unit of work with the one before has ended.
    for action in did {
        work.note(&asker.actor, action, at, None).await?;
    }
    Ok(what)
}

/// Those who were erased with it, and those of its child's records that were erased with another episode, unless another
/// episode that is still there is about them.
async fn people(
    work: &mut (dyn UnitOfWork + '_),
    asker: &Asker,
    stored: &StoredEpisode,
    Again { tombstone, everybody }: Again<'_>,
) -> Result<BTreeSet<PersonId>, StoreError> {
    let child = Child::read(work, asker, stored).await?;
    let own = child.people.iter().map(|person| person.id).filter(|id| everybody.contains(id));
    let listed = tombstone.people.iter().filter_map(|id| PersonId::parse(id));
    let wanted: Vec<PersonId> = own.chain(listed).collect::<BTreeSet<_>>().into_iter().collect();
    let mut people = BTreeSet::new();
    for id in &wanted {
        if work.people().find(&asker.actor, *id).await?.is_some() {
            people.insert(*id);
        }
    }
    for other in work.people().episodes_of(asker, &wanted).await? {
        if other.state.episode.id() != stored.state.episode.id() {
            people.remove(&other.state.episode.child());
        }
    }
    Ok(people)
}

/// Lifts the orders and closes the requests that had ended when it was erased. One that came later keeps it.
async fn lift(
    work: &mut (dyn UnitOfWork + '_),
    asker: &Asker,
    stored: &StoredEpisode,
    tombstone: &Tombstone,
    people: &[PersonId],
    at: Timestamp,
) -> Result<Vec<AuditAction>, NotErased> {
    let (episode, today) = (&stored.state.episode, date_in_england(at));
    let mut did = Vec::new();
    let holds = work.retention().holds(asker, Some(&[episode.id()])).await?;
    for hold in holds {
        if hold.placed_at > tombstone.erased_at && hold.order().is_in_force(today) {
            return Err(NotErased::Retained(Obstacle::Hold));
        }
        work.retention().lift(asker, &hold.id, WHY, at).await?;
        did.push(AuditAction::Episode(Action::LiftHold, episode.id()));
    }
    let about: Vec<PersonId> = people.iter().copied().chain([episode.child()]).collect();
    let requests = work.retention().requests(asker, Some(&about)).await?;
    for request in requests {
        if request.opened_at > tombstone.erased_at {
            return Err(NotErased::Retained(Obstacle::AccessRequest { since: request.received_on }));
        }
        work.retention().close_request(asker, &request.id, WHY, at).await?;
        did.push(AuditAction::Episode(Action::ExportSubjectAccess, request.episode));
    }
    Ok(did)
}

/// Takes back each join of somebody who goes with somebody who stays: it was taken back before, or both would have gone.
async fn keep_apart(
    work: &mut (dyn UnitOfWork + '_),
    asker: &Asker,
    people: &BTreeSet<PersonId>,
    at: Timestamp,
) -> Result<Vec<AuditAction>, NotErased> {
    let ids: Vec<PersonId> = people.iter().copied().collect();
    let mut merges = joins(&mut *work.people(), &asker.actor, &ids).await?;
    let mut did = Vec::new();
    while let Some(number) = crossing(&merges, people) {
        let both = take_back(work, asker, &mut merges, number, at).await?;
        did.extend(both.map(|id| AuditAction::Person(Action::UndoMergePeople, id)));
    }
    Ok(did)
}

fn crossing(merges: &Merges, people: &BTreeSet<PersonId>) -> Option<u64> {
    let crosses = |kept: &PersonId, merged: &PersonId| people.contains(kept) != people.contains(merged);
    let in_force = merges.all().filter(|merge| merge.undone.is_none());
    in_force.filter(|merge| crosses(&merge.kept.id, &merge.merged.id)).map(|merge| merge.number).last()
}

/// Takes that join back, or one that was made later and is in the way.
async fn take_back(
    work: &mut (dyn UnitOfWork + '_),
    asker: &Asker,
    merges: &mut Merges,
    mut number: u64,
    at: Timestamp,
) -> Result<[PersonId; 2], NotErased> {
    let (actor, today) = (&asker.actor, date_in_england(at));
    loop {
        let merge = merges.all().find(|merge| merge.number == number).ok_or_else(unreadable)?;
        let (kept, merged) = (merge.kept.id, merge.merged.id);
        let mut records = work.people();
        let now = records.find(actor, kept).await?.ok_or_else(unreadable)?;
        let other = records.find(actor, merged).await?.ok_or_else(unreadable)?;
        match merges.part(number, &now.person, today, actor.id()) {
            Ok((merge, apart)) => {
                records.add_undone(actor, &merge, at).await?;
                records.replace(actor, &apart.kept, now.revision, at).await?;
                records.replace(actor, &apart.merged, other.revision, at).await?;
                merges.put(merge);
                return Ok([kept, merged]);
            }
            Err(MergeRefused::LaterMerge { number: later, .. }) => number = later,
            Err(_) => return Err(unreadable().into()),
        }
    }
}

fn unreadable() -> StoreError {
    StoreError::Unavailable("a stored join of two records cannot be taken back".to_owned())
}
