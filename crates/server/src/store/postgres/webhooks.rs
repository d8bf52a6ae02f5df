//! What partners' servers are told, in PostgreSQL. No policy covers these tables, so nobody has to be named. A row that one
//! server claims is skipped by the others.

use assessment_people::id::EpisodeId;
use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use super::{PostgresStore, session::Session};
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

pub(super) struct Webhooks<'c>(pub(super) &'c mut Session);

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
             WHERE partner = $1 AND event.seq < $2 ORDER BY event.seq DESC LIMIT $3",
        );
        let query = query.bind(partner).bind(before).bind(i64::from(wanted.limit));
        self.0.everyone(query).await?.into_iter().map(of::delivery).collect()
    }
}

#[async_trait]
impl WebhookRepository for Webhooks<'_> {
    async fn add(&mut self, asker: &Asker, event: &NewEvent) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO webhook_events (id, partner, kind, episode_id, version_id, at_us) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(event.id.hyphenated().to_string())
        .bind(&event.partner)
        .bind(event.kind.as_str())
        .bind(event.episode.to_string())
        .bind(event.version.map(|id| id.to_string()))
        .bind(microseconds(event.at));
        self.0.add_for(asker, insert).await?;
        let insert = sqlx::query(
            "INSERT INTO webhook_deliveries (event_id, state, attempts, since_us, due_us) \
             VALUES ($1, 'pending', 0, $2, $2)",
        );
        let insert = insert.bind(event.id.hyphenated().to_string()).bind(microseconds(event.at));
        self.0.add_for(asker, insert).await
    }

    async fn replay(
        &mut self,
        partner: &str,
        id: Uuid,
        at: Timestamp,
    ) -> Result<Option<EpisodeId>, StoreError> {
        let find = sqlx::query_as::<_, (String,)>(
            "SELECT episode_id FROM webhook_events WHERE id = $1 AND partner = $2",
        );
        let id = id.hyphenated().to_string();
        let found = self.0.anyones(find.bind(&id).bind(partner)).await?;
        let again = sqlx::query(
            "INSERT INTO webhook_deliveries (event_id, state, attempts, since_us, due_us) \
             VALUES ($2, 'pending', 0, $1, $1) ON CONFLICT (event_id) \
             DO UPDATE SET state = 'pending', attempts = 0, since_us = excluded.since_us, due_us = excluded.due_us",
        );
        if found.is_some() {
            self.0.run(again.bind(microseconds(at)).bind(&id)).await?;
        }
        found.map(|(episode,)| of::episode(&episode)).transpose()
    }
}

#[async_trait]
impl Outbox for PostgresStore {
    async fn claim(
        &self,
        partner: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Option<Claimed>, StoreError> {
        let query = sqlx::query_as::<_, of::Claim>(
            "UPDATE webhook_deliveries AS delivery SET attempts = attempts + 1, due_us = $1 \
             FROM webhook_events AS event WHERE event.id = delivery.event_id AND delivery.event_id = ( \
              SELECT event_id FROM webhook_deliveries AS due JOIN webhook_events AS told ON told.id = due.event_id \
              WHERE state = 'pending' AND due_us <= $2 AND partner = $3 ORDER BY due_us, told.seq LIMIT 1 \
              FOR UPDATE OF due SKIP LOCKED) \
             RETURNING event.id, partner, kind, episode_id, version_id, at_us, attempts, since_us",
        );
        let query = query.bind(microseconds(until)).bind(microseconds(now)).bind(partner);
        let mut work = self.work().await?;
        let found = work.anyones(query).await?;
        work.commit().await?;
        found.map(of::claimed).transpose()
    }

    async fn ended(&self, id: Uuid, attempt: u32, ended: Ended, outcome: &str) -> Result<(), StoreError> {
        let (state, due) = of::after(ended);
        let update = sqlx::query(
            "UPDATE webhook_deliveries SET state = $1, due_us = coalesce($2, due_us), outcome = $3 \
             WHERE event_id = $4 AND state = 'pending' AND (attempts = $5 OR $1 = 'delivered')",
        );
        let update = update.bind(state).bind(due).bind(outcome);
        let update = update.bind(id.hyphenated().to_string()).bind(i64::from(attempt));
        let mut work = self.work().await?;
        work.run(update).await?;
        work.commit().await
    }

    async fn forget_delivered(&self, before: Timestamp) -> Result<u64, StoreError> {
        // Its due moment is the end of the claim under which it was taken.
        let forget = sqlx::query_as::<_, (i64,)>(
            "WITH gone AS (DELETE FROM webhook_deliveries WHERE state = 'delivered' AND due_us < $1 RETURNING 1) \
             SELECT count(*) FROM gone",
        );
        let mut work = self.work().await?;
        let forgotten = work.anyones(forget.bind(microseconds(before))).await?;
        work.commit().await?;
        Ok(forgotten.unwrap_or_default().0.unsigned_abs())
    }

    async fn counts(&self) -> Result<Counts, StoreError> {
        let query = sqlx::query_as::<_, (i64, i64)>(
            "SELECT count(*) FILTER (WHERE state = 'pending'), count(*) FILTER (WHERE state = 'failed') \
             FROM webhook_deliveries WHERE state <> 'delivered'",
        );
        let found = self.look().await?.anyones(query).await?.unwrap_or_default();
        Ok(Counts { pending: found.0.unsigned_abs(), failed: found.1.unsigned_abs() })
    }
}
