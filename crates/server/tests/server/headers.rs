//! The protective headers are on every reply, whatever its route and status (B32, B51).

use std::{collections::BTreeSet, time::Duration};

use crate::{
    answers::{accepted, fixed_today},
    app::{App, With},
    database::look,
    wire::{Reply, send},
};

const CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
     font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; \
     object-src 'none'; frame-ancestors 'none'";

#[track_caller]
fn assert_protected(what: &str, reply: &Reply) {
    let expected = [
        ("content-security-policy", CSP),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ];
    for (name, value) in expected {
        assert_eq!(reply.headers.get_all(name).iter().count(), 1, "{what}: {name}");
        assert_eq!(reply.header(name), value, "{what}: {name}");
    }
    assert!(!reply.header("permissions-policy").contains('*'), "{what}");
    assert!(reply.header("permissions-policy").contains("geolocation=()"), "{what}");
    assert!(!reply.header("x-request-id").is_empty(), "{what}");
    assert!(reply.headers.get("server").is_none() && reply.headers.get("x-powered-by").is_none(), "{what}");
    let caching = reply.header("cache-control");
    let open = what.contains("profile") || what.contains("rule-pack") || what.contains("openapi");
    let rule = if open && reply.status < 400 { "no-cache" } else { "no-store" };
    assert_eq!(caching, rule, "{what}");
    let kind = reply.header("content-type");
    assert!(!kind.starts_with("text/") || kind.ends_with("charset=utf-8"), "{what}: {kind}");
}

#[tokio::test]
async fn every_route_and_status_is_protected_b32_b51() {
    let app = App::start_with(With {
        lock_patience: Duration::from_millis(50),
        body_patience: Duration::from_millis(200),
        ..With::default()
    })
    .await;
    let body = || accepted(fixed_today(), 1);
    let draft = "/api/v1/drafts/5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f";
    let content = r#"{"form_version":"caf-2026.1"}"#;
    let mut statuses = BTreeSet::new();
    let mut check = |what: &str, reply: &Reply| {
        assert_protected(&format!("{what} {}", reply.status), reply);
        statuses.insert(reply.status);
    };

    let receipt = app.submit("k", body()).await;
    check("submit", &receipt);
    let id = receipt.json()["id"].as_str().expect("an id").to_owned();
    check("submit", &app.submit("k", accepted(fixed_today(), 2)).await);
    check("submit", &app.submit("l", "not JSON").await);
    check("submit", &app.submit("l", " ".repeat(2_000_000)).await);
    check("submit", &send(app.client.request("POST", "/api/v1/assessments").body(body())).await);
    check("submit", &send(app.client.submission("l", body()).header("content-encoding", "gzip")).await);
    check("submit", &send(app.client.submission("l", body()).header("origin", "https://example.org")).await);
    for save in
        [("if-none-match", "*"), ("if-match", "\"1\""), ("if-match", "\"9\""), ("x", "y"), ("if-match", "x")]
    {
        let request = app.client.request("PUT", draft).header("content-type", "application/json");
        check("draft", &send(request.header(save.0, save.1).body(content)).await);
    }
    check("draft", &send(app.client.request("DELETE", draft).header("if-match", "\"2\"")).await);
    check("draft", &app.client.get(draft).await);
    let assessment = format!("/api/v1/assessments/{id}");
    let everything = [
        assessment.as_str(),
        "/api/v1/assessments",
        "/api/v1/drafts",
        "/api/v1/health",
        "/api/v1/profile",
        "/api/v1/rule-pack",
        "/api/v1/openapi.json",
        "/api/v1/nothing",
        "/missing.js",
        "/",
        draft,
    ];
    for path in everything {
        for method in ["GET", "HEAD", "OPTIONS", "PATCH", "TRACE"] {
            check(path, &send(app.client.request(method, path)).await);
        }
        check(path, &send(app.client.request("GET", path).header("if-none-match", "*")).await);
        check(path, &send(app.client.request("GET", path).header("host", "example.org")).await);
    }
    let mut other = look(&app.database()).await;
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.expect("the lock");
    check("submit", &app.submit("m", body()).await);

    let wanted = [200, 201, 304, 400, 403, 404, 405, 410, 412, 413, 415, 421, 422, 428, 503];
    assert_eq!(statuses, wanted.into());
}

#[tokio::test]
async fn a_wrong_method_is_told_the_right_ones() {
    let app = App::start().await;
    let reply = send(app.client.request("DELETE", "/api/v1/assessments")).await;
    reply.refused(405, "method-not-allowed");
    for method in ["GET", "POST"] {
        assert!(reply.header("allow").contains(method), "{}", reply.header("allow"));
    }
}
