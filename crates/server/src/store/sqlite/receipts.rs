//! Receipts by idempotency key in SQLite.

use async_trait::async_trait;
use sqlx::{Executor as _, SqliteConnection};

use crate::{
    actor::Actor,
    identifier::AssessmentId,
    store::{
        StoreError,
        receipts::{ReceiptReader, ReceiptRepository, StoredReceipt},
        rows,
    },
};

pub(super) struct Receipts<'c>(pub(super) &'c mut SqliteConnection);

#[async_trait]
impl ReceiptReader for Receipts<'_> {
    async fn find(&mut self, actor: &Actor, key: &str) -> Result<Option<StoredReceipt>, StoreError> {
        let query = sqlx::query_as::<_, rows::Receipt>(
            "SELECT sha256, receipt FROM idempotency_keys WHERE actor = ? AND key = ?",
        );
        let found = query.bind(actor.id()).bind(key).fetch_optional(&mut *self.0).await?;
        Ok(found.map(rows::receipt))
    }
}

#[async_trait]
impl ReceiptRepository for Receipts<'_> {
    async fn add(
        &mut self,
        actor: &Actor,
        key: &str,
        id: AssessmentId,
        receipt: &StoredReceipt,
    ) -> Result<(), StoreError> {
        let insert = sqlx::query(
            "INSERT INTO idempotency_keys (actor, key, assessment_id, sha256, receipt) VALUES (?, ?, ?, ?, ?)",
        )
        .bind(actor.id())
        .bind(key)
        .bind(id.to_string())
        .bind(&receipt.sha256)
        .bind(&receipt.receipt);
        self.0.execute(insert).await?;
        Ok(())
    }
}
