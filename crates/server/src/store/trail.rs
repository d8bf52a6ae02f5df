//! The audit trail of everybody, for those whose role reaches it. [`super::audit`] is what one person did themselves.

use assessment_people::id::EpisodeId;
use async_trait::async_trait;
use jiff::Timestamp;

use super::{StoreError, audit::AuditPage, episodes::Asker};

/// Which part of the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedTrail {
    /// From where on.
    pub page: AuditPage,
    /// How many at most.
    pub limit: u32,
    /// Only entries of this moment or later.
    pub from: Option<Timestamp>,
    /// Only entries before this moment.
    pub until: Option<Timestamp>,
    /// Only entries about one of these records: kind and id.
    pub about: Option<Vec<(String, String)>>,
}

/// An entry of the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrailEntry {
    /// Its position in the trail, from 1.
    pub sequence: u64,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it, as records know them.
    pub actor: String,
    /// What they were called then, where they had signed in.
    pub name: Option<String>,
    /// For whom they acted then.
    pub organisation: Option<String>,
    /// What, by code.
    pub action: String,
    /// To which kind of record.
    pub subject_kind: String,
    /// To which record.
    pub subject_id: String,
    /// The episode that a version belongs to, where the record is one.
    pub episode: Option<String>,
    /// Why, in their own words.
    pub reason: Option<String>,
}

/// A look at a record of somebody who was never let into its episode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Its position in the trail.
    pub sequence: u64,
    /// When it happened.
    pub at: Timestamp,
    /// Who looked, as records know them.
    pub actor: String,
    /// What they were called then.
    pub name: Option<String>,
    /// For whom they acted then.
    pub organisation: Option<String>,
    /// The episode, or one of the child that they looked at.
    pub episode: EpisodeId,
    /// The child's name as lists show it now. For comparing only.
    pub child_name: Option<String>,
}

/// A copy of the register that somebody took away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// When.
    pub at: Timestamp,
    /// Who, as records know them.
    pub actor: String,
    /// What they were called then.
    pub name: Option<String>,
    /// For whom they acted then.
    pub organisation: Option<String>,
    /// How many episodes were in it.
    pub episodes: usize,
}

/// Reads the audit trail of everybody.
#[async_trait]
pub trait TrailReader: Send {
    /// One page of the trail, in the page's order. Empty for somebody whose role does not reach it.
    async fn list(&mut self, asker: &Asker, wanted: &WantedTrail) -> Result<Vec<TrailEntry>, StoreError>;

    /// Looks from one moment on and before another, at records of episodes that the person who looked was never let into, at
    /// most `limit`, the latest first. Empty for somebody whose role does not reach the trail.
    async fn looks(
        &mut self,
        asker: &Asker,
        from: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Look>, StoreError>;

    /// Copies of the register from one moment on and before another, at most `limit`, the latest first. Empty for somebody
    /// whose role does not reach the trail.
    async fn exports(
        &mut self,
        asker: &Asker,
        from: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Export>, StoreError>;
}
