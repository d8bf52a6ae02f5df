//! Erasing again after a backup was restored that was made before records were erased.

use assessment_people::{id::EpisodeId, retention::Kept};
use jiff::Timestamp;

use super::{NotErased, Wanted, draft, run};
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
    /// Those that an order or a request keeps in this backup. A person has to lift it first.
    pub kept: Vec<(String, Kept)>,
}

/// Erases again what is on the list, in its order.
///
/// # Errors
/// If the store fails. It can be repeated.
pub async fn reapply(store: &dyn Store, list: &[Tombstone], at: Timestamp) -> Result<Reapplied, StoreError> {
    let asker = run::operator()?;
    let mut outcome = Reapplied::default();
    for tombstone in list {
        let done = match tombstone.kind {
            ErasedKind::Episode => match EpisodeId::parse(&tombstone.id) {
                Some(id) => run::one(store, &asker, id, Wanted::Again, at).await.map(|_| true),
                None => Ok(false),
            },
            ErasedKind::Draft => match DraftId::parse(&tombstone.id) {
                Some(id) => Ok(draft::erase(store, &asker, id, tombstone.erased_at, at).await?),
                None => Ok(false),
            },
        };
        match done {
            Ok(true) => outcome.erased += 1,
            Ok(false) | Err(NotErased::Missing) => outcome.gone += 1,
            Err(NotErased::Kept(kept)) => outcome.kept.push((tombstone.id.clone(), kept)),
            Err(NotErased::Store(error)) => return Err(error),
        }
    }
    Ok(outcome)
}
