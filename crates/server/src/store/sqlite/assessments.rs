//! Assessments in SQLite: append with key and audit row in one transaction, and read back.

use assessment_api::assessment::Suggestion;
use sqlx::{Executor, Sqlite, SqlitePool, Transaction};

use super::audit;
use crate::{
    actor::Actor,
    identifier::AssessmentId,
    store::{Appended, KeptReceipt, NewAssessmentRow, StoreError, StoredAssessment, StoredSummary},
};

const RECEIPT: &str = "SELECT sha256, receipt FROM idempotency_keys WHERE actor = ? AND key = ?";

pub(super) async fn receipt(
    pool: &SqlitePool,
    actor: &Actor,
    key: &str,
) -> Result<Option<KeptReceipt>, StoreError> {
    let query = sqlx::query_as::<_, (String, String)>(RECEIPT).bind(actor.id()).bind(key);
    let found = query.fetch_optional(pool).await?;
    Ok(found.map(|(sha256, receipt)| KeptReceipt { sha256, receipt }))
}

pub(super) async fn append(
    mut transaction: Transaction<'static, Sqlite>,
    actor: &Actor,
    key: &str,
    row: NewAssessmentRow,
) -> Result<Appended, StoreError> {
    let query = sqlx::query_as::<_, (String, String)>(RECEIPT).bind(actor.id()).bind(key);
    if let Some((sha256, receipt)) = query.fetch_optional(&mut *transaction).await? {
        return Ok(Appended::KeyUsed(KeptReceipt { sha256, receipt }));
    }
    let id = row.id.to_string();
    let insert = sqlx::query(
        "INSERT INTO assessments (id, reference, actor, received_at, form_version, pack_version, body, sha256, answers, \
         outcome, difference, child_name, suggestion_certain, suggestion_possible, suggestion_not_ruled_out) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&id)
    .bind(row.reference)
    .bind(actor.id())
    .bind(&row.received_at)
    .bind(row.form_version)
    .bind(row.pack_version)
    .bind(row.body)
    .bind(&row.sha256)
    .bind(row.answers)
    .bind(row.outcome)
    .bind(row.difference)
    .bind(row.child_name)
    .bind(row.suggestion.certain)
    .bind(row.suggestion.possible)
    .bind(row.suggestion.not_ruled_out);
    transaction.execute(insert).await?;
    let insert = sqlx::query(
        "INSERT INTO idempotency_keys (actor, key, assessment_id, sha256, receipt) VALUES (?, ?, ?, ?, ?)",
    )
    .bind(actor.id())
    .bind(key)
    .bind(&id)
    .bind(row.sha256)
    .bind(row.receipt);
    transaction.execute(insert).await?;
    audit(&mut transaction, &row.received_at, actor, "assessment-submitted", ("assessment", &id)).await?;
    transaction.commit().await?;
    Ok(Appended::Stored)
}

pub(super) async fn one(
    pool: &SqlitePool,
    actor: &Actor,
    id: AssessmentId,
) -> Result<Option<StoredAssessment>, StoreError> {
    type Row = (String, String, String, String, String, String, String, Option<String>);
    let query = sqlx::query_as::<_, Row>(
        "SELECT reference, form_version, pack_version, received_at, actor, answers, outcome, difference \
         FROM assessments WHERE id = ? AND actor = ?",
    );
    let found = query.bind(id.to_string()).bind(actor.id()).fetch_optional(pool).await?;
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

pub(super) async fn list(
    pool: &SqlitePool,
    actor: &Actor,
    before: Option<AssessmentId>,
    limit: u32,
) -> Result<Vec<StoredSummary>, StoreError> {
    type Row = (String, String, Option<String>, String, String, String, String);
    // An id that is not the actor's names no row, and so nothing stands before it.
    let query = sqlx::query_as::<_, Row>(
        "SELECT id, reference, child_name, received_at, suggestion_certain, suggestion_possible, suggestion_not_ruled_out \
         FROM assessments WHERE actor = ?1 \
         AND (?2 IS NULL OR seq < (SELECT seq FROM assessments WHERE id = ?2 AND actor = ?1)) \
         ORDER BY seq DESC LIMIT ?3",
    );
    let before = before.map(|id| id.to_string());
    let rows = query.bind(actor.id()).bind(before).bind(limit).fetch_all(pool).await?;
    Ok(rows
        .into_iter()
        .map(|(id, reference, child_name, received_at, certain, possible, not_ruled_out)| StoredSummary {
            id,
            reference,
            child_name,
            received_at,
            suggestion: Suggestion { certain, possible, not_ruled_out },
        })
        .collect())
}
