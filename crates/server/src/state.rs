//! What every handler may use. Store and clock are traits, so a test can bring its own.

use std::{ops::Deref, path::PathBuf, sync::Arc, time::Duration};

use assessment_people::who::Organisation;

use crate::{
    actor::Identity, clock::Clock, evaluation::Evaluator, in_flight::InFlight, operations::Operations,
    partners::Partners, sign_in::session::SessionPolicy, store::Store, take_up,
};

/// What [`crate::app`] needs.
pub struct Setup {
    /// Where records are stored.
    pub store: Arc<dyn Store>,
    /// Reads, checks and evaluates with the rule pack and the authority's profile.
    pub evaluator: Evaluator,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Who is acting.
    pub identity: Identity,
    /// The organisation that takes referrals.
    pub front_door: Option<Organisation>,
    /// The folder with the built form.
    pub assets: PathBuf,
    /// How long a body may take to arrive.
    pub body_patience: Duration,
    /// Whose portals may embed the form.
    pub partners: Partners,
    /// How far publishing of take-up has come.
    pub take_up: take_up::Progress,
    /// What operators see and set.
    pub operations: Operations,
}

/// [`Setup`], shared between requests.
#[derive(Clone)]
pub(crate) struct AppState(Arc<Shared>);

pub(crate) struct Shared {
    setup: Setup,
    pub(crate) in_flight: InFlight,
}

impl AppState {
    pub(crate) fn new(setup: Setup) -> Self {
        Self(Arc::new(Shared { setup, in_flight: InFlight::default() }))
    }

    /// How long sessions last.
    pub(crate) fn session_policy(&self) -> SessionPolicy {
        match &self.identity {
            Identity::Demo(_) => SessionPolicy::default(),
            Identity::SignIn(sign_in) => sign_in.sessions,
        }
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
