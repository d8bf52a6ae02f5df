//! Which idempotency keys are being worked on in this process, so that a hasty repeat waits instead of working twice.
//!
//! This is only manners: the database's unique key is what prevents a second record.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

type Keys = Arc<Mutex<HashSet<(String, String)>>>;

/// The keys being worked on, each with its actor.
#[derive(Default)]
pub(crate) struct InFlight(Keys);

/// Holds a key until dropped.
pub(crate) struct Held {
    keys: Keys,
    key: (String, String),
}

impl InFlight {
    /// Holds the key, or `None` if somebody does already.
    pub(crate) fn hold(&self, actor: &str, key: &str) -> Option<Held> {
        let key = (actor.to_owned(), key.to_owned());
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        keys.insert(key.clone()).then(|| Held { keys: Arc::clone(&self.0), key })
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.key);
    }
}
