//! A store that notes how long its users wait for it. It changes nothing else.

use std::{sync::Arc, time::Instant};

use async_trait::async_trait;
use tracing::Instrument as _;

use super::{Store, StoreError, UnitOfWork, View, sessions::Sessions, webhooks::Outbox};
use crate::{
    metrics::{Metrics, Waiting},
    traces,
};

/// Another store, measured.
pub struct MeasuredStore {
    inner: Arc<dyn Store>,
    metrics: Arc<Metrics>,
}

impl MeasuredStore {
    /// Measures that store.
    #[must_use]
    pub fn new(inner: Arc<dyn Store>, metrics: Arc<Metrics>) -> Self {
        Self { inner, metrics }
    }

    async fn noted<T>(
        &self,
        waiting: Waiting,
        entering: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        let began = Instant::now();
        let entered = entering.instrument(traces::store_wait(waiting)).await;
        self.metrics.store_waited(waiting, began.elapsed());
        if entered.is_err() {
            self.metrics.store_failed();
        }
        entered
    }
}

#[async_trait]
impl Store for MeasuredStore {
    async fn ping(&self) -> Result<(), StoreError> {
        self.inner.ping().await
    }

    async fn audit_entries(&self) -> Result<u64, StoreError> {
        self.inner.audit_entries().await
    }

    async fn view(&self) -> Result<Box<dyn View>, StoreError> {
        self.noted(Waiting::ToRead, self.inner.view()).await
    }

    fn sessions(&self) -> &dyn Sessions {
        self.inner.sessions()
    }

    fn outbox(&self) -> &dyn Outbox {
        self.inner.outbox()
    }

    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError> {
        self.noted(Waiting::ToWrite, self.inner.begin()).await
    }

    async fn close(&self) {
        self.inner.close().await;
    }
}
