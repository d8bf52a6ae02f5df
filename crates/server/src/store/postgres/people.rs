//! People in PostgreSQL.

use assessment_people::{
    id::PersonId,
    matching::{KEYS_VERSION, Key, NotTheSame, keys},
    merge::Merge,
    person::Person,
};
use async_trait::async_trait;
use jiff::Timestamp;

use super::session::Session;
use crate::{
    actor::Actor,
    clock::microseconds,
    store::{
        StoreError,
        episodes::{Asker, StoredEpisode},
        people::{PersonReader, PersonRepository, StoredPerson},
        rows::{
            episodes::{Episode, episode},
            people as rows,
        },
    },
};

pub(super) struct People<'c>(pub(super) &'c mut Session);

impl People<'_> {
    async fn add_revision(
        &mut self,
        actor: &Actor,
        person: &Person,
        revision: i64,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO person_revisions (person, revision, actor, at_us, document) \
             VALUES ($1, $2, $3, $4, $5::json)",
        )
        .bind(person.id.to_string())
        .bind(revision)
        .bind(actor.id())
        .bind(microseconds(at))
        .bind(rows::written(person)?);
        self.0.add(actor, insert).await?;
        self.write_keys(actor, person).await
    }

    async fn write_keys(&mut self, actor: &Actor, person: &Person) -> Result<(), StoreError> {
        let id = person.id.to_string();
        self.remove_keys(actor, &id).await?;
        let insert = sqlx::query(
            "INSERT INTO match_keys (key, person) \
             SELECT key, people.seq FROM unnest($1::text[]) AS key, people WHERE people.id = $2",
        );
        self.0.add(actor, insert.bind(own_keys(person)).bind(&id)).await?;
        let note = sqlx::query("UPDATE people SET keys_version = $1 WHERE id = $2");
        self.0.add(actor, note.bind(i64::from(KEYS_VERSION)).bind(&id)).await
    }

    async fn remove_keys(&mut self, actor: &Actor, id: &str) -> Result<(), StoreError> {
        let delete =
            sqlx::query("DELETE FROM match_keys WHERE person = (SELECT seq FROM people WHERE id = $1)");
        self.0.add(actor, delete.bind(id)).await
    }
}

fn own_keys(person: &Person) -> Vec<String> {
    keys(person).iter().map(|key| key.as_str().to_owned()).collect()
}

fn texts(ids: &[PersonId]) -> Vec<String> {
    ids.iter().map(PersonId::to_string).collect()
}

#[async_trait]
impl PersonReader for People<'_> {
    async fn find(&mut self, actor: &Actor, id: PersonId) -> Result<Option<StoredPerson>, StoreError> {
        let query = sqlx::query_as::<_, rows::Person>(
            "SELECT document::text, revision, changed_us FROM people WHERE id = $1",
        );
        let found = self.0.optional(actor, query.bind(id.to_string())).await?;
        found.map(rows::person).transpose()
    }

    async fn candidates(
        &mut self,
        actor: &Actor,
        groups: &[Vec<Key>],
        limit: u32,
    ) -> Result<Vec<StoredPerson>, StoreError> {
        let (numbers, keys) = rows::grouped(groups);
        let query = sqlx::query_as::<_, rows::Person>(
            "SELECT people.document::text, people.revision, people.changed_us \
             FROM (SELECT match_keys.person AS person, count(*) AS shared \
                   FROM unnest($1::bigint[], $2::text[]) AS asked (number, key) \
                   JOIN match_keys ON match_keys.key = asked.key \
                   GROUP BY match_keys.person HAVING count(DISTINCT asked.number) = $3 \
                   ORDER BY shared DESC, match_keys.person LIMIT $4) AS found \
             JOIN people ON people.seq = found.person ORDER BY found.shared DESC, found.person",
        );
        let query = query.bind(numbers).bind(keys).bind(rows::count(groups)).bind(i64::from(limit));
        let found = self.0.all(actor, query).await?;
        found.into_iter().map(rows::person).collect()
    }

    async fn episodes_of(
        &mut self,
        asker: &Asker,
        children: &[PersonId],
    ) -> Result<Vec<StoredEpisode>, StoreError> {
        let query = sqlx::query_as::<_, Episode>(
            "SELECT document::text AS document, revision, changed_us, protection, reference, child_name, headline_kind, \
             headline_code, calm, due_on FROM episodes WHERE child = ANY ($1) ORDER BY id",
        );
        // Also episodes that do not concern them: whether they may know of the child is decided with all of these.
        let all = Asker { authority: true, ..asker.clone() };
        let found = self.0.all_for(&all, query.bind(texts(children))).await?;
        found.into_iter().map(episode).collect()
    }

    async fn merges(&mut self, actor: &Actor, ids: &[PersonId]) -> Result<Vec<Merge>, StoreError> {
        let query = sqlx::query_as::<_, rows::Merge>(
            "SELECT person_merges.document::text, person_merges_undone.document::text FROM person_merges \
             LEFT JOIN person_merges_undone USING (number) \
             WHERE kept = ANY ($1) OR merged = ANY ($1) ORDER BY number",
        );
        let found = self.0.all(actor, query.bind(texts(ids))).await?;
        found.into_iter().map(rows::merge).collect()
    }

    async fn history(&mut self, actor: &Actor, ids: &[PersonId]) -> Result<Vec<Person>, StoreError> {
        let query = sqlx::query_as::<_, (String,)>(
            "SELECT document::text FROM person_revisions AS held WHERE person = ANY ($1) \
             OR (person, revision) IN (SELECT kept, revisions.revision FROM held_elsewhere \
             JOIN person_revisions AS revisions ON revisions.person = kept \
             WHERE held_elsewhere.person = ANY ($1) AND revisions.revision >= coalesce(from_revision, 1) \
             AND revisions.revision < to_revision) ORDER BY held.person, revision",
        );
        let ids: Vec<String> = ids.iter().map(PersonId::to_string).collect();
        let found = self.0.all(actor, query.bind(ids)).await?;
        found.into_iter().map(|(document,)| rows::read(&document)).collect()
    }

    async fn own_history(&mut self, actor: &Actor, ids: &[PersonId]) -> Result<Vec<Person>, StoreError> {
        let query = sqlx::query_as::<_, (String,)>(
            "SELECT document::text FROM person_revisions AS own WHERE person = ANY ($1) \
             AND NOT EXISTS (SELECT 1 FROM held_elsewhere AS other WHERE other.kept = own.person \
             AND other.person <> ALL ($1) AND own.revision >= coalesce(other.from_revision, 1) \
             AND (other.to_revision IS NULL OR own.revision < other.to_revision)) ORDER BY own.person, revision",
        );
        let found = self.0.all(actor, query.bind(texts(ids))).await?;
        found.into_iter().map(|(document,)| rows::read(&document)).collect()
    }

    async fn decisions(&mut self, actor: &Actor, ids: &[PersonId]) -> Result<Vec<NotTheSame>, StoreError> {
        let query = sqlx::query_as::<_, (String,)>(
            "SELECT document::text FROM people_not_the_same \
             WHERE one = ANY ($1) OR other = ANY ($1) ORDER BY seq",
        );
        let found = self.0.all(actor, query.bind(texts(ids))).await?;
        found.into_iter().map(|(document,)| rows::read(&document)).collect()
    }
}

#[async_trait]
impl PersonRepository for People<'_> {
    async fn add(&mut self, actor: &Actor, person: &Person, at: Timestamp) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "WITH new AS (INSERT INTO people (id, revision, document, protection, created_us, changed_us, keys_version) \
                 VALUES ($1, 1, $2::json, $3, $4, $4, $5) RETURNING seq), \
             first AS (INSERT INTO person_revisions (person, revision, actor, at_us, document) \
                 VALUES ($1, 1, $6, $4, $2::json)) \
             INSERT INTO match_keys (key, person) SELECT key, new.seq FROM unnest($7::text[]) AS key, new",
        )
        .bind(person.id.to_string())
        .bind(rows::written(person)?)
        .bind(rows::protection(person))
        .bind(microseconds(at))
        .bind(i64::from(KEYS_VERSION))
        .bind(actor.id())
        .bind(own_keys(person));
        self.0.add(actor, insert).await
    }

    async fn replace(
        &mut self,
        actor: &Actor,
        person: &Person,
        expected: u64,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let update = sqlx::query_as::<_, (i64,)>(
            "UPDATE people SET revision = revision + 1, document = $1::json, protection = $2, changed_us = $3 \
             WHERE id = $4 AND revision = $5 RETURNING revision",
        )
        .bind(rows::written(person)?)
        .bind(rows::protection(person))
        .bind(microseconds(at))
        .bind(person.id.to_string())
        .bind(i64::try_from(expected).unwrap_or(i64::MAX));
        let Some((revision,)) = self.0.optional(actor, update).await? else {
            return Err(rows::changed_meanwhile());
        };
        self.add_revision(actor, person, revision, at).await
    }

    async fn withdraw(&mut self, actor: &Actor, id: PersonId) -> Result<(), StoreError> {
        self.remove_keys(actor, &id.to_string()).await?;
        let note = sqlx::query("UPDATE people SET keys_version = NULL WHERE id = $1");
        self.0.add(actor, note.bind(id.to_string())).await
    }

    async fn next_merge(&mut self, actor: &Actor) -> Result<u64, StoreError> {
        let query = sqlx::query_as::<_, (i64,)>("SELECT coalesce(max(number), 0) + 1 FROM person_merges");
        let next = self.0.optional(actor, query).await?;
        Ok(next.map_or(1, |(number,)| number.unsigned_abs()))
    }

    async fn add_merge(&mut self, actor: &Actor, merge: &Merge, at: Timestamp) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO person_merges (number, kept, merged, actor, at_us, document, kept_revision) \
             VALUES ($1, $2, $3, $4, $5, $6::json, (SELECT revision + 1 FROM people WHERE id = $2))",
        )
        .bind(i64::try_from(merge.number).unwrap_or(i64::MAX))
        .bind(merge.kept.id.to_string())
        .bind(merge.merged.id.to_string())
        .bind(actor.id())
        .bind(microseconds(at))
        .bind(rows::written(merge)?);
        self.0.add(actor, insert).await
    }

    async fn add_undone(&mut self, actor: &Actor, merge: &Merge, at: Timestamp) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO person_merges_undone (number, actor, at_us, document, kept_revision) \
             VALUES ($1, $2, $3, $4::json, (SELECT revision + 1 FROM people WHERE id = $5))",
        )
        .bind(i64::try_from(merge.number).unwrap_or(i64::MAX))
        .bind(actor.id())
        .bind(microseconds(at))
        .bind(rows::written(&merge.undone)?)
        .bind(merge.kept.id.to_string());
        self.0.add(actor, insert).await
    }

    async fn add_decision(
        &mut self,
        actor: &Actor,
        decision: &NotTheSame,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let [one, other] = decision.people();
        let insert = sqlx::query(
            "INSERT INTO people_not_the_same (one, other, actor, at_us, document) \
             VALUES ($1, $2, $3, $4, $5::json)",
        )
        .bind(one.to_string())
        .bind(other.to_string())
        .bind(actor.id())
        .bind(microseconds(at))
        .bind(rows::written(decision)?);
        self.0.add(actor, insert).await
    }

    async fn renew_keys(&mut self, actor: &Actor, limit: u32) -> Result<u32, StoreError> {
        let query = sqlx::query_as::<_, rows::Person>(
            "SELECT document::text, revision, changed_us FROM people WHERE keys_version <> $1 LIMIT $2",
        );
        let query = query.bind(i64::from(KEYS_VERSION)).bind(i64::from(limit));
        let found = self.0.all(actor, query).await?;
        let mut renewed = 0;
        for row in found {
            self.write_keys(actor, &rows::person(row)?.person).await?;
            renewed += 1;
        }
        Ok(renewed)
    }
}
