//! The repository of receipts by idempotency key: what was answered, to be answered again when a request is repeated.

use async_trait::async_trait;

use super::StoreError;
use crate::{actor::Actor, identifier::AssessmentId};

/// What was answered under an idempotency key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReceipt {
    /// SHA-256 of the body that came with the key, hexadecimal.
    pub sha256: String,
    /// The receipt, JSON.
    pub receipt: String,
}

/// Finds receipts.
#[async_trait]
pub trait ReceiptReader: Send {
    /// What was answered under that key.
    async fn find(&mut self, actor: &Actor, key: &str) -> Result<Option<StoredReceipt>, StoreError>;
}

/// Finds and adds receipts.
#[async_trait]
pub trait ReceiptRepository: ReceiptReader {
    /// Adds the receipt of an assessment that was added before. [`StoreError::Conflict`] if the key was used before.
    async fn add(
        &mut self,
        actor: &Actor,
        key: &str,
        id: AssessmentId,
        receipt: &StoredReceipt,
    ) -> Result<(), StoreError>;
}
