//! Families in PostgreSQL.

use assessment_people::{family::Family, id::PersonId};
use async_trait::async_trait;
use jiff::Timestamp;

use super::{session::Session, text};
use crate::{
    actor::Actor,
    clock::microseconds,
    store::{
        StoreError,
        families::{EverRelated, FamilyReader, FamilyRepository, Steps, StoredFamily},
        rows::families as rows,
    },
};

pub(super) struct Families<'c>(pub(super) &'c mut Session);

fn texts(ids: &[PersonId]) -> Vec<String> {
    ids.iter().map(PersonId::to_string).collect()
}

#[async_trait]
impl FamilyReader for Families<'_> {
    async fn of(&mut self, actor: &Actor, people: &[PersonId]) -> Result<Vec<StoredFamily>, StoreError> {
        let query = sqlx::query_as::<_, rows::Member>(
            "SELECT family, revision, person, protection, name, record \
             FROM family_members JOIN families ON families.id = family \
             WHERE ended_us IS NULL AND family IN (SELECT family FROM family_members \
             WHERE ended_us IS NULL AND person = ANY ($1)) ORDER BY family, person",
        );
        let members = self.0.all(actor, query.bind(texts(people))).await?;
        let query = sqlx::query_as::<_, rows::Link>(
            "SELECT family, person, relationship, to_person FROM family_related \
             WHERE ended_us IS NULL AND family IN (SELECT family FROM family_members \
             WHERE ended_us IS NULL AND person = ANY ($1)) ORDER BY seq",
        );
        let links = self.0.all(actor, query.bind(texts(people))).await?;
        rows::families(members, links)
    }

    async fn ever_related(
        &mut self,
        actor: &Actor,
        people: &[PersonId],
    ) -> Result<Vec<EverRelated>, StoreError> {
        let query = sqlx::query_as::<_, rows::Ever>(
            "SELECT person, relationship, to_person, \
             (SELECT name FROM family_members AS one WHERE one.family = own.family AND one.person = own.person \
              ORDER BY seq DESC LIMIT 1), \
             (SELECT name FROM family_members AS one WHERE one.family = own.family AND one.person = own.to_person \
              ORDER BY seq DESC LIMIT 1), ended_because \
             FROM family_related AS own WHERE person = ANY ($1) \
             OR to_person = ANY ($1) ORDER BY seq",
        );
        let found = self.0.all(actor, query.bind(texts(people))).await?;
        found.into_iter().map(rows::ever).collect()
    }
}

#[async_trait]
impl FamilyRepository for Families<'_> {
    /// The rows of the people themselves, always in one order: a family may not exist yet.
    async fn lock(&mut self, actor: &Actor, people: &[PersonId]) -> Result<(), StoreError> {
        let query = sqlx::query_as::<_, (String,)>(
            "SELECT id FROM people WHERE id = ANY ($1) ORDER BY id FOR UPDATE",
        );
        self.0.all(actor, query.bind(texts(people))).await.map(drop)
    }

    async fn store(
        &mut self,
        actor: &Actor,
        before: &StoredFamily,
        now: &Family,
        because: Option<&str>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let (id, at) = (now.id().to_string(), microseconds(at));
        if before.revision == 0 {
            let insert = sqlx::query(
                "INSERT INTO families (id, revision, created_us, changed_us) VALUES ($1, 1, $2, $2)",
            );
            self.0.add(actor, insert.bind(&id).bind(at)).await?;
        } else {
            let update = sqlx::query_as::<_, (i64,)>(
                "UPDATE families SET revision = revision + 1, changed_us = $1 WHERE id = $2 AND revision = $3 \
                 RETURNING revision",
            );
            let update = update.bind(at).bind(&id).bind(i64::try_from(before.revision).unwrap_or(i64::MAX));
            if self.0.optional(actor, update).await?.is_none() {
                return Err(rows::changed_meanwhile());
            }
        }
        let steps = Steps::between(&before.family, now);
        for person in steps.leave {
            let end = sqlx::query(
                "UPDATE family_members SET ended_actor = $1, ended_us = $2, ended_because = $3 \
                 WHERE family = $4 AND person = $5 AND ended_us IS NULL",
            )
            .bind(actor.id())
            .bind(at)
            .bind(because.map(text))
            .bind(&id)
            .bind(person.to_string());
            self.0.add(actor, end).await?;
        }
        for related in steps.end {
            let end = sqlx::query(
                "UPDATE family_related SET ended_actor = $1, ended_us = $2, ended_because = $3 WHERE family = $4 \
                 AND person = $5 AND relationship = $6 AND to_person = $7 AND ended_us IS NULL",
            )
            .bind(actor.id())
            .bind(at)
            .bind(because.map(text))
            .bind(&id)
            .bind(related.person.to_string())
            .bind(related.relationship.code())
            .bind(related.to.to_string());
            self.0.add(actor, end).await?;
        }
        for (person, protection, named) in steps.join {
            let record = named.as_ref().map_or(Some(person), |named| named.record);
            let insert = sqlx::query(
                "INSERT INTO family_members (family, person, protection, name, record, actor, at_us) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(&id)
            .bind(person.to_string())
            .bind(rows::level(protection))
            .bind(named.map(|named| text(&named.name).into_owned()))
            .bind(record.map(|record| record.to_string()))
            .bind(actor.id())
            .bind(at);
            self.0.add(actor, insert).await?;
        }
        for related in steps.relate {
            let insert = sqlx::query(
                "INSERT INTO family_related (family, person, relationship, to_person, actor, at_us) \
                 VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(&id)
            .bind(related.person.to_string())
            .bind(related.relationship.code())
            .bind(related.to.to_string())
            .bind(actor.id())
            .bind(at);
            self.0.add(actor, insert).await?;
        }
        Ok(())
    }
}
