//! Finished assessments in SQLite.

use async_trait::async_trait;
use sqlx::{Executor as _, SqliteConnection};

use crate::{
    actor::Actor,
    clock::microseconds,
    identifier::AssessmentId,
    store::{
        StoreError,
        assessments::{
            AssessmentReader, AssessmentRepository, NewAssessment, StoredAssessment, StoredSummary, Wanted,
        },
        rows,
    },
};

pub(super) struct Assessments<'c>(pub(super) &'c mut SqliteConnection);

#[async_trait]
impl AssessmentReader for Assessments<'_> {
    async fn find(
        &mut self,
        actor: &Actor,
        id: AssessmentId,
    ) -> Result<Option<StoredAssessment>, StoreError> {
        let query = sqlx::query_as::<_, rows::Assessment>(
            "SELECT reference, form_version, pack_version, received_us, actor, answers, outcome, difference \
             FROM assessments WHERE id = ? AND actor = ?",
        );
        let found = query.bind(id.to_string()).bind(actor.id()).fetch_optional(&mut *self.0).await?;
        Ok(found.map(|row| rows::assessment(id, row)))
    }

    async fn list(&mut self, actor: &Actor, wanted: Wanted) -> Result<Vec<StoredSummary>, StoreError> {
        // An id that is not the actor's matches no row, and then nothing comes before it.
        let query = sqlx::query_as::<_, rows::Summary>(
            "SELECT id, reference, child_name, received_us, suggestion_certain, suggestion_possible, \
             suggestion_not_ruled_out, headline_kind, headline_code \
             FROM assessments WHERE actor = ?1 \
             AND (?2 IS NULL OR (received_us, seq) < \
                  (SELECT received_us, seq FROM assessments WHERE id = ?2 AND actor = ?1)) \
             AND (?3 IS NULL OR received_us >= ?3) \
             ORDER BY received_us DESC, seq DESC LIMIT ?4",
        );
        let before = wanted.before.map(|id| id.to_string());
        let query =
            query.bind(actor.id()).bind(before).bind(wanted.since.map(microseconds)).bind(wanted.limit);
        let found = query.fetch_all(&mut *self.0).await?;
        Ok(found.into_iter().map(rows::summary).collect())
    }
}

#[async_trait]
impl AssessmentRepository for Assessments<'_> {
    async fn add(&mut self, actor: &Actor, new: &NewAssessment) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO assessments (id, reference, actor, received_us, form_version, pack_version, body, sha256, answers, \
             outcome, difference, child_name, suggestion_certain, suggestion_possible, suggestion_not_ruled_out, headline_kind, headline_code) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(new.id.to_string())
        .bind(&new.reference)
        .bind(actor.id())
        .bind(microseconds(new.received_at))
        .bind(&new.form_version)
        .bind(&new.pack_version)
        .bind(&new.body)
        .bind(&new.sha256)
        .bind(&new.answers)
        .bind(&new.outcome)
        .bind(&new.difference)
        .bind(&new.child_name)
        .bind(&new.suggestion.certain)
        .bind(&new.suggestion.possible)
        .bind(&new.suggestion.not_ruled_out)
        .bind(&new.headline.kind)
        .bind(&new.headline.code);
        self.0.execute(insert).await?;
        Ok(())
    }
}
