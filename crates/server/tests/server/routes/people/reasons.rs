//! Why two records were joined, taken apart or kept apart is kept with the decision, and read in the trail.

use assessment_people::id::PersonId;
use serde_json::{Value, json};

use super::{Office, child, on_both};
use crate::{
    sign_in::sign_in,
    wire::{Reply, send},
};

on_both! {
    a_reason_for_a_decision_about_two_records_is_in_the_trail_of_both;
    a_reason_that_cannot_be_read_decides_nothing;
}

/// A decision of the coordinator's with this reason, percent-encoded.
async fn decide(office: &Office, method: &str, path: &str, id: PersonId, body: Value, why: &str) -> Reply {
    let cookie = sign_in(&office.app, "coordinator").await;
    let path = format!("/api/v1/people{path}");
    let revision = format!("\"{}\"", office.stored(id).await.revision);
    let request = office.app.client.request(method, &path).header("cookie", cookie);
    let request = request.header("if-match", revision).header("access-reason", why);
    let request = match body {
        Value::Null => request,
        body => request.header("content-type", "application/json").body(body.to_string()),
    };
    send(request).await
}

/// What the trail says was done, to which person and why, newest first.
async fn reasons(office: &Office) -> Vec<(String, String, String)> {
    let cookie = sign_in(&office.app, "coordinator").await;
    let reply =
        send(office.app.client.request("GET", "/api/v1/audit?limit=200").header("cookie", cookie)).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let trail = reply.json();
    let entries = trail["entries"].as_array().expect("entries").iter();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    entries
        .filter(|entry| entry["reason"].is_string())
        .map(|entry| (text(&entry["action"]), text(&entry["record"]["id"]), text(&entry["reason"])))
        .collect()
}

async fn a_reason_for_a_decision_about_two_records_is_in_the_trail_of_both(office: Office) {
    let (kept, merged) = (child(1, "Amelia", "Hart"), child(2, "Amelia", "Hart"));
    office.add(&kept, "teacher").await;
    office.add(&merged, "health-visitor").await;
    let (a, b) = (kept.id, merged.id);
    let join = json!({ "merged": b });
    let path = format!("/{a}/merges");
    assert_eq!(decide(&office, "POST", &path, a, join, "I%20asked%20both%20schools").await.status, 201);
    let path = format!("/{a}/merges/1");
    let undone = decide(&office, "DELETE", &path, a, Value::Null, "Si%C3%A2n%20says%20twins").await;
    assert_eq!(undone.status, 200, "{}", undone.text);
    let path = format!("/{a}/not-the-same");
    assert_eq!(decide(&office, "POST", &path, a, json!({ "other": b }), "Twins").await.status, 201);

    let mut expected = Vec::new();
    for (action, why) in [
        ("keep-apart", "Twins"),
        ("undo-merge-people", "Siân says twins"),
        ("merge-people", "I asked both schools"),
    ] {
        expected.extend([a, b].map(|id| (action.to_owned(), id.to_string(), why.to_owned())));
    }
    let mut found = reasons(&office).await;
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

async fn a_reason_that_cannot_be_read_decides_nothing(office: Office) {
    let (one, other) = (child(1, "Amelia", "Hart"), child(2, "Amelia", "Hart"));
    office.add(&one, "teacher").await;
    office.add(&other, "teacher").await;
    for why in ["%", "%zz", "%20"] {
        let body = json!({ "merged": other.id });
        let path = format!("/{}/merges", one.id);
        decide(&office, "POST", &path, one.id, body, why).await.refused(400, "bad-reason");
        let (path, body) = (format!("/{}/not-the-same", one.id), json!({ "other": other.id }));
        decide(&office, "POST", &path, one.id, body, why).await.refused(400, "bad-reason");
    }
    assert_eq!(reasons(&office).await, []);
}
