//! "Not the same child" holds on both sides, until a fact that mattered changes.

use assessment_people::{
    id::PersonId,
    person::{Phone, System},
};
use serde_json::json;
use uuid::Uuid;

use super::{Office, born, child, number, office::ids, on_both};

on_both! {
    not_the_same_holds_on_both_sides_until_a_fact_that_mattered_changes_a7;
    only_who_may_join_records_may_keep_them_apart;
}

async fn not_the_same_holds_on_both_sides_until_a_fact_that_mattered_changes_a7(office: Office) {
    let (one, mut other) = (child(1, "Amelia", "Hart"), child(2, "Amelia", "Hart"));
    other.birth = born(2019, 5, 14);
    office.add(&one, "teacher").await;
    office.add(&other, "health-visitor").await;
    let found = office.same_as_stored("coordinator", one.id).await;
    assert_eq!(ids(&found), [other.id.to_string()], "{found}");
    let body = Some(json!({ "other": other.id }));
    let decided = office.ask("coordinator", "POST", &format!("/{}/not-the-same", one.id), body).await;
    assert_eq!(
        (decided.status, decided.json()),
        (201, json!({ "on": "2026-11-23", "by": "Dewi Pritchard" }))
    );
    for (one, other) in [(one.id, other.id), (other.id, one.id)] {
        assert!(ids(&office.same_as_stored("coordinator", one).await).is_empty(), "{one} {other}");
    }
    office.change(other.id, |person| person.phones.main = Some(Phone::new("0113 496 0001"))).await;
    assert!(
        ids(&office.same_as_stored("coordinator", one.id).await).is_empty(),
        "a telephone number says little"
    );
    office.change(other.id, |person| person.birth = born(2019, 5, 4)).await;
    for (asked, found) in [(one.id, other.id), (other.id, one.id)] {
        let answer = office.same_as_stored("coordinator", asked).await;
        assert_eq!(ids(&answer), [found.to_string()], "{answer}");
        let earlier = &answer["people"][0]["earlier_decision"];
        assert_eq!(earlier, &json!({ "on": "2026-11-23", "by": "Dewi Pritchard" }));
    }
    let mut did = office.did("coordinator").await;
    did.retain(|(action, ..)| action == "keep-apart");
    let about: Vec<&str> = did.iter().map(|(_, _, id)| id.as_str()).collect();
    assert_eq!(about, [one.id.to_string(), other.id.to_string()], "both records say so");
}

async fn only_who_may_join_records_may_keep_them_apart(office: Office) {
    let (mut one, other) = (child(1, "Amelia", "Hart"), child(2, "Amelia", "Hart"));
    one.identifiers.push(number(System::NhsNumber, "9990000018"));
    office.add(&one, "teacher").await;
    office.add(&other, "teacher").await;
    let path = format!("/{}/not-the-same", one.id);
    let body = |id: PersonId| Some(json!({ "other": id }));
    office.ask("teacher", "POST", &path, body(other.id)).await.refused(403, "forbidden");
    office.ask("health-visitor", "POST", &path, body(other.id)).await.refused(404, "not-found");
    office.ask("coordinator", "POST", &path, body(one.id)).await.refused(409, "one-person");
    let nobody = PersonId::from_uuid(Uuid::from_u128(77));
    office.ask("coordinator", "POST", &path, body(nobody)).await.refused(404, "not-found");
    office.ask("coordinator", "POST", &path, Some(json!({}))).await.refused(422, "wrong-shape");
}
