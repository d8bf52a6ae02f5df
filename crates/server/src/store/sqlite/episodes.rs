//! Episodes in SQLite.

use std::collections::{BTreeMap, BTreeSet};

use assessment_people::{
    episode::Episode,
    id::{EpisodeId, VersionId},
    who::{Organisation, Subject},
};
use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::{Executor as _, SqliteConnection};

use crate::{
    clock::microseconds,
    identifier::AssessmentId,
    store::{
        StoreError,
        assessments::StoredAssessment,
        audit::AuditPage,
        episodes::{
            AccessEntry, Asker, EpisodeReader, EpisodeRepository, EpisodeState, Key, Receipt, StoredEpisode,
            StoredGrant, WantedAccess, WantedEpisodes, WantedReceipt,
        },
        rows::{self, episodes as of, lists::between},
    },
};

pub(super) struct Episodes<'c>(pub(super) &'c mut SqliteConnection);

/// Only episodes that concern the person of 2, the organisation of 3, or anybody if 4 says so.
macro_rules! concerned {
    ($episode:literal) => {
        concat!(
            "(?4 OR EXISTS (SELECT 1 FROM episode_access AS access WHERE access.key IN (?2, ?3) \
             AND access.episode_id = ",
            $episode,
            "))"
        )
    };
}

#[async_trait]
impl EpisodeReader for Episodes<'_> {
    async fn find(&mut self, asker: &Asker, id: EpisodeId) -> Result<Option<StoredEpisode>, StoreError> {
        let sql = concat!(
            "SELECT document, revision, changed_us, protection, reference, child_name, headline_kind, \
             headline_code, calm, due_on FROM episodes WHERE id = ?1 AND ",
            concerned!("episodes.id")
        );
        let query = sqlx::query_as::<_, of::Episode>(sql).bind(id.to_string());
        let query = query.bind(person(asker)).bind(organisation(asker)).bind(asker.authority);
        let found = query.fetch_optional(&mut *self.0).await?;
        found.map(of::episode).transpose()
    }

    async fn of_version(&mut self, asker: &Asker, id: VersionId) -> Result<Option<EpisodeId>, StoreError> {
        let sql = concat!(
            "SELECT episode_id FROM versions WHERE version_id = ?1 AND ",
            concerned!("versions.episode_id")
        );
        let query = sqlx::query_as::<_, (String,)>(sql).bind(id.to_string());
        let query = query.bind(person(asker)).bind(organisation(asker)).bind(asker.authority);
        let found = query.fetch_optional(&mut *self.0).await?;
        Ok(found.and_then(|(id,)| EpisodeId::parse(&id)))
    }

    async fn list(&mut self, _: &Asker, wanted: &WantedEpisodes) -> Result<Vec<StoredEpisode>, StoreError> {
        let (mut calm, mut due_on, mut id) = (-1, String::new(), String::new());
        if let Some(after) = wanted.after {
            id = after.to_string();
            let find = sqlx::query_as::<_, (i64, String)>("SELECT calm, due_on FROM episodes WHERE id = ?1");
            let find = find.bind(id.clone());
            let Some(edge) = find.fetch_optional(&mut *self.0).await? else { return Ok(Vec::new()) };
            (calm, due_on) = edge;
        }
        let query = sqlx::query_as::<_, of::Episode>(
            "SELECT document, revision, changed_us, protection, reference, child_name, headline_kind, \
             headline_code, episodes.calm AS calm, episodes.due_on AS due_on \
             FROM episode_access AS work JOIN episodes ON episodes.id = work.episode_id \
             WHERE work.key = ?1 AND (work.calm, work.due_on, work.episode_id) > (?2, ?3, ?4) \
             ORDER BY work.calm, work.due_on, work.episode_id LIMIT ?5",
        );
        let query = query.bind(wanted.of.as_str()).bind(calm).bind(due_on).bind(id).bind(wanted.limit);
        let found = query.fetch_all(&mut *self.0).await?;
        found.into_iter().map(of::episode).collect()
    }

    async fn grants_to(&mut self, asker: &Asker) -> Result<Vec<StoredGrant>, StoreError> {
        let query = sqlx::query_as::<_, of::Grant>(
            "SELECT grant_id, revision, document FROM grants AS newest WHERE person = ?1 AND NOT EXISTS (SELECT 1 FROM grants AS later \
             WHERE later.grant_id = newest.grant_id AND later.revision > newest.revision) \
             ORDER BY seq",
        );
        let query = query.bind(person(asker));
        of::grants(query.fetch_all(&mut *self.0).await?)
    }

    async fn grants_of(&mut self, asker: &Asker, ids: &[EpisodeId]) -> Result<Vec<StoredGrant>, StoreError> {
        let sql = concat!(
            "SELECT grant_id, revision, document FROM grants AS newest WHERE episode_id IN (SELECT value FROM json_each(?1)) AND NOT EXISTS (SELECT 1 FROM grants AS later \
             WHERE later.grant_id = newest.grant_id AND later.revision > newest.revision) AND ",
            concerned!("newest.episode_id"),
            " ORDER BY (SELECT seq FROM grants AS first WHERE first.grant_id = newest.grant_id AND first.revision = 1)"
        );
        let query = sqlx::query_as::<_, of::Grant>(sql).bind(of::ids(ids));
        let query = query.bind(person(asker)).bind(organisation(asker)).bind(asker.authority);
        of::grants(query.fetch_all(&mut *self.0).await?)
    }

    async fn version(
        &mut self,
        asker: &Asker,
        id: EpisodeId,
        number: u32,
    ) -> Result<Option<StoredAssessment>, StoreError> {
        let sql = concat!(
            "SELECT id, reference, form_version, pack_version, received_us, actor, answers, outcome, difference \
             FROM versions JOIN assessments ON id = version_id WHERE episode_id = ?1 AND number = ?5 AND ",
            concerned!("versions.episode_id")
        );
        let query = sqlx::query_as::<_, rows::Version>(sql).bind(id.to_string());
        let query = query.bind(person(asker)).bind(organisation(asker)).bind(asker.authority);
        let query = query.bind(i64::from(number));
        Ok(query.fetch_optional(&mut *self.0).await?.map(rows::version))
    }

    async fn revisions(&mut self, asker: &Asker, id: EpisodeId) -> Result<Vec<Episode>, StoreError> {
        let sql = concat!(
            "SELECT document FROM episode_revisions WHERE episode_id = ?1 AND ",
            concerned!("episode_revisions.episode_id"),
            " ORDER BY revision"
        );
        let query = sqlx::query_as::<_, (String,)>(sql).bind(id.to_string());
        let query = query.bind(person(asker)).bind(organisation(asker)).bind(asker.authority);
        query.fetch_all(&mut *self.0).await?.into_iter().map(of::revision).collect()
    }

    async fn access_log(
        &mut self,
        _: &Asker,
        id: EpisodeId,
        wanted: WantedAccess,
    ) -> Result<Vec<AccessEntry>, StoreError> {
        let (sql, edge) = match wanted.page {
            AuditPage::Last => (
                "SELECT audit.seq, at_us, actor, name, organisation, action, words, reason FROM audit \
                 LEFT JOIN practitioners ON practitioners.id = actor LEFT JOIN access_reasons ON access_reasons.seq = audit.seq \
                 WHERE ((subject_kind = 'episode' AND subject_id = ?1) OR (subject_kind = 'assessment' AND subject_id IN (SELECT version_id FROM versions WHERE episode_id = ?1))) \
                 AND at_us >= ?4 AND at_us < ?5 AND audit.seq <= ?2 ORDER BY audit.seq DESC LIMIT ?3",
                u64::MAX,
            ),
            AuditPage::Before(edge) => (
                "SELECT audit.seq, at_us, actor, name, organisation, action, words, reason FROM audit \
                 LEFT JOIN practitioners ON practitioners.id = actor LEFT JOIN access_reasons ON access_reasons.seq = audit.seq \
                 WHERE ((subject_kind = 'episode' AND subject_id = ?1) OR (subject_kind = 'assessment' AND subject_id IN (SELECT version_id FROM versions WHERE episode_id = ?1))) \
                 AND at_us >= ?4 AND at_us < ?5 AND audit.seq < ?2 ORDER BY audit.seq DESC LIMIT ?3",
                edge,
            ),
            AuditPage::After(edge) => (
                "SELECT audit.seq, at_us, actor, name, organisation, action, words, reason FROM audit \
                 LEFT JOIN practitioners ON practitioners.id = actor LEFT JOIN access_reasons ON access_reasons.seq = audit.seq \
                 WHERE ((subject_kind = 'episode' AND subject_id = ?1) OR (subject_kind = 'assessment' AND subject_id IN (SELECT version_id FROM versions WHERE episode_id = ?1))) \
                 AND at_us >= ?4 AND at_us < ?5 AND audit.seq > ?2 ORDER BY audit.seq LIMIT ?3",
                edge,
            ),
        };
        let query = sqlx::query_as::<_, of::Access>(sql).bind(id.to_string());
        let query = query.bind(i64::try_from(edge).unwrap_or(i64::MAX)).bind(wanted.limit);
        let (from, until) = between(wanted.from, wanted.until);
        let found = query.bind(from).bind(until).fetch_all(&mut *self.0).await?;
        Ok(found.into_iter().map(of::access).collect())
    }

    async fn receipts(
        &mut self,
        asker: &Asker,
        wanted: &[WantedReceipt],
    ) -> Result<BTreeMap<EpisodeId, Receipt>, StoreError> {
        super::referrals::receipts(&mut *self.0, asker, wanted).await
    }

    async fn name_of(&mut self, _: &Asker, subject: &Subject) -> Result<Option<String>, StoreError> {
        let query = sqlx::query_as::<_, (String,)>(
            "SELECT name FROM practitioners WHERE issuer = ?1 AND subject = ?2",
        );
        let query = query.bind(subject.issuer().to_owned()).bind(subject.sub().to_owned());
        let found = query.fetch_optional(&mut *self.0).await?;
        Ok(found.map(|(name,)| name))
    }

    async fn left(
        &mut self,
        _: &Asker,
        subjects: &BTreeSet<Subject>,
    ) -> Result<BTreeSet<Subject>, StoreError> {
        super::sessions::left(&mut *self.0, subjects).await
    }

    async fn of_versions(
        &mut self,
        asker: &Asker,
        ids: &[VersionId],
    ) -> Result<Vec<(String, StoredEpisode)>, StoreError> {
        let sql = concat!(
            "SELECT version_id, document, revision, changed_us, protection, reference, child_name, headline_kind, \
             headline_code, calm, due_on FROM versions JOIN episodes ON episodes.id = episode_id \
             WHERE version_id IN (SELECT value FROM json_each(?1)) AND ",
            concerned!("episodes.id")
        );
        let query = sqlx::query_as::<_, of::EpisodeOf>(sql).bind(of::ids(ids));
        let query = query.bind(person(asker)).bind(organisation(asker)).bind(asker.authority);
        let found = query.fetch_all(&mut *self.0).await?;
        found.into_iter().map(of::episode_of).collect()
    }

    async fn is_known(&mut self, _: &Asker, organisation: &Organisation) -> Result<bool, StoreError> {
        let sql = "SELECT id FROM practitioners WHERE organisation = ?1 LIMIT 1";
        let query = sqlx::query_as::<_, (String,)>(sql).bind(organisation.code().to_owned());
        Ok(query.fetch_optional(&mut *self.0).await?.is_some())
    }

    async fn without_episode(&mut self, asker: &Asker, limit: u32) -> Result<Vec<AssessmentId>, StoreError> {
        let query = sqlx::query_as::<_, (String,)>(
            "SELECT id FROM assessments WHERE actor = ?1 \
             AND NOT EXISTS (SELECT 1 FROM versions WHERE version_id = id) ORDER BY seq LIMIT ?2",
        );
        let query = query.bind(asker.actor.id()).bind(limit);
        let found = query.fetch_all(&mut *self.0).await?;
        Ok(found.into_iter().filter_map(|(id,)| AssessmentId::parse(&id)).collect())
    }
}

#[async_trait]
impl EpisodeRepository for Episodes<'_> {
    async fn add(
        &mut self,
        asker: &Asker,
        new: &EpisodeState,
        concerns: &BTreeSet<Key>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let columns = of::columns(new)?;
        let keys: Vec<&str> = concerns.iter().map(Key::as_str).collect();
        let insert = sqlx::query(
            "INSERT INTO episode_access (episode_id, key) SELECT ?, value FROM json_each(?) WHERE true \
             ON CONFLICT DO NOTHING; \
             INSERT INTO episodes (id, revision, document, child, holder, state, protection, reference, child_name, \
             headline_kind, headline_code, calm, due_on, opened_us, changed_us) \
             VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?); \
             INSERT INTO episode_revisions (episode_id, revision, actor, at_us, document, protection) \
             VALUES (?, 1, ?, ?, ?, ?)",
        )
        .bind(&columns.id)
        .bind(serde_json::to_string(&keys).unwrap_or_default())
        .bind(&columns.id)
        .bind(&columns.document)
        .bind(&columns.child)
        .bind(&columns.holder)
        .bind(&columns.state)
        .bind(columns.protection)
        .bind(&new.listed.reference)
        .bind(&new.listed.child_name)
        .bind(new.listed.headline.as_ref().map(|headline| headline.kind.clone()))
        .bind(new.listed.headline.as_ref().map(|headline| headline.code.clone()))
        .bind(columns.calm)
        .bind(&columns.due_on)
        .bind(columns.opened_us)
        .bind(microseconds(at))
        .bind(&columns.id)
        .bind(asker.actor.id())
        .bind(microseconds(at))
        .bind(&columns.document)
        .bind(columns.protection);
        self.0.execute(insert).await?;
        Ok(())
    }

    async fn replace(
        &mut self,
        asker: &Asker,
        next: &EpisodeState,
        expected: u64,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let columns = of::columns(next)?;
        let expected = i64::try_from(expected).unwrap_or(i64::MAX);
        // Adding the revision first makes a stale one fail on its key, whether or not the other transaction has ended.
        self.add_revision(asker, &columns, expected.saturating_add(1), at).await?;
        let update = sqlx::query(
            "UPDATE episodes SET revision = revision + 1, document = ?3, holder = ?4, state = ?5, \
             protection = ?6, reference = ?7, child_name = ?8, headline_kind = ?9, headline_code = ?10, \
             calm = ?11, due_on = ?12, changed_us = ?13 WHERE id = ?1 AND revision = ?2",
        )
        .bind(&columns.id)
        .bind(expected)
        .bind(&columns.document)
        .bind(&columns.holder)
        .bind(&columns.state)
        .bind(columns.protection)
        .bind(&next.listed.reference)
        .bind(&next.listed.child_name)
        .bind(next.listed.headline.as_ref().map(|headline| headline.kind.clone()))
        .bind(next.listed.headline.as_ref().map(|headline| headline.code.clone()))
        .bind(columns.calm)
        .bind(&columns.due_on)
        .bind(microseconds(at));
        let changed = self.0.execute(update).await?.rows_affected();
        if changed == 1 { Ok(()) } else { Err(StoreError::Conflict("episodes.revision".to_owned())) }
    }

    async fn concern(
        &mut self,
        _: &Asker,
        id: EpisodeId,
        concerns: &BTreeSet<Key>,
    ) -> Result<(), StoreError> {
        for key in concerns {
            let sql = "INSERT INTO episode_access (key, episode_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
            let insert = sqlx::query(sql).bind(key.as_str()).bind(id.to_string());
            self.0.execute(insert).await?;
        }
        let keys: Vec<&str> = concerns.iter().map(Key::as_str).collect();
        let sql = "DELETE FROM episode_access WHERE episode_id = ?2 AND key NOT IN (SELECT value FROM json_each(?1))";
        let delete =
            sqlx::query(sql).bind(serde_json::to_string(&keys).unwrap_or_default()).bind(id.to_string());
        self.0.execute(delete).await?;
        Ok(())
    }

    async fn add_version(
        &mut self,
        _: &Asker,
        id: EpisodeId,
        version: VersionId,
        number: u32,
    ) -> Result<(), StoreError> {
        let insert = sqlx::query("INSERT INTO versions (version_id, episode_id, number) VALUES (?1, ?2, ?3)");
        let insert = insert.bind(version.to_string()).bind(id.to_string()).bind(i64::from(number));
        self.0.execute(insert).await?;
        Ok(())
    }

    async fn add_grant(
        &mut self,
        asker: &Asker,
        grant: &StoredGrant,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let terms = grant.grant.terms();
        let insert = sqlx::query(
            "INSERT INTO grants (grant_id, revision, episode_id, person, document, actor, at_us) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )
        .bind(&grant.id)
        .bind(i64::try_from(grant.revision).unwrap_or(i64::MAX))
        .bind(terms.episode.to_string())
        .bind(Key::person(&terms.to).as_str().to_owned())
        .bind(of::grant_document(grant)?)
        .bind(asker.actor.id())
        .bind(microseconds(at));
        self.0.execute(insert).await?;
        Ok(())
    }
}

impl Episodes<'_> {
    async fn add_revision(
        &mut self,
        asker: &Asker,
        columns: &of::Columns,
        revision: i64,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO episode_revisions (episode_id, revision, actor, at_us, document, protection) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )
        .bind(&columns.id)
        .bind(revision)
        .bind(asker.actor.id())
        .bind(microseconds(at))
        .bind(&columns.document)
        .bind(columns.protection);
        self.0.execute(insert).await?;
        Ok(())
    }
}

pub(super) fn person(asker: &Asker) -> String {
    Key::person(&asker.subject).as_str().to_owned()
}

pub(super) fn organisation(asker: &Asker) -> Option<String> {
    asker.organisation.as_ref().map(|one| Key::organisation(one).as_str().to_owned())
}
