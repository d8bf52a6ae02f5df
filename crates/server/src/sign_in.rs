//! Who is asking, on a network: people who sign in through the authority's OpenID Connect provider, and portals that send
//! an access token along.
//!
//! ```text
//! cookie ─► session ─┐
//! token ──► bearer ──┼─► claims ─► StaffMember ─► practitioner (one per issuer and subject) ─► Caller (crate::caller)
//! callback ► provider┘
//! ```
//!
//! Invariants:
//! - **A person is an issuer and a subject**, never a mail address: schools hand `head@` on each September.
//! - **Roles are read again at each sign-in and from each token.** Nothing that was true last week lets anyone in.
//! - **A code, a token or a session is never in an address that we make, in a log, or where a script can read it.**
//! - What a person may do is not decided here, only who they are.

use std::sync::Arc;

pub mod bearer;
pub mod claims;
pub mod demo;
pub mod keys;
pub mod outside;
pub mod provider;
pub mod session;

use bearer::BearerIssuer;
use provider::Provider;
use session::SessionPolicy;

/// Everything that recognises people, as the settings say.
pub struct SignIn {
    /// The authority's sign-in page, if people sign in here themselves.
    pub provider: Option<Arc<Provider>>,
    /// The portals whose tokens are accepted.
    pub bearer: Vec<BearerIssuer>,
    /// How long a session lasts.
    pub sessions: SessionPolicy,
}
