//! Which idempotency keys this process is working on, so that an impatient repeat does not do the same work twice.
//!
//! This saves work only: what prevents a second record is the store, which takes each key once.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

type Keys = Arc<Mutex<HashSet<(String, String)>>>;

/// The keys being worked on, each with its actor.
#[derive(Default)]
pub(crate) struct InFlight(Keys);

/// A claim on a key, given up when dropped.
pub(crate) struct Claim {
    keys: Keys,
    key: (String, String),
}

impl InFlight {
    /// Claims the key; `None` if another request has it.
    pub(crate) fn claim(&self, actor: &str, key: &str) -> Option<Claim> {
        let key = (actor.to_owned(), key.to_owned());
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        keys.insert(key.clone()).then(|| Claim { keys: Arc::clone(&self.0), key })
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.key);
    }
}
