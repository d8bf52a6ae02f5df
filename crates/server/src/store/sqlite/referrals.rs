//! What was sent to social care, in SQLite.

use std::collections::BTreeMap;

use assessment_people::id::EpisodeId;
use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::{Executor as _, SqliteConnection};

use super::episodes::{organisation, person};
use crate::{
    clock::microseconds,
    store::{
        StoreError,
        episodes::{Asker, Receipt, WantedReceipt},
        referrals::{ReferralRepository, SentReferral},
        rows::{episodes, referrals as of},
    },
};

pub(super) struct Referrals<'c>(pub(super) &'c mut SqliteConnection);

/// The first look of each that is wanted, of episodes that concern them.
pub(super) async fn receipts(
    connection: &mut SqliteConnection,
    asker: &Asker,
    wanted: &[WantedReceipt],
) -> Result<BTreeMap<EpisodeId, Receipt>, StoreError> {
    // First what was done to the episode, then what was done to its versions.
    let query = sqlx::query_as::<_, episodes::Receipt>(
        "WITH wanted AS (SELECT value ->> 0 AS id, value ->> 1 AS organisation, value ->> 2 AS from_us FROM json_each(?1)), \
         looks AS (SELECT wanted.id, audit.seq FROM wanted JOIN audit \
         ON subject_kind = 'episode' AND subject_id = wanted.id \
         UNION ALL SELECT wanted.id, audit.seq FROM wanted JOIN versions ON versions.episode_id = wanted.id \
         JOIN audit ON subject_kind = 'assessment' AND subject_id = versions.version_id) \
         SELECT wanted.id, practitioners.name, audit.at_us FROM wanted JOIN looks ON looks.id = wanted.id \
         JOIN audit ON audit.seq = looks.seq JOIN practitioners ON practitioners.id = audit.actor \
         WHERE practitioners.organisation = wanted.organisation AND audit.at_us >= wanted.from_us \
         AND audit.action IN ('read-version', 'read-referral') \
         AND (?4 OR EXISTS (SELECT 1 FROM episode_access AS access WHERE access.key IN (?2, ?3) \
         AND access.episode_id = wanted.id)) ORDER BY audit.seq",
    );
    let query = query.bind(episodes::receipts_wanted(wanted)).bind(person(asker)).bind(organisation(asker));
    let found = query.bind(asker.authority).fetch_all(connection).await?;
    Ok(episodes::first_receipts(found))
}

#[async_trait]
impl ReferralRepository for Referrals<'_> {
    async fn list(&mut self, asker: &Asker, episode: EpisodeId) -> Result<Vec<SentReferral>, StoreError> {
        let query = sqlx::query_as::<_, of::Row>(
            "SELECT document FROM sent_referrals WHERE episode_id = ?1 AND \
             (?4 OR EXISTS (SELECT 1 FROM episode_access AS access WHERE access.key IN (?2, ?3) \
             AND access.episode_id = ?1)) ORDER BY seq DESC",
        );
        let query = query.bind(episode.to_string()).bind(person(asker)).bind(organisation(asker));
        let found = query.bind(asker.authority).fetch_all(&mut *self.0).await?;
        found.into_iter().map(of::referral).collect()
    }

    async fn add(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        sent: &SentReferral,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO sent_referrals (episode_id, id, actor, at_us, document) VALUES (?1, ?2, ?3, ?4, ?5)",
        )
        .bind(episode.to_string())
        .bind(sent.id.map(String::from))
        .bind(asker.actor.id())
        .bind(microseconds(at))
        .bind(of::document(sent)?);
        self.0.execute(insert).await?;
        Ok(())
    }
}
