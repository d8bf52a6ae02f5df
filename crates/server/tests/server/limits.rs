//! Limits over HTTP (B46, B98): whose excess it is, what is said, and that nothing is lost by it.

use assessment_server::{
    limits::{RateLimits, proxies::TrustedProxies},
    operations::Operations,
};
use serde_json::json;

use crate::{
    answers::{accepted, fixed_today},
    app::{App, With},
    sign_in::sign_in,
    wire::{Reply, send},
};

/// An application with these limits, in the words of the settings file, and these proxies before it.
async fn limited(limits: serde_json::Value, proxies: &[&str]) -> App {
    let limits: RateLimits = serde_json::from_value(limits).expect("limits");
    let proxies: TrustedProxies = serde_json::from_value(json!(proxies)).expect("proxies");
    App::start_with(With { operations: Operations::new(Some(&limits), proxies), ..With::default() }).await
}

/// A request of somebody who has that cookie, which passed through that proxy as it says.
async fn ask(app: &App, path: &str, cookie: &str, forwarded: &str) -> Reply {
    let request = app.client.request("GET", path).header("cookie", cookie);
    send(if forwarded.is_empty() { request } else { request.header("x-forwarded-for", forwarded) }).await
}

const NOBODY: &str = "__Host-session=unknown";
const OWN: &str = "/api/v1/me";

#[track_caller]
fn too_many(reply: &Reply) {
    reply.refused(429, "too-many-requests");
    let seconds: u32 = reply.header("retry-after").parse().expect("seconds");
    assert!((1..=60).contains(&seconds), "{seconds}");
}

#[tokio::test]
async fn one_persons_excess_locks_nobody_out_behind_the_same_address_b46() {
    let app = limited(json!({ "requests_a_minute": 3 }), &[]).await;
    let (one, other) = (sign_in(&app, "teacher").await, sign_in(&app, "coordinator").await);
    for _ in 0..3 {
        assert_eq!(ask(&app, OWN, &one, "").await.status, 200);
    }
    too_many(&ask(&app, OWN, &one, "").await);
    // What anyone may ask is theirs as well, not the address's.
    too_many(&ask(&app, "/api/v1/profile", &one, "").await);
    assert_eq!(ask(&app, OWN, &other, "").await.status, 200);
    assert_eq!(ask(&app, "/api/v1/health", &one, "").await.status, 200);
}

#[tokio::test]
async fn a_forged_header_changes_nothing_b46() {
    let app = limited(json!({ "requests_a_minute_from_an_address": 3 }), &[]).await;
    for number in 0..3 {
        ask(&app, OWN, NOBODY, &format!("192.0.2.{number}")).await.refused(401, "session-ended");
    }
    too_many(&ask(&app, OWN, NOBODY, "192.0.2.9").await);
    // Trying cookies at that address keeps no one else there from working.
    let person = sign_in(&app, "teacher").await;
    assert_eq!(ask(&app, OWN, &person, "").await.status, 200);
}

#[tokio::test]
async fn trying_cookies_keeps_no_neighbour_from_signing_in_b46() {
    let app = limited(json!({ "requests_a_minute_from_an_address": 4 }), &[]).await;
    let mine = sign_in(&app, "teacher").await;
    assert_eq!(
        send(app.client.request("DELETE", "/api/v1/session").header("cookie", &mine)).await.status,
        204
    );
    for number in 0..4 {
        let guess = format!("__Host-session=guess-{number}");
        ask(&app, OWN, &guess, "").await.refused(401, "session-ended");
    }
    too_many(&ask(&app, OWN, "__Host-session=guess-5", "").await);
    // One whose session has ended is told so, and signs in, whatever their browser still shows.
    ask(&app, OWN, &mine, "").await.refused(401, "session-ended");
    let choose =
        app.client.request("POST", "/api/v1/demo/session").header("content-type", "application/json");
    let choose = choose.header("cookie", "__Host-session=forgotten").body("{\"person\":\"teacher\"}");
    assert_eq!(send(choose).await.status, 204);
    let person = sign_in(&app, "coordinator").await;
    assert_eq!(ask(&app, OWN, &person, "").await.status, 200);
    // Those who only come to sign in have a limit too.
    for _ in 0..2 {
        ask(&app, OWN, &mine, "").await.refused(401, "session-ended");
    }
    too_many(&ask(&app, OWN, &mine, "").await);
    too_many(&ask(&app, OWN, "__Host-session=guess-6", "").await);
}

#[tokio::test]
async fn behind_a_trusted_proxy_each_address_counts_for_itself_b46() {
    let app = limited(json!({ "requests_a_minute_from_an_address": 2 }), &["127.0.0.0/8"]).await;
    for number in 0..4 {
        // The client wrote the first address itself.
        let forwarded = format!("203.0.113.{number}, 192.0.2.{}", number % 2);
        ask(&app, OWN, NOBODY, &forwarded).await.refused(401, "session-ended");
    }
    too_many(&ask(&app, OWN, NOBODY, "192.0.2.0").await);
    too_many(&ask(&app, OWN, NOBODY, "203.0.113.77, 192.0.2.1").await);
    ask(&app, OWN, NOBODY, "192.0.2.5").await.refused(401, "session-ended");
}

#[tokio::test]
async fn a_finished_assessment_that_is_refused_for_now_is_stored_later_under_its_key_b46() {
    let app = limited(json!({ "requests_a_minute": 1 }), &[]).await;
    assert_eq!(app.client.get(OWN).await.status, 200);
    let body = accepted(fixed_today(), 1);
    too_many(&app.submit("k", body.clone()).await);
    // Later, without a limit in the way: the key is not spent, and there is one record.
    let later = app.beside("demo-practitioner").await;
    let receipt = later.submit("k", body.clone()).await;
    assert_eq!(receipt.status, 201);
    assert_eq!(later.submit("k", body).await.text, receipt.text);
    let stored = later.client.get("/api/v1/assessments").await.json();
    assert_eq!(stored["assessments"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn searches_have_a_lower_limit_and_bulk_look_ups_stop_b98() {
    let operations = Operations::new(
        Some(
            &serde_json::from_value(json!({ "searches_a_minute": 2, "look_ups_a_day": 3 })).expect("limits"),
        ),
        TrustedProxies::default(),
    );
    let metrics = std::sync::Arc::clone(&operations.metrics);
    let app = App::start_with(With { operations, ..With::default() }).await;
    let person = sign_in(&app, "coordinator").await;
    let search = async || {
        let request = app.client.request("POST", "/api/v1/people/search").header("cookie", &person);
        let request = request.header("content-type", "application/json");
        send(request.body(json!({ "text": "Sam Example" }).to_string())).await
    };
    assert_eq!((search().await.status, search().await.status), (200, 200));
    too_many(&search().await);
    let open = "/api/v1/episodes/3f0c1f0e-9c8b-4a52-8f0d-2f6a1b7c9d10";
    ask(&app, open, &person, "").await.refused(404, "not-found");
    let stopped = ask(&app, open, &person, "").await;
    stopped.refused(429, "too-many-look-ups");
    assert!(stopped.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 3_600));
    assert_eq!(ask(&app, OWN, &person, "").await.status, 200);
    let text = metrics.text();
    for line in ["requests_refused_total{limit=\"search\"} 1", "requests_refused_total{limit=\"look-ups\"} 1"]
    {
        assert!(text.contains(line), "{text}");
    }
}

#[tokio::test]
async fn changing_a_family_counts_as_a_look_at_it_b46() {
    let app = limited(json!({ "look_ups_a_day": 1 }), &[]).await;
    let person = sign_in(&app, "teacher").await;
    let change = async || {
        let path = "/api/v1/people/3f0c1f0e-9c8b-4a52-8f0d-2f6a1b7c9d10/families";
        let request = app.client.request("POST", path).header("cookie", &person).header("if-match", "\"1\"");
        send(request.header("content-type", "application/json").body("{}".to_owned())).await
    };
    change().await.refused(404, "not-found");
    change().await.refused(429, "too-many-look-ups");
}

#[tokio::test]
async fn lists_that_show_many_children_count_as_looks_b46_b98() {
    for path in ["/api/v1/register", "/api/v1/register/export", "/api/v1/duplicates"] {
        let app = limited(json!({ "look_ups_a_day": 1 }), &[]).await;
        let person = sign_in(&app, "coordinator").await;
        assert_eq!(ask(&app, path, &person, "").await.status, 200, "{path}");
        ask(&app, path, &person, "").await.refused(429, "too-many-look-ups");
        // One's own work is not looking around.
        assert_eq!(ask(&app, "/api/v1/register?limit=0", &person, "").await.status, 429);
        assert_eq!(ask(&app, "/api/v1/episodes", &person, "").await.status, 200, "{path}");
    }
}
