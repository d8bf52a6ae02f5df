//! Assessments and receipts: stored once, found by their own actor only.

use assessment_server::{
    assessments::Submitted,
    store::{StoreError, assessments::Wanted},
};
use tokio::task::JoinSet;

use super::{actor, assessment, audit, find, list, other, receipt, submit, work};
use crate::store::Harness;

pub(in crate::store) async fn what_was_submitted_is_found(harness: impl Harness) {
    let store = harness.store();
    for number in [1, 2] {
        let new = assessment(number);
        assert_eq!(find(&*store, &actor(), new.id).await, None);
        assert_eq!(submit(&*store, &actor(), &number.to_string(), &new).await, Ok(Submitted::Stored));
        let found = find(&*store, &actor(), new.id).await.expect("the assessment");
        assert_eq!((found.id, found.actor), (new.id.to_string(), actor().id().to_owned()));
        assert_eq!((found.reference, found.received_at), (new.reference, new.received_at));
        assert_eq!((found.form_version, found.pack_version), (new.form_version, new.pack_version));
        assert_eq!((found.answers, found.outcome), (new.answers, new.outcome));
        assert_eq!(found.difference, new.difference);
    }
}

pub(in crate::store) async fn a_list_is_newest_first_and_goes_on_where_it_ended(harness: impl Harness) {
    let store = harness.store();
    let mut all = Vec::new();
    for number in 0..5 {
        let new = assessment(number);
        submit(&*store, &actor(), &number.to_string(), &new).await.expect("stored");
        submit(&*store, &other(), &number.to_string(), &assessment(number + 10)).await.expect("stored");
        all.insert(0, new);
    }
    let rows = list(&*store, &actor()).await;
    assert_eq!(rows.len(), all.len());
    for (row, new) in rows.iter().zip(&all) {
        assert_eq!((&row.id, &row.reference), (&new.id.to_string(), &new.reference));
        assert_eq!((&row.child_name, &row.received_at), (&new.child_name, &new.received_at));
        assert_eq!(row.suggestion, new.suggestion);
        assert_eq!(row.headline.as_ref(), Some(&new.headline));
    }
    let mut view = store.view().await.expect("a view");
    let mut paged = Vec::new();
    let mut before = None;
    loop {
        let page = view
            .assessments()
            .list(&actor(), Wanted { before, since: None, limit: 2 })
            .await
            .expect("a page");
        let Some(last) = page.last() else { break };
        before = all.iter().find(|new| new.id.to_string() == last.id).map(|new| new.id);
        paged.extend(page);
    }
    assert_eq!(paged, rows);
    // Somebody else's assessment marks no position in this list.
    let foreign = Wanted { before: Some(all[0].id), since: None, limit: 200 };
    assert_eq!(view.assessments().list(&other(), foreign).await, Ok(Vec::new()));
}

pub(in crate::store) async fn one_key_stores_one_assessment(harness: impl Harness) {
    let store = harness.store();
    let (first, second) = (assessment(1), assessment(2));
    assert_eq!(submit(&*store, &actor(), "k", &first).await, Ok(Submitted::Stored));
    for again in [&first, &second] {
        let repeat = submit(&*store, &actor(), "k", again).await;
        assert_eq!(repeat, Ok(Submitted::KeyUsed(receipt(&first))));
    }
    let found = assessment_server::assessments::receipt(&*store, &actor(), "k").await;
    assert_eq!(found, Ok(Some(receipt(&first))));
    assert_eq!(find(&*store, &actor(), second.id).await, None);
    assert_eq!(audit(&*store, &actor()).await.len(), 1);
}

pub(in crate::store) async fn one_key_many_times_at_once_stores_one_assessment(harness: impl Harness) {
    let store = harness.store();
    let mut attempts = JoinSet::new();
    for number in 0..20 {
        let store = harness.store();
        attempts.spawn(async move {
            let new = assessment(number);
            (receipt(&new), submit(&*store, &actor(), "k", &new).await.expect("an outcome"))
        });
    }
    let outcomes = attempts.join_all().await;
    let stored: Vec<_> = outcomes.iter().filter(|(_, outcome)| *outcome == Submitted::Stored).collect();
    assert_eq!(stored.len(), 1);
    for (_, outcome) in outcomes.iter().filter(|(_, outcome)| *outcome != Submitted::Stored) {
        assert_eq!(*outcome, Submitted::KeyUsed(stored[0].0.clone()));
    }
    assert_eq!((list(&*store, &actor()).await.len(), audit(&*store, &actor()).await.len()), (1, 1));
}

pub(in crate::store) async fn a_key_belongs_to_its_actor(harness: impl Harness) {
    let store = harness.store();
    assert_eq!(submit(&*store, &actor(), "k", &assessment(1)).await, Ok(Submitted::Stored));
    assert_eq!(assessment_server::assessments::receipt(&*store, &other(), "k").await, Ok(None));
    assert_eq!(submit(&*store, &other(), "k", &assessment(2)).await, Ok(Submitted::Stored));
}

pub(in crate::store) async fn another_actor_finds_nothing(harness: impl Harness) {
    let store = harness.store();
    let new = assessment(1);
    submit(&*store, &actor(), "k", &new).await.expect("stored");
    assert_eq!(find(&*store, &other(), new.id).await, None);
    super::assert_empty(&*store, &other()).await;
    let mut unit = work(&*store).await;
    assert_eq!(unit.assessments().find(&other(), new.id).await, Ok(None));
    assert_eq!(unit.receipts().find(&other(), "k").await, Ok(None));
    unit.cancel().await.expect("cancelled");
}

pub(in crate::store) async fn an_id_or_reference_or_key_is_used_once(harness: impl Harness) {
    let store = harness.store();
    let first = assessment(1);
    submit(&*store, &actor(), "k", &first).await.expect("stored");
    let mut same_id = assessment(2);
    same_id.id = first.id;
    let mut same_reference = assessment(3);
    same_reference.reference = first.reference.clone();
    for twice in [&same_id, &same_reference] {
        let mut unit = work(&*store).await;
        let refused = unit.assessments().add(&actor(), twice).await;
        assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
        drop(unit);
        let refused = submit(&*store, &actor(), "another key", twice).await;
        assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
    }
    let fresh = assessment(4);
    let mut unit = work(&*store).await;
    unit.assessments().add(&actor(), &fresh).await.expect("added");
    let refused = unit.receipts().add(&actor(), "k", fresh.id, &receipt(&fresh)).await;
    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
    drop(unit);
    assert_eq!((list(&*store, &actor()).await.len(), audit(&*store, &actor()).await.len()), (1, 1));
}
