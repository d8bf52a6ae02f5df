//! Notes in SQLite.

use assessment_people::{
    id::{EpisodeId, NoteId},
    note::Note,
};
use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::{Executor as _, SqliteConnection};

use super::episodes::{organisation, person};
use crate::{
    clock::microseconds,
    store::{
        StoreError,
        episodes::Asker,
        notes::{NoteRepository, StoredNote, Wanted},
        rows::notes as of,
    },
};

pub(super) struct Notes<'c>(pub(super) &'c mut SqliteConnection);

/// Notes of the episode of 1, if it concerns the person of 2, the organisation of 3, or anybody if 4 says so.
macro_rules! notes {
    ($rest:literal) => {
        concat!(
            "SELECT seq, document FROM notes WHERE episode_id = ?1 AND \
             (?4 OR EXISTS (SELECT 1 FROM episode_access AS access WHERE access.key IN (?2, ?3) \
             AND access.episode_id = ?1)) AND ",
            $rest
        )
    };
}

#[async_trait]
impl NoteRepository for Notes<'_> {
    async fn find(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        id: NoteId,
    ) -> Result<Option<StoredNote>, StoreError> {
        let query = sqlx::query_as::<_, of::Row>(notes!("id = ?5")).bind(episode.to_string());
        let query = query.bind(person(asker)).bind(organisation(asker)).bind(asker.authority);
        let query = query.bind(id.to_string());
        let found = query.fetch_optional(&mut *self.0).await?;
        found.map(of::note).transpose()
    }

    async fn list(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        wanted: Wanted,
    ) -> Result<Vec<StoredNote>, StoreError> {
        let sql = notes!("seq > ?5 ORDER BY seq LIMIT ?6");
        let query = sqlx::query_as::<_, of::Row>(sql).bind(episode.to_string());
        let query = query.bind(person(asker)).bind(organisation(asker)).bind(asker.authority);
        let query = query.bind(i64::try_from(wanted.after).unwrap_or(i64::MAX)).bind(i64::from(wanted.limit));
        let found = query.fetch_all(&mut *self.0).await?;
        found.into_iter().map(of::note).collect()
    }

    async fn add(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        expected: u64,
        note: &Note,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let query = sqlx::query_as::<_, (i64,)>("SELECT revision FROM episodes WHERE id = ?1");
        let found = query.bind(episode.to_string()).fetch_optional(&mut *self.0).await?;
        if found.is_none_or(|(revision,)| revision.unsigned_abs() != expected) {
            return Ok(false);
        }
        let insert = sqlx::query(
            "INSERT INTO notes (id, episode_id, actor, at_us, document) VALUES (?1, ?2, ?3, ?4, ?5)",
        )
        .bind(note.id().to_string())
        .bind(episode.to_string())
        .bind(asker.actor.id())
        .bind(microseconds(at))
        .bind(of::document(note)?);
        self.0.execute(insert).await?;
        Ok(true)
    }
}
