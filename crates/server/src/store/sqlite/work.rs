//! View and unit of work in SQLite: a connection for reading, and a transaction.

use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::{Sqlite, SqliteConnection, pool::PoolConnection};

use super::{
    assessments::Assessments, audit::Audit, drafts::Drafts, episodes::Episodes, families::Families,
    notes::Notes, pages::Pages, pairs::Pairs, people::People, receipts::Receipts, referrals::Referrals,
    register::Register, retention::Retention, team_records::TeamRecords, trail::Trail, turns::Turn,
    webhooks::Webhooks,
};
use crate::{
    actor::Actor,
    clock::microseconds,
    store::{
        StoreError, UnitOfWork, View,
        assessments::{AssessmentReader, AssessmentRepository},
        audit::{AuditAction, AuditReader},
        chain::Noted,
        drafts::{DraftReader, DraftRepository},
        episodes::{Because, EpisodeReader, EpisodeRepository},
        families::{FamilyReader, FamilyRepository},
        notes::NoteRepository,
        pages::{PageReader, PageRepository},
        pairs::{PairReader, PairRepository},
        people::{PersonReader, PersonRepository},
        receipts::{ReceiptReader, ReceiptRepository},
        referrals::ReferralRepository,
        register::{RegisterReader, RegisterRepository},
        retention::{RetentionReader, RetentionRepository},
        team_records::{TeamRecordReader, TeamRecordRepository},
        trail::TrailReader,
        webhooks::{WebhookReader, WebhookRepository},
    },
};

/// A connection that can only read.
pub(super) struct SqliteView(PoolConnection<Sqlite>);

impl SqliteView {
    pub(super) fn new(connection: PoolConnection<Sqlite>) -> Self {
        Self(connection)
    }
}

impl View for SqliteView {
    fn assessments(&mut self) -> Box<dyn AssessmentReader + '_> {
        Box::new(Assessments(&mut self.0))
    }

    fn receipts(&mut self) -> Box<dyn ReceiptReader + '_> {
        Box::new(Receipts(&mut self.0))
    }

    fn drafts(&mut self) -> Box<dyn DraftReader + '_> {
        Box::new(Drafts(&mut self.0))
    }

    fn episodes(&mut self) -> Box<dyn EpisodeReader + '_> {
        Box::new(Episodes(&mut self.0))
    }

    fn people(&mut self) -> Box<dyn PersonReader + '_> {
        Box::new(People(&mut self.0))
    }

    fn retention(&mut self) -> Box<dyn RetentionReader + '_> {
        Box::new(Retention(&mut self.0))
    }

    fn audit(&mut self) -> Box<dyn AuditReader + '_> {
        Box::new(Audit(&mut self.0))
    }

    fn trail(&mut self) -> Box<dyn TrailReader + '_> {
        Box::new(Trail(&mut self.0))
    }

    fn pages(&mut self) -> Box<dyn PageReader + '_> {
        Box::new(Pages(&mut self.0))
    }

    fn team_records(&mut self) -> Box<dyn TeamRecordReader + '_> {
        Box::new(TeamRecords(&mut self.0))
    }

    fn webhooks(&mut self) -> Box<dyn WebhookReader + '_> {
        Box::new(Webhooks(&mut self.0))
    }

    fn register(&mut self) -> Box<dyn RegisterReader + '_> {
        Box::new(Register(&mut self.0))
    }

    fn pairs(&mut self) -> Box<dyn PairReader + '_> {
        Box::new(Pairs(&mut self.0))
    }

    fn families(&mut self) -> Box<dyn FamilyReader + '_> {
        Box::new(Families(&mut self.0))
    }
}

/// A turn on the one connection that writes. Taken back if it is dropped.
pub(super) struct SqliteUnitOfWork(Turn, Vec<Noted>);

impl SqliteUnitOfWork {
    pub(super) fn new(turn: Turn) -> Self {
        Self(turn, Vec::new())
    }

    fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.0
    }
}

#[async_trait]
impl UnitOfWork for SqliteUnitOfWork {
    fn assessments(&mut self) -> Box<dyn AssessmentRepository + '_> {
        Box::new(Assessments(self.connection()))
    }

    fn receipts(&mut self) -> Box<dyn ReceiptRepository + '_> {
        Box::new(Receipts(self.connection()))
    }

    fn drafts(&mut self) -> Box<dyn DraftRepository + '_> {
        Box::new(Drafts(self.connection()))
    }

    fn episodes(&mut self) -> Box<dyn EpisodeRepository + '_> {
        Box::new(Episodes(self.connection()))
    }

    fn people(&mut self) -> Box<dyn PersonRepository + '_> {
        Box::new(People(self.connection()))
    }

    fn notes(&mut self) -> Box<dyn NoteRepository + '_> {
        Box::new(Notes(self.connection()))
    }

    fn referrals(&mut self) -> Box<dyn ReferralRepository + '_> {
        Box::new(Referrals(self.connection()))
    }

    fn team_records(&mut self) -> Box<dyn TeamRecordRepository + '_> {
        Box::new(TeamRecords(self.connection()))
    }

    fn retention(&mut self) -> Box<dyn RetentionRepository + '_> {
        Box::new(Retention(self.connection()))
    }

    fn pages(&mut self) -> Box<dyn PageRepository + '_> {
        Box::new(Pages(self.connection()))
    }

    fn webhooks(&mut self) -> Box<dyn WebhookRepository + '_> {
        Box::new(Webhooks(self.connection()))
    }

    fn register(&mut self) -> Box<dyn RegisterRepository + '_> {
        Box::new(Register(self.connection()))
    }

    fn pairs(&mut self) -> Box<dyn PairRepository + '_> {
        Box::new(Pairs(self.connection()))
    }

    fn families(&mut self) -> Box<dyn FamilyRepository + '_> {
        Box::new(Families(self.connection()))
    }

    async fn note(
        &mut self,
        actor: &Actor,
        action: AuditAction,
        at: Timestamp,
        because: Because<'_>,
    ) -> Result<(), StoreError> {
        self.1.push(Noted::new(actor, action, at, because));
        Ok(())
    }

    async fn save(
        self: Box<Self>,
        actor: &Actor,
        action: AuditAction,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.save_because(actor, action, at, None).await
    }

    async fn save_because(
        mut self: Box<Self>,
        actor: &Actor,
        action: AuditAction,
        at: Timestamp,
        because: Because<'_>,
    ) -> Result<(), StoreError> {
        self.1.push(Noted::new(actor, action, at, because));
        Audit(&mut self.0).add_all(&self.1).await?;
        self.0.commit().await
    }

    async fn is_upgraded(&mut self, name: &'static str) -> Result<bool, StoreError> {
        let query = sqlx::query_as::<_, (String,)>("SELECT name FROM upgrades WHERE name = ?").bind(name);
        Ok(query.fetch_optional(self.connection()).await?.is_some())
    }

    async fn upgraded(mut self: Box<Self>, name: &'static str, at: Timestamp) -> Result<(), StoreError> {
        let insert = sqlx::query("INSERT INTO upgrades (name, done_us) VALUES (?, ?)").bind(name);
        insert.bind(microseconds(at)).execute(self.connection()).await?;
        self.0.commit().await
    }

    async fn cancel(self: Box<Self>) -> Result<(), StoreError> {
        self.0.cancel().await
    }
}
