//! Orders, requests and erasing in SQLite. While `erasing` names a record, the triggers let its rows go.

mod log;

use assessment_people::{
    audit::Cut,
    id::{EpisodeId, PersonId},
};
use async_trait::async_trait;
use jiff::{Timestamp, civil::Date};
use sqlx::{Executor as _, SqliteConnection};

use crate::{
    clock::microseconds,
    identifier::DraftId,
    store::{
        StoreError,
        episodes::{Asker, StoredEpisode},
        retention::{
            RetentionReader, RetentionRepository, StoredHold, StoredRequest, StoryToErase, ToErase, Tombstone,
        },
        rows::{
            episodes::{Episode, episode},
            people::written,
            retention as rows,
        },
    },
};

pub(super) struct Retention<'c>(pub(super) &'c mut SqliteConnection);

/// What goes with an episode, in an order that breaks no reference. 1 is the episode.
const EPISODE: [&str; 14] = [
    // Why somebody searched and was shown it. What was done in one step has one actor and one moment.
    "INSERT INTO erasing (kind, id) SELECT DISTINCT 'reason', CAST(own.seq AS TEXT) FROM erasing \
     JOIN audit AS about ON about.subject_kind = erasing.kind AND about.subject_id = erasing.id \
     JOIN audit AS own ON own.actor = about.actor AND own.at_us = about.at_us \
     AND own.subject_kind = 'practitioner' AND own.subject_id = 'self'",
    REASONS,
    "DELETE FROM access_reasons WHERE seq IN (SELECT audit.seq FROM erasing \
     JOIN audit ON audit.subject_kind = erasing.kind AND audit.subject_id = erasing.id)",
    "DELETE FROM draft_revisions WHERE (actor, draft_id) IN (SELECT sent.actor, sent.key FROM idempotency_keys AS sent \
     JOIN versions ON versions.version_id = sent.assessment_id WHERE versions.episode_id = ?1)",
    "DELETE FROM idempotency_keys WHERE assessment_id IN (SELECT version_id FROM versions WHERE episode_id = ?1)",
    "DELETE FROM legal_holds_lifted WHERE hold_id IN (SELECT id FROM legal_holds WHERE episode_id = ?1)",
    "DELETE FROM legal_holds WHERE episode_id = ?1",
    "DELETE FROM grants WHERE episode_id = ?1",
    "DELETE FROM episode_places WHERE episode_id = ?1",
    "DELETE FROM episode_access WHERE episode_id = ?1",
    "DELETE FROM versions WHERE episode_id = ?1",
    "DELETE FROM episode_revisions WHERE episode_id = ?1",
    "DELETE FROM episodes WHERE id = ?1",
    "DELETE FROM assessments WHERE id IN (SELECT id FROM erasing WHERE kind = 'assessment')",
];

/// Words of reasons that `erasing` names by the numbers of their entries.
const REASONS: &str =
    "DELETE FROM access_reasons WHERE seq IN (SELECT CAST(id AS INTEGER) FROM erasing WHERE kind = 'reason')";

/// What goes with the people that `erasing` names. First what other records held of them by joins that were taken back.
const PEOPLE: [&str; 15] = [
    "INSERT INTO erasing (kind, id) SELECT DISTINCT 'join', CAST(number AS TEXT) FROM held_elsewhere \
     JOIN erasing ON erasing.kind = 'person' AND erasing.id = held_elsewhere.person",
    "INSERT INTO erasing (kind, id) SELECT DISTINCT 'revision', kept || ' ' || person_revisions.revision \
     FROM held_elsewhere JOIN erasing ON erasing.kind = 'person' AND erasing.id = held_elsewhere.person \
     JOIN people ON people.id = kept JOIN person_revisions ON person_revisions.person = kept \
     WHERE person_revisions.revision >= coalesce(from_revision, 1) \
     AND person_revisions.revision < coalesce(to_revision, people.revision) \
     AND person_revisions.revision < people.revision",
    "DELETE FROM person_revisions WHERE (person, revision) IN \
     (SELECT substr(id, 1, 36), CAST(substr(id, 38) AS INTEGER) FROM erasing WHERE kind = 'revision')",
    "DELETE FROM person_merges_undone WHERE number IN (SELECT CAST(id AS INTEGER) FROM erasing WHERE kind = 'join')",
    "DELETE FROM person_merges WHERE number IN (SELECT CAST(id AS INTEGER) FROM erasing WHERE kind = 'join')",
    "DELETE FROM match_keys WHERE person IN \
     (SELECT seq FROM people WHERE id IN (SELECT id FROM erasing WHERE kind = 'person'))",
    "DELETE FROM match_pairs WHERE one IN (SELECT id FROM erasing WHERE kind = 'person') \
     OR other IN (SELECT id FROM erasing WHERE kind = 'person')",
    "DELETE FROM pairs_due WHERE person IN (SELECT id FROM erasing WHERE kind = 'person')",
    "DELETE FROM person_merges_undone WHERE number IN (SELECT number FROM person_merges JOIN erasing \
     ON kind = 'person' AND id IN (kept, merged))",
    "DELETE FROM person_merges WHERE kept IN (SELECT id FROM erasing WHERE kind = 'person') \
     OR merged IN (SELECT id FROM erasing WHERE kind = 'person')",
    "DELETE FROM people_not_the_same WHERE one IN (SELECT id FROM erasing WHERE kind = 'person') \
     OR other IN (SELECT id FROM erasing WHERE kind = 'person')",
    "DELETE FROM subject_access_closed WHERE request_id IN (SELECT subject_access_requests.id \
     FROM subject_access_requests JOIN erasing ON kind = 'person' AND erasing.id = person)",
    "DELETE FROM subject_access_requests WHERE person IN (SELECT id FROM erasing WHERE kind = 'person')",
    "DELETE FROM person_revisions WHERE person IN (SELECT id FROM erasing WHERE kind = 'person')",
    "DELETE FROM people WHERE id IN (SELECT id FROM erasing WHERE kind = 'person')",
];

/// What families held of the people that `erasing` names, before the people themselves: their memberships, how they were
/// related, names that said who somebody is to them alone, and families of nobody.
const FAMILIES: [&str; 7] = [
    "INSERT INTO erasing (kind, id) SELECT DISTINCT 'family', family FROM family_members \
     JOIN erasing ON erasing.kind = 'person' AND erasing.id = person",
    "DELETE FROM family_related WHERE person IN (SELECT id FROM erasing WHERE kind = 'person') \
     OR to_person IN (SELECT id FROM erasing WHERE kind = 'person')",
    "DELETE FROM family_members WHERE person IN (SELECT id FROM erasing WHERE kind = 'person')",
    "DELETE FROM family_related WHERE family IN (SELECT id FROM erasing WHERE kind = 'family') \
     AND NOT EXISTS (SELECT 1 FROM family_members AS one WHERE one.family = family_related.family AND one.name IS NULL)",
    "UPDATE family_members SET record = NULL WHERE name IS NOT NULL \
     AND record IN (SELECT id FROM erasing WHERE kind = 'person')",
    "DELETE FROM family_members WHERE name IS NOT NULL AND family IN (SELECT id FROM erasing WHERE kind = 'family') \
     AND NOT EXISTS (SELECT 1 FROM family_related AS other WHERE other.family = family_members.family \
     AND family_members.person IN (other.person, other.to_person))",
    "DELETE FROM families WHERE id IN (SELECT id FROM erasing WHERE kind = 'family') \
     AND NOT EXISTS (SELECT 1 FROM family_members WHERE family = families.id)",
];

/// Tombstones of which this is true.
macro_rules! erased {
    ($rest:literal) => {
        concat!(
            "SELECT seq, kind, id, why, due_on, erased_on, erased_us, actor, versions, people, protection, excluded \
             FROM erased WHERE ",
            $rest
        )
    };
}

#[async_trait]
impl RetentionReader for Retention<'_> {
    async fn episodes(
        &mut self,
        _: &Asker,
        after: Option<EpisodeId>,
        limit: u32,
    ) -> Result<Vec<StoredEpisode>, StoreError> {
        let query = sqlx::query_as::<_, Episode>(
            "SELECT document, revision, changed_us, protection, reference, child_name, headline_kind, \
             headline_code, calm, due_on FROM episodes WHERE id > ?1 ORDER BY id LIMIT ?2",
        );
        let after = after.map_or_else(String::new, |id| id.to_string());
        let found = query.bind(after).bind(limit).fetch_all(&mut *self.0).await?;
        found.into_iter().map(episode).collect()
    }

    async fn holds(
        &mut self,
        _: &Asker,
        episodes: Option<&[EpisodeId]>,
    ) -> Result<Vec<StoredHold>, StoreError> {
        let query = sqlx::query_as::<_, rows::Hold>(
            "SELECT id, episode_id, until, reason, at_us FROM legal_holds AS hold \
             WHERE (?1 IS NULL OR episode_id IN (SELECT value FROM json_each(?1))) \
             AND NOT EXISTS (SELECT 1 FROM legal_holds_lifted WHERE hold_id = hold.id) ORDER BY at_us, id",
        );
        let wanted = episodes.map(|ids| written(&ids)).transpose()?;
        let found = query.bind(wanted).fetch_all(&mut *self.0).await?;
        found.into_iter().map(rows::hold).collect()
    }

    async fn requests(
        &mut self,
        _: &Asker,
        people: Option<&[PersonId]>,
    ) -> Result<Vec<StoredRequest>, StoreError> {
        let query = sqlx::query_as::<_, rows::Request>(
            "SELECT id, episode_id, person, received_on, at_us FROM subject_access_requests AS request \
             WHERE (?1 IS NULL OR person IN (SELECT value FROM json_each(?1))) \
             AND NOT EXISTS (SELECT 1 FROM subject_access_closed WHERE request_id = request.id) ORDER BY at_us, id",
        );
        let wanted = people.map(|ids| written(&ids)).transpose()?;
        let found = query.bind(wanted).fetch_all(&mut *self.0).await?;
        found.into_iter().map(rows::request).collect()
    }

    async fn tombstone(&mut self, _: &Asker, id: EpisodeId) -> Result<Option<Tombstone>, StoreError> {
        let query = sqlx::query_as::<_, rows::Erased>(erased!("kind = 'episode' AND id = ?1"));
        let found = query.bind(id.to_string()).fetch_optional(&mut *self.0).await?;
        found.map(rows::tombstone).transpose()
    }

    async fn tombstones_of(&mut self, _: &Asker, ids: &[String]) -> Result<Vec<Tombstone>, StoreError> {
        let query = sqlx::query_as::<_, rows::Erased>(erased!(
            "kind = 'episode' AND (id IN (SELECT value FROM json_each(?1)) \
             OR EXISTS (SELECT 1 FROM json_each(versions) AS one WHERE one.value IN (SELECT value FROM json_each(?1))) \
             OR EXISTS (SELECT 1 FROM json_each(people) AS one WHERE one.value IN (SELECT value FROM json_each(?1))))"
        ));
        let found = query.bind(written(&ids)?).fetch_all(&mut *self.0).await?;
        found.into_iter().map(rows::tombstone).collect()
    }

    async fn tombstones(&mut self, _: &Asker, after: u64, limit: u32) -> Result<Vec<Tombstone>, StoreError> {
        let query = sqlx::query_as::<_, rows::Erased>(erased!("seq > ?1 ORDER BY seq LIMIT ?2"));
        let query = query.bind(i64::try_from(after).unwrap_or(i64::MAX)).bind(limit);
        let found = query.fetch_all(&mut *self.0).await?;
        found.into_iter().map(rows::tombstone).collect()
    }

    async fn old_drafts(
        &mut self,
        _: &Asker,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<(DraftId, Timestamp)>, StoreError> {
        let query = sqlx::query_as::<_, rows::OldDraft>(
            "SELECT draft_id, max(saved_us) FROM draft_revisions GROUP BY draft_id \
             HAVING max(saved_us) < ?1 ORDER BY draft_id LIMIT ?2",
        );
        let found = query.bind(microseconds(since)).bind(limit).fetch_all(&mut *self.0).await?;
        Ok(found.into_iter().filter_map(rows::old_draft).collect())
    }

    async fn old_entries(&mut self, _: &Asker, since: Timestamp, today: Date) -> Result<u64, StoreError> {
        log::count(&mut *self.0, since, today).await
    }
}

#[async_trait]
impl RetentionRepository for Retention<'_> {
    /// The unit of work has the only connection that writes.
    async fn lock(&mut self, _: &Asker, episode: EpisodeId, _: &[PersonId]) -> Result<bool, StoreError> {
        let query = sqlx::query_as::<_, (String,)>("SELECT id FROM episodes WHERE id = ?1");
        Ok(query.bind(episode.to_string()).fetch_optional(&mut *self.0).await?.is_some())
    }

    async fn place(&mut self, asker: &Asker, hold: &StoredHold) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO legal_holds (id, episode_id, until, reason, actor, at_us) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )
        .bind(&hold.id)
        .bind(hold.episode.to_string())
        .bind(hold.until.map(|day| day.to_string()))
        .bind(&hold.reason)
        .bind(asker.actor.id())
        .bind(microseconds(hold.placed_at));
        self.0.execute(insert).await?;
        Ok(())
    }

    async fn lift(
        &mut self,
        asker: &Asker,
        hold: &str,
        reason: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO legal_holds_lifted (hold_id, reason, actor, at_us) VALUES (?1, ?2, ?3, ?4)",
        );
        let insert = insert.bind(hold).bind(reason).bind(asker.actor.id()).bind(microseconds(at));
        self.0.execute(insert).await?;
        Ok(())
    }

    async fn open_request(&mut self, asker: &Asker, request: &StoredRequest) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO subject_access_requests (id, episode_id, person, received_on, actor, at_us) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )
        .bind(&request.id)
        .bind(request.episode.to_string())
        .bind(request.person.to_string())
        .bind(request.received_on.to_string())
        .bind(asker.actor.id())
        .bind(microseconds(request.opened_at));
        self.0.execute(insert).await?;
        Ok(())
    }

    async fn close_request(
        &mut self,
        asker: &Asker,
        request: &str,
        reason: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO subject_access_closed (request_id, reason, actor, at_us) VALUES (?1, ?2, ?3, ?4)",
        );
        let insert = insert.bind(request).bind(reason).bind(asker.actor.id()).bind(microseconds(at));
        self.0.execute(insert).await?;
        Ok(())
    }

    async fn erase_episode(
        &mut self,
        asker: &Asker,
        what: &ToErase,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let id = what.episode.to_string();
        let tombstone = sqlx::query(
            "INSERT INTO erased (kind, id, why, due_on, erased_on, erased_us, actor, versions, people, protection, excluded) \
             VALUES ('episode', ?1, ?2, ?3, ?4, ?5, ?6, (SELECT json_group_array(version_id) FROM \
             (SELECT version_id FROM versions WHERE episode_id = ?1 ORDER BY number)), ?7, \
             (SELECT protection FROM episodes WHERE id = ?1), \
             (SELECT json_extract(document, '$.excluded') FROM episodes WHERE id = ?1))",
        )
        .bind(&id)
        .bind(rows::why(what.because))
        .bind(what.due_on.map(|day| day.to_string()))
        .bind(what.today.to_string())
        .bind(microseconds(at))
        .bind(asker.actor.id())
        .bind(written(&what.people)?);
        self.0.execute(tombstone).await?;
        let episode = sqlx::query("INSERT INTO erasing (kind, id) VALUES ('episode', ?1)").bind(&id);
        self.0.execute(episode).await?;
        let versions = sqlx::query(
            "INSERT INTO erasing (kind, id) SELECT 'assessment', version_id FROM versions WHERE episode_id = ?1",
        );
        self.0.execute(versions.bind(&id)).await?;
        let people = sqlx::query("INSERT INTO erasing (kind, id) SELECT 'person', value FROM json_each(?1)");
        self.0.execute(people.bind(written(&what.people)?)).await?;
        for sql in EPISODE {
            let delete = sqlx::query(sql);
            let delete = if sql.contains("?1") { delete.bind(&id) } else { delete };
            self.0.execute(delete).await?;
        }
        for sql in FAMILIES.into_iter().chain(PEOPLE) {
            self.0.execute(sqlx::query(sql)).await?;
        }
        self.0.execute(sqlx::query("DELETE FROM erasing")).await?;
        Ok(())
    }

    async fn erase_draft(
        &mut self,
        asker: &Asker,
        id: DraftId,
        since: Timestamp,
        today: Date,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let id = id.to_string();
        let last = sqlx::query_as::<_, (Option<i64>,)>(
            "SELECT max(saved_us) FROM draft_revisions WHERE draft_id = ?1",
        );
        let (last,) = last.bind(&id).fetch_one(&mut *self.0).await?;
        if last.is_none_or(|saved| saved >= microseconds(since)) {
            return Ok(false);
        }
        // One that was erased before and saved again has its tombstone already.
        let tombstone = sqlx::query(
            "INSERT INTO erased (kind, id, why, due_on, erased_on, erased_us, actor, versions, people) \
             SELECT 'draft', ?1, 'due', NULL, ?2, ?3, ?4, '[]', '[]' \
             WHERE NOT EXISTS (SELECT 1 FROM erased WHERE kind = 'draft' AND id = ?1)",
        );
        let tombstone = tombstone.bind(&id).bind(today.to_string()).bind(microseconds(at));
        self.0.execute(tombstone.bind(asker.actor.id())).await?;
        for sql in [
            "INSERT INTO erasing (kind, id) VALUES ('draft', ?1)",
            "DELETE FROM draft_revisions WHERE draft_id = ?1",
            "DELETE FROM erasing WHERE kind = 'draft' AND id = ?1",
        ] {
            self.0.execute(sqlx::query(sql).bind(&id)).await?;
        }
        Ok(true)
    }

    async fn erase_story(
        &mut self,
        asker: &Asker,
        what: &StoryToErase,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let (quarter, measure) = (what.about.quarter.to_string(), what.about.measure.code());
        let id = format!("{quarter}/{measure}/{}", microseconds(at));
        let tombstone = sqlx::query(
            "INSERT INTO erased (kind, id, why, due_on, erased_on, erased_us, actor, versions, people) \
             SELECT 'story', ?1, ?2, NULL, ?3, ?4, ?5, '[]', '[]' WHERE EXISTS \
             (SELECT 1 FROM take_up_stories WHERE quarter = ?6 AND measure = ?7 AND at_us <= ?8)",
        )
        .bind(&id)
        .bind(rows::why(what.because))
        .bind(what.today.to_string())
        .bind(microseconds(at))
        .bind(asker.actor.id())
        .bind(&quarter)
        .bind(measure)
        .bind(microseconds(what.until));
        if self.0.execute(tombstone).await?.rows_affected() == 0 {
            return Ok(false);
        }
        let named = sqlx::query("INSERT INTO erasing (kind, id) VALUES ('story', ?1)").bind(&id);
        self.0.execute(named).await?;
        let wordings =
            sqlx::query("DELETE FROM take_up_stories WHERE quarter = ?1 AND measure = ?2 AND at_us <= ?3");
        self.0.execute(wordings.bind(&quarter).bind(measure).bind(microseconds(what.until))).await?;
        self.0.execute(sqlx::query("DELETE FROM erasing")).await?;
        Ok(true)
    }

    async fn forget_reasons(&mut self, _: &Asker, since: Timestamp) -> Result<u64, StoreError> {
        log::forget_reasons(&mut *self.0, since).await
    }

    async fn erase_entries(
        &mut self,
        _: &Asker,
        since: Timestamp,
        today: Date,
    ) -> Result<(u64, Cut), StoreError> {
        log::erase(&mut *self.0, since, today).await
    }
}
