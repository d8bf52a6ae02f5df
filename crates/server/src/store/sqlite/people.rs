//! People in SQLite.

use assessment_people::{
    id::PersonId,
    matching::{KEYS_VERSION, Key, NotTheSame, keys},
    merge::Merge,
    person::Person,
};
use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::{Executor as _, SqliteConnection};

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

pub(super) struct People<'c>(pub(super) &'c mut SqliteConnection);

impl People<'_> {
    async fn add_revision(
        &mut self,
        actor: &Actor,
        person: &Person,
        revision: i64,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO person_revisions (person, revision, actor, at_us, document) VALUES (?, ?, ?, ?, ?)",
        )
        .bind(person.id.to_string())
        .bind(revision)
        .bind(actor.id())
        .bind(microseconds(at))
        .bind(rows::written(person)?);
        self.0.execute(insert).await?;
        self.write_keys(person).await
    }

    async fn write_keys(&mut self, person: &Person) -> Result<(), StoreError> {
        let id = person.id.to_string();
        self.remove_keys(&id).await?;
        let insert = sqlx::query(
            "INSERT INTO match_keys (key, person) \
             SELECT key.value, people.seq FROM json_each(?1) AS key, people WHERE people.id = ?2",
        );
        self.0.execute(insert.bind(rows::written(&own_keys(person))?).bind(&id)).await?;
        let note = sqlx::query("UPDATE people SET keys_version = ? WHERE id = ?");
        self.0.execute(note.bind(KEYS_VERSION).bind(id)).await?;
        Ok(())
    }

    async fn remove_keys(&mut self, id: &str) -> Result<(), StoreError> {
        let delete =
            sqlx::query("DELETE FROM match_keys WHERE person = (SELECT seq FROM people WHERE id = ?)");
        self.0.execute(delete.bind(id)).await?;
        Ok(())
    }
}

fn own_keys(person: &Person) -> Vec<String> {
    keys(person).iter().map(|key| key.as_str().to_owned()).collect()
}

#[async_trait]
impl PersonReader for People<'_> {
    async fn find(&mut self, _actor: &Actor, id: PersonId) -> Result<Option<StoredPerson>, StoreError> {
        let query = sqlx::query_as::<_, rows::Person>(
            "SELECT document, revision, changed_us FROM people WHERE id = ?",
        );
        let found = query.bind(id.to_string()).fetch_optional(&mut *self.0).await?;
        found.map(rows::person).transpose()
    }

    async fn candidates(
        &mut self,
        _actor: &Actor,
        groups: &[Vec<Key>],
        limit: u32,
    ) -> Result<Vec<StoredPerson>, StoreError> {
        let (numbers, keys) = rows::grouped(groups);
        let asked: Vec<(i64, String)> = numbers.into_iter().zip(keys).collect();
        let query = sqlx::query_as::<_, rows::Person>(
            "SELECT people.document, people.revision, people.changed_us \
             FROM (SELECT match_keys.person AS person, count(*) AS shared \
                   FROM (SELECT json_extract(value, '$[0]') AS number, json_extract(value, '$[1]') AS key \
                         FROM json_each(?1)) AS asked \
                   CROSS JOIN match_keys ON match_keys.key = asked.key \
                   GROUP BY match_keys.person HAVING count(DISTINCT asked.number) = ?2 \
                   ORDER BY shared DESC, match_keys.person LIMIT ?3) AS found \
             JOIN people ON people.seq = found.person ORDER BY found.shared DESC, found.person",
        );
        let query = query.bind(rows::written(&asked)?).bind(rows::count(groups)).bind(limit);
        let found = query.fetch_all(&mut *self.0).await?;
        found.into_iter().map(rows::person).collect()
    }

    async fn episodes_of(
        &mut self,
        _asker: &Asker,
        children: &[PersonId],
    ) -> Result<Vec<StoredEpisode>, StoreError> {
        let query = sqlx::query_as::<_, Episode>(
            "SELECT document, revision, changed_us, protection, reference, child_name, headline_kind, \
             headline_code, calm, due_on FROM episodes \
             WHERE child IN (SELECT value FROM json_each(?)) ORDER BY id",
        );
        let found = query.bind(rows::written(&children)?).fetch_all(&mut *self.0).await?;
        found.into_iter().map(episode).collect()
    }

    async fn merges(&mut self, _actor: &Actor, ids: &[PersonId]) -> Result<Vec<Merge>, StoreError> {
        let query = sqlx::query_as::<_, rows::Merge>(
            "SELECT person_merges.document, person_merges_undone.document FROM person_merges \
             LEFT JOIN person_merges_undone USING (number) \
             WHERE kept IN (SELECT value FROM json_each(?1)) OR merged IN (SELECT value FROM json_each(?1)) \
             ORDER BY number",
        );
        let found = query.bind(rows::written(&ids)?).fetch_all(&mut *self.0).await?;
        found.into_iter().map(rows::merge).collect()
    }

    async fn history(&mut self, _actor: &Actor, ids: &[PersonId]) -> Result<Vec<Person>, StoreError> {
        let query = sqlx::query_as::<_, (String,)>(
            "SELECT document FROM person_revisions AS held WHERE person IN (SELECT value FROM json_each(?1)) \
             OR (person, revision) IN (SELECT kept, revisions.revision FROM held_elsewhere \
             JOIN person_revisions AS revisions ON revisions.person = kept \
             WHERE held_elsewhere.person IN (SELECT value FROM json_each(?1)) \
             AND revisions.revision >= coalesce(from_revision, 1) AND revisions.revision < to_revision) \
             ORDER BY held.person, revision",
        );
        let found = query.bind(rows::written(&ids)?).fetch_all(&mut *self.0).await?;
        found.into_iter().map(|(document,)| rows::read(&document)).collect()
    }

    async fn own_history(&mut self, _actor: &Actor, ids: &[PersonId]) -> Result<Vec<Person>, StoreError> {
        let query = sqlx::query_as::<_, (String,)>(
            "SELECT document FROM person_revisions AS own WHERE person IN (SELECT value FROM json_each(?1)) \
             AND NOT EXISTS (SELECT 1 FROM held_elsewhere AS other WHERE other.kept = own.person \
             AND other.person NOT IN (SELECT value FROM json_each(?1)) \
             AND own.revision >= coalesce(other.from_revision, 1) \
             AND (other.to_revision IS NULL OR own.revision < other.to_revision)) ORDER BY own.person, revision",
        );
        let found = query.bind(rows::written(&ids)?).fetch_all(&mut *self.0).await?;
        found.into_iter().map(|(document,)| rows::read(&document)).collect()
    }

    async fn decisions(&mut self, _actor: &Actor, ids: &[PersonId]) -> Result<Vec<NotTheSame>, StoreError> {
        let query = sqlx::query_as::<_, (String,)>(
            "SELECT document FROM people_not_the_same \
             WHERE one IN (SELECT value FROM json_each(?1)) OR other IN (SELECT value FROM json_each(?1)) \
             ORDER BY seq",
        );
        let found = query.bind(rows::written(&ids)?).fetch_all(&mut *self.0).await?;
        found.into_iter().map(|(document,)| rows::read(&document)).collect()
    }
}

#[async_trait]
impl PersonRepository for People<'_> {
    async fn add(&mut self, actor: &Actor, person: &Person, at: Timestamp) -> Result<(), StoreError> {
        let (id, document) = (person.id.to_string(), rows::written(person)?);
        let insert = sqlx::query(
            "INSERT INTO people (id, revision, document, protection, created_us, changed_us, keys_version) \
             VALUES (?, 1, ?, ?, ?, ?, ?); \
             INSERT INTO person_revisions (person, revision, actor, at_us, document) VALUES (?, 1, ?, ?, ?); \
             INSERT INTO match_keys (key, person) \
             SELECT key.value, people.seq FROM json_each(?) AS key, people WHERE people.id = ?",
        )
        .bind(&id)
        .bind(&document)
        .bind(rows::protection(person))
        .bind(microseconds(at))
        .bind(microseconds(at))
        .bind(KEYS_VERSION)
        .bind(&id)
        .bind(actor.id())
        .bind(microseconds(at))
        .bind(&document)
        .bind(rows::written(&own_keys(person))?)
        .bind(&id);
        self.0.execute(insert).await?;
        Ok(())
    }

    async fn replace(
        &mut self,
        actor: &Actor,
        person: &Person,
        expected: u64,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let update = sqlx::query_as::<_, (i64,)>(
            "UPDATE people SET revision = revision + 1, document = ?1, protection = ?2, changed_us = ?3 \
             WHERE id = ?4 AND revision = ?5 RETURNING revision",
        )
        .bind(rows::written(person)?)
        .bind(rows::protection(person))
        .bind(microseconds(at))
        .bind(person.id.to_string())
        .bind(i64::try_from(expected).unwrap_or(i64::MAX));
        let Some((revision,)) = update.fetch_optional(&mut *self.0).await? else {
            return Err(rows::changed_meanwhile());
        };
        self.add_revision(actor, person, revision, at).await
    }

    async fn withdraw(&mut self, _actor: &Actor, id: PersonId) -> Result<(), StoreError> {
        self.remove_keys(&id.to_string()).await?;
        let note = sqlx::query("UPDATE people SET keys_version = NULL WHERE id = ?");
        self.0.execute(note.bind(id.to_string())).await?;
        Ok(())
    }

    async fn next_merge(&mut self, _actor: &Actor) -> Result<u64, StoreError> {
        let query = sqlx::query_as::<_, (i64,)>("SELECT coalesce(max(number), 0) + 1 FROM person_merges");
        let (number,) = query.fetch_one(&mut *self.0).await?;
        Ok(number.unsigned_abs())
    }

    async fn add_merge(&mut self, actor: &Actor, merge: &Merge, at: Timestamp) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO person_merges (number, kept, merged, actor, at_us, document, kept_revision) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, (SELECT revision + 1 FROM people WHERE id = ?2))",
        )
        .bind(i64::try_from(merge.number).unwrap_or(i64::MAX))
        .bind(merge.kept.id.to_string())
        .bind(merge.merged.id.to_string())
        .bind(actor.id())
        .bind(microseconds(at))
        .bind(rows::written(merge)?);
        self.0.execute(insert).await?;
        Ok(())
    }

    async fn add_undone(&mut self, actor: &Actor, merge: &Merge, at: Timestamp) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO person_merges_undone (number, actor, at_us, document, kept_revision) \
             VALUES (?1, ?2, ?3, ?4, (SELECT revision + 1 FROM people WHERE id = ?5))",
        )
        .bind(i64::try_from(merge.number).unwrap_or(i64::MAX))
        .bind(actor.id())
        .bind(microseconds(at))
        .bind(rows::written(&merge.undone)?)
        .bind(merge.kept.id.to_string());
        self.0.execute(insert).await?;
        Ok(())
    }

    async fn add_decision(
        &mut self,
        actor: &Actor,
        decision: &NotTheSame,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let [one, other] = decision.people();
        let insert = sqlx::query(
            "INSERT INTO people_not_the_same (one, other, actor, at_us, document) VALUES (?, ?, ?, ?, ?)",
        )
        .bind(one.to_string())
        .bind(other.to_string())
        .bind(actor.id())
        .bind(microseconds(at))
        .bind(rows::written(decision)?);
        self.0.execute(insert).await?;
        Ok(())
    }

    async fn renew_keys(&mut self, _actor: &Actor, limit: u32) -> Result<u32, StoreError> {
        let query = sqlx::query_as::<_, rows::Person>(
            "SELECT document, revision, changed_us FROM people WHERE keys_version <> ? LIMIT ?",
        );
        let found = query.bind(KEYS_VERSION).bind(limit).fetch_all(&mut *self.0).await?;
        let mut renewed = 0;
        for row in found {
            self.write_keys(&rows::person(row)?.person).await?;
            renewed += 1;
        }
        Ok(renewed)
    }
}
