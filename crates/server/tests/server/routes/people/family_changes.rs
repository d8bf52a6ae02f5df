//! Changes of a family at their edges: what cannot be is refused by path and code, a change of nothing stores nothing, and who is
//! added is kept as closely as their own record.

use assessment_people::protection::{Protected, Protection};
use assessment_server::actor::Actor;
use serde_json::{Value, json};

use super::{
    Office, child,
    families::{amelia_and_ben, change, linked, member, read},
    on_both,
};

on_both! {
    what_cannot_be_is_refused_by_path_and_code;
    a_change_of_nothing_stores_no_family;
    who_is_added_is_kept_as_closely_as_their_own_record_b42;
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
