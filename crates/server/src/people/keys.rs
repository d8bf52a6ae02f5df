//! Making the keys of people again after a release that makes them in another way.

use assessment_people::matching::KEYS_VERSION;
use jiff::Timestamp;

use crate::{
    actor::Actor,
    store::{Store, StoreError},
};

/// The step as the database remembers it. It has the number of [`KEYS_VERSION`] in it.
const STEP: &str = "match-keys-2";
const _: () = assert!(KEYS_VERSION == 2, "name the step by the new version");

/// How many people at a time.
const AT_ONCE: u32 = 500;

/// Makes the keys of all people again whose keys are of another version; once for each version, in one transaction.
pub(crate) async fn renew_keys(store: &dyn Store, at: Timestamp) -> Result<(), StoreError> {
    match attempt(store, at).await {
        // Another program did it at the same time.
        Err(StoreError::Conflict(_)) => attempt(store, at).await,
        outcome => outcome,
    }
}

async fn attempt(store: &dyn Store, at: Timestamp) -> Result<(), StoreError> {
    let system = Actor::new("system");
    let mut unit = store.begin().await?;
    if unit.is_upgraded(STEP).await? {
        return unit.cancel().await;
    }
    while unit.people().renew_keys(&system, AT_ONCE).await? == AT_ONCE {}
    unit.upgraded(STEP, at).await
}
