//! What teams write, in PostgreSQL. Row-level security asks for itself whom an episode concerns.

use std::collections::BTreeMap;

use assessment_people::{id::EpisodeId, who::Stamp};
use async_trait::async_trait;
use jiff::Timestamp;

use super::{
    episodes::{organisation, person},
    session::Session,
};
use crate::{
    clock::{from_microseconds, microseconds},
    store::{
        StoreError,
        episodes::Asker,
        rows::team_records as of,
        team_records::{
            Circulation, KeptVersion, ListedRecord, RecordOf, Revision, TeamRecordReader,
            TeamRecordRepository, Which,
        },
    },
};

pub(super) struct TeamRecords<'c>(pub(super) &'c mut Session);

/// A question about the episode of 1, if it concerns the person of 2, the organisation of 3, or anybody if 4 says so.
macro_rules! of_episode {
    ($select:literal, $rest:literal) => {
        concat!(
            $select,
            " WHERE episode_id = $1 AND ($4 OR EXISTS (SELECT 1 FROM episode_access AS access \
             WHERE access.key IN ($2, $3) AND access.episode_id = $1)) ",
            $rest
        )
    };
}

/// Binds who asks about which episode.
macro_rules! asked {
    ($row:ty, $sql:expr, $asker:expr, $episode:expr) => {
        sqlx::query_as::<_, $row>($sql)
            .bind($episode.to_string())
            .bind(person($asker))
            .bind(organisation($asker))
            .bind($asker.authority)
    };
}

#[async_trait]
impl TeamRecordReader for TeamRecords<'_> {
    async fn lists(
        &mut self,
        asker: &Asker,
        episodes: &[EpisodeId],
    ) -> Result<BTreeMap<EpisodeId, Vec<ListedRecord>>, StoreError> {
        let query = sqlx::query_as::<_, of::Listed>(
            "SELECT record.episode_id, record.kind, record.number, newest AS revision, \
             (SELECT document::text FROM team_revisions AS one WHERE one.episode_id = record.episode_id \
              AND one.kind = record.kind AND one.number = record.number AND one.revision = record.newest) AS document, \
             done.revision AS completed_revision, done.document::text AS completed, \
             (SELECT count(*) FROM team_kept AS kept WHERE kept.episode_id = record.episode_id \
              AND kept.kind = record.kind AND kept.number = record.number \
              AND NOT EXISTS (SELECT 1 FROM team_settled WHERE kept_id = kept.id)) AS waiting, \
             (SELECT count(*) FROM team_circulations AS sent WHERE record.kind = 'meeting' \
              AND sent.episode_id = record.episode_id AND sent.number = record.number) AS circulated \
             FROM (SELECT episode_id, kind, number, max(revision) AS newest FROM \
              (SELECT episode_id, kind, number, revision FROM team_revisions WHERE episode_id = ANY($1) \
               UNION ALL SELECT episode_id, kind, number, 0 FROM team_kept WHERE episode_id = ANY($1)) AS every \
              GROUP BY episode_id, kind, number) AS record \
             LEFT JOIN team_completions AS done ON done.episode_id = record.episode_id AND done.kind = record.kind \
              AND done.number = record.number AND done.revision = (SELECT max(last.revision) FROM team_completions AS last \
              WHERE last.episode_id = record.episode_id AND last.kind = record.kind AND last.number = record.number) \
             WHERE $4 OR EXISTS (SELECT 1 FROM episode_access AS access WHERE access.key IN ($2, $3) \
              AND access.episode_id = record.episode_id)",
        );
        let query = query.bind(episodes.iter().map(ToString::to_string).collect::<Vec<_>>());
        let query = query.bind(person(asker)).bind(organisation(asker)).bind(asker.authority);
        of::listed(self.0.all_for(asker, query).await?)
    }

    async fn find(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        which: Which,
        revision: Option<u32>,
    ) -> Result<Option<Revision>, StoreError> {
        let sql = of_episode!(
            "SELECT revision, base, sha256, form_version, answers::text, document::text FROM team_revisions",
            "AND kind = $5 AND number = $6 AND ($7::bigint IS NULL OR revision = $7) ORDER BY revision DESC LIMIT 1"
        );
        let query = asked!(of::RevisionRow, sql, asker, episode);
        let query = query.bind(which.kind.code()).bind(i64::from(which.number)).bind(revision.map(i64::from));
        self.0.optional_for(asker, query).await?.map(of::revision).transpose()
    }

    async fn is_repeat(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        which: Which,
        base: u32,
        sha256: &str,
    ) -> Result<bool, StoreError> {
        let sql = of_episode!(
            "SELECT revision FROM team_revisions",
            "AND kind = $5 AND number = $6 AND base = $7 AND sha256 = $8 AND actor = $9 LIMIT 1"
        );
        let query = asked!((i64,), sql, asker, episode);
        let query = query.bind(which.kind.code()).bind(i64::from(which.number));
        let query = query.bind(i64::from(base)).bind(sha256.to_owned()).bind(asker.actor.id().to_owned());
        Ok(self.0.optional_for(asker, query).await?.is_some())
    }

    async fn revisions(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        which: Which,
    ) -> Result<Vec<Revision>, StoreError> {
        let sql = of_episode!(
            "SELECT revision, base, sha256, form_version, answers::text, document::text FROM team_revisions",
            "AND kind = $5 AND number = $6 ORDER BY revision"
        );
        let query = asked!(of::RevisionRow, sql, asker, episode);
        let query = query.bind(which.kind.code()).bind(i64::from(which.number));
        self.0.all_for(asker, query).await?.into_iter().map(of::revision).collect()
    }

    async fn kept(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        which: Which,
    ) -> Result<Vec<KeptVersion>, StoreError> {
        let sql = of_episode!(
            "SELECT id, base, sha256, form_version, answers::text, document::text, \
             (SELECT revision FROM team_settled WHERE kept_id = team_kept.id) AS settled FROM team_kept",
            "AND kind = $5 AND number = $6 ORDER BY seq"
        );
        let query = asked!(of::KeptRow, sql, asker, episode);
        let query = query.bind(which.kind.code()).bind(i64::from(which.number));
        self.0.all_for(asker, query).await?.into_iter().map(of::kept).collect()
    }

    async fn circulations(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        meeting: u32,
    ) -> Result<Vec<Circulation>, StoreError> {
        let sql = of_episode!(
            "SELECT id, revision, document::text FROM team_circulations",
            "AND number = $5 ORDER BY seq"
        );
        let query = asked!(of::CirculationRow, sql, asker, episode).bind(i64::from(meeting));
        self.0.all_for(asker, query).await?.into_iter().map(of::circulation).collect()
    }

    async fn of_all(&mut self, asker: &Asker, episodes: &[EpisodeId]) -> Result<Vec<RecordOf>, StoreError> {
        if !asker.authority {
            return Ok(Vec::new());
        }
        let query = sqlx::query_as::<_, of::RecordOfRow>(
            "SELECT episode_id, kind, number, answers::text, document::text, (SELECT min(at_us) FROM team_completions AS done \
             WHERE done.episode_id = newest.episode_id AND done.kind = newest.kind AND done.number = newest.number) \
             FROM team_revisions AS newest WHERE episode_id = ANY($1) AND NOT EXISTS \
             (SELECT 1 FROM team_revisions AS later WHERE later.episode_id = newest.episode_id \
              AND later.kind = newest.kind AND later.number = newest.number AND later.revision > newest.revision) \
             ORDER BY episode_id, kind, number",
        );
        let ids: Vec<String> = episodes.iter().map(ToString::to_string).collect();
        let query = query.bind(ids);
        self.0.all_for(asker, query).await?.into_iter().map(of::record_of).collect()
    }

    async fn first_saved(&mut self, asker: &Asker) -> Result<Option<Timestamp>, StoreError> {
        if !asker.authority {
            return Ok(None);
        }
        let query = sqlx::query_as::<_, (Option<i64>,)>("SELECT min(at_us) FROM team_revisions");
        let found = self.0.optional_for(asker, query).await?;
        Ok(found.and_then(|(at,)| at).map(from_microseconds))
    }
}

#[async_trait]
impl TeamRecordRepository for TeamRecords<'_> {
    async fn take_turn(&mut self, episode: EpisodeId) -> Result<(), StoreError> {
        let lock = sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))");
        self.0.run(lock.bind(format!("team of {episode}"))).await
    }

    async fn add(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        which: Which,
        new: &Revision,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO team_revisions \
             (episode_id, kind, number, revision, base, sha256, actor, at_us, form_version, answers, document) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::json, $11::json)",
        )
        .bind(episode.to_string())
        .bind(which.kind.code())
        .bind(i64::from(which.number))
        .bind(i64::from(new.number))
        .bind(i64::from(new.base))
        .bind(&new.sha256)
        .bind(asker.actor.id())
        .bind(microseconds(at))
        .bind(&new.form_version)
        .bind(&new.answers)
        .bind(of::document(&new.saved)?);
        self.0.add_for(asker, insert).await
    }

    async fn keep(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        which: Which,
        new: &KeptVersion,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO team_kept \
             (id, episode_id, kind, number, base, sha256, actor, at_us, form_version, answers, document) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::json, $11::json)",
        )
        .bind(&new.id)
        .bind(episode.to_string())
        .bind(which.kind.code())
        .bind(i64::from(which.number))
        .bind(i64::from(new.base))
        .bind(&new.sha256)
        .bind(asker.actor.id())
        .bind(microseconds(at))
        .bind(&new.form_version)
        .bind(&new.answers)
        .bind(of::document(&new.kept)?);
        self.0.add_for(asker, insert).await
    }

    async fn settle(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        kept: &str,
        revision: u32,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO team_settled (kept_id, episode_id, revision, actor, at_us) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(kept)
        .bind(episode.to_string())
        .bind(i64::from(revision))
        .bind(asker.actor.id())
        .bind(microseconds(at));
        self.0.add_for(asker, insert).await
    }

    async fn complete(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        which: Which,
        revision: u32,
        by: &Stamp,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO team_completions (episode_id, kind, number, revision, actor, at_us, document) \
             VALUES ($1, $2, $3, $4, $5, $6, $7::json)",
        )
        .bind(episode.to_string())
        .bind(which.kind.code())
        .bind(i64::from(which.number))
        .bind(i64::from(revision))
        .bind(asker.actor.id())
        .bind(microseconds(at))
        .bind(of::document(by)?);
        self.0.add_for(asker, insert).await
    }

    async fn circulate(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        meeting: u32,
        new: &Circulation,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO team_circulations (id, episode_id, number, revision, actor, at_us, document) \
             VALUES ($1, $2, $3, $4, $5, $6, $7::json)",
        )
        .bind(&new.id)
        .bind(episode.to_string())
        .bind(i64::from(meeting))
        .bind(i64::from(new.revision))
        .bind(asker.actor.id())
        .bind(microseconds(at))
        .bind(of::document(&new.sent)?);
        self.0.add_for(asker, insert).await
    }
}
