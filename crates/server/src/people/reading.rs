//! Reading what is known of a person. An old id leads to the record that has everything now, and says so.

use std::collections::BTreeSet;

use assessment_people::{
    access::{Action, Answer, EpisodeFacts, Sight},
    id::{EpisodeId, PersonId},
    merge::Merges,
    who::Organisation,
};

use super::{
    Asking, NotDone, known, noted,
    reach::{holders, may_open},
};
use crate::store::{
    Store, StoreError,
    audit::AuditAction,
    people::{PersonReader, StoredPerson},
};

/// A person who may be read.
pub(crate) struct Read {
    /// The record.
    pub(crate) stored: StoredPerson,
    /// How much of it.
    pub(crate) sight: Sight,
    /// The organisations that hold an episode of theirs, as far as the one who reads may know of it.
    pub(crate) held_by: BTreeSet<Organisation>,
    /// Those episodes.
    pub(crate) episodes: Vec<EpisodeId>,
    /// Joins that the record was in, with names for people.
    pub(crate) merges: Merges,
}

/// What is known around a person who was found.
pub(super) struct Around {
    /// How much may be shown.
    pub(super) sight: Sight,
    /// Their episodes.
    pub(super) episodes: Vec<EpisodeFacts>,
    /// Joins that the record was in.
    pub(super) merges: Merges,
}

/// Reads a person.
///
/// # Errors
/// There is no such person, or they may not.
pub(crate) async fn read(store: &dyn Store, asking: &Asking, id: PersonId) -> Result<Read, NotDone> {
    let looked = {
        let mut view = store.view().await?;
        let mut reader = view.people();
        found(&mut *reader, asking, Action::ReadPerson, id).await
    };
    let (stored, around) = noted(store, asking, looked).await?;
    let merges = known::named(store, &around.merges).await?;
    let action = AuditAction::Person(Action::ReadPerson, stored.person.id);
    let unit = store.begin().await?;
    unit.save_because(&asking.asker.actor, action, asking.at, asking.reason.as_ref()).await?;
    let held_by = holders(asking, &stored.person, &around.episodes);
    let episodes = may_open(asking, &stored.person, &around.episodes);
    Ok(Read { stored, sight: around.sight, held_by, episodes, merges })
}

/// Whether they may do that with a person.
///
/// # Errors
/// If the store fails.
pub(crate) async fn may(
    reader: &mut (dyn PersonReader + '_),
    asking: &Asking,
    action: Action,
    id: PersonId,
) -> Result<bool, StoreError> {
    match found(reader, asking, action, id).await {
        Ok(_) => Ok(true),
        Err(NotDone::Store(error)) => Err(error),
        Err(_) => Ok(false),
    }
}

/// The record to which an id leads, if they may do that with it.
pub(super) async fn found(
    reader: &mut (dyn PersonReader + '_),
    asking: &Asking,
    action: Action,
    id: PersonId,
) -> Result<(StoredPerson, Around), NotDone> {
    let merges = known::joins(reader, &asking.asker.actor, &[id]).await?;
    let to = merges.lead(id).to;
    let nobody = NotDone::RefusedLook { answer: Answer::Unknown, action, id, why: None };
    let stored = reader.find(&asking.asker.actor, to).await?.ok_or(nobody)?;
    let episodes = known::episodes(reader, asking, &merges, &[to]).await?.remove(&to).unwrap_or_default();
    let sight = asking.may_with(action, to, &episodes, stored.person.protection.level)?;
    Ok((stored, Around { sight, episodes, merges }))
}
