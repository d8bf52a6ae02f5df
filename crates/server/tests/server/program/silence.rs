//! Nothing that somebody typed is ever in the log, at any level, on any path (B53).

use std::sync::Arc;

use serde_json::json;
use tempfile::TempDir;

use crate::{
    answers::{accepted, complete, submission},
    child::{Program, real_today},
    wire::{raw_submission, send},
};

const SENTINEL: &str = "ZZSENTINELZZ";
const DRAFT: &str = "/api/v1/drafts/5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f";

#[tokio::test]
async fn the_log_holds_nothing_of_a_request_b53() {
    let folder = Arc::new(TempDir::new().expect("a folder"));
    let mut program = Program::start_in(folder, &["--log", "trace"]).await;
    let client = program.client.clone();

    let mut answers = complete(real_today());
    answers["assessment_information"]["reason"] = json!(SENTINEL);
    answers["identifying_details"]["given_names"] = json!(SENTINEL);
    let stored = client.submit(SENTINEL, submission(&answers)).await;
    assert_eq!(stored.status, 201);
    client.get(&format!("/api/v1/assessments/{}", stored.json()["id"].as_str().expect("an id"))).await;
    assert!(client.get("/api/v1/assessments").await.text.contains(SENTINEL), "names are in the body");

    let refusals = [
        json!({ SENTINEL: SENTINEL }).to_string(),
        json!({ "form_version": SENTINEL, "answers": {} }).to_string(),
        json!({ "form_version": "caf-2026.1", "answers": { SENTINEL: SENTINEL } }).to_string(),
        format!("{{\"{SENTINEL}"),
        format!("{{\"{SENTINEL}\":1,\"{SENTINEL}\":2}}"),
        format!("{SENTINEL}{}", " ".repeat(2_000_000)),
    ];
    for (number, body) in refusals.into_iter().enumerate() {
        let reply = client.submit(&format!("{SENTINEL}{number}"), body).await;
        assert!((400..500).contains(&reply.status));
        assert!(!reply.text.contains(SENTINEL), "{}", reply.text);
    }
    let content = json!({ "form_version": SENTINEL, "answers": { "a": SENTINEL } }).to_string();
    assert_eq!(client.save(&DRAFT[15..], ("if-none-match", "*"), content.clone()).await.status, 201);
    client.save(&DRAFT[15..], ("if-match", SENTINEL), content).await;
    for (path, body) in [
        ("search", json!({ "text": format!("{SENTINEL} O'Brien 4 May 2019"), "reason": SENTINEL })),
        ("search", json!({ "text": SENTINEL.repeat(1_000) })),
        ("search", json!({ SENTINEL: SENTINEL })),
        (
            "matches",
            json!({ "child": { "given_names": SENTINEL, "family_name": SENTINEL, "upn": SENTINEL } }),
        ),
        ("matches", json!({ "child": { "given_names": SENTINEL.repeat(100) } })),
        ("matches", json!({ "person": SENTINEL })),
        (SENTINEL, json!({})),
    ] {
        let request = client.request("POST", &format!("/api/v1/people/{path}"));
        let reply = send(request.header("content-type", "application/json").body(body.to_string())).await;
        assert!(!reply.text.contains(SENTINEL), "{}", reply.text);
    }
    for path in [
        format!("/api/v1/people/{SENTINEL}"),
        format!("/api/v1/people/{SENTINEL}/merges/{SENTINEL}"),
        format!("/api/v1/people/search?text={SENTINEL}"),
        format!("/{SENTINEL}"),
        format!("/api/v1/{SENTINEL}"),
        format!("/api/v1/assessments/{SENTINEL}"),
        format!("/api/v1/assessments?{SENTINEL}={SENTINEL}"),
        format!("/api/v1/drafts/{SENTINEL}"),
        DRAFT.to_owned(),
    ] {
        for name in ["user-agent", "referer", "origin", "cookie", "authorization", "if-none-match"] {
            send(client.request("GET", &path).header(name, SENTINEL)).await;
            send(client.request("DELETE", &path).header(name, SENTINEL)).await;
        }
        send(client.request("GET", &path).header("host", format!("{SENTINEL}.example.org"))).await;
    }
    let whole = raw_submission(SENTINEL, &accepted(real_today(), 1).replace("Few words", SENTINEL));
    client.raw(&whole[..whole.len() - 20]).await;
    client.raw(format!("{SENTINEL} / HTTP/1.1\r\n{SENTINEL}\r\n\r\n").as_bytes()).await;

    program.terminate().await;
    let log = program.log();
    assert!(log.lines().count() > 50, "the log is empty: the test proves nothing");
    for line in log.lines() {
        assert!(!line.contains("SENTINEL"), "{line}");
        assert!(!line.to_lowercase().contains("teddy"), "{line}");
    }
}

#[tokio::test]
async fn each_request_is_one_line_with_route_status_time_and_id() {
    let program = Program::start().await;
    let reply = program.client.get("/api/v1/assessments/3f0c1f0e-9c8b-4a52-8f0d-2f6a1b7c9d10").await;
    let log = program.log();
    let id = reply.header("x-request-id");
    let lines: Vec<&str> = log.lines().filter(|line| line.contains(id)).collect();
    assert_eq!(lines.len(), 1, "{log}");
    for part in
        ["method=GET", "route=\"/api/v1/assessments/{id}\"", "status=404", "ms=", "code=\"not-found\""]
    {
        assert!(lines[0].contains(part), "{part}: {}", lines[0]);
    }
}
