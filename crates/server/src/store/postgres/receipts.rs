//! Receipts by idempotency key in PostgreSQL.

use async_trait::async_trait;

use super::session::Session;
use crate::{
    actor::Actor,
    identifier::AssessmentId,
    store::{
        StoreError,
        receipts::{ReceiptReader, ReceiptRepository, StoredReceipt},
        rows,
    },
};

pub(super) struct Receipts<'c>(pub(super) &'c mut Session);

#[async_trait]
impl ReceiptReader for Receipts<'_> {
    async fn find(&mut self, actor: &Actor, key: &str) -> Result<Option<StoredReceipt>, StoreError> {
        let query = sqlx::query_as::<_, rows::Receipt>(
            "SELECT sha256, receipt::text FROM idempotency_keys WHERE actor = $1 AND key = $2",
        );
        let found = self.0.optional(actor, query.bind(actor.id()).bind(key)).await?;
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
            "INSERT INTO idempotency_keys (actor, key, assessment_id, sha256, receipt) \
             VALUES ($1, $2, $3, $4, $5::json)",
        )
        .bind(actor.id())
        .bind(key)
        .bind(id.to_string())
        .bind(&receipt.sha256)
        .bind(&receipt.receipt);
        self.0.add(actor, insert).await
    }
}
