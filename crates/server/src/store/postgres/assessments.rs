//! Finished assessments in PostgreSQL.

use async_trait::async_trait;

use super::{session::Session, text};
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

pub(super) struct Assessments<'c>(pub(super) &'c mut Session);

#[async_trait]
impl AssessmentReader for Assessments<'_> {
    async fn find(
        &mut self,
        actor: &Actor,
        id: AssessmentId,
    ) -> Result<Option<StoredAssessment>, StoreError> {
        let query = sqlx::query_as::<_, rows::Assessment>(
            "SELECT reference, form_version, pack_version, received_us, actor, answers::text, outcome::text, \
             difference::text FROM assessments WHERE id = $1 AND actor = $2",
        );
        let found = self.0.optional(actor, query.bind(id.to_string()).bind(actor.id())).await?;
        Ok(found.map(|row| rows::assessment(id, row)))
    }

    async fn list(&mut self, actor: &Actor, wanted: Wanted) -> Result<Vec<StoredSummary>, StoreError> {
        // An id that is not the actor's matches no row, and then nothing comes before it.
        let query = sqlx::query_as::<_, rows::Summary>(
            "SELECT id, reference, child_name, received_us, suggestion_certain, suggestion_possible, \
             suggestion_not_ruled_out, headline_kind, headline_code \
             FROM assessments WHERE actor = $1 \
             AND ($2::text IS NULL OR (received_us, seq) < \
                  (SELECT received_us, seq FROM assessments WHERE id = $2 AND actor = $1)) \
             AND ($3::bigint IS NULL OR received_us >= $3) \
             ORDER BY received_us DESC, seq DESC LIMIT $4",
        );
        let before = wanted.before.map(|id| id.to_string());
        let query = query.bind(actor.id()).bind(before).bind(wanted.since.map(microseconds));
        let found = self.0.all(actor, query.bind(i64::from(wanted.limit))).await?;
        Ok(found.into_iter().map(rows::summary).collect())
    }
}

#[async_trait]
impl AssessmentRepository for Assessments<'_> {
    async fn add(&mut self, actor: &Actor, new: &NewAssessment) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO assessments (id, reference, actor, received_us, form_version, pack_version, body, sha256, answers, \
             outcome, difference, child_name, suggestion_certain, suggestion_possible, suggestion_not_ruled_out, headline_kind, headline_code) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::json, $10::json, $11::json, $12, $13, $14, $15, $16, $17)",
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
        .bind(new.child_name.as_deref().map(text))
        .bind(&new.suggestion.certain)
        .bind(&new.suggestion.possible)
        .bind(&new.suggestion.not_ruled_out)
        .bind(&new.headline.kind)
        .bind(&new.headline.code);
        self.0.add(actor, insert).await
    }
}
