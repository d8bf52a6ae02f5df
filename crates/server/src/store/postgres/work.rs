//! View and unit of work in PostgreSQL: a transaction that can only read, and one that adds.

use async_trait::async_trait;
use jiff::Timestamp;

use super::{
    assessments::Assessments, audit::Audit, drafts::Drafts, people::People, receipts::Receipts,
    session::Session,
};
use crate::{
    actor::Actor,
    store::{
        StoreError, UnitOfWork, View,
        assessments::{AssessmentReader, AssessmentRepository},
        audit::{AuditAction, AuditReader},
        drafts::{DraftReader, DraftRepository},
        people::{PersonReader, PersonRepository},
        receipts::{ReceiptReader, ReceiptRepository},
    },
};

/// A transaction that can only read. Each question sees what is saved when it is asked.
pub(super) struct PostgresView(pub(super) Session);

impl View for PostgresView {
    fn assessments(&mut self) -> Box<dyn AssessmentReader + '_> {
        Box::new(Assessments(&mut self.0))
    }

    fn receipts(&mut self) -> Box<dyn ReceiptReader + '_> {
        Box::new(Receipts(&mut self.0))
    }

    fn drafts(&mut self) -> Box<dyn DraftReader + '_> {
        Box::new(Drafts(&mut self.0))
    }

    fn people(&mut self) -> Box<dyn PersonReader + '_> {
        Box::new(People(&mut self.0))
    }

    fn audit(&mut self) -> Box<dyn AuditReader + '_> {
        Box::new(Audit(&mut self.0))
    }
}

/// A transaction. Others may run at the same time; the first to use an id, key, reference or revision has it.
pub(super) struct PostgresUnitOfWork(pub(super) Session);

#[async_trait]
impl UnitOfWork for PostgresUnitOfWork {
    fn assessments(&mut self) -> Box<dyn AssessmentRepository + '_> {
        Box::new(Assessments(&mut self.0))
    }

    fn receipts(&mut self) -> Box<dyn ReceiptRepository + '_> {
        Box::new(Receipts(&mut self.0))
    }

    fn drafts(&mut self) -> Box<dyn DraftRepository + '_> {
        Box::new(Drafts(&mut self.0))
    }

    fn people(&mut self) -> Box<dyn PersonRepository + '_> {
        Box::new(People(&mut self.0))
    }

    async fn note(&mut self, actor: &Actor, action: AuditAction, at: Timestamp) -> Result<(), StoreError> {
        Audit(&mut self.0).add(actor, action, at).await
    }

    async fn save(
        mut self: Box<Self>,
        actor: &Actor,
        action: AuditAction,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        Audit(&mut self.0).add(actor, action, at).await?;
        self.0.commit().await
    }

    async fn cancel(self: Box<Self>) -> Result<(), StoreError> {
        self.0.cancel().await
    }
}
