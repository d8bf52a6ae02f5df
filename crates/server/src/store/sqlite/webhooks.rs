//! What partners' servers are told, in SQLite. Its one writer is the claim: of two programs on one file, one is the first.

use assessment_people::id::EpisodeId;
use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::{Executor as _, SqliteConnection};
use uuid::Uuid;

use super::SqliteStore;
use crate::{
    clock::microseconds,
    store::{
        StoreError,
        episodes::Asker,
        rows::webhooks as of,
        webhooks::{
            Claimed, Counts, Ended, NewEvent, Outbox, StoredDelivery, WantedDeliveries, WebhookReader,
            WebhookRepository,
        },
    },
};

pub(super) struct Webhooks<'c>(pub(super) &'c mut SqliteConnection);

#[async_trait]
impl WebhookReader for Webhooks<'_> {
    async fn list(
        &mut self,
        partner: &str,
        wanted: WantedDeliveries,
    ) -> Result<Vec<StoredDelivery>, StoreError> {
        let before = wanted.before.and_then(|before| i64::try_from(before).ok()).unwrap_or(i64::MAX);
        let query = sqlx::query_as::<_, of::Delivery>(
            "SELECT event.seq, event.id, event.kind, event.at_us, state, due_us, attempts, outcome \
             FROM webhook_events AS event JOIN webhook_deliveries ON event_id = event.id \
             WHERE partner = ?1 AND event.seq < ?2 ORDER BY event.seq DESC LIMIT ?3",
        );
        let query = query.bind(partner).bind(before).bind(i64::from(wanted.limit));
        query.fetch_all(&mut *self.0).await?.into_iter().map(of::delivery).collect()
    }
}

#[async_trait]
impl WebhookRepository for Webhooks<'_> {
    async fn add(&mut self, _: &Asker, event: &NewEvent) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO webhook_events (id, partner, kind, episode_id, version_id, at_us) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )
        .bind(event.id.hyphenated().to_string())
        .bind(&event.partner)
        .bind(event.kind.as_str())
        .bind(event.episode.to_string())
        .bind(event.version.map(|id| id.to_string()))
        .bind(microseconds(event.at));
        self.0.execute(insert).await?;
        let insert = sqlx::query(
            "INSERT INTO webhook_deliveries (event_id, state, attempts, since_us, due_us) \
             VALUES (?1, 'pending', 0, ?2, ?2)",
        );
        let insert = insert.bind(event.id.hyphenated().to_string()).bind(microseconds(event.at));
        self.0.execute(insert).await?;
        Ok(())
    }

    async fn replay(
        &mut self,
        partner: &str,
        id: Uuid,
        at: Timestamp,
    ) -> Result<Option<EpisodeId>, StoreError> {
        let find = sqlx::query_as::<_, (String,)>(
            "SELECT episode_id FROM webhook_events WHERE id = ?1 AND partner = ?2",
        );
        let id = id.hyphenated().to_string();
        let found = find.bind(&id).bind(partner).fetch_optional(&mut *self.0).await?;
        let again = sqlx::query(
            "INSERT INTO webhook_deliveries (event_id, state, attempts, since_us, due_us) \
             VALUES (?2, 'pending', 0, ?1, ?1) ON CONFLICT (event_id) \
             DO UPDATE SET state = 'pending', attempts = 0, since_us = excluded.since_us, due_us = excluded.due_us",
        );
        if found.is_some() {
            self.0.execute(again.bind(microseconds(at)).bind(&id)).await?;
        }
        found.map(|(episode,)| of::episode(&episode)).transpose()
    }
}

#[async_trait]
impl Outbox for SqliteStore {
    async fn claim(
        &self,
        partner: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Option<Claimed>, StoreError> {
        // Nobody waits for the right to write while there is nothing to do.
        let look = sqlx::query_as::<_, (i64,)>(
            "SELECT 1 FROM webhook_deliveries JOIN webhook_events ON webhook_events.id = event_id \
             WHERE state = 'pending' AND due_us <= ?1 AND partner = ?2 LIMIT 1",
        );
        let look = look.bind(microseconds(now)).bind(partner);
        if look.fetch_optional(&self.readers).await?.is_none() {
            return Ok(None);
        }
        let mut turn = self.turn().await?;
        let find = sqlx::query_as::<_, of::Claim>(
            "SELECT event.id, partner, kind, episode_id, version_id, at_us, attempts + 1, since_us \
             FROM webhook_deliveries JOIN webhook_events AS event ON event.id = event_id \
             WHERE state = 'pending' AND due_us <= ?1 AND partner = ?2 ORDER BY due_us, event.seq LIMIT 1",
        );
        let find = find.bind(microseconds(now)).bind(partner);
        let Some(row) = find.fetch_optional(&mut *turn).await? else {
            turn.cancel().await?;
            return Ok(None);
        };
        let update = sqlx::query(
            "UPDATE webhook_deliveries SET attempts = attempts + 1, due_us = ?1 WHERE event_id = ?2",
        );
        update.bind(microseconds(until)).bind(&row.0).execute(&mut *turn).await?;
        turn.commit().await?;
        of::claimed(row).map(Some)
    }

    async fn ended(&self, id: Uuid, attempt: u32, ended: Ended, outcome: &str) -> Result<(), StoreError> {
        let (state, due) = of::after(ended);
        let update = sqlx::query(
            "UPDATE webhook_deliveries SET state = ?1, due_us = coalesce(?2, due_us), outcome = ?3 \
             WHERE event_id = ?4 AND state = 'pending' AND (attempts = ?5 OR ?1 = 'delivered')",
        );
        let update = update.bind(state).bind(due).bind(outcome);
        let update = update.bind(id.hyphenated().to_string()).bind(i64::from(attempt));
        let mut turn = self.turn().await?;
        update.execute(&mut *turn).await?;
        turn.commit().await
    }

    async fn forget_delivered(&self, before: Timestamp) -> Result<u64, StoreError> {
        // Its due moment is the end of the claim under which it was taken.
        let forget = sqlx::query("DELETE FROM webhook_deliveries WHERE state = 'delivered' AND due_us < ?1");
        let mut turn = self.turn().await?;
        let done = forget.bind(microseconds(before)).execute(&mut *turn).await?;
        turn.commit().await?;
        Ok(done.rows_affected())
    }

    async fn counts(&self) -> Result<Counts, StoreError> {
        let query = sqlx::query_as::<_, (i64, i64)>(
            "SELECT count(*) FILTER (WHERE state = 'pending'), count(*) FILTER (WHERE state = 'failed') \
             FROM webhook_deliveries WHERE state <> 'delivered'",
        );
        let (pending, failed) = query.fetch_one(&self.readers).await?;
        Ok(Counts { pending: pending.unsigned_abs(), failed: failed.unsigned_abs() })
    }
}
