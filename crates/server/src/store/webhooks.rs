//! What partners' servers are told, and how far each delivery is. What is told never changes and is stored in the unit of work
//! of what it tells; how its delivery goes is no record, so those rows change. Both go with their episode when it is erased.
//!
//! The rows hold ids and kinds, and belong to no actor: nobody is acting when they are sent. What is shown of them to people
//! is decided in `crate::replaying`.

use assessment_people::id::{EpisodeId, VersionId};
use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use super::{StoreError, episodes::Asker};
use crate::webhooks::Kind;

/// Something to tell a partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// A random UUID. Each attempt has it, so that a receiver knows a repeat.
    pub id: Uuid,
    /// Whom to tell.
    pub partner: String,
    /// What happened.
    pub kind: Kind,
    /// To which episode.
    pub episode: EpisodeId,
    /// Which version was stored, if that is what happened.
    pub version: Option<VersionId>,
    /// When.
    pub at: Timestamp,
}

/// How far a delivery is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// It is tried next at that moment.
    Pending {
        /// When.
        due: Timestamp,
    },
    /// The partner's server has taken it.
    Delivered,
    /// It was tried for days, and is not any more.
    Failed,
}

/// A delivery, without the record that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDelivery {
    /// Later ones have greater numbers.
    pub number: u64,
    /// The id of what is told.
    pub id: Uuid,
    /// What happened.
    pub kind: Kind,
    /// When it happened.
    pub at: Timestamp,
    /// How far it is.
    pub progress: Progress,
    /// How often it was tried since it was stored or asked for again.
    pub attempts: u32,
    /// How the last attempt ended: the status of the answer, or a fixed word.
    pub outcome: Option<String>,
}

/// An attempt that has begun. If nobody says how it ended, the delivery is due again after the time it was claimed for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// What to tell.
    pub event: NewEvent,
    /// Which attempt this is, from 1.
    pub attempt: u32,
    /// Since when it is being tried.
    pub since: Timestamp,
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The partner's server has taken it.
    Delivered,
    /// It has not, and is asked again at that moment.
    Again(Timestamp),
    /// It has not, and is not asked any more.
    GivenUp,
}

/// How many deliveries there are that somebody may want to know of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// To be tried.
    pub pending: u64,
    /// Given up.
    pub failed: u64,
}

/// Which deliveries of a partner, newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WantedDeliveries {
    /// Only those before the one with this number.
    pub before: Option<u64>,
    /// How many at most.
    pub limit: u32,
}

/// Finds deliveries.
#[async_trait]
pub trait WebhookReader: Send {
    /// Deliveries of a partner, newest first.
    async fn list(
        &mut self,
        partner: &str,
        wanted: WantedDeliveries,
    ) -> Result<Vec<StoredDelivery>, StoreError>;
}

/// Adds what partners are told.
#[async_trait]
pub trait WebhookRepository: WebhookReader {
    /// Adds something to tell, due at once. [`StoreError::Conflict`] if its id was used before.
    async fn add(&mut self, asker: &Asker, event: &NewEvent) -> Result<(), StoreError>;

    /// Makes a delivery of that partner due at once, as if it were new, whatever became of it, and also where how it went is
    /// forgotten. Gives the episode that it is about; `None` if there is none.
    async fn replay(
        &mut self,
        partner: &str,
        id: Uuid,
        at: Timestamp,
    ) -> Result<Option<EpisodeId>, StoreError>;
}

/// Deliveries as those who send them see them. Each call is one transaction.
#[async_trait]
pub trait Outbox: Send + Sync {
    /// Begins an attempt of the delivery that has been due longest, which nobody else gets before `until`.
    async fn claim(
        &self,
        partner: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Option<Claimed>, StoreError>;

    /// Notes how an attempt ended. One that failed counts for nothing if another has begun since; one that succeeded always
    /// does.
    async fn ended(&self, id: Uuid, attempt: u32, ended: Ended, outcome: &str) -> Result<(), StoreError>;

    /// Forgets how those deliveries went that were taken before that moment, to within a minute. Gives how many there were.
    /// What was told stays.
    async fn forget_delivered(&self, before: Timestamp) -> Result<u64, StoreError>;

    /// How many there are.
    async fn counts(&self) -> Result<Counts, StoreError>;
}
