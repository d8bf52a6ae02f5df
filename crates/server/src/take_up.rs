//! Keeps take-up published: a quarter that is over is worked out before anybody asks for it. What is counted and what is hidden
//! is not decided here, and who may read it neither.

use std::{sync::Arc, time::Duration};

use assessment_engine::areas::Areas;
use assessment_people::take_up::Threshold;

use crate::{
    clock::Clock,
    episodes::{self, Making},
    evaluation::Evaluator,
    store::{Store, StoreError},
};

/// How often it looks whether a quarter has ended.
const EVERY: Duration = Duration::from_secs(60 * 60);

/// How far publishing has come, as one process knows it: its requests and its [`Publisher`] share it, so that what one of them
/// has tried the other does not try again.
#[derive(Clone, Default)]
pub struct Progress(Arc<Making>);

impl Progress {
    pub(crate) fn making(&self) -> &Making {
        &self.0
    }
}

/// Publishes quarters that are over.
pub struct Publisher {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    areas: Areas,
    threshold: Threshold,
    progress: Progress,
}

impl Publisher {
    /// For that store, with what the profile says of areas and of small numbers.
    #[must_use]
    pub fn new(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        evaluator: &Evaluator,
        progress: Progress,
    ) -> Self {
        let (areas, threshold) = (evaluator.areas().clone(), evaluator.threshold());
        Self { store, clock, areas, threshold, progress }
    }

    /// Publishes what is over and missing. Each quarter is published once, however many servers there are.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn publish(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        episodes::publish_missing(&*self.store, now, &self.areas, self.threshold, self.progress.making())
            .await
    }

    /// Does so at once and then every hour. Never ends.
    pub async fn keep_publishing(self) {
        let mut hourly = tokio::time::interval(EVERY);
        loop {
            hourly.tick().await;
            if let Err(error) = self.publish().await {
                tracing::warn!(%error, "take-up could not be published; it is tried again within an hour");
            }
        }
    }
}
