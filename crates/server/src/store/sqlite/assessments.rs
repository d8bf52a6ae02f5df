//! Finished assessments in SQLite.

use assessment_api::assessment::{Headline, Suggestion};
use async_trait::async_trait;
use sqlx::{Executor as _, SqliteConnection};

use crate::{
    actor::Actor,
    identifier::AssessmentId,
    store::{
        StoreError,
        assessments::{
            AssessmentReader, AssessmentRepository, NewAssessment, StoredAssessment, StoredSummary,
        },
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
        type Row = (String, String, String, String, String, String, String, Option<String>);
        let query = sqlx::query_as::<_, Row>(
            "SELECT reference, form_version, pack_version, received_at, actor, answers, outcome, difference \
             FROM assessments WHERE id = ? AND actor = ?",
        );
        let found = query.bind(id.to_string()).bind(actor.id()).fetch_optional(&mut *self.0).await?;
        Ok(found.map(
            |(reference, form_version, pack_version, received_at, actor, answers, outcome, difference)| {
                StoredAssessment {
                    id: id.to_string(),
                    reference,
                    form_version,
                    pack_version,
                    received_at,
                    actor,
                    answers,
                    outcome,
                    difference,
                }
            },
        ))
    }

    async fn list(
        &mut self,
        actor: &Actor,
        before: Option<AssessmentId>,
        limit: u32,
    ) -> Result<Vec<StoredSummary>, StoreError> {
        type Row =
            (String, String, Option<String>, String, String, String, String, Option<String>, Option<String>);
        // An id that is not the actor's matches no row, and then nothing comes before it.
        let query = sqlx::query_as::<_, Row>(
            "SELECT id, reference, child_name, received_at, suggestion_certain, suggestion_possible, suggestion_not_ruled_out, \
             headline_kind, headline_code \
             FROM assessments WHERE actor = ?1 \
             AND (?2 IS NULL OR seq < (SELECT seq FROM assessments WHERE id = ?2 AND actor = ?1)) \
             ORDER BY seq DESC LIMIT ?3",
        );
        let before = before.map(|id| id.to_string());
        let rows = query.bind(actor.id()).bind(before).bind(limit).fetch_all(&mut *self.0).await?;
        Ok(rows
            .into_iter()
            .map(|(id, reference, child_name, received_at, certain, possible, not_ruled_out, kind, code)| {
                StoredSummary {
                    id,
                    reference,
                    child_name,
                    received_at,
                    suggestion: Suggestion { certain, possible, not_ruled_out },
                    headline: kind.zip(code).map(|(kind, code)| Headline { kind, code }),
                }
            })
            .collect())
    }
}

#[async_trait]
impl AssessmentRepository for Assessments<'_> {
    async fn add(&mut self, actor: &Actor, new: &NewAssessment) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO assessments (id, reference, actor, received_at, form_version, pack_version, body, sha256, answers, \
             outcome, difference, child_name, suggestion_certain, suggestion_possible, suggestion_not_ruled_out, headline_kind, headline_code) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(new.id.to_string())
        .bind(&new.reference)
        .bind(actor.id())
        .bind(&new.received_at)
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
