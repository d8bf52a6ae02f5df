//! What is known around a person: the joins that their record was in, where an old id leads, and the episodes that decide
//! who may see them.

use std::collections::{BTreeMap, BTreeSet};

use assessment_people::{
    access::EpisodeFacts,
    id::PersonId,
    merge::{Merge, Merges},
};

use super::Asking;
use crate::{
    actor::Actor,
    store::{Store, StoreError, people::PersonReader},
};

/// Who is meant where nobody knows any more who it was.
const SOMEBODY: &str = "a colleague";

/// All joins that these records were in, directly or by way of others.
pub(crate) async fn joins(
    reader: &mut (dyn PersonReader + '_),
    actor: &Actor,
    ids: &[PersonId],
) -> Result<Merges, StoreError> {
    let mut known: BTreeSet<PersonId> = ids.iter().copied().collect();
    loop {
        let asked: Vec<PersonId> = known.iter().copied().collect();
        let found = reader.merges(actor, &asked).await?;
        known.extend(found.iter().flat_map(|merge| [merge.kept.id, merge.merged.id]));
        if known.len() == asked.len() {
            return Ok(Merges::of(found));
        }
    }
}

/// The ids that lead to a record that was joined into no other, its own among them.
pub(crate) fn ids(merges: &Merges, to: PersonId) -> Vec<PersonId> {
    let joined = merges.all().map(|merge| merge.merged.id).filter(|id| merges.lead(*id).to == to);
    joined.chain([to]).collect::<BTreeSet<_>>().into_iter().collect()
}

/// What decides about each of these people, who were not joined into others: their own episodes, and those of records that
/// became part of theirs.
pub(super) async fn episodes(
    reader: &mut (dyn PersonReader + '_),
    asking: &Asking,
    merges: &Merges,
    ids: &[PersonId],
) -> Result<BTreeMap<PersonId, Vec<EpisodeFacts>>, StoreError> {
    let mut children: BTreeSet<PersonId> = ids.iter().copied().collect();
    let joined = merges.all().map(|merge| merge.merged.id);
    children.extend(joined.filter(|id| ids.contains(&merges.lead(*id).to)));
    let children: Vec<PersonId> = children.into_iter().collect();
    let mut all: BTreeMap<PersonId, Vec<EpisodeFacts>> = BTreeMap::new();
    for stored in reader.episodes_of(&asking.asker, &children).await? {
        let child = merges.lead(stored.state.episode.child()).to;
        let facts = EpisodeFacts::of(&stored.state.episode, stored.state.protection, [], false);
        all.entry(child).or_default().push(facts);
    }
    Ok(all)
}

/// The same joins with names for people instead of the ids of those who made them.
pub(super) async fn named(store: &dyn Store, merges: &Merges) -> Result<Merges, StoreError> {
    let undone = merges.all().filter_map(|merge| merge.undone.as_ref());
    let by = merges.all().map(|merge| merge.by.clone()).chain(undone.map(|(_, by)| by.clone()));
    let names = names(store, by.collect()).await?;
    let rename = |merge: &Merge| Merge {
        by: name(&names, &merge.by),
        undone: merge.undone.as_ref().map(|(on, by)| (*on, name(&names, by))),
        ..merge.clone()
    };
    Ok(Merges::of(merges.all().map(rename).collect()))
}

/// The names of those whom the audit trail knows by these ids.
pub(super) async fn names(
    store: &dyn Store,
    ids: BTreeSet<String>,
) -> Result<BTreeMap<String, String>, StoreError> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    store.sessions().names(&ids.into_iter().collect::<Vec<_>>()).await
}

/// The name of one of them.
pub(super) fn name(names: &BTreeMap<String, String>, id: &str) -> String {
    names.get(id).map_or(SOMEBODY, String::as_str).to_owned()
}
