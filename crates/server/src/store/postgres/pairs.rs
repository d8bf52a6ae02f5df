//! Pairs of people who may be one, in PostgreSQL.

use assessment_people::id::PersonId;
use async_trait::async_trait;

use super::session::Session;
use crate::{
    actor::Actor,
    store::{
        StoreError,
        pairs::{Due, Pair, PairReader, PairRepository},
        rows::lists as rows,
    },
};

pub(super) struct Pairs<'c>(pub(super) &'c mut Session);

#[async_trait]
impl PairReader for Pairs<'_> {
    async fn due(&mut self, actor: &Actor, limit: u32) -> Result<Vec<Due>, StoreError> {
        let query = sqlx::query_as::<_, rows::DuePerson>(
            "SELECT document::text, revision, changed_us, (keys_version IS NOT NULL)::int::bigint FROM people \
             WHERE id IN (SELECT person FROM pairs_due ORDER BY person LIMIT $1)",
        );
        let found = self.0.all(actor, query.bind(i64::from(limit))).await?;
        found.into_iter().map(rows::due).collect()
    }

    async fn count_due(&mut self, actor: &Actor) -> Result<u64, StoreError> {
        let query = sqlx::query_as::<_, (i64,)>("SELECT count(DISTINCT person) FROM pairs_due");
        let found = self.0.optional(actor, query).await?;
        Ok(found.map_or(0, |(count,)| count.unsigned_abs()))
    }

    async fn of(&mut self, actor: &Actor, ids: &[PersonId]) -> Result<Vec<Pair>, StoreError> {
        let query = sqlx::query_as::<_, rows::PairRow>(
            "SELECT weight, one, other FROM match_pairs WHERE one = ANY ($1) OR other = ANY ($1)",
        );
        let ids: Vec<String> = ids.iter().map(PersonId::to_string).collect();
        let found = self.0.all(actor, query.bind(ids)).await?;
        Ok(found.into_iter().filter_map(rows::pair).collect())
    }

    async fn list(
        &mut self,
        actor: &Actor,
        after: Option<Pair>,
        limit: u32,
    ) -> Result<Vec<Pair>, StoreError> {
        let query = sqlx::query_as::<_, rows::PairRow>(
            "SELECT weight, one, other FROM match_pairs \
             WHERE (weight, one, other) < ($1, $2, $3) \
             ORDER BY weight DESC, one DESC, other DESC LIMIT $4",
        );
        let (weight, one, other) = rows::edge(after);
        let query = query.bind(weight).bind(one).bind(other).bind(i64::from(limit));
        let found = self.0.all(actor, query).await?;
        Ok(found.into_iter().filter_map(rows::pair).collect())
    }
}

#[async_trait]
impl PairRepository for Pairs<'_> {
    async fn settle(
        &mut self,
        actor: &Actor,
        done: &[(PersonId, u64)],
        pairs: &[Pair],
    ) -> Result<(), StoreError> {
        let ids: Vec<String> = done.iter().map(|(id, _)| id.to_string()).collect();
        let forget = sqlx::query("DELETE FROM match_pairs WHERE one = ANY ($1) OR other = ANY ($1)");
        self.0.add(actor, forget.bind(ids.clone())).await?;
        // Two coordinators may do this at once: both find the same.
        let keep = sqlx::query(
            "INSERT INTO match_pairs (one, other, weight) \
             SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[]) ON CONFLICT DO NOTHING",
        )
        .bind(pairs.iter().map(|pair| pair.one.to_string()).collect::<Vec<_>>())
        .bind(pairs.iter().map(|pair| pair.other.to_string()).collect::<Vec<_>>())
        .bind(pairs.iter().map(|pair| pair.weight).collect::<Vec<_>>());
        self.0.add(actor, keep).await?;
        let revisions: Vec<i64> =
            done.iter().map(|(_, revision)| i64::try_from(*revision).unwrap_or(i64::MAX)).collect();
        let settled = sqlx::query(
            "DELETE FROM pairs_due USING unnest($1::text[], $2::bigint[]) AS done (id, seen) \
             WHERE pairs_due.person = done.id AND pairs_due.revision <= done.seen",
        );
        self.0.add(actor, settled.bind(ids).bind(revisions)).await
    }
}
