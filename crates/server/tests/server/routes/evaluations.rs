//! Evaluating answers that may be incomplete.

use serde_json::{Value, json};

use crate::{app::App, database::count, wire::send};

const ROWS: &str = "SELECT (SELECT count(*) FROM assessments) + (SELECT count(*) FROM idempotency_keys) \
     + (SELECT count(*) FROM audit)";

async fn evaluate(app: &App, body: String) -> crate::wire::Reply {
    let request = app.client.request("POST", "/api/v1/evaluations");
    send(request.header("content-type", "application/json").body(body)).await
}

fn body(answers: &Value, as_of: &str) -> String {
    json!({"form_version": "caf-2026.3", "answers": answers, "as_of": as_of}).to_string()
}

#[tokio::test]
async fn incomplete_answers_are_evaluated_and_nothing_is_stored() {
    let app = App::start().await;
    let answers =
        json!({"danger_now": "no", "elements": {"basic_care_safety": {"indicators": {"BC-404": "yes"}}}});
    let reply = evaluate(&app, body(&answers, "2026-11-23")).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let outcome = reply.json();
    assert_eq!(outcome["suggestion"]["certain"], "R4");
    assert_eq!(outcome["as_of"], "2026-11-23");
    assert_eq!(reply.header("cache-control"), "no-store");
    // The engine's own canonical bytes, and the same ones again.
    let keys: Vec<&str> = outcome.as_object().expect("an object").keys().map(String::as_str).collect();
    assert!(keys.contains(&"reasons") && reply.text.starts_with("{\"pack_version\":"));
    assert_eq!(evaluate(&app, body(&answers, "2026-11-23")).await.text, reply.text);
    assert_eq!(count(&app.database(), ROWS).await, 0);
}

#[tokio::test]
async fn the_day_is_today_if_it_is_left_out() {
    let app = App::start().await;
    let reply = evaluate(&app, r#"{"form_version":"caf-2026.3","answers":{}}"#.to_owned()).await;
    assert_eq!(reply.json()["as_of"], "2026-11-23");
}

#[tokio::test]
async fn what_is_not_acceptable_is_named_without_values() {
    let app = App::start().await;
    for (text, status, part) in [
        (r#"{"form_version":"caf-2026.3","answers":{"spy":"Amy"}}"#, 422, "unknown-question"),
        (r#"{"form_version":"caf-1999.1","answers":{}}"#, 422, "form"),
        (r#"{"form_version":"caf-2026.3","answers":{},"as_of":"2026-02-30"}"#, 422, "as_of"),
        (r#"{"form_version":"caf-2026.3","answers":{},"shown":{}}"#, 422, "shown"),
        (r#"{"form_version":"caf-2026.3","answers":{}"#, 400, "JSON"),
    ] {
        let reply = evaluate(&app, text.to_owned()).await;
        assert_eq!(reply.status, status, "{text}: {}", reply.text);
        assert!(reply.text.contains(part) && !reply.text.contains("Amy"), "{text}: {}", reply.text);
    }
}
