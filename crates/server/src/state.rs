//! What every handler may use. Everything that touches the world outside (store, clock) is behind a trait, given from outside.

use std::{ops::Deref, path::PathBuf, sync::Arc, time::Duration};

use crate::{actor::Identity, clock::Clock, in_flight::InFlight, judge::Judge, store::Store};

/// What [`crate::app`] needs.
pub struct Setup {
    /// Where records are kept.
    pub store: Arc<dyn Store>,
    /// Reads, checks and evaluates; holds the rules and the authority's profile.
    pub judge: Judge,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Who is acting.
    pub identity: Identity,
    /// The folder with the built browser side.
    pub assets: PathBuf,
    /// How long a body may take to arrive.
    pub body_patience: Duration,
}

/// [`Setup`], shared between requests.
#[derive(Clone)]
pub(crate) struct AppState(Arc<Inside>);

pub(crate) struct Inside {
    setup: Setup,
    pub(crate) in_flight: InFlight,
}

impl AppState {
    pub(crate) fn new(setup: Setup) -> Self {
        Self(Arc::new(Inside { setup, in_flight: InFlight::default() }))
    }

    pub(crate) fn in_flight(&self) -> &InFlight {
        &self.0.in_flight
    }
}

impl Deref for AppState {
    type Target = Setup;

    fn deref(&self) -> &Setup {
        &self.0.setup
    }
}
