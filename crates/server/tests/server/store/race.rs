//! A store with many writers, where another unit of work can be the first to save: the use cases begin once more and find
//! what the other has saved. SQLite lets one unit of work run at a time, so the race is acted out here.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use assessment_server::{
    actor::Actor,
    assessments::Submitted,
    drafts::{Change, Expected, save},
    identifier::{AssessmentId, DraftId},
    store::{
        Store, StoreError, UnitOfWork, View,
        assessments::{
            AssessmentReader, AssessmentRepository, NewAssessment, StoredAssessment, StoredSummary, Wanted,
        },
        audit::AuditAction,
        drafts::{DraftReader, DraftRepository, Head, NewContent, StoredDraft, StoredDraftSummary},
        episodes::{Because, EpisodeRepository},
        families::FamilyRepository,
        notes::NoteRepository,
        pages::PageRepository,
        pairs::PairRepository,
        people::PersonRepository,
        receipts::{ReceiptReader, ReceiptRepository, StoredReceipt},
        referrals::ReferralRepository,
        register::RegisterRepository,
        retention::RetentionRepository,
        sessions::Sessions,
        team_records::TeamRecordRepository,
        webhooks::{Outbox, WebhookRepository},
    },
};
use async_trait::async_trait;
use jiff::Timestamp;

use super::{
    Harness as _,
    contract::{actor, assessment, content, draft_id, moment, receipt, submit},
    sqlite::Sqlite,
};

type Answer<T> = Result<T, StoreError>;

/// A store whose first units of work lose the race.
struct Racing {
    inner: Arc<dyn Store>,
    lost: AtomicU32,
}

/// A unit of work that began before another one saved: it sees nothing and cannot add anything.
struct Late;

fn conflict<T>() -> Answer<T> {
    Err(StoreError::Conflict("the other was first".to_owned()))
}

#[async_trait]
impl Store for Racing {
    async fn ping(&self) -> Answer<()> {
        self.inner.ping().await
    }

    async fn audit_entries(&self) -> Answer<u64> {
        self.inner.audit_entries().await
    }

    async fn view(&self) -> Answer<Box<dyn View>> {
        self.inner.view().await
    }

    fn sessions(&self) -> &dyn Sessions {
        self.inner.sessions()
    }

    fn outbox(&self) -> &dyn Outbox {
        self.inner.outbox()
    }

    async fn begin(&self) -> Answer<Box<dyn UnitOfWork>> {
        let left = self.lost.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        match left {
            Ok(_) => Ok(Box::new(Late)),
            Err(_) => self.inner.begin().await,
        }
    }

    async fn close(&self) {
        self.inner.close().await;
    }
}

#[async_trait]
impl UnitOfWork for Late {
    fn assessments(&mut self) -> Box<dyn AssessmentRepository + '_> {
        Box::new(Late)
    }

    fn receipts(&mut self) -> Box<dyn ReceiptRepository + '_> {
        Box::new(Late)
    }

    fn drafts(&mut self) -> Box<dyn DraftRepository + '_> {
        Box::new(Late)
    }

    fn episodes(&mut self) -> Box<dyn EpisodeRepository + '_> {
        unreachable!("these races are about assessments and drafts")
    }

    fn people(&mut self) -> Box<dyn PersonRepository + '_> {
        unreachable!("these races are about assessments and drafts")
    }

    fn notes(&mut self) -> Box<dyn NoteRepository + '_> {
        unreachable!("these races are about assessments and drafts")
    }

    fn referrals(&mut self) -> Box<dyn ReferralRepository + '_> {
        unreachable!("these races are about assessments and drafts")
    }

    fn team_records(&mut self) -> Box<dyn TeamRecordRepository + '_> {
        unreachable!("these races are about assessments and drafts")
    }

    fn retention(&mut self) -> Box<dyn RetentionRepository + '_> {
        unreachable!("these races are about assessments and drafts")
    }

    fn pages(&mut self) -> Box<dyn PageRepository + '_> {
        unreachable!("these races are about assessments and drafts")
    }

    fn register(&mut self) -> Box<dyn RegisterRepository + '_> {
        unreachable!("these races are about assessments and drafts")
    }

    fn pairs(&mut self) -> Box<dyn PairRepository + '_> {
        unreachable!("these races are about assessments and drafts")
    }

    fn families(&mut self) -> Box<dyn FamilyRepository + '_> {
        unreachable!("these races are about assessments and drafts")
    }

    fn webhooks(&mut self) -> Box<dyn WebhookRepository + '_> {
        unreachable!("these races are about assessments and drafts")
    }

    async fn note(&mut self, _: &Actor, _: AuditAction, _: Timestamp, _: Because<'_>) -> Answer<()> {
        Ok(())
    }

    async fn save(self: Box<Self>, _: &Actor, _: AuditAction, _: Timestamp) -> Answer<()> {
        conflict()
    }

    async fn save_because(
        self: Box<Self>,
        _: &Actor,
        _: AuditAction,
        _: Timestamp,
        _: Because<'_>,
    ) -> Answer<()> {
        conflict()
    }

    async fn is_upgraded(&mut self, _: &'static str) -> Answer<bool> {
        Ok(true)
    }

    async fn upgraded(self: Box<Self>, _: &'static str, _: Timestamp) -> Answer<()> {
        conflict()
    }

    async fn cancel(self: Box<Self>) -> Answer<()> {
        Ok(())
    }
}

#[async_trait]
impl AssessmentReader for Late {
    async fn find(&mut self, _: &Actor, _: AssessmentId) -> Answer<Option<StoredAssessment>> {
        Ok(None)
    }

    async fn list(&mut self, _: &Actor, _: Wanted) -> Answer<Vec<StoredSummary>> {
        Ok(Vec::new())
    }
}

#[async_trait]
impl AssessmentRepository for Late {
    async fn add(&mut self, _: &Actor, _: &NewAssessment) -> Answer<()> {
        Ok(())
    }
}

#[async_trait]
impl ReceiptReader for Late {
    async fn find(&mut self, _: &Actor, _: &str) -> Answer<Option<StoredReceipt>> {
        Ok(None)
    }
}

#[async_trait]
impl ReceiptRepository for Late {
    async fn add(&mut self, _: &Actor, _: &str, _: AssessmentId, _: &StoredReceipt) -> Answer<()> {
        conflict()
    }
}

#[async_trait]
impl DraftReader for Late {
    async fn find(&mut self, _: &Actor, _: DraftId) -> Answer<Option<StoredDraft>> {
        Ok(None)
    }

    async fn list(&mut self, _: &Actor, _: u32) -> Answer<Vec<StoredDraftSummary>> {
        Ok(Vec::new())
    }
}

#[async_trait]
impl DraftRepository for Late {
    async fn head(&mut self, _: &Actor, _: DraftId) -> Answer<Option<Head>> {
        Ok(None)
    }

    async fn add(
        &mut self,
        _: &Actor,
        _: DraftId,
        _: u64,
        _: Option<&NewContent>,
        _: Timestamp,
    ) -> Answer<()> {
        conflict()
    }
}

#[tokio::test]
async fn a_submission_that_loses_the_race_gets_the_winner_s_receipt() {
    let sqlite = Sqlite::new().await;
    let racing = Racing { inner: sqlite.store(), lost: AtomicU32::new(1) };
    let (winner, loser) = (assessment(1), assessment(2));
    submit(&*sqlite.store(), &actor(), "k", &winner).await.expect("stored");
    assert_eq!(submit(&racing, &actor(), "k", &loser).await, Ok(Submitted::KeyUsed(receipt(&winner))));
}

#[tokio::test]
async fn a_save_that_loses_the_race_is_stale_and_names_the_winner_s_revision() {
    let sqlite = Sqlite::new().await;
    let racing = Racing { inner: sqlite.store(), lost: AtomicU32::new(1) };
    save(&*sqlite.store(), &actor(), draft_id(1), Expected::Nothing, &content(1), moment(1))
        .await
        .expect("saved");
    let late = save(&racing, &actor(), draft_id(1), Expected::Nothing, &content(2), moment(2)).await;
    assert_eq!(late, Ok(Change::Stale { current: 1 }));
}

#[tokio::test]
async fn a_conflict_that_stays_is_reported_and_not_tried_again_without_end() {
    let sqlite = Sqlite::new().await;
    let racing = Racing { inner: sqlite.store(), lost: AtomicU32::new(u32::MAX) };
    let refused = submit(&racing, &actor(), "k", &assessment(1)).await;
    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
    assert_eq!(racing.lost.load(Ordering::SeqCst), u32::MAX - 2);
}
