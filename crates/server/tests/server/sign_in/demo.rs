//! Acting as the invented people of the demo.

use serde_json::json;

use super::{choose, demo, sign_in, with};
use crate::app::App;

#[tokio::test]
async fn one_press_makes_somebody_of_each_role_the_person_who_is_asking() {
    let app = App::start().await;
    let people = app.client.get("/api/v1/demo/people").await.json();
    let people = people.as_array().expect("a list");
    assert!(people.len() >= 8, "{people:?}");
    for person in people {
        let cookie = sign_in(&app, person["code"].as_str().expect("a code")).await;
        let session = with(&app, "GET", "/api/v1/session", ("cookie", &cookie)).await.json();
        for member in ["name", "organisation", "roles"] {
            assert_eq!(session[member], person[member]);
        }
        assert_eq!(session["via"], "session");
    }
}

#[tokio::test]
async fn without_choosing_everyone_is_the_invented_practitioner() {
    let app = App::start().await;
    let session = app.client.get("/api/v1/session").await.json();
    assert_eq!((&session["via"], &session["idle_until"]), (&json!("demo"), &json!(null)));
}

#[tokio::test]
async fn somebody_whose_session_has_ended_gets_out_of_it_by_signing_in_again() {
    let (app, clock) = demo().await;
    let mine = sign_in(&app, "teacher").await;
    clock.minutes_later(15);
    with(&app, "GET", "/api/v1/drafts", ("cookie", &mine)).await.refused(401, "session-ended");
    // By hand: the client would follow the redirect and forget the cookie.
    let request = format!(
        "GET /api/v1/sign-in?return_to=%2F HTTP/1.1\r\nHost: localhost\r\nCookie: {mine}\r\nConnection: close\r\n\r\n"
    );
    let again = app.client.raw(request.as_bytes()).await;
    assert!(again.starts_with("HTTP/1.1 303 "), "{again}");
    assert!(again.contains("set-cookie: __Host-session=;") && again.contains("Max-Age=0"), "{again}");
}

#[tokio::test]
async fn an_unknown_person_is_nobody() {
    let (app, _) = demo().await;
    choose(&app, "root", None).await.refused(422, "unknown-person");
    choose(&app, "x\\\",\\\"y", None).await.refused(422, "unknown-person");
}

#[tokio::test]
async fn two_people_of_the_demo_do_not_see_each_others_drafts_b40() {
    let (app, _) = demo().await;
    let (one, other) = (sign_in(&app, "teacher").await, sign_in(&app, "coordinator").await);
    let path = "/api/v1/drafts/0b5c0f2e-6f5c-4b36-9c62-3f4f9f1d2a10";
    let save = app.client.request("PUT", path).header("content-type", "application/json");
    let save =
        save.header("if-none-match", "*").header("cookie", &one).body("{\"form_version\":\"caf-2026.3\"}");
    assert_eq!(crate::wire::send(save).await.status, 201);
    assert_eq!(with(&app, "GET", path, ("cookie", &one)).await.status, 200);
    with(&app, "GET", path, ("cookie", &other)).await.refused(404, "not-found");
    app.client.get(path).await.refused(404, "not-found");
}
