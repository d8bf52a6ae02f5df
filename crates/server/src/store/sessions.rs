//! People who sign in, their attempts and their sessions. Not records: they end, so they may change.
//!
//! Each call is one transaction. Signing in and out is audited in the same one.

use std::collections::BTreeMap;

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use super::{StoreError, episodes::Because};
use crate::{actor::Actor, staff::StaffMember};

/// An attempt to sign in. It can be finished once, by the browser that began it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// SHA-256 of the state in the address.
    pub state_sha256: String,
    /// SHA-256 of the secret in the browser's cookie.
    pub browser_sha256: String,
    /// What the ID token must repeat.
    pub nonce: String,
    /// The PKCE verifier.
    pub verifier: String,
    /// The page to return to: a path of ours.
    pub return_to: String,
    /// When it began.
    pub begun_at: Timestamp,
}

/// An attempt that somebody came back for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenAttempt {
    /// The attempt.
    pub attempt: Attempt,
    /// Whether nobody came back for it before. Only then may its code be used.
    pub first: bool,
}

/// Somebody who has signed in at least once. The id says nothing about them; records and the audit trail carry it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Practitioner {
    /// A random UUID.
    pub id: String,
    /// Whether they have been shut out here, whatever their provider says.
    pub disabled: bool,
}

/// Somebody who has signed in, for a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownStaff {
    /// Their id.
    pub id: String,
    /// As their provider described them last; without roles, which are never remembered.
    pub staff: StaffMember,
    /// Since when they have been shut out here.
    pub disabled_at: Option<Timestamp>,
}

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSession {
    /// SHA-256 of the secret in the cookie.
    pub secret_sha256: String,
    /// Whose it is.
    pub practitioner: String,
    /// The person as their provider described them when they signed in.
    pub staff: StaffMember,
    /// When it began.
    pub started_at: Timestamp,
    /// When it was last used, to within half a minute.
    pub seen_at: Timestamp,
    /// When it ends in any case.
    pub ends_at: Timestamp,
    /// Whether it has been ended, or its person shut out.
    pub ended: bool,
}

/// How long an attempt may take, in seconds. People look for their phone meanwhile.
pub const ATTEMPT_SECONDS: i64 = 15 * 60;

/// How long ended sessions and old attempts stay, in seconds, so that a late "Back" still finds its page.
pub const REMEMBERED_SECONDS: i64 = 24 * 3600;

/// What the store knows of people who sign in.
#[async_trait]
pub trait Sessions: Send + Sync {
    /// Stores an attempt, and forgets those that nobody came back for.
    async fn begin(&self, attempt: &Attempt) -> Result<(), StoreError>;

    /// Finds the attempt with that state and marks it as used, in one step: of two at once, one is the first.
    async fn take(&self, state_sha256: &str, at: Timestamp) -> Result<Option<TakenAttempt>, StoreError>;

    /// The practitioner with that issuer and subject. `new_id` is theirs if they are new; name and organisation are
    /// brought up to date.
    async fn meet(
        &self,
        staff: &StaffMember,
        new_id: &str,
        at: Timestamp,
    ) -> Result<Practitioner, StoreError>;

    /// Everybody who has ever signed in, as their provider described them last; without roles, which are never remembered.
    async fn practitioners(&self) -> Result<Vec<(String, StaffMember)>, StoreError>;

    /// Stores a session, with its audit entry.
    async fn open(&self, session: &StoredSession) -> Result<(), StoreError>;

    /// The session with that secret.
    async fn find(&self, secret_sha256: &str) -> Result<Option<StoredSession>, StoreError>;

    /// Notes that a session was used.
    async fn seen(&self, secret_sha256: &str, at: Timestamp) -> Result<(), StoreError>;

    /// Ends a session, with its audit entry. Ending one that has ended does nothing.
    async fn end(&self, secret_sha256: &str, at: Timestamp) -> Result<(), StoreError>;

    /// The names of practitioners, by id, as they were when they last signed in. Unknown ids are left out.
    async fn names(&self, ids: &[String]) -> Result<BTreeMap<String, String>, StoreError>;

    /// Some of those who have ever signed in, in the order of their ids.
    async fn staff(&self, after: Option<Uuid>, limit: u32) -> Result<Vec<KnownStaff>, StoreError>;

    /// Shuts a person out, or lets them in again, with its audit entry; their sessions end. `None` if nobody has that id.
    async fn set_disabled(
        &self,
        by: &Actor,
        practitioner: Uuid,
        disabled: bool,
        because: Because<'_>,
        at: Timestamp,
    ) -> Result<Option<()>, StoreError>;
}
