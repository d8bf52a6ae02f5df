//! Who is acting. Every handler and every repository takes an [`Actor`]; nothing can be read or written without one.
//! How the server finds out who that is: [`crate::sign_in`].

use std::sync::Arc;

use crate::sign_in::SignIn;

/// Somebody known to the server, by an id that says nothing about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    id: String,
}

impl Actor {
    /// An actor with that id. Only an identity check and tests may call this.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into() }
    }

    /// The id that records and the audit trail carry.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }
}

/// How the server knows who is acting.
#[derive(Clone)]
pub enum Identity {
    /// Everyone is the same invented practitioner. For trying the form on one machine, never on a network.
    Demo(Actor),
    /// People sign in, or portals send tokens.
    SignIn(Arc<SignIn>),
}

impl Identity {
    /// The invented practitioner of the demo.
    #[must_use]
    pub fn demo() -> Self {
        Self::Demo(Self::first_practitioner())
    }

    /// The one who sent everything before people signed in.
    #[must_use]
    pub fn first_practitioner() -> Actor {
        Actor::new("demo-practitioner")
    }
}
