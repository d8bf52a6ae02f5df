//! Pairs of people who may be one, in SQLite.

use assessment_people::id::PersonId;
use async_trait::async_trait;
use sqlx::{Executor as _, SqliteConnection};

use crate::{
    actor::Actor,
    store::{
        StoreError,
        pairs::{Due, Pair, PairReader, PairRepository},
        rows::{lists as rows, people::written},
    },
};

pub(super) struct Pairs<'c>(pub(super) &'c mut SqliteConnection);

#[async_trait]
impl PairReader for Pairs<'_> {
    async fn due(&mut self, _: &Actor, limit: u32) -> Result<Vec<Due>, StoreError> {
        let query = sqlx::query_as::<_, rows::DuePerson>(
            "SELECT document, revision, changed_us, keys_version IS NOT NULL FROM people \
             WHERE id IN (SELECT person FROM pairs_due ORDER BY person LIMIT ?)",
        );
        let found = query.bind(limit).fetch_all(&mut *self.0).await?;
        found.into_iter().map(rows::due).collect()
    }

    async fn count_due(&mut self, _: &Actor) -> Result<u64, StoreError> {
        let query = sqlx::query_as::<_, (i64,)>("SELECT count(DISTINCT person) FROM pairs_due");
        let (count,) = query.fetch_one(&mut *self.0).await?;
        Ok(count.unsigned_abs())
    }

    async fn of(&mut self, _: &Actor, ids: &[PersonId]) -> Result<Vec<Pair>, StoreError> {
        let query = sqlx::query_as::<_, rows::PairRow>(
            "SELECT weight, one, other FROM match_pairs WHERE one IN (SELECT value FROM json_each(?1)) \
             OR other IN (SELECT value FROM json_each(?1))",
        );
        let found = query.bind(written(&ids)?).fetch_all(&mut *self.0).await?;
        Ok(found.into_iter().filter_map(rows::pair).collect())
    }

    async fn list(&mut self, _: &Actor, after: Option<Pair>, limit: u32) -> Result<Vec<Pair>, StoreError> {
        let query = sqlx::query_as::<_, rows::PairRow>(
            "SELECT weight, one, other FROM match_pairs \
             WHERE (weight, one, other) < (?, ?, ?) \
             ORDER BY weight DESC, one DESC, other DESC LIMIT ?",
        );
        let (weight, one, other) = rows::edge(after);
        let query = query.bind(weight).bind(one).bind(other).bind(limit);
        let found = query.fetch_all(&mut *self.0).await?;
        Ok(found.into_iter().filter_map(rows::pair).collect())
    }
}

#[async_trait]
impl PairRepository for Pairs<'_> {
    async fn settle(
        &mut self,
        _: &Actor,
        done: &[(PersonId, u64)],
        pairs: &[Pair],
    ) -> Result<(), StoreError> {
        let ids: Vec<PersonId> = done.iter().map(|(id, _)| *id).collect();
        let ids = written(&ids)?;
        let forget = sqlx::query(
            "DELETE FROM match_pairs WHERE one IN (SELECT value FROM json_each(?1)) \
             OR other IN (SELECT value FROM json_each(?1))",
        );
        self.0.execute(forget.bind(ids)).await?;
        let found: Vec<(PersonId, PersonId, i64)> =
            pairs.iter().map(|pair| (pair.one, pair.other, pair.weight)).collect();
        let keep = sqlx::query(
            "INSERT INTO match_pairs (one, other, weight) \
             SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]') \
             FROM json_each(?) WHERE true \
             ON CONFLICT (one, other) DO UPDATE SET weight = excluded.weight",
        );
        self.0.execute(keep.bind(written(&found)?)).await?;
        let settled = sqlx::query(
            "DELETE FROM pairs_due WHERE (person, revision) IN ( \
                 SELECT due.person, due.revision FROM json_each(?) AS done \
                 CROSS JOIN pairs_due AS due ON due.person = json_extract(done.value, '$[0]') \
                 AND due.revision <= json_extract(done.value, '$[1]'))",
        );
        self.0.execute(settled.bind(written(&done)?)).await?;
        Ok(())
    }
}
