//! Health, profile, rules and description of the interface.

use serde_json::Value;

use crate::{app::App, wire::send};

#[tokio::test]
async fn health_says_what_the_server_works_with() {
    let app = App::start().await;
    let health = app.client.get("/api/v1/health").await;
    assert_eq!(health.status, 200);
    assert_eq!(health.json()["status"], "ok");
    assert_eq!(health.json()["form_version"], "caf-2026.3");
    assert!(health.json()["pack_version"].as_str().is_some_and(|version| !version.is_empty()));
}

#[tokio::test]
async fn health_fails_when_the_database_is_gone_b90() {
    let app = App::start().await;
    app.store.close().await;
    app.client.get("/api/v1/health").await.refused(503, "storage-unavailable");
}

#[tokio::test]
async fn profile_rules_and_description_are_sent_again_only_when_changed() {
    let app = App::start().await;
    for path in ["/api/v1/profile", "/api/v1/rule-pack", "/api/v1/openapi.json"] {
        let first = app.client.get(path).await;
        assert_eq!((first.status, first.header("cache-control")), (200, "no-cache"), "{path}");
        assert!(first.json().is_object());
        let tag = first.header("etag").to_owned();
        for known in [tag.clone(), format!("\"other\", W/{tag}"), "*".to_owned()] {
            let again = send(app.client.request("GET", path).header("if-none-match", known)).await;
            assert_eq!((again.status, again.text.as_str(), again.header("etag")), (304, "", tag.as_str()));
        }
        let other = send(app.client.request("GET", path).header("if-none-match", "\"other\"")).await;
        assert_eq!(other.status, 200);
    }
}

#[tokio::test]
async fn the_rules_served_are_those_that_evaluate() {
    let app = App::start().await;
    let served: Value = app.client.get("/api/v1/rule-pack").await.json();
    let version = app.client.get("/api/v1/health").await.json()["pack_version"].clone();
    let named =
        format!("{} {}", served["id"].as_str().expect("id"), served["version"].as_str().expect("version"));
    assert_eq!(version, named);
}

#[tokio::test]
async fn emergency_numbers_are_always_in_the_rule_pack() {
    let app = App::start().await;
    let pack = app.client.get("/api/v1/rule-pack").await;
    assert!(pack.text.contains("\"999\"") && pack.text.contains("\"101\""));
}
