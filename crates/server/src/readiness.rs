//! Whether new requests should be sent here. From the signal to stop on they should not, while those that come are still
//! answered: a load balancer needs a moment to notice.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// Whether the server is about to stop. Copies share it.
#[derive(Debug, Clone, Default)]
pub struct Readiness(Arc<AtomicBool>);

impl Readiness {
    /// From now on, not ready.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// Whether it has been told to stop.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}
