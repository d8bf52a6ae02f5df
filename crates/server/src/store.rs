//! What the server needs from a database, and nothing about any database in particular.
//!
//! A [`Store`] gives two things: a [`View`], which reads, and a [`UnitOfWork`], which reads and appends. Both hand out
//! one repository for each aggregate. What a submission or a save means is decided outside, in [`crate::assessments`] and
//! [`crate::drafts`], once for every store.
//!
//! Conventions:
//! - every call takes the [`Actor`] and shows or adds only that actor's records, or an [`episodes::Asker`] and shows only
//!   episodes that concern them;
//! - "not found" is `None`, not an error;
//! - whatever records time is given the time;
//! - moments are kept as whole microseconds, so that their order is the order of time, however they were written;
//! - one unit of work is one transaction, and its audit entry is part of it;
//! - no record is ever changed or removed: repositories can find and add, and have no other methods. A change to a person
//!   is a further revision, and an episode's present state changes by [`episodes::EpisodeRepository::replace`], which keeps
//!   each revision. [`sessions::Sessions`] removes rows because signing in is no record, [`webhooks`] notes how a delivery goes, and
//!   [`retention::RetentionRepository`] erases what may no longer be kept, by a way that the database guards.
//!
//! A question without an actor does not compile:
//!
//! ```compile_fail
//! # use assessment_server::{identifier::AssessmentId, store::{Store, StoreError}};
//! # async fn read(store: &dyn Store, id: AssessmentId) -> Result<(), StoreError> {
//! store.view().await?.assessments().find(id).await?;
//! # Ok(())
//! # }
//! ```
//!
//! To add a store: a module below this one that implements these traits, with migrations of its own; a line in
//! [`crate::startup`]; a line in `tests/server/store.rs`, which runs the whole contract on it.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::actor::Actor;

pub mod assessments;
pub mod audit;
pub mod chain;
pub mod drafts;
pub mod episodes;
mod failure;
pub mod families;
pub mod measured;
pub mod migrations;
pub mod notes;
pub mod pages;
pub mod pairs;
pub mod people;
pub mod postgres;
pub mod receipts;
pub mod referrals;
pub mod register;
pub mod retention;
mod rows;
pub mod sessions;
pub mod sqlite;
pub mod team_records;
pub mod trail;
mod unfinished;
pub mod webhooks;

use assessments::{AssessmentReader, AssessmentRepository};
use audit::{AuditAction, AuditReader};
use drafts::{DraftReader, DraftRepository};
use episodes::{Because, EpisodeReader, EpisodeRepository};
use families::{FamilyReader, FamilyRepository};
use notes::NoteRepository;
use pages::{PageReader, PageRepository};
use pairs::{PairReader, PairRepository};
use people::{PersonReader, PersonRepository};
use receipts::{ReceiptReader, ReceiptRepository};
use referrals::ReferralRepository;
use register::{RegisterReader, RegisterRepository};
use retention::{RetentionReader, RetentionRepository};
use sessions::Sessions;
use team_records::{TeamRecordReader, TeamRecordRepository};
use trail::TrailReader;
use webhooks::{Outbox, WebhookReader, WebhookRepository};

/// Why a store could not do it. For the log only; it says nothing of what a record holds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Full, locked, gone or broken. The same call may work later.
    #[error("{0}")]
    Unavailable(String),
    /// Another unit of work was the first to use this id, key, reference or revision. This one cannot be saved; a new
    /// one will see what the other has saved.
    #[error("already stored by another unit of work ({0})")]
    Conflict(String),
}

/// Why a store could not be opened; says what to do, and never a password.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct CannotOpen(String);

/// A durable, append-only store.
#[async_trait]
pub trait Store: Send + Sync {
    /// Whether records can be read.
    async fn ping(&self) -> Result<(), StoreError>;

    /// How many entries the audit trail has.
    async fn audit_entries(&self) -> Result<u64, StoreError>;

    /// Opens the store for reading. Each question is answered from what is saved when it is asked.
    async fn view(&self) -> Result<Box<dyn View>, StoreError>;

    /// People who sign in, and their sessions.
    fn sessions(&self) -> &dyn Sessions;

    /// What partners' servers still have to be told.
    fn outbox(&self) -> &dyn Outbox;

    /// Begins a unit of work. Do everything slow beforehand: a store may let only one run at a time.
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, StoreError>;

    /// Finishes what is running and lets the database go. Nothing else works afterwards.
    async fn close(&self);
}

/// The repositories, for reading.
pub trait View: Send {
    /// Assessments.
    fn assessments(&mut self) -> Box<dyn AssessmentReader + '_>;
    /// Receipts by idempotency key.
    fn receipts(&mut self) -> Box<dyn ReceiptReader + '_>;
    /// Drafts.
    fn drafts(&mut self) -> Box<dyn DraftReader + '_>;
    /// Episodes.
    fn episodes(&mut self) -> Box<dyn EpisodeReader + '_>;
    /// People.
    fn people(&mut self) -> Box<dyn PersonReader + '_>;
    /// Orders to keep a record, requests for access, and what was erased.
    fn retention(&mut self) -> Box<dyn RetentionReader + '_>;
    /// The audit trail.
    fn audit(&mut self) -> Box<dyn AuditReader + '_>;
    /// The audit trail of everybody.
    fn trail(&mut self) -> Box<dyn TrailReader + '_>;
    /// Own pages.
    fn pages(&mut self) -> Box<dyn PageReader + '_>;
    /// Plans, meetings and reviews.
    fn team_records(&mut self) -> Box<dyn TeamRecordReader + '_>;
    /// What partners' servers are told.
    fn webhooks(&mut self) -> Box<dyn WebhookReader + '_>;
    /// The register.
    fn register(&mut self) -> Box<dyn RegisterReader + '_>;
    /// Pairs of people who may be one.
    fn pairs(&mut self) -> Box<dyn PairReader + '_>;
    /// Families.
    fn families(&mut self) -> Box<dyn FamilyReader + '_>;
}

/// Changes that are stored together or not at all. Dropping it is [`UnitOfWork::cancel`] without waiting.
#[async_trait]
pub trait UnitOfWork: Send {
    /// Assessments.
    fn assessments(&mut self) -> Box<dyn AssessmentRepository + '_>;
    /// Receipts by idempotency key.
    fn receipts(&mut self) -> Box<dyn ReceiptRepository + '_>;
    /// Drafts.
    fn drafts(&mut self) -> Box<dyn DraftRepository + '_>;
    /// Episodes.
    fn episodes(&mut self) -> Box<dyn EpisodeRepository + '_>;
    /// People.
    fn people(&mut self) -> Box<dyn PersonRepository + '_>;
    /// What people said about episodes.
    fn notes(&mut self) -> Box<dyn NoteRepository + '_>;
    /// What was sent to social care.
    fn referrals(&mut self) -> Box<dyn ReferralRepository + '_>;
    /// Plans, meetings and reviews.
    fn team_records(&mut self) -> Box<dyn TeamRecordRepository + '_>;
    /// Orders to keep a record, requests for access, and erasing.
    fn retention(&mut self) -> Box<dyn RetentionRepository + '_>;
    /// Own pages.
    fn pages(&mut self) -> Box<dyn PageRepository + '_>;
    /// What partners' servers are told.
    fn webhooks(&mut self) -> Box<dyn WebhookRepository + '_>;
    /// The register.
    fn register(&mut self) -> Box<dyn RegisterRepository + '_>;
    /// Pairs of people who may be one.
    fn pairs(&mut self) -> Box<dyn PairRepository + '_>;
    /// Families.
    fn families(&mut self) -> Box<dyn FamilyRepository + '_>;

    /// Adds a further audit entry, for answers that show or change more than one record. It is stored by
    /// [`UnitOfWork::save`], which adds its own after it.
    async fn note(
        &mut self,
        actor: &Actor,
        action: AuditAction,
        at: Timestamp,
        because: Because<'_>,
    ) -> Result<(), StoreError>;

    /// Stores everything together with an audit entry: who did what, and when. Nothing can be saved without one.
    /// When this returns `Ok`, it survives a power cut; when it fails, nothing is stored in part. If the way to a database
    /// on another machine breaks while it commits, nobody here can know which: the caller repeats under the same key, or
    /// with the same revision, and finds out.
    async fn save(
        self: Box<Self>,
        actor: &Actor,
        action: AuditAction,
        at: Timestamp,
    ) -> Result<(), StoreError>;

    /// The same, with what they gave as a reason.
    async fn save_because(
        self: Box<Self>,
        actor: &Actor,
        action: AuditAction,
        at: Timestamp,
        because: Because<'_>,
    ) -> Result<(), StoreError>;

    /// Whether a step that brings the database up to date has been done.
    async fn is_upgraded(&mut self, name: &'static str) -> Result<bool, StoreError>;

    /// Notes that it has, and stores everything.
    async fn upgraded(self: Box<Self>, name: &'static str, at: Timestamp) -> Result<(), StoreError>;

    /// Stores nothing.
    async fn cancel(self: Box<Self>) -> Result<(), StoreError>;
}
