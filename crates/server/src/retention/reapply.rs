//! Erasing again after a backup was restored that was made before records were erased.

pub(super) mod again;

use std::collections::BTreeSet;

use assessment_people::{
    id::{EpisodeId, PersonId},
    retention::Obstacle,
};
use jiff::Timestamp;

use super::{NotErased, draft, run, story};
use crate::{
    identifier::DraftId,
    store::{
        Store, StoreError,
        retention::{ErasedKind, Tombstone},
    },
};

/// What became of a list of erased records.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reapplied {
    /// How many were in the backup and are erased now.
    pub erased: u32,
    /// How many were not there.
    pub gone: u32,
    /// Those that were ordered or asked for after they had been erased. A person has to lift or close it first.
    pub kept: Vec<(String, Obstacle)>,
}

/// Erases again what is on the list, in its order, with the people who are on it. Orders and requests of the backup that are older
/// than the erasure are lifted and closed, and joins that would take somebody else along are taken back.
///
/// # Errors
/// If the store fails. It can be repeated.
pub async fn reapply(store: &dyn Store, list: &[Tombstone], at: Timestamp) -> Result<Reapplied, StoreError> {
    let asker = run::operator()?;
    let people = list.iter().flat_map(|tombstone| &tombstone.people);
    let everybody: BTreeSet<PersonId> = people.filter_map(|id| PersonId::parse(id)).collect();
    let mut outcome = Reapplied::default();
    for tombstone in list {
        let done = match tombstone.kind {
            ErasedKind::Episode => match EpisodeId::parse(&tombstone.id) {
                Some(id) => {
                    let by = run::By::Tombstone(again::Again { tombstone, everybody: &everybody });
                    run::one(store, &asker, id, by, at).await.map(|_| true)
                }
                None => Ok(false),
            },
            ErasedKind::Draft => match DraftId::parse(&tombstone.id) {
                Some(id) => Ok(draft::erase(store, &asker, id, tombstone.erased_at, at).await?),
                None => Ok(false),
            },
            ErasedKind::Story => match tombstone.story() {
                Some(about) => Ok(story::erase_again(store, &asker, about, tombstone.erased_at, at).await?),
                None => Ok(false),
            },
        };
        match done {
            Ok(true) => outcome.erased += 1,
            Ok(false) | Err(NotErased::Missing) => outcome.gone += 1,
            Err(NotErased::Retained(kept)) => outcome.kept.push((tombstone.id.clone(), kept)),
            Err(NotErased::Store(error)) => return Err(error),
        }
    }
    Ok(outcome)
}
