//! What operators see and set of a running server: figures, limits, and whether it is about to stop. Copies share it.

use std::sync::Arc;

use crate::{
    actor::Actor,
    error::ApiError,
    limits::{Limit, Limits, RateLimits, TooMany, proxies::TrustedProxies},
    metrics::Metrics,
    readiness::Readiness,
};

/// All of it.
#[derive(Clone, Default)]
pub struct Operations {
    /// Figures.
    pub metrics: Arc<Metrics>,
    /// Whether new requests should come here.
    pub readiness: Readiness,
    limits: Option<Arc<Limits>>,
    proxies: TrustedProxies,
}

impl Operations {
    /// With these limits, or none, and these proxies before the server.
    #[must_use]
    pub fn new(limits: Option<&RateLimits>, proxies: TrustedProxies) -> Self {
        Self { limits: limits.map(|limits| Arc::new(Limits::new(limits))), proxies, ..Self::default() }
    }

    pub(crate) fn limits(&self) -> Option<&Limits> {
        self.limits.as_deref()
    }

    pub(crate) fn proxies(&self) -> &TrustedProxies {
        &self.proxies
    }

    /// Counts a search for people, or the question who may be the same child.
    ///
    /// # Errors
    /// If it is one too many.
    pub(crate) fn search(&self, actor: &Actor) -> Result<(), ApiError> {
        self.counted(actor, |limits| limits.search(actor.id()))
    }

    /// Counts a record that somebody opens.
    ///
    /// # Errors
    /// If it is one too many.
    pub(crate) fn look_up(&self, actor: &Actor) -> Result<(), ApiError> {
        self.counted(actor, |limits| limits.look_up(actor.id()))
    }

    fn counted(
        &self,
        actor: &Actor,
        count: impl FnOnce(&Limits) -> Result<(), TooMany>,
    ) -> Result<(), ApiError> {
        let Some(limits) = self.limits() else { return Ok(()) };
        let Err(excess) = count(limits) else { return Ok(()) };
        if excess.limit == Limit::LookUps && limits.is_news(actor.id()) {
            // Somebody must hear of it: the id leads to the person, and to what they opened, in the audit trail.
            tracing::warn!(
                actor = actor.id(),
                "somebody has looked up as many records as the limit of a day allows, and was stopped"
            );
        }
        Err(self.refuse(excess))
    }

    /// The refusal, counted.
    pub(crate) fn refuse(&self, excess: TooMany) -> ApiError {
        self.metrics.refused(excess.limit);
        match excess.limit {
            Limit::LookUps => ApiError::too_many_look_ups(excess.seconds),
            Limit::Person | Limit::Address | Limit::Guesses | Limit::Search => {
                ApiError::too_many_requests(excess.seconds)
            }
        }
    }
}
