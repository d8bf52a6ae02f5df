//! Changes of a family at their edges: what cannot be is refused by path and code, a change of nothing stores nothing, and who is
//! added is kept as closely as their own record.

use assessment_people::{
    access::Action,
    episode::Excluded,
    family::{Family, Related, Relationship},
    id::{FamilyId, PersonId},
    person::Person as Child,
    protection::{Protected, Protection},
};
use assessment_server::{
    actor::Actor,
    store::{audit::AuditAction, families::StoredFamily},
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Office, child,
    families::{amelia_and_ben, change, linked, member, names, read},
    office::who,
    on_both,
};
use crate::routes::episodes::Person;

on_both! {
    what_cannot_be_is_refused_by_path_and_code;
    a_change_of_nothing_stores_no_family;
    who_is_added_is_kept_as_closely_as_their_own_record_b42;
    what_somebody_does_not_see_of_a_name_stays_b40;
    a_link_that_somebody_does_not_see_stays_b40;
    who_takes_a_record_out_leaves_links_that_they_do_not_see_b40;
    a_change_is_in_the_trail_of_each_record_that_it_is_about;
    an_episode_says_that_the_family_may_be_read_only_where_it_may_be_b40;
}

async fn what_cannot_be_is_refused_by_path_and_code(office: Office) {
    let (amelia, ben) = amelia_and_ben(&office).await;
    let now = linked(&office, &amelia, &ben).await;
    let (id, mother) = (&now["families"][0]["id"], &member(&now, "Rosa Hart")["id"]);
    let relate = |person: &Value, relationship: &str, to: &Value| json!({ "family": id, "relate": [{ "person": person, "relationship": relationship, "to": to }] });
    let (a, b) = (json!(amelia.id), json!(ben.id));
    let long = "x".repeat(201);
    for (body, code, path, why) in [
        (relate(&a, "sibling", &a), "family-refused", "relate[0]", "themselves"),
        (relate(&a, "mother", mother), "family-refused", "relate[0]", "parent-of-each-other"),
        (relate(&json!("x"), "sibling", &b), "wrong-shape", "relate[0].person", "not-a-member"),
        (relate(&a, "boss", &b), "wrong-shape", "relate[0].relationship", "unknown-code"),
        (
            json!({ "add": [{ "name": " ", "relationship": "mother" }] }),
            "wrong-shape",
            "add[0].name",
            "missing",
        ),
        (
            json!({ "add": [{ "name": long, "relationship": "mother" }] }),
            "wrong-shape",
            "add[0].name",
            "too-long",
        ),
        (
            json!({ "add": [{ "record": amelia.id, "relationship": "sibling" }] }),
            "family-refused",
            "add[0].record",
            "themselves",
        ),
        (
            json!({ "family": id, "protect": [{ "member": b, "protection": "secret" }] }),
            "wrong-shape",
            "protect[0].protection",
            "unknown-code",
        ),
        (json!({ "leave": vec![mother; 31], "reason": "x" }), "wrong-shape", "leave", "too-many"),
    ] {
        let reply = change(&office, "teacher", amelia.id, body.clone()).await;
        reply.refused(422, code);
        let problems = reply.json()["problems"].clone();
        assert_eq!(problems[0], json!({ "path": path, "code": why }), "{body}");
    }
    let reply = change(&office, "teacher", amelia.id, json!({ "family": ben.id })).await;
    reply.refused(404, "not-found");
    assert_eq!(read(&office, "teacher", amelia.id).await.json()["families"], now["families"]);
}

async fn a_change_of_nothing_stores_no_family(office: Office) {
    let (amelia, _) = amelia_and_ben(&office).await;
    let before = read(&office, "teacher", amelia.id).await;
    let reply = change(&office, "teacher", amelia.id, json!({})).await;
    assert_eq!((reply.status, &reply.text), (200, &before.text));
    let mut view = office.app.store.view().await.expect("a view");
    let stored = view.families().of(&Actor::new("seed"), &[amelia.id]).await.expect("an answer");
    assert!(stored.is_empty(), "one person alone is no family: {stored:?}");
}

async fn who_is_added_is_kept_as_closely_as_their_own_record_b42(office: Office) {
    let (amelia, mut ben) = (child(1, "Amelia", "Hart"), child(2, "Ben", "Hart"));
    ben.protection = Protected::at(Protection::Confidential);
    office.add(&amelia, "teacher").await;
    office.add(&ben, "teacher").await;
    let before = read(&office, "coordinator", amelia.id).await;
    let link = json!({ "add": [{ "record": ben.id, "relationship": "sibling", "protection": "ordinary" }] });
    let linked = change(&office, "teacher", amelia.id, link).await;
    assert_eq!(linked.status, 200, "{}", linked.text);
    assert_eq!(member(&linked.json(), "Ben Hart")["sibling"], true);
    assert_eq!(
        read(&office, "coordinator", amelia.id).await.text,
        before.text,
        "not from his sister's side either"
    );
}

/// Amelia, who is the teacher's, and Ben, who is the health visitor's and nobody the teacher may know of. `more` says what the
/// family is besides: here the seed of the test, by way of the store.
async fn half_seen(
    office: &Office,
    more: impl FnOnce(Family, PersonId, PersonId) -> Family,
) -> (Child, Child) {
    let (amelia, ben) = (child(1, "Amelia", "Hart"), child(2, "Ben", "Hart"));
    office.add(&amelia, "teacher").await;
    office.add(&ben, "health-visitor").await;
    let family = Family::new(FamilyId::from_uuid(Uuid::from_u128(1)));
    let family = family.with(amelia.id, Protection::Ordinary).with(ben.id, Protection::Ordinary);
    let (family, new) = (more(family.clone(), amelia.id, ben.id), Family::new(family.id()));
    let (actor, at) = (Actor::new("seed"), "2026-11-23T12:00:00Z".parse().expect("a moment"));
    let mut unit = office.app.store.begin().await.expect("a unit of work");
    let nothing = StoredFamily { family: new, revision: 0 };
    unit.families().store(&actor, &nothing, &family, None, at).await.expect("stored");
    let entry = AuditAction::Person(Action::ChangeFamily, amelia.id);
    unit.save(&actor, entry, at).await.expect("saved");
    (amelia, ben)
}

fn is(person: PersonId, relationship: Relationship, to: PersonId) -> Related {
    Related { person, relationship, to }
}

const NAMED: PersonId = PersonId::from_uuid(Uuid::from_u128(900));

async fn what_somebody_does_not_see_of_a_name_stays_b40(office: Office) {
    let (amelia, ben) = half_seen(&office, |family, amelia, ben| {
        let family = family.with_name(NAMED, "Rosa Hart", Protection::Ordinary);
        let family = family.relate(is(NAMED, Relationship::Mother, amelia)).expect("related");
        family.relate(is(NAMED, Relationship::Mother, ben)).expect("related")
    })
    .await;
    let before = read(&office, "health-visitor", ben.id).await.json();
    assert_eq!(names(&before), ["Ben Hart", "Rosa Hart"], "Amelia is the teacher's alone");
    let seen = read(&office, "teacher", amelia.id).await.json();
    assert_eq!(names(&seen), ["Amelia Hart", "Rosa Hart"]);
    let leave = json!({ "family": seen["families"][0]["id"], "leave": [NAMED], "reason": "Not her mother." });
    let left = change(&office, "teacher", amelia.id, leave).await;
    assert_eq!(left.status, 200, "{}", left.text);
    assert_eq!(left.json()["families"], json!([]));
    assert_eq!(read(&office, "health-visitor", ben.id).await.json()["families"], before["families"]);
}

async fn a_link_that_somebody_does_not_see_stays_b40(office: Office) {
    let (amelia, ben) = half_seen(&office, |family, amelia, ben| {
        let family = family.with_name(NAMED, "Ben", Protection::Ordinary);
        let family = family.relate(is(NAMED, Relationship::Sibling, amelia)).expect("related");
        let family = family.relate(is(ben, Relationship::Sibling, amelia)).expect("related");
        family.recorded_as(NAMED, ben).expect("a name and a record")
    })
    .await;
    let other = child(3, "Benedict", "Hart");
    office.add(&other, "teacher").await;
    let seen = read(&office, "teacher", amelia.id).await.json();
    assert_eq!(names(&seen), ["Amelia Hart", "Ben"]);
    let add = json!({ "family": seen["families"][0]["id"], "add": [
        { "record": other.id, "relationship": "sibling", "instead_of": NAMED },
    ] });
    let now = change(&office, "teacher", amelia.id, add).await;
    assert_eq!(now.status, 200, "{}", now.text);
    assert_eq!(names(&now.json()), ["Amelia Hart", "Benedict Hart"], "as if the name had been free");
    let mut view = office.app.store.view().await.expect("a view");
    let stored = view.families().of(&Actor::new("seed"), &[ben.id]).await.expect("families").remove(0).family;
    assert_eq!(stored.named()[&NAMED].record, Some(ben.id));
    assert!(stored.related().contains(&is(ben.id, Relationship::Sibling, amelia.id)));
    let linked = stored.named().values().filter(|name| name.record == Some(other.id)).count();
    assert_eq!(linked, 1, "{stored:?}");
}

async fn who_takes_a_record_out_leaves_links_that_they_do_not_see_b40(office: Office) {
    let cara = child(3, "Cara", "Hart");
    office.add(&cara, "teacher").await;
    let (amelia, ben) = half_seen(&office, |family, amelia, ben| {
        let family = family.with(cara.id, Protection::Ordinary);
        let family = family.relate(is(cara.id, Relationship::Sibling, amelia)).expect("related");
        let family = family.relate(is(cara.id, Relationship::Sibling, ben)).expect("related");
        let family = family.with_name(NAMED, "Ben", Protection::Ordinary);
        let family = family.relate(is(NAMED, Relationship::Sibling, cara.id)).expect("related");
        family.recorded_as(NAMED, ben).expect("a name and a record")
    })
    .await;
    let seen = read(&office, "teacher", amelia.id).await.json();
    assert_eq!(names(&seen), ["Amelia Hart", "Ben", "Cara Hart"]);
    let leave = json!({ "family": seen["families"][0]["id"], "leave": [cara.id], "reason": "A friend." });
    let left = change(&office, "teacher", amelia.id, leave).await;
    assert_eq!((left.status, &left.json()["families"]), (200, &json!([])), "{}", left.text);
    let mut view = office.app.store.view().await.expect("a view");
    let stored = view.families().of(&Actor::new("seed"), &[ben.id]).await.expect("families").remove(0).family;
    assert_eq!(stored.named()[&NAMED].record, Some(ben.id), "{stored:?}");
    assert!(!stored.members().contains_key(&cara.id) && stored.related().is_empty(), "{stored:?}");
}

async fn a_change_is_in_the_trail_of_each_record_that_it_is_about(office: Office) {
    let (amelia, ben) = amelia_and_ben(&office).await;
    let now = linked(&office, &amelia, &ben).await;
    let (family, mother) = (&now["families"][0]["id"], &member(&now, "Rosa Hart")["id"]);
    let link = json!([{ "person": amelia.id, "relationship": "half_sibling", "to": ben.id }]);
    for body in [
        json!({ "family": family, "relate": link }),
        json!({ "family": family, "unrelate": link, "reason": "A mistake." }),
        json!({ "family": family, "protect": [{ "member": ben.id, "protection": "confidential" }] }),
        json!({ "family": family, "leave": [mother], "reason": "Somebody else." }),
        json!({ "family": family, "leave": [ben.id], "reason": "Another family." }),
    ] {
        let entries = async || {
            let did = office.did("teacher").await;
            let entry = ("change-family".to_owned(), "person".to_owned(), ben.id.to_string());
            did.into_iter().filter(|one| *one == entry).count()
        };
        let before = entries().await;
        let reply = change(&office, "teacher", amelia.id, body.clone()).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        assert_eq!(entries().await, before + 1, "{body}");
    }
}

async fn an_episode_says_that_the_family_may_be_read_only_where_it_may_be_b40(office: Office) {
    let (amelia, again) = (child(1, "Amelia", "Hart"), child(5, "Amelia", "Hart"));
    office.add(&amelia, "teacher").await;
    office.add_without(&again, "health-visitor", &[Excluded::Person(who("teacher").subject)]).await;
    let teacher = Person::new(&office.app, "teacher").await;
    let says = async || {
        let episode = teacher.get(&format!("/api/v1/episodes/{}", amelia.id)).await.json();
        let may =
            episode["may"].as_array().unwrap_or_else(|| panic!("{episode}")).contains(&json!("read-family"));
        let route = office.ask("teacher", "GET", &format!("/{}/families", amelia.id), None).await.status;
        (may, route)
    };
    assert_eq!(says().await, (true, 200));
    // By her other episode the teacher must not be told of her.
    assert_eq!(office.merge(again.id, amelia.id).await.status, 201);
    assert_eq!(says().await, (false, 404));
}
