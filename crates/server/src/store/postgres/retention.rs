//! Orders, requests and erasing in PostgreSQL. Erasing is done by functions of the owner's, which the role that serves may
//! call; it has no right to delete a record itself.

use assessment_people::{
    audit::Cut,
    id::{EpisodeId, PersonId},
};
use async_trait::async_trait;
use jiff::{Timestamp, civil::Date};

use super::{session::Session, text};
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
            retention as rows,
        },
    },
};

pub(super) struct Retention<'c>(pub(super) &'c mut Session);

/// Tombstones of which this is true.
macro_rules! erased {
    ($rest:literal) => {
        concat!(
            "SELECT seq, kind, id, why, due_on, erased_on, erased_us, actor, versions::text, people::text, protection, \
             excluded::text FROM erased WHERE ",
            $rest
        )
    };
}

#[async_trait]
impl RetentionReader for Retention<'_> {
    async fn episodes(
        &mut self,
        asker: &Asker,
        after: Option<EpisodeId>,
        limit: u32,
    ) -> Result<Vec<StoredEpisode>, StoreError> {
        let query = sqlx::query_as::<_, Episode>(
            "SELECT document::text AS document, revision, changed_us, protection, reference, child_name, headline_kind, \
             headline_code, calm, due_on FROM episodes \
             WHERE $1::text IS NULL OR id > $1 ORDER BY id LIMIT $2",
        );
        let query = query.bind(after.map(|id| id.to_string())).bind(i64::from(limit));
        let found = self.0.all_for(asker, query).await?;
        found.into_iter().map(episode).collect()
    }

    async fn holds(
        &mut self,
        asker: &Asker,
        episodes: Option<&[EpisodeId]>,
    ) -> Result<Vec<StoredHold>, StoreError> {
        let query = sqlx::query_as::<_, rows::Hold>(
            "SELECT id, episode_id, until, reason, at_us FROM legal_holds AS hold \
             WHERE ($1::text[] IS NULL OR episode_id = ANY ($1)) \
             AND NOT EXISTS (SELECT 1 FROM legal_holds_lifted WHERE hold_id = hold.id) ORDER BY at_us, id",
        );
        let wanted = episodes.map(|ids| ids.iter().map(ToString::to_string).collect::<Vec<_>>());
        let found = self.0.all_for(asker, query.bind(wanted)).await?;
        found.into_iter().map(rows::hold).collect()
    }

    async fn requests(
        &mut self,
        asker: &Asker,
        people: Option<&[PersonId]>,
    ) -> Result<Vec<StoredRequest>, StoreError> {
        let query = sqlx::query_as::<_, rows::Request>(
            "SELECT id, episode_id, person, received_on, at_us FROM subject_access_requests AS request \
             WHERE ($1::text[] IS NULL OR person = ANY ($1)) \
             AND NOT EXISTS (SELECT 1 FROM subject_access_closed WHERE request_id = request.id) ORDER BY at_us, id",
        );
        let wanted = people.map(texts);
        let found = self.0.all_for(asker, query.bind(wanted)).await?;
        found.into_iter().map(rows::request).collect()
    }

    async fn tombstone(&mut self, asker: &Asker, id: EpisodeId) -> Result<Option<Tombstone>, StoreError> {
        let query = sqlx::query_as::<_, rows::Erased>(erased!("kind = 'episode' AND id = $1"));
        let found = self.0.optional_for(asker, query.bind(id.to_string())).await?;
        found.map(rows::tombstone).transpose()
    }

    async fn tombstones_of(&mut self, asker: &Asker, ids: &[String]) -> Result<Vec<Tombstone>, StoreError> {
        let query = sqlx::query_as::<_, rows::Erased>(erased!(
            "kind = 'episode' AND (id = ANY ($1) \
             OR EXISTS (SELECT 1 FROM json_array_elements_text(versions) AS one WHERE one = ANY ($1)) \
             OR EXISTS (SELECT 1 FROM json_array_elements_text(people) AS one WHERE one = ANY ($1)))"
        ));
        let found = self.0.all_for(asker, query.bind(ids.to_vec())).await?;
        found.into_iter().map(rows::tombstone).collect()
    }

    async fn tombstones(
        &mut self,
        asker: &Asker,
        after: u64,
        limit: u32,
    ) -> Result<Vec<Tombstone>, StoreError> {
        let query = sqlx::query_as::<_, rows::Erased>(erased!("seq > $1 ORDER BY seq LIMIT $2"));
        let query = query.bind(i64::try_from(after).unwrap_or(i64::MAX)).bind(i64::from(limit));
        let found = self.0.all_for(asker, query).await?;
        found.into_iter().map(rows::tombstone).collect()
    }

    async fn old_drafts(
        &mut self,
        asker: &Asker,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<(DraftId, Timestamp)>, StoreError> {
        let query = sqlx::query_as::<_, rows::OldDraft>("SELECT * FROM drafts_not_saved_since($1, $2)");
        let query = query.bind(microseconds(since)).bind(i64::from(limit));
        let found = self.0.all_for(asker, query).await?;
        Ok(found.into_iter().filter_map(rows::old_draft).collect())
    }

    async fn old_entries(&mut self, asker: &Asker, since: Timestamp, today: Date) -> Result<u64, StoreError> {
        let count = sqlx::query_as::<_, (i64,)>("SELECT count(*) FROM entries_due($1, $2)");
        let count = count.bind(microseconds(since)).bind(today.to_string());
        Ok(self.0.optional_for(asker, count).await?.map_or(0, |(count,)| count.unsigned_abs()))
    }
}

#[async_trait]
impl RetentionRepository for Retention<'_> {
    async fn lock(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        people: &[PersonId],
    ) -> Result<bool, StoreError> {
        let query = sqlx::query_as::<_, (String,)>("SELECT id FROM episodes WHERE id = $1 FOR UPDATE");
        let found = self.0.optional_for(asker, query.bind(episode.to_string())).await?;
        // In one order, so that two units of work never wait for each other.
        let query = sqlx::query_as::<_, (String,)>(
            "SELECT id FROM people WHERE id = ANY ($1) ORDER BY id FOR UPDATE",
        );
        self.0.all_for(asker, query.bind(texts(people))).await?;
        Ok(found.is_some())
    }

    async fn place(&mut self, asker: &Asker, hold: &StoredHold) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO legal_holds (id, episode_id, until, reason, actor, at_us) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(hold.id.clone())
        .bind(hold.episode.to_string())
        .bind(hold.until.map(|day| day.to_string()))
        .bind(text(&hold.reason).into_owned())
        .bind(asker.actor.id())
        .bind(microseconds(hold.placed_at));
        self.0.add_for(asker, insert).await
    }

    async fn lift(
        &mut self,
        asker: &Asker,
        hold: &str,
        reason: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO legal_holds_lifted (hold_id, reason, actor, at_us) VALUES ($1, $2, $3, $4)",
        );
        let insert = insert.bind(hold.to_owned()).bind(text(reason).into_owned());
        self.0.add_for(asker, insert.bind(asker.actor.id()).bind(microseconds(at))).await
    }

    async fn open_request(&mut self, asker: &Asker, request: &StoredRequest) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO subject_access_requests (id, episode_id, person, received_on, actor, at_us) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(request.id.clone())
        .bind(request.episode.to_string())
        .bind(request.person.to_string())
        .bind(request.received_on.to_string())
        .bind(asker.actor.id())
        .bind(microseconds(request.opened_at));
        self.0.add_for(asker, insert).await
    }

    async fn close_request(
        &mut self,
        asker: &Asker,
        request: &str,
        reason: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO subject_access_closed (request_id, reason, actor, at_us) VALUES ($1, $2, $3, $4)",
        );
        let insert = insert.bind(request.to_owned()).bind(text(reason).into_owned());
        self.0.add_for(asker, insert.bind(asker.actor.id()).bind(microseconds(at))).await
    }

    async fn erase_episode(
        &mut self,
        asker: &Asker,
        what: &ToErase,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let people: Vec<String> = what.people.iter().map(ToString::to_string).collect();
        let erase = sqlx::query("SELECT erase_episode($1, $2, $3, $4, $5, $6)")
            .bind(what.episode.to_string())
            .bind(people)
            .bind(rows::why(what.because))
            .bind(what.due_on.map(|day| day.to_string()))
            .bind(what.today.to_string())
            .bind(microseconds(at));
        self.0.add_for(asker, erase).await
    }

    async fn erase_draft(
        &mut self,
        asker: &Asker,
        id: DraftId,
        since: Timestamp,
        today: Date,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let erase = sqlx::query_as::<_, (bool,)>("SELECT erase_draft($1, $2, $3, $4)")
            .bind(id.to_string())
            .bind(microseconds(since))
            .bind(today.to_string())
            .bind(microseconds(at));
        Ok(self.0.optional_for(asker, erase).await?.is_some_and(|(erased,)| erased))
    }

    async fn erase_story(
        &mut self,
        asker: &Asker,
        what: &StoryToErase,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let erase = sqlx::query_as::<_, (bool,)>("SELECT erase_story($1, $2, $3, $4, $5, $6)")
            .bind(what.about.quarter.to_string())
            .bind(what.about.measure.code())
            .bind(microseconds(what.until))
            .bind(rows::why(what.because))
            .bind(what.today.to_string())
            .bind(microseconds(at));
        Ok(self.0.optional_for(asker, erase).await?.is_some_and(|(erased,)| erased))
    }

    async fn forget_reasons(&mut self, asker: &Asker, since: Timestamp) -> Result<u64, StoreError> {
        let forget = sqlx::query_as::<_, (i64,)>("SELECT forget_reasons($1)").bind(microseconds(since));
        Ok(self.0.optional_for(asker, forget).await?.map_or(0, |(count,)| count.unsigned_abs()))
    }

    async fn erase_entries(
        &mut self,
        asker: &Asker,
        since: Timestamp,
        today: Date,
    ) -> Result<(u64, Cut), StoreError> {
        let erase = sqlx::query_as::<_, (i64, i64, Vec<i64>)>(
            "SELECT the_count, the_through, the_left FROM erase_entries($1, $2)",
        );
        let erase = erase.bind(microseconds(since)).bind(today.to_string());
        let (count, through, left) = self.0.optional_for(asker, erase).await?.unwrap_or_default();
        let cut = Cut::new(through.unsigned_abs(), left.into_iter().map(i64::unsigned_abs));
        Ok((count.unsigned_abs(), cut))
    }
}

fn texts(ids: &[PersonId]) -> Vec<String> {
    ids.iter().map(PersonId::to_string).collect()
}
