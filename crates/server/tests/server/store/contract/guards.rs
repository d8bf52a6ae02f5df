//! What a store enforces against anyone, not only against the repositories.

use assessment_server::drafts::{Expected, save};

use super::{actor, assessment, audit, content, draft, draft_id, find, moment, receipt, submit};
use crate::store::Harness;

pub(in crate::store) async fn nothing_stored_can_be_changed_or_removed(harness: impl Harness) {
    let (store, id) = (harness.store(), draft_id(1));
    let new = assessment(1);
    submit(&*store, &actor(), "k", &new).await.expect("stored");
    save(&*store, &actor(), id, Expected::Nothing, &content(1), moment(1)).await.expect("saved");
    super::people::add(&*store, &super::people::person(1, "Amelia", "Hart")).await;
    super::episodes::add(&*store).await;
    super::retention::add_with_hold_and_request(&*store, 40).await;
    super::lists::add(&*store).await;
    super::families::add(&*store).await;
    let before = (find(&*store, &actor(), new.id).await, draft(&*store, &actor(), id).await);
    let attempts = harness.tamper().await;
    assert!(attempts.len() >= 12, "update, delete and replace of four kinds of record");
    for (attempt, outcome) in attempts {
        let refusal = outcome.expect_err(attempt);
        assert!(refusal.contains("append only"), "{attempt}: {refusal}");
    }
    assert_eq!((find(&*store, &actor(), new.id).await, draft(&*store, &actor(), id).await), before);
    assert_eq!(audit(&*store, &actor()).await.len(), 7);
}

pub(in crate::store) async fn what_was_acknowledged_is_still_there_when_the_store_opens_again(
    harness: impl Harness,
) {
    let id = draft_id(1);
    let new = assessment(1);
    let store = harness.store();
    submit(&*store, &actor(), "k", &new).await.expect("stored");
    save(&*store, &actor(), id, Expected::Nothing, &content(1), moment(1)).await.expect("saved");
    let before = (find(&*store, &actor(), new.id).await, draft(&*store, &actor(), id).await);
    drop(store);
    let harness = harness.reopen().await;
    let store = harness.store();
    assert_eq!((find(&*store, &actor(), new.id).await, draft(&*store, &actor(), id).await), before);
    let found = assessment_server::assessments::receipt(&*store, &actor(), "k").await;
    assert_eq!(found, Ok(Some(receipt(&new))));
}
