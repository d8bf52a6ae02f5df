//! Changes of a family that cannot be: each is refused by path and code, and nothing of it is stored.

use serde_json::{Value, json};

use super::{
    Office,
    families::{amelia_and_ben, change, linked, member, read},
    on_both,
};

on_both! {
    what_cannot_be_is_refused_by_path_and_code;
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
