//! Families: found by each of their members, changed step by step, and nothing of somebody who was erased stays in them.

use std::time::Duration;

use assessment_people::{
    access::Action,
    family::{Family, Related, Relationship},
    id::{FamilyId, PersonId},
    protection::Protection,
};
use assessment_server::store::{
    Store, StoreError,
    audit::AuditAction,
    families::{EverRelated, StoredFamily},
};
use uuid::Uuid;

use super::{
    actor, moment, other,
    people::{self, person},
    retention::{self, author, child_id, due, now, to_erase},
    work,
};
use crate::store::Harness;

fn id(number: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(number))
}

fn family_id(number: u128) -> FamilyId {
    FamilyId::from_uuid(Uuid::from_u128(number))
}

fn related(person: u128, relationship: Relationship, to: u128) -> Related {
    Related { person: id(person), relationship, to: id(to) }
}

const MOTHER: u128 = 100;

/// Two children with records and their mother, of whom there is a name.
fn family() -> Family {
    Family::new(family_id(1))
        .with(id(1), Protection::Ordinary)
        .with(id(2), Protection::Confidential)
        .with_name(id(MOTHER), "Rosa\u{0} Sentinel", Protection::Ordinary)
        .relate(related(MOTHER, Relationship::Mother, 1))
        .and_then(|family| family.relate(related(MOTHER, Relationship::Mother, 2)))
        .expect("they are related like that")
}

/// Stores a family as it is from now on.
async fn store_as(
    store: &dyn Store,
    before: &StoredFamily,
    now: &Family,
    because: Option<&str>,
) -> Result<(), StoreError> {
    let mut unit = work(store).await;
    unit.families().lock(&actor(), &[id(1), id(2)]).await?;
    unit.families().store(&actor(), before, now, because, moment(2)).await?;
    unit.save(&actor(), AuditAction::Person(Action::ChangeFamily, id(1)), moment(2)).await
}

fn nobodys(id: FamilyId) -> StoredFamily {
    StoredFamily { family: Family::new(id), revision: 0 }
}

/// Stores a family of the child 1, who is there.
pub(in crate::store) async fn add(store: &dyn Store) {
    let family = family().without(id(2));
    store_as(store, &nobodys(family.id()), &family, None).await.expect("stored");
}

async fn of(store: &dyn Store, people: &[PersonId]) -> Vec<StoredFamily> {
    store.view().await.expect("a view").families().of(&other(), people).await.expect("an answer")
}

async fn ever(store: &dyn Store, person: PersonId) -> Vec<EverRelated> {
    store.view().await.expect("a view").families().ever_related(&other(), &[person]).await.expect("an answer")
}

pub(in crate::store) async fn a_family_is_found_by_each_member_and_keeps_what_ended(harness: impl Harness) {
    let store = harness.store();
    for number in [1, 2] {
        people::add(&*store, &person(number, "Sentinel", "Marigold")).await;
    }
    let first = family();
    store_as(&*store, &nobodys(first.id()), &first, None).await.expect("stored");
    let found = of(&*store, &[id(1)]).await;
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].revision, found[0].family.members()), (1, first.members()));
    assert_eq!(found[0].family.related(), first.related());
    assert_eq!(of(&*store, &[id(2)]).await, found);
    assert_eq!(of(&*store, &[id(3)]).await, []);

    // A name is linked to a record, somebody is kept more closely, a relationship ends.
    let next = found[0].family.clone().with_name(id(101), "Ben", Protection::Ordinary);
    let next = next.relate(related(101, Relationship::Sibling, 1)).expect("related");
    let next = next.recorded_as(id(101), id(2)).expect("a name").with(id(1), Protection::Shielded);
    let next = next.unrelate(&related(MOTHER, Relationship::Mother, 2));
    store_as(&*store, &found[0], &next, Some("The school mixed them up.")).await.expect("stored");
    let now = of(&*store, &[id(1)]).await;
    assert_eq!((now[0].revision, &now[0].family), (2, &next));
    let ended = ever(&*store, id(2)).await;
    assert_eq!(ended.len(), 1);
    assert_eq!(ended[0].ended_because.as_deref(), Some("The school mixed them up."));
    assert!(ended[0].name.as_deref().is_some_and(|name| name.starts_with("Rosa")));

    // Somebody who leaves is found no more, and may come back.
    let left = next.clone().without(id(2));
    store_as(&*store, &now[0], &left, Some("Adopted.")).await.expect("stored");
    assert_eq!(of(&*store, &[id(2)]).await, []);
    let now = of(&*store, &[id(1)]).await;
    assert_eq!(now[0].family, left);
    store_as(&*store, &now[0], &left.clone().with(id(2), Protection::Ordinary), None).await.expect("stored");
    assert_eq!(of(&*store, &[id(2)]).await.len(), 1);
}

pub(in crate::store) async fn of_two_changes_of_a_family_one_wins(harness: impl Harness) {
    let store = harness.store();
    for number in [1, 2] {
        people::add(&*store, &person(number, "Sentinel", "Marigold")).await;
    }
    let first = family();
    store_as(&*store, &nobodys(first.id()), &first, None).await.expect("stored");
    let seen = of(&*store, &[id(1)]).await.remove(0);
    let one = seen.family.clone().with_name(id(101), "Gran", Protection::Ordinary);
    store_as(&*store, &seen, &one, None).await.expect("stored");
    let late = store_as(&*store, &seen, &one.clone().without(id(101)), None).await;
    assert!(matches!(late, Err(StoreError::Conflict(_))), "{late:?}");
    assert_eq!(of(&*store, &[id(1)]).await[0].family, one);
    let again = store_as(&*store, &nobodys(first.id()), &first, None).await;
    assert!(matches!(again, Err(StoreError::Conflict(_))), "an id is used once: {again:?}");
}

/// Erases the child of that number with their episode.
async fn erase(store: &dyn Store, number: u128) {
    let what = to_erase(number);
    let mut unit = work(store).await;
    let people: Vec<PersonId> = what.people.iter().copied().collect();
    assert!(unit.retention().lock(&author(), what.episode, &people).await.expect("locked"));
    unit.retention().erase_episode(&author(), &what, now()).await.expect("erased");
    unit.save(&actor(), AuditAction::Episode(Action::Erase, what.episode), now()).await.expect("saved");
}

pub(in crate::store) async fn nothing_of_the_erased_is_left_in_a_family_a15(harness: impl Harness) {
    let store = harness.store();
    for number in [1, 2] {
        retention::add(&*store, due(number)).await;
    }
    let whole = family()
        .with_name(id(101), "Father of the first", Protection::Ordinary)
        .with_name(id(102), "Sentinel", Protection::Ordinary)
        .relate(related(101, Relationship::Father, 1))
        .and_then(|family| family.relate(related(102, Relationship::Sibling, 2)))
        .and_then(|family| family.recorded_as(id(102), id(1)))
        .expect("a family");
    store_as(&*store, &nobodys(whole.id()), &whole, None).await.expect("stored");
    // What has ended goes as well.
    let stored = of(&*store, &[id(1)]).await.remove(0);
    let next = stored.family.clone().unrelate(&related(MOTHER, Relationship::Mother, 1));
    store_as(&*store, &stored, &next, Some("Words about the first.")).await.expect("stored");

    erase(&*store, 1).await;
    assert_eq!(of(&*store, &[child_id(1)]).await, []);
    assert_eq!(ever(&*store, child_id(1)).await, []);
    let left = of(&*store, &[child_id(2)]).await.remove(0).family;
    let members: Vec<PersonId> = left.members().keys().copied().collect();
    assert_eq!(members, [id(2), id(MOTHER), id(102)], "who was related to the first alone has gone too");
    assert_eq!(left.named()[&id(102)].record, None, "and to whose record a name was linked");

    erase(&*store, 2).await;
    assert_eq!(of(&*store, &[child_id(2)]).await, []);
    assert_eq!(ever(&*store, id(MOTHER)).await, [], "a family of nobody is none");
}

/// Somebody changes a family while one of its members is erased: whichever is first, nothing of them is left in it.
pub(in crate::store) async fn a_change_during_an_erasing_leaves_nothing_a15(harness: impl Harness) {
    let store = harness.store();
    for number in [1, 2] {
        retention::add(&*store, due(number)).await;
    }
    let first = family().with_name(id(102), "Gran", Protection::Ordinary);
    store_as(&*store, &nobodys(first.id()), &first, None).await.expect("stored");
    let seen = of(&*store, &[id(1)]).await.remove(0);
    let gran = related(102, Relationship::Grandparent, 2);
    let next = seen.family.clone().relate(gran).expect("related");

    // The change is under way, and the child whose family is asked about is the other one.
    let mut unit = work(&*store).await;
    unit.families().lock(&actor(), &[id(1)]).await.expect("locked");
    unit.families().store(&actor(), &seen, &next, None, moment(2)).await.expect("stored");
    let beside = harness.store();
    let mut erasing = tokio::spawn(async move { erase(&*beside, 2).await });
    let early = tokio::time::timeout(Duration::from_millis(300), &mut erasing).await;
    assert!(early.is_err(), "it waits for the change");
    unit.save(&actor(), AuditAction::Person(Action::ChangeFamily, id(1)), moment(2)).await.expect("saved");
    erasing.await.expect("erased");
    assert_eq!(ever(&*store, child_id(2)).await, []);
    let left = of(&*store, &[id(1)]).await.remove(0);
    assert!(!left.family.members().contains_key(&id(2)), "{left:?}");

    // What was read before the erasing is not changed after it.
    let late = seen.family.clone().with_name(id(103), "Aunt", Protection::Ordinary);
    let before = StoredFamily { revision: left.revision - 1, ..seen };
    let late = store_as(&*store, &before, &late, None).await;
    assert!(matches!(late, Err(StoreError::Conflict(_))), "{late:?}");
}
