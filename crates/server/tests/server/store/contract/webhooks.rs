//! What partners' servers are told: stored with what it tells or not at all, never changed, and erased with its episode.

use assessment_people::access::Action;
use assessment_server::{
    store::{
        Store, StoreError,
        audit::AuditAction,
        webhooks::{Ended, NewEvent, Progress, StoredDelivery, WantedDeliveries},
    },
    webhooks::Kind,
};
use uuid::Builder;

use super::{
    actor, moment,
    retention::{add, author, due, episode_id, run},
    work,
};
use crate::store::Harness;

fn event(number: u8, episode: u128) -> NewEvent {
    NewEvent {
        id: Builder::from_random_bytes([number; 16]).into_uuid(),
        partner: "school".to_owned(),
        kind: Kind::Closed,
        episode: episode_id(episode),
        version: None,
        at: moment(u32::from(number)),
    }
}

async fn tell(store: &dyn Store, event: &NewEvent) -> Result<(), StoreError> {
    let mut unit = work(store).await;
    unit.webhooks().add(&author(), event).await?;
    unit.save(&actor(), AuditAction::Episode(Action::Close, event.episode), event.at).await
}

async fn listed(store: &dyn Store, partner: &str) -> Vec<StoredDelivery> {
    let wanted = WantedDeliveries { before: None, limit: 10 };
    store.view().await.expect("a view").webhooks().list(partner, wanted).await.expect("a list")
}

pub(in crate::store) async fn what_is_told_is_stored_with_what_it_tells_or_not_at_all(harness: impl Harness) {
    let store = harness.store();
    add(&*store, due(1)).await;
    let mut unit = work(&*store).await;
    unit.webhooks().add(&author(), &event(1, 1)).await.expect("added");
    unit.cancel().await.expect("cancelled");
    assert!(listed(&*store, "school").await.is_empty());
    tell(&*store, &event(1, 1)).await.expect("stored");
    assert!(matches!(tell(&*store, &event(1, 1)).await, Err(StoreError::Conflict(_))), "an id is used once");
    tell(&*store, &event(2, 1)).await.expect("stored");
    let all = listed(&*store, "school").await;
    assert_eq!(all.iter().map(|one| one.id).collect::<Vec<_>>(), [event(2, 1).id, event(1, 1).id]);
    assert_eq!(all[1].progress, Progress::Pending { due: event(1, 1).at });
    assert!(listed(&*store, "trust").await.is_empty());
    // Still there after a restart.
    drop(store);
    let store = harness.reopen().await.store();
    assert_eq!(listed(&*store, "school").await.len(), 2);
}

pub(in crate::store) async fn a_delivery_is_claimed_by_one_at_a_time(harness: impl Harness) {
    let store = harness.store();
    add(&*store, due(1)).await;
    tell(&*store, &event(1, 1)).await.expect("stored");
    let outbox = store.outbox();
    assert_eq!(outbox.claim("trust", moment(5), moment(9)).await.expect("looked"), None);
    assert_eq!(outbox.claim("school", moment(0), moment(9)).await.expect("looked"), None, "not due yet");
    let (one, two) = tokio::join!(
        outbox.claim("school", moment(5), moment(9)),
        outbox.claim("school", moment(5), moment(9))
    );
    let claimed: Vec<_> = [one, two].into_iter().filter_map(|one| one.expect("looked")).collect();
    let [first] = &claimed[..] else { panic!("one of them: {claimed:?}") };
    assert_eq!((&first.event, first.attempt, first.since), (&event(1, 1), 1, event(1, 1).at));
    // Nobody said how that went.
    let second = outbox.claim("school", moment(9), moment(20)).await.expect("claimed").expect("due again");
    assert_eq!(second.attempt, 2);
    let id = second.event.id;
    // What is said of the first attempt by now counts only if it succeeded.
    outbox.ended(id, 1, Ended::GivenUp, "500").await.expect("noted");
    assert!(matches!(listed(&*store, "school").await[0].progress, Progress::Pending { .. }));
    outbox.ended(id, 1, Ended::Delivered, "204").await.expect("noted");
    outbox.ended(id, 2, Ended::GivenUp, "500").await.expect("noted");
    let now = &listed(&*store, "school").await[0];
    assert_eq!((now.progress, now.outcome.as_deref()), (Progress::Delivered, Some("204")));
    let counts = outbox.counts().await.expect("counts");
    assert_eq!((counts.pending, counts.failed), (0, 0));
    assert_eq!(outbox.claim("school", moment(50), moment(50)).await.expect("looked"), None);
}

pub(in crate::store) async fn what_is_told_is_erased_with_its_episode(harness: impl Harness) {
    let store = harness.store();
    add(&*store, due(1)).await;
    add(&*store, super::retention::Made { closed: false, ..due(2) }).await;
    tell(&*store, &event(1, 1)).await.expect("stored");
    tell(&*store, &event(2, 2)).await.expect("stored");
    run(&*store).await;
    let left = listed(&*store, "school").await;
    assert_eq!(left.iter().map(|one| one.id).collect::<Vec<_>>(), [event(2, 2).id]);
    let claimed =
        store.outbox().claim("school", moment(50), moment(55)).await.expect("claimed").expect("one");
    assert_eq!(claimed.event.episode, episode_id(2), "of what was erased nobody is told any more");
}
