//! People: found by id and by what people remember of them, changed revision by revision.

use assessment_people::{
    access::Action,
    id::PersonId,
    matching::{NotTheSame, Query, Search, keys},
    merge::Merges,
    person::{Birth, Identifier, Name, Person, System},
    protection::{Protected, Protection},
};
use assessment_server::store::{Store, StoreError, audit::AuditAction};
use jiff::civil::{Date, date};
use uuid::Uuid;

use super::{actor, moment, other, work};
use crate::store::Harness;

const TODAY: Date = date(2026, 11, 23);

/// An invented child, different for each number.
pub(in crate::store) fn person(number: u128, given: &str, family: &str) -> Person {
    let id = PersonId::from_uuid(Uuid::from_u128(number));
    let mut person = Person::new(id, Protected::at(Protection::Ordinary));
    person.names.push(Name::usual(given, family));
    person.birth = Birth::on(date(2019, 5, 4));
    person
}

/// Stores a person.
pub(in crate::store) async fn add(store: &dyn Store, person: &Person) {
    let mut unit = work(store).await;
    unit.people().add(&actor(), person, moment(1)).await.expect("added");
    unit.save(&actor(), AuditAction::Person(Action::StartEpisode, person.id), moment(1))
        .await
        .expect("saved");
}

async fn found(store: &dyn Store, typed: &str) -> Vec<Person> {
    let query = Query::search(Search::parse(typed).expect("a search"));
    let mut view = store.view().await.expect("a view");
    let found = view.people().candidates(&other(), &query.keys(), 10).await.expect("an answer");
    found.into_iter().map(|one| one.person).collect()
}

pub(in crate::store) async fn a_person_is_found_by_id_and_by_key(harness: impl Harness) {
    let store = harness.store();
    let mut amelia = person(1, "Amelia\u{0}\u{1}", "O’Brien-Hart");
    amelia.identifiers.extend(Identifier::parse(System::NhsNumber, "999 000 0018"));
    add(&*store, &amelia).await;
    add(&*store, &person(2, "Zac", "Young")).await;
    let mut view = store.view().await.expect("a view");
    let stored = view.people().find(&other(), amelia.id).await.expect("an answer").expect("found");
    assert_eq!((&stored.person, stored.revision, stored.changed_at), (&amelia, 1, moment(1)));
    let unknown = PersonId::from_uuid(Uuid::from_u128(3));
    assert_eq!(view.people().find(&other(), unknown).await, Ok(None));
    for typed in ["amelia", "OBrien hart", "hart emelia"] {
        assert_eq!(found(&*store, typed).await, [amelia.clone()], "{typed}");
    }
    assert_eq!(found(&*store, "nobody").await, []);

    let again = work(&*store).await.people().add(&actor(), &amelia, moment(2)).await;
    assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
}

pub(in crate::store) async fn a_candidate_has_a_key_of_each_group(harness: impl Harness) {
    let store = harness.store();
    let (one, two) = (person(1, "Amelia", "Hart"), person(2, "Amelia", "Young"));
    add(&*store, &one).await;
    add(&*store, &two).await;
    let mut view = store.view().await.expect("a view");
    let (mine, theirs) = (keys(&one), keys(&two));
    let mut people = view.people();
    let both = people.candidates(&actor(), std::slice::from_ref(&theirs), 10).await.expect("an answer");
    let ids: Vec<PersonId> = both.iter().map(|one| one.person.id).collect();
    assert_eq!(ids, [two.id, one.id], "who shares most comes first");
    let only: Vec<_> = mine.iter().filter(|key| !theirs.contains(key)).cloned().collect();
    let groups = [theirs.clone(), only];
    let found = people.candidates(&actor(), &groups, 10).await.expect("an answer");
    assert_eq!(found.iter().map(|one| one.person.id).collect::<Vec<_>>(), [one.id]);
    assert_eq!(people.candidates(&actor(), &[theirs], 1).await.expect("an answer").len(), 1);
    assert_eq!(people.candidates(&actor(), &[], 10).await, Ok(Vec::new()));
    assert_eq!(people.candidates(&actor(), &[Vec::new()], 10).await, Ok(Vec::new()));
}

pub(in crate::store) async fn a_change_follows_the_revision_it_was_made_from(harness: impl Harness) {
    let store = harness.store();
    let mut child = person(1, "Amelia", "Hart");
    add(&*store, &child).await;
    child.names = vec![Name::usual("Amelia", "Young")];
    for wrong in [0, 2, u64::MAX] {
        let mut unit = work(&*store).await;
        let refused = unit.people().replace(&actor(), &child, wrong, moment(2)).await;
        assert!(matches!(refused, Err(StoreError::Conflict(_))), "{wrong}: {refused:?}");
    }
    let mut unit = work(&*store).await;
    unit.people().replace(&actor(), &child, 1, moment(2)).await.expect("replaced");
    unit.save(&actor(), AuditAction::Person(Action::CorrectPerson, child.id), moment(2))
        .await
        .expect("saved");
    let mut view = store.view().await.expect("a view");
    let stored = view.people().find(&actor(), child.id).await.expect("an answer").expect("found");
    assert_eq!((stored.person, stored.revision, stored.changed_at), (child.clone(), 2, moment(2)));
    assert_eq!(found(&*store, "young").await, [child]);
    assert_eq!(found(&*store, "hart").await, [], "not by what is no longer there");
}

pub(in crate::store) async fn a_record_that_was_joined_into_another_is_no_longer_looked_for(
    harness: impl Harness,
) {
    let store = harness.store();
    let child = person(1, "Amelia", "Hart");
    add(&*store, &child).await;
    let mut unit = work(&*store).await;
    unit.people().withdraw(&actor(), child.id).await.expect("withdrawn");
    unit.save(&actor(), AuditAction::Person(Action::MergePeople, child.id), moment(2)).await.expect("saved");
    assert_eq!(found(&*store, "amelia hart").await, []);
    let mut unit = work(&*store).await;
    assert_eq!(unit.people().renew_keys(&actor(), 10).await, Ok(0));
    unit.people().replace(&actor(), &child, 1, moment(3)).await.expect("replaced");
    unit.save(&actor(), AuditAction::Person(Action::UndoMergePeople, child.id), moment(3))
        .await
        .expect("saved");
    assert_eq!(found(&*store, "amelia hart").await, [child]);
}

pub(in crate::store) async fn joins_and_decisions_are_found_from_either_side(harness: impl Harness) {
    let store = harness.store();
    let (one, two) = (person(1, "Amelia", "Hart"), person(2, "Emelia", "Hart"));
    add(&*store, &one).await;
    add(&*store, &two).await;
    let mut merge = Merges::default().merge(&one, &two, TODAY, "practitioner-1").expect("joined");
    let decision = NotTheSame::decide(&two, &one, TODAY, "practitioner-1").expect("decided");
    let mut unit = work(&*store).await;
    assert_eq!(unit.people().next_merge(&actor()).await, Ok(1));
    unit.people().add_merge(&actor(), &merge, moment(2)).await.expect("added");
    unit.people().add_decision(&actor(), &decision, moment(2)).await.expect("added");
    assert_eq!(unit.people().next_merge(&actor()).await, Ok(2));
    unit.save(&actor(), AuditAction::Person(Action::MergePeople, one.id), moment(2)).await.expect("saved");
    let mut view = store.view().await.expect("a view");
    for id in [one.id, two.id] {
        assert_eq!(view.people().merges(&other(), &[id]).await, Ok(vec![merge.clone()]));
        assert_eq!(view.people().decisions(&other(), &[id]).await, Ok(vec![decision.clone()]));
    }
    let stranger = [PersonId::from_uuid(Uuid::from_u128(3))];
    assert_eq!(view.people().merges(&other(), &stranger).await, Ok(Vec::new()));
    assert_eq!(view.people().decisions(&other(), &stranger).await, Ok(Vec::new()));
    drop(view);

    merge.undone = Some((TODAY, "practitioner-2".to_owned()));
    let mut unit = work(&*store).await;
    unit.people().add_undone(&other(), &merge, moment(3)).await.expect("added");
    unit.save(&other(), AuditAction::Person(Action::UndoMergePeople, one.id), moment(3))
        .await
        .expect("saved");
    let mut view = store.view().await.expect("a view");
    assert_eq!(view.people().merges(&actor(), &[two.id]).await, Ok(vec![merge.clone()]));
    drop(view);
    let twice = work(&*store).await.people().add_undone(&actor(), &merge, moment(4)).await;
    assert!(matches!(twice, Err(StoreError::Conflict(_))), "{twice:?}");
}

pub(in crate::store) async fn of_two_joins_at_once_one_has_the_number(harness: impl Harness) {
    let store = harness.store();
    let (one, two) = (person(1, "Amelia", "Hart"), person(2, "Emelia", "Hart"));
    add(&*store, &one).await;
    add(&*store, &two).await;
    let merge = Merges::default().merge(&one, &two, TODAY, "practitioner-1").expect("joined");
    let mut unit = work(&*store).await;
    unit.people().add_merge(&actor(), &merge, moment(2)).await.expect("added");
    unit.save(&actor(), AuditAction::Person(Action::MergePeople, one.id), moment(2)).await.expect("saved");
    let second = work(&*store).await.people().add_merge(&other(), &merge, moment(2)).await;
    assert!(matches!(second, Err(StoreError::Conflict(_))), "{second:?}");
}

pub(in crate::store) async fn keys_of_another_version_are_made_again(harness: impl Harness) {
    let store = harness.store();
    let (child, joined) = (person(1, "Amelia", "Hart"), person(2, "Amelia", "Hart"));
    add(&*store, &child).await;
    add(&*store, &joined).await;
    let mut unit = work(&*store).await;
    unit.people().withdraw(&actor(), joined.id).await.expect("withdrawn");
    unit.save(&actor(), AuditAction::Person(Action::MergePeople, joined.id), moment(2)).await.expect("saved");
    harness.force("DELETE FROM match_keys").await;
    harness.force("UPDATE people SET keys_version = 0 WHERE keys_version IS NOT NULL").await;
    assert_eq!(found(&*store, "amelia hart").await, []);
    let mut unit = work(&*store).await;
    assert_eq!(unit.people().renew_keys(&actor(), 10).await, Ok(1));
    assert_eq!(unit.people().renew_keys(&actor(), 10).await, Ok(0));
    unit.upgraded("test", moment(3)).await.expect("saved");
    assert_eq!(found(&*store, "amelia hart").await, [child]);
}
