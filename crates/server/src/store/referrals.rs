//! The repository of what was sent to social care. Added once, never changed.

use assessment_api::referral::SentDocument;
use assessment_people::{
    id::{EpisodeId, ReferralId},
    who::{Organisation, Stamp},
};
use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{StoreError, episodes::Asker};

/// What was sent to social care.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentReferral {
    /// The id, which the one who sent it chose, so that a repeat asks nobody twice. Older ones have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<ReferralId>,
    /// The front door.
    pub to: Organisation,
    /// Who sent it, and when.
    pub sent: Stamp,
    /// The answers to the questions of the referral.
    pub answers: Value,
    /// The contact form, as it was shown before it was sent.
    pub document: SentDocument,
}

/// Finds and adds what was sent.
#[async_trait]
pub trait ReferralRepository: Send {
    /// Everything that was sent from an episode that concerns them, the newest first.
    async fn list(&mut self, asker: &Asker, episode: EpisodeId) -> Result<Vec<SentReferral>, StoreError>;

    /// Adds what is sent from an episode that concerns them. [`StoreError::Conflict`] if the episode has one of that id.
    async fn add(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        sent: &SentReferral,
        at: Timestamp,
    ) -> Result<(), StoreError>;
}
