//! Storing a finished assessment once, however often it is sent. Knows no HTTP and no database.

use crate::{
    actor::Actor,
    store::{
        Store, StoreError, UnitOfWork, assessments::NewAssessment, audit::AuditAction,
        receipts::StoredReceipt,
    },
};

/// What became of a submission.
#[derive(Debug, PartialEq, Eq)]
pub enum Submitted {
    /// It is stored, durably.
    Stored,
    /// The key was used before. Nothing was stored now, and this is what was answered then.
    KeyUsed(StoredReceipt),
}

/// What was answered under that key, if it was used before.
///
/// # Errors
/// If the store cannot be read.
pub async fn receipt(
    store: &dyn Store,
    actor: &Actor,
    key: &str,
) -> Result<Option<StoredReceipt>, StoreError> {
    store.view().await?.receipts().find(actor, key).await
}

/// Stores an assessment with its key, receipt and audit entry, unless the key was used before.
///
/// # Errors
/// If the store could not do it; then nothing is stored.
pub async fn submit(
    store: &dyn Store,
    actor: &Actor,
    key: &str,
    assessment: &NewAssessment,
    receipt: &str,
) -> Result<Submitted, StoreError> {
    match attempt(store.begin().await?, actor, key, assessment, receipt).await {
        // Another process has just used the key. A new unit of work sees its receipt.
        Err(StoreError::Conflict(_)) => attempt(store.begin().await?, actor, key, assessment, receipt).await,
        result => result,
    }
}

async fn attempt(
    mut work: Box<dyn UnitOfWork>,
    actor: &Actor,
    key: &str,
    assessment: &NewAssessment,
    receipt: &str,
) -> Result<Submitted, StoreError> {
    let found = work.receipts().find(actor, key).await?;
    if let Some(stored) = found {
        work.cancel().await?;
        return Ok(Submitted::KeyUsed(stored));
    }
    work.assessments().add(actor, assessment).await?;
    let answered = StoredReceipt { sha256: assessment.sha256.clone(), receipt: receipt.to_owned() };
    work.receipts().add(actor, key, assessment.id, &answered).await?;
    let action = AuditAction::AssessmentSubmitted(assessment.id);
    work.save(actor, action, assessment.received_at).await?;
    Ok(Submitted::Stored)
}
