//! Units of work: all or nothing, and never without an audit entry.

use std::{collections::BTreeSet, time::Duration};

use assessment_server::{
    assessments::Submitted,
    drafts::{Expected, delete, save},
    store::{Store, StoreError, UnitOfWork, assessments::Wanted, audit::AuditAction},
};

use tokio::task::JoinSet;

use super::{
    actor, assert_empty, assessment, audit, content, draft, draft_id, entry, find, moment, receipt, submit,
    work,
};
use crate::store::Harness;

/// Adds one of everything.
async fn add_one_of_everything(unit: &mut Box<dyn UnitOfWork>) {
    let new = assessment(1);
    unit.assessments().add(&actor(), &new).await.expect("added");
    unit.receipts().add(&actor(), "k", new.id, &receipt(&new)).await.expect("added");
    let content = content(1);
    unit.drafts().add(&actor(), draft_id(1), 1, Some(&content), moment(1)).await.expect("added");
}

/// Asserts that there is nothing, and that the store takes what it did not take before.
async fn assert_nothing_was_left(harness: &impl Harness) {
    let store = harness.store();
    assert_empty(&*store, &actor()).await;
    assert_eq!(assessment_server::assessments::receipt(&*store, &actor(), "k").await, Ok(None));
    submit(&*store, &actor(), "k", &assessment(1)).await.expect("stored");
    assert_eq!(audit(&*store, &actor()).await.len(), 1);
}

pub(in crate::store) async fn a_cancelled_unit_of_work_leaves_nothing(harness: impl Harness) {
    let mut unit = work(&*harness.store()).await;
    add_one_of_everything(&mut unit).await;
    unit.cancel().await.expect("cancelled");
    assert_nothing_was_left(&harness).await;
}

pub(in crate::store) async fn a_dropped_unit_of_work_leaves_nothing(harness: impl Harness) {
    let mut unit = work(&*harness.store()).await;
    add_one_of_everything(&mut unit).await;
    drop(unit);
    assert_nothing_was_left(&harness).await;
}

pub(in crate::store) async fn a_failed_unit_of_work_leaves_nothing(harness: impl Harness) {
    let mut unit = work(&*harness.store()).await;
    add_one_of_everything(&mut unit).await;
    let refused = unit.drafts().add(&actor(), draft_id(1), 1, None, moment(2)).await;
    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
    drop(unit);
    assert_nothing_was_left(&harness).await;
}

pub(in crate::store) async fn nothing_is_seen_before_it_is_saved(harness: impl Harness) {
    let store = harness.store();
    let mut unit = work(&*store).await;
    add_one_of_everything(&mut unit).await;
    assert_empty(&*store, &actor()).await;
    unit.save(&actor(), AuditAction::DraftSaved(draft_id(1)), moment(1)).await.expect("saved");
    assert!(draft(&*store, &actor(), draft_id(1)).await.is_some());
    assert_eq!(super::list(&*store, &actor()).await.len(), 1);
    assert_eq!(audit(&*store, &actor()).await.len(), 1);
}

pub(in crate::store) async fn a_unit_of_work_sees_what_it_has_added(harness: impl Harness) {
    let store = harness.store();
    let mut unit = work(&*store).await;
    add_one_of_everything(&mut unit).await;
    assert_eq!(
        unit.assessments()
            .list(&actor(), Wanted { before: None, since: None, limit: 9 })
            .await
            .expect("rows")
            .len(),
        1
    );
    assert!(unit.receipts().find(&actor(), "k").await.expect("an answer").is_some());
    assert_eq!(unit.drafts().list(&actor(), 9).await.expect("rows").len(), 1);
    assert!(unit.drafts().head(&actor(), draft_id(1)).await.expect("an answer").is_some());
    unit.cancel().await.expect("cancelled");
}

pub(in crate::store) async fn of_many_at_once_each_is_stored_or_not_by_itself_b11(harness: impl Harness) {
    let mut all = JoinSet::new();
    for number in 1..=40 {
        let store = harness.store();
        all.spawn(async move {
            let new = assessment(number);
            let mut unit = work(&*store).await;
            unit.assessments().add(&actor(), &new).await.expect("added");
            match number % 4 {
                0 => unit.cancel().await.expect("cancelled"),
                1 => drop(unit),
                2 => {
                    let again = unit.assessments().add(&actor(), &new).await;
                    assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
                }
                _ => {
                    let action = AuditAction::AssessmentSubmitted(new.id);
                    unit.save(&actor(), action, new.received_at).await.expect("saved");
                    assert!(find(&*store, &actor(), new.id).await.is_some(), "what is acknowledged is seen");
                    return Some(new.reference);
                }
            }
            None
        });
    }
    let saved: BTreeSet<String> = all.join_all().await.into_iter().flatten().collect();
    let store = harness.store();
    let found = super::list(&*store, &actor()).await.into_iter().map(|row| row.reference);
    assert_eq!(found.collect::<BTreeSet<String>>(), saved);
    assert_eq!((saved.len(), audit(&*store, &actor()).await.len()), (10, 10));
    assert_eq!(harness.verify(&[]).await.expect("whole").seq, 10);
}

#[expect(clippy::disallowed_methods, reason = "requests are given up at different moments of their work")]
pub(in crate::store) async fn a_request_that_is_given_up_takes_nothing_of_others_with_it_b11(
    harness: impl Harness,
) {
    let mut all = Vec::new();
    for number in 1..=48 {
        let store = harness.store();
        let task = tokio::spawn(async move {
            let new = assessment(number);
            let stored = submit(&*store, &actor(), &format!("k{number}"), &new).await;
            (new.reference, stored)
        });
        all.push((number, task));
    }
    let mut acknowledged = BTreeSet::new();
    for (number, task) in all {
        if number % 3 == 0 {
            tokio::time::sleep(Duration::from_micros(u64::from(number) * 20)).await;
            task.abort();
        }
        match task.await {
            Ok((reference, stored)) => {
                assert_eq!(stored, Ok(Submitted::Stored));
                acknowledged.insert(reference);
            }
            Err(given_up) => assert!(given_up.is_cancelled()),
        }
    }
    let store = harness.store();
    let found = settled(&*store).await;
    assert!(acknowledged.len() >= 32 && acknowledged.is_subset(&found), "{acknowledged:?} {found:?}");
    assert_eq!(audit(&*store, &actor()).await.len(), found.len());
    assert_eq!(harness.verify(&[]).await.expect("whole").seq, found.len() as u64);
}

/// The references that are stored once nothing is under way: PostgreSQL may still finish a commit whose request was given
/// up after it was sent.
#[expect(clippy::disallowed_methods, reason = "a commit that nobody waits for can only be looked for again")]
async fn settled(store: &dyn Store) -> BTreeSet<String> {
    let mut before = BTreeSet::new();
    for _ in 0..50 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let now = super::list(store, &actor()).await.into_iter().map(|row| row.reference).collect();
        if now == before {
            return now;
        }
        before = now;
    }
    panic!("still changing after 5 s: {before:?}");
}

pub(in crate::store) async fn each_write_has_one_audit_entry(harness: impl Harness) {
    let (store, id) = (harness.store(), draft_id(1));
    let new = assessment(1);
    submit(&*store, &actor(), "k", &new).await.expect("stored");
    save(&*store, &actor(), id, Expected::Nothing, &content(2), moment(2)).await.expect("saved");
    delete(&*store, &actor(), id, 1, moment(3)).await.expect("deleted");
    // What stores nothing leaves no entry: a repeat, a stale save, a look.
    submit(&*store, &actor(), "k", &new).await.expect("repeated");
    save(&*store, &actor(), id, Expected::Nothing, &content(4), moment(4)).await.expect("stale");
    find(&*store, &actor(), new.id).await.expect("found");
    assert_eq!(
        audit(&*store, &actor()).await,
        [
            entry(3, &actor(), AuditAction::DraftDeleted(id), moment(3)),
            entry(2, &actor(), AuditAction::DraftSaved(id), moment(2)),
            entry(1, &actor(), AuditAction::AssessmentSubmitted(new.id), moment(1)),
        ]
    );
}
