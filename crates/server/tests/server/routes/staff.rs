//! The people who sign in here, and shutting one out, on both stores.

use serde_json::{Value, json};

use super::episodes::{Person, on_both};
use crate::{app::App, sign_in::choose, wire::Reply};

on_both! {
    somebody_who_is_shut_out_is_out_at_once_and_cannot_come_back_a17;
    what_somebody_had_is_still_theirs_when_they_are_let_in_again_a17;
    only_a_coordinator_shuts_people_out_and_never_themselves;
}

/// The address of somebody's being shut out.
async fn address(coordinator: &Person<'_>, name: &str) -> String {
    let list = coordinator.get("/api/v1/staff").await.json();
    let found = list["staff"].as_array().expect("staff").iter().find(|one| one["name"] == name);
    format!("/api/v1/staff/{}/shut-out", found.expect("somebody")["id"].as_str().expect("an id"))
}

async fn shut_out(coordinator: &Person<'_>, address: &str) -> Reply {
    coordinator.ask("POST", address, &[], Some(json!({ "reason": "She has left the service." }))).await
}

async fn somebody_who_is_shut_out_is_out_at_once_and_cannot_come_back_a17(app: App) {
    let teacher = Person::new(&app, "teacher").await;
    let coordinator = Person::new(&app, "coordinator").await;
    let address = address(&coordinator, "Priya Raman").await;
    for _ in 0..2 {
        let out = shut_out(&coordinator, &address).await;
        assert_eq!(out.status, 200, "{}", out.text);
        assert_eq!(out.json()["open_actions"], 0, "{}", out.text);
    }
    teacher.get("/api/v1/episodes").await.refused(401, "session-ended");
    let refused = choose(&app, "teacher", None).await;
    refused.refused(403, "shut-out");
    assert!(
        refused.json()["detail"]
            .as_str()
            .is_some_and(|text| text.contains("Your access here has been ended"))
    );
    assert!(refused.headers.get("set-cookie").is_none(), "nobody is signed in");
    let list = coordinator.get("/api/v1/staff").await.json();
    let shut: Vec<&Value> = list["staff"]
        .as_array()
        .expect("staff")
        .iter()
        .filter(|one| one["shut_out_at"].is_string())
        .collect();
    assert_eq!(shut.len(), 1);
    assert_eq!((&shut[0]["name"], &shut[0]["subject"]), (&json!("Priya Raman"), &json!("teacher")));
    let back = coordinator.ask("DELETE", &address, &[], None).await;
    assert_eq!(back.status, 204, "{}", back.text);
    assert_eq!(choose(&app, "teacher", None).await.status, 204);
    teacher.get("/api/v1/episodes").await.refused(401, "session-ended");
}

async fn what_somebody_had_is_still_theirs_when_they_are_let_in_again_a17(app: App) {
    let visitor = Person::new(&app, "health-visitor").await;
    let episode = visitor.start().await;
    let draft = "/api/v1/drafts/0b5c0f2e-6f5c-4b36-9c62-3f4f9f1d2a10";
    let half = json!({ "form_version": "caf-2026.3", "answers": { "assessment_information": {} } });
    let saved = visitor.ask("PUT", draft, &[("if-none-match", "*")], Some(half.clone())).await;
    assert_eq!(saved.status, 201, "{}", saved.text);
    let coordinator = Person::new(&app, "coordinator").await;
    let address = address(&coordinator, "Bernadette Oyelaran").await;
    assert_eq!(shut_out(&coordinator, &address).await.status, 200);
    // A half-filled form that saves itself now is told to sign in, and so is a record that waits to be sent.
    let next = visitor.ask("PUT", draft, &[("if-match", "\"1\"")], Some(half.clone())).await;
    next.refused(401, "session-ended");
    visitor.submit("waits", &half).await.refused(401, "session-ended");
    // Nobody else finds the draft, or sends anything under that name.
    Person::new(&app, "teacher").await.get(draft).await.refused(404, "not-found");
    let log = coordinator.get(&format!("{episode}/members")).await.json();
    assert_eq!(log["members"][0]["status"], "live", "what was given does not vanish");
    assert_eq!(coordinator.ask("DELETE", &address, &[], None).await.status, 204);
    let again = Person::new(&app, "health-visitor").await;
    assert_eq!(again.get(&format!("{episode}/versions/1")).await.status, 200);
    assert_eq!(again.get(draft).await.json()["answers"], half["answers"]);
}

async fn only_a_coordinator_shuts_people_out_and_never_themselves(app: App) {
    let coordinator = Person::new(&app, "coordinator").await;
    let own = address(&coordinator, "Dewi Pritchard").await;
    shut_out(&coordinator, &own).await.refused(409, "yourself");
    for nobody in ["5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f", "x"] {
        let address = format!("/api/v1/staff/{nobody}/shut-out");
        shut_out(&coordinator, &address).await.refused(404, "not-found");
        coordinator.ask("DELETE", &address, &[], None).await.refused(404, "not-found");
    }
    let blank = coordinator.ask("POST", &own, &[], Some(json!({ "reason": " " }))).await;
    blank.refused(422, "wrong-shape");
    assert_eq!(blank.problems(), ["reason missing"]);
    for code in [
        "teacher",
        "health-visitor",
        "youth-worker",
        "safeguarding-lead",
        "duty-and-advice",
        "parent",
        "auditor",
    ] {
        let person = Person::new(&app, code).await;
        person.get("/api/v1/staff").await.refused(403, "forbidden");
        shut_out(&person, &own).await.refused(403, "forbidden");
        person.ask("DELETE", &own, &[], None).await.refused(403, "forbidden");
    }
    assert_eq!(coordinator.get("/api/v1/staff").await.status, 200);
    let first = coordinator.get("/api/v1/staff?limit=3").await.json();
    let next = first["next"].as_str().expect("there are more");
    let rest = coordinator.get(&format!("/api/v1/staff?after={next}")).await.json();
    let count = |page: &Value| page["staff"].as_array().map_or(0, Vec::len);
    assert_eq!((count(&first), count(&rest)), (3, 5));
    let did: Vec<_> = coordinator.did().await.into_iter().map(|(action, _)| action).collect();
    assert!(did.contains(&"list-staff".to_owned()) && !did.contains(&"shut-out".to_owned()), "{did:?}");
}
