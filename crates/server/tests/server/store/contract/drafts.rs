//! Drafts: revision by revision, nothing overwritten unseen.

use assessment_server::{
    actor::Actor,
    drafts::{Change, Expected, delete, save},
    identifier::DraftId,
    store::{
        Store, StoreError,
        drafts::{Head, StoredDraft},
    },
};
use tokio::task::JoinSet;

use super::{actor, audit, content, draft, draft_id, drafts, moment, other, work};
use crate::store::Harness;

fn done(revision: u64, at: u32) -> Result<Change, StoreError> {
    Ok(Change::Done { revision, saved_at: moment(at) })
}

/// Saves the content of that number at the moment of that number.
async fn put(
    store: &dyn Store,
    actor: &Actor,
    id: DraftId,
    expected: Expected,
    number: u32,
) -> Result<Change, StoreError> {
    save(store, actor, id, expected, &content(number), moment(number)).await
}

pub(in crate::store) async fn a_revision_follows_the_one_it_was_made_from(harness: impl Harness) {
    let (store, id) = (harness.store(), draft_id(1));
    assert_eq!(put(&*store, &actor(), id, Expected::Revision(1), 1).await, Ok(Change::Missing));
    assert_eq!(put(&*store, &actor(), id, Expected::Nothing, 1).await, done(1, 1));
    assert_eq!(put(&*store, &actor(), id, Expected::Revision(1), 2).await, done(2, 2));
    for (expected, number) in [(Expected::Nothing, 3), (Expected::Revision(1), 3), (Expected::Revision(7), 3)]
    {
        assert_eq!(
            put(&*store, &actor(), id, expected, number).await,
            Ok(Change::Stale { current: 2 }),
            "{expected:?}"
        );
    }
    assert_eq!(delete(&*store, &actor(), id, 1, moment(4)).await, Ok(Change::Stale { current: 2 }));
    let body = Some(content(2).body);
    assert_eq!(
        draft(&*store, &actor(), id).await,
        Some(StoredDraft { revision: 2, saved_at: moment(2), body })
    );
    assert_eq!(audit(&*store, &actor()).await.len(), 2);
}

pub(in crate::store) async fn a_repeat_of_the_last_change_stores_nothing(harness: impl Harness) {
    let (store, id) = (harness.store(), draft_id(1));
    let at = |number: u32| moment(number + 30);
    put(&*store, &actor(), id, Expected::Nothing, 1).await.expect("saved");
    assert_eq!(save(&*store, &actor(), id, Expected::Nothing, &content(1), at(1)).await, done(1, 1));
    put(&*store, &actor(), id, Expected::Revision(1), 2).await.expect("saved");
    assert_eq!(save(&*store, &actor(), id, Expected::Revision(1), &content(2), at(2)).await, done(2, 2));
    delete(&*store, &actor(), id, 2, moment(3)).await.expect("deleted");
    assert_eq!(delete(&*store, &actor(), id, 2, at(3)).await, done(3, 3));
    assert_eq!(audit(&*store, &actor()).await.len(), 3);
}

pub(in crate::store) async fn of_many_saves_at_once_one_wins(harness: impl Harness) {
    let (store, id) = (harness.store(), draft_id(1));
    put(&*store, &actor(), id, Expected::Nothing, 0).await.expect("saved");
    let mut saves = JoinSet::new();
    for number in 1..=20 {
        let store = harness.store();
        saves.spawn(async move {
            put(&*store, &actor(), draft_id(1), Expected::Revision(1), number).await.expect("an outcome")
        });
    }
    let outcomes = saves.join_all().await;
    let won = |change: &&Change| matches!(change, Change::Done { revision: 2, .. });
    assert_eq!(outcomes.iter().filter(won).count(), 1, "{outcomes:?}");
    assert_eq!(outcomes.iter().filter(|change| **change == Change::Stale { current: 2 }).count(), 19);
    assert_eq!(audit(&*store, &actor()).await.len(), 2);
}

pub(in crate::store) async fn a_deletion_keeps_what_was_saved_and_can_be_undone(harness: impl Harness) {
    let (store, id) = (harness.store(), draft_id(1));
    assert_eq!(delete(&*store, &actor(), id, 1, moment(1)).await, Ok(Change::Missing));
    put(&*store, &actor(), id, Expected::Nothing, 1).await.expect("saved");
    assert_eq!(delete(&*store, &actor(), id, 1, moment(2)).await, done(2, 2));
    assert_eq!(
        draft(&*store, &actor(), id).await,
        Some(StoredDraft { revision: 2, saved_at: moment(2), body: None })
    );
    assert_eq!(delete(&*store, &actor(), id, 2, moment(3)).await, Ok(Change::AlreadyDeleted { current: 2 }));
    let late = put(&*store, &actor(), id, Expected::Revision(1), 3).await;
    assert_eq!(late, Ok(Change::Stale { current: 2 }));
    assert_eq!(put(&*store, &actor(), id, Expected::Revision(2), 1).await, done(3, 1));
    assert_eq!(draft(&*store, &actor(), id).await.and_then(|draft| draft.body), Some(content(1).body));
}

pub(in crate::store) async fn another_actor_neither_sees_nor_takes_over_a_draft(harness: impl Harness) {
    let (store, id) = (harness.store(), draft_id(1));
    put(&*store, &actor(), id, Expected::Nothing, 1).await.expect("saved");
    assert_eq!(draft(&*store, &other(), id).await, None);
    assert_eq!(drafts(&*store, &other()).await, []);
    for expected in [Expected::Nothing, Expected::Revision(1)] {
        assert_eq!(put(&*store, &other(), id, expected, 2).await, Ok(Change::Missing));
        // The very same content is no repeat when somebody else sends it.
        assert_eq!(put(&*store, &other(), id, expected, 1).await, Ok(Change::Missing));
    }
    assert_eq!(delete(&*store, &other(), id, 1, moment(3)).await, Ok(Change::Missing));
    let mut unit = work(&*store).await;
    assert_eq!(unit.drafts().head(&other(), id).await, Ok(Some(Head::AnotherActors)));
    assert_eq!(unit.drafts().head(&other(), draft_id(2)).await, Ok(None));
    unit.cancel().await.expect("cancelled");
    assert_eq!(draft(&*store, &actor(), id).await.map(|draft| draft.revision), Some(1));
    assert_eq!(audit(&*store, &other()).await, []);
}

pub(in crate::store) async fn a_list_is_last_saved_first_without_deleted_ones(harness: impl Harness) {
    let store = harness.store();
    for number in 1..=3 {
        let id = draft_id(number);
        put(&*store, &actor(), id, Expected::Nothing, u32::from(number)).await.expect("saved");
    }
    put(&*store, &actor(), draft_id(1), Expected::Revision(1), 4).await.expect("saved");
    delete(&*store, &actor(), draft_id(3), 1, moment(5)).await.expect("deleted");
    let rows: Vec<_> = drafts(&*store, &actor())
        .await
        .into_iter()
        .map(|row| (row.id, row.revision, row.saved_at, row.form_version))
        .collect();
    let row = |id: u8, revision, at| (draft_id(id).to_string(), revision, moment(at), "f".to_owned());
    assert_eq!(rows, [row(1, 2, 4), row(2, 1, 2)]);
    let mut view = store.view().await.expect("a view");
    assert_eq!(view.drafts().list(&actor(), 1).await.expect("rows").len(), 1);
}

pub(in crate::store) async fn a_revision_is_used_once(harness: impl Harness) {
    let (store, id) = (harness.store(), draft_id(1));
    put(&*store, &actor(), id, Expected::Nothing, 1).await.expect("saved");
    let new = content(2);
    for content in [Some(&new), None] {
        let mut unit = work(&*store).await;
        let refused = unit.drafts().add(&actor(), id, 1, content, moment(2)).await;
        assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
    }
    assert_eq!(draft(&*store, &actor(), id).await.and_then(|draft| draft.body), Some(content(1).body));
}
