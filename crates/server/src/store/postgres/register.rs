//! The register in PostgreSQL. Row-level security shows all of it only where the transaction names somebody whose role
//! reaches every episode.

use assessment_people::{
    id::EpisodeId,
    take_up::{About, Published},
};
use async_trait::async_trait;
use jiff::Timestamp;

use super::{session::Session, text};
use crate::clock::microseconds;
use crate::store::episodes::{Asker, StoredGrant};
use crate::store::{
    StoreError,
    register::{Locality, RegisterReader, RegisterRepository, RegisterRow, StoredStory, WantedRegister},
    rows::{episodes as of, lists as rows, people::written},
};

pub(super) struct Register<'c>(pub(super) &'c mut Session);

/// Later than every id.
const LAST: &str = "~";

#[async_trait]
impl RegisterReader for Register<'_> {
    async fn list(&mut self, asker: &Asker, wanted: &WantedRegister) -> Result<Vec<RegisterRow>, StoreError> {
        if !asker.authority {
            return Ok(Vec::new());
        }
        let mut edge = (i64::MAX, LAST.to_owned());
        if let Some(after) = wanted.after {
            let id = after.to_string();
            let query = sqlx::query_as::<_, (i64,)>("SELECT opened_us FROM episodes WHERE id = $1");
            let found = self.0.optional_for(asker, query.bind(id.clone())).await?;
            let Some((opened_us,)) = found else { return Ok(Vec::new()) };
            edge = (opened_us, id);
        }
        let (from, until) = rows::between(wanted.from, wanted.until);
        let within = wanted.within.clone().unwrap_or_default();
        let query = sqlx::query_as::<_, rows::Register>(
            "SELECT document::text AS document, revision, changed_us, protection, reference, child_name, headline_kind, \
             headline_code, calm, due_on, opened_us, school, district, sector \
             FROM episodes LEFT JOIN episode_places ON episode_id = id AND protection = 'ordinary' \
             WHERE (opened_us, id) < ($1, $2) AND opened_us >= $3 AND opened_us < $4 \
             AND ($5::text IS NULL OR state = $5) \
             AND (NOT $6 OR CASE \
                 WHEN school = ANY ($7) THEN school = ANY ($8) \
                 WHEN sector = ANY ($9) THEN sector = ANY ($10) \
                 WHEN district = ANY ($11) THEN district = ANY ($12) \
                 ELSE $13 END) \
             ORDER BY opened_us DESC, id DESC LIMIT $14",
        );
        let query = query.bind(edge.0).bind(edge.1).bind(from).bind(until).bind(rows::state(wanted));
        let query = query.bind(wanted.within.is_some());
        let query = query.bind(within.any.schools).bind(within.area.schools);
        let query = query.bind(within.any.sectors).bind(within.area.sectors);
        let query = query.bind(within.any.districts).bind(within.area.districts);
        let query = query.bind(within.nowhere).bind(i64::from(wanted.limit));
        let found = self.0.all_for(asker, query).await?;
        found.into_iter().map(rows::register).collect()
    }

    async fn published(&mut self, asker: &Asker) -> Result<Vec<Published>, StoreError> {
        if !asker.authority {
            return Ok(Vec::new());
        }
        let query =
            sqlx::query_as::<_, (String,)>("SELECT document::text FROM take_up_quarters ORDER BY quarter");
        self.0.all_for(asker, query).await?.into_iter().map(rows::published).collect()
    }

    async fn stories(&mut self, asker: &Asker) -> Result<Vec<StoredStory>, StoreError> {
        if !asker.authority {
            return Ok(Vec::new());
        }
        let query = sqlx::query_as::<_, rows::StoryRow>(
            "SELECT quarter, measure, revision, document::text FROM take_up_stories AS newest WHERE NOT EXISTS \
             (SELECT 1 FROM take_up_stories AS later WHERE later.quarter = newest.quarter \
              AND later.measure = newest.measure AND later.revision > newest.revision) ORDER BY quarter, measure",
        );
        self.0.all_for(asker, query).await?.into_iter().map(rows::story).collect()
    }

    async fn wordings(&mut self, asker: &Asker, about: About) -> Result<Vec<StoredStory>, StoreError> {
        if !asker.authority {
            return Ok(Vec::new());
        }
        let query = sqlx::query_as::<_, rows::StoryRow>(
            "SELECT quarter, measure, revision, document::text FROM take_up_stories \
             WHERE quarter = $1 AND measure = $2 ORDER BY revision DESC",
        );
        let query = query.bind(about.quarter.to_string()).bind(about.measure.code());
        self.0.all_for(asker, query).await?.into_iter().map(rows::story).collect()
    }

    async fn unplaced(&mut self, asker: &Asker, limit: u32) -> Result<Vec<(EpisodeId, String)>, StoreError> {
        if !asker.authority {
            return Ok(Vec::new());
        }
        let query = sqlx::query_as::<_, (String, String)>(
            "SELECT newest.episode_id, answers::text FROM versions AS newest JOIN assessments ON id = version_id \
             WHERE NOT EXISTS (SELECT 1 FROM episode_places AS placed WHERE placed.episode_id = newest.episode_id) \
             AND NOT EXISTS (SELECT 1 FROM versions AS later \
                 WHERE later.episode_id = newest.episode_id AND later.number > newest.number) LIMIT $1",
        );
        let found = self.0.all_for(asker, query.bind(i64::from(limit))).await?;
        Ok(found.into_iter().filter_map(|(id, answers)| Some((EpisodeId::parse(&id)?, answers))).collect())
    }

    async fn leads(&mut self, asker: &Asker, ids: &[EpisodeId]) -> Result<Vec<StoredGrant>, StoreError> {
        if !asker.authority {
            return Ok(Vec::new());
        }
        let query = sqlx::query_as::<_, of::Grant>(
            "SELECT grant_id, revision, document::text FROM grants AS newest WHERE episode_id = ANY($1) \
             AND newest.document->'terms'->>'role' = 'lead_professional' AND NOT EXISTS (SELECT 1 FROM grants AS later \
             WHERE later.grant_id = newest.grant_id AND later.revision > newest.revision) \
             ORDER BY (SELECT seq FROM grants AS first WHERE first.grant_id = newest.grant_id AND first.revision = 1)",
        );
        let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
        of::grants(self.0.all_for(asker, query.bind(ids)).await?)
    }
}

#[async_trait]
impl RegisterRepository for Register<'_> {
    async fn place(&mut self, asker: &Asker, id: EpisodeId, place: &Locality) -> Result<(), StoreError> {
        let upsert = sqlx::query(
            "INSERT INTO episode_places (episode_id, school, district, sector) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (episode_id) DO UPDATE SET school = excluded.school, district = excluded.district, \
             sector = excluded.sector",
        )
        .bind(id.to_string())
        .bind(place.school.as_deref().map(text))
        .bind(&place.district)
        .bind(&place.sector);
        self.0.add_for(asker, upsert).await
    }

    async fn publish(&mut self, asker: &Asker, new: &Published, at: Timestamp) -> Result<(), StoreError> {
        let insert =
            sqlx::query("INSERT INTO take_up_quarters (quarter, document, at_us) VALUES ($1, $2::json, $3)")
                .bind(new.quarter.to_string())
                .bind(written(new)?)
                .bind(microseconds(at));
        self.0.add_for(asker, insert).await
    }

    async fn tell(&mut self, asker: &Asker, new: &StoredStory, at: Timestamp) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO take_up_stories (quarter, measure, revision, document, actor, at_us) \
             VALUES ($1, $2, $3, $4::json, $5, $6)",
        )
        .bind(new.about.quarter.to_string())
        .bind(new.about.measure.code())
        .bind(i64::try_from(new.revision).unwrap_or(i64::MAX))
        .bind(written(&new.story)?)
        .bind(asker.actor.id())
        .bind(microseconds(at));
        self.0.add_for(asker, insert).await
    }
}
