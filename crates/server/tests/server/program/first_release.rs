//! A database that the first release made, opened by today's program: records become episodes, and receipts, keys, drafts and
//! the audit trail are as they were. How the file was made is in `fixtures/first_release/README.md`.

use std::{fs, path::Path, sync::Arc};

use serde_json::Value;
use sqlx::Connection as _;
use tempfile::TempDir;

use crate::{
    answers::{accepted, fixed_today},
    child::{Program, run},
    database::{assert_sound, count, look, query},
};

const MADE: &[u8] = include_bytes!("../fixtures/first_release/assessments.sqlite3");

const DRAFT: &str = "5e7a3b52-0c9d-4b3e-9a53-000000000001";

/// The entries of the trail that the first release wrote, whatever columns hold them now.
const TRAIL: &str = "SELECT seq || ' ' || actor || ' ' || action || ' ' || subject_kind || ' ' || subject_id FROM audit \
     WHERE seq <= 5 ORDER BY seq";

/// What was sent under a key, and what was answered.
#[derive(sqlx::FromRow)]
struct Sent {
    key: String,
    body: Vec<u8>,
    receipt: String,
}

async fn sent(path: &Path) -> Vec<Sent> {
    let mut connection = look(path).await;
    let all =
        "SELECT key, body, receipt FROM idempotency_keys JOIN assessments ON id = assessment_id ORDER BY key";
    let all = sqlx::query_as(all).fetch_all(&mut connection).await.expect("what was sent");
    connection.close().await.expect("closed");
    all
}

async fn start(folder: &Arc<TempDir>) -> Program {
    Program::start_in(Arc::clone(folder), &["--today", &fixed_today().to_string()]).await
}

#[tokio::test]
async fn records_become_episodes_and_receipts_keys_drafts_and_trail_stay() {
    let folder = Arc::new(TempDir::new().expect("a folder"));
    let path = folder.path().join("assessments.sqlite3");
    fs::write(&path, MADE).expect("a copy");
    let before = sent(&path).await;
    let trail = query(&path, TRAIL).await;
    assert_eq!((before.len(), trail.len()), (3, 5));

    let mut program = start(&folder).await;
    let listed = program.client.get("/api/v1/episodes").await.json();
    let mut references: Vec<String> = Vec::new();
    for episode in listed["episodes"].as_array().expect("a list") {
        let id = episode["id"].as_str().expect("an id");
        references.push(episode["shown"]["reference"].as_str().expect("a reference").to_owned());
        assert!(episode["shown"]["child_name"].is_string(), "{episode}");
        let version = program.client.get(&format!("/api/v1/episodes/{id}/versions/1")).await;
        assert_eq!((version.status, &version.json()["whole"]), (200, &Value::Bool(true)), "{}", version.text);
    }
    let mut expected: Vec<String> = Vec::new();
    for Sent { key, body, receipt } in &before {
        let receipt: Value = serde_json::from_str(receipt).expect("a receipt");
        let again = program.client.submit(key, body.clone()).await;
        assert_eq!((again.status, again.json()), (201, receipt.clone()), "the same key and bytes: {key}");
        let other = accepted(fixed_today(), 1);
        program.client.submit(key, other).await.refused(422, "idempotency-key-reused");
        let id = receipt["id"].as_str().expect("an id");
        assert_eq!(program.client.get(&format!("/api/v1/assessments/{id}")).await.status, 200);
        expected.push(receipt["reference"].as_str().expect("a reference").to_owned());
    }
    references.sort();
    expected.sort();
    assert_eq!(references, expected, "each record is an episode, and there is no other");

    let draft = program.client.get(&format!("/api/v1/drafts/{DRAFT}")).await;
    assert_eq!((draft.status, draft.header("etag")), (200, "\"2\""), "{}", draft.text);
    let next = r#"{"form_version":"caf-2026.3","answers":{}}"#;
    assert_eq!(program.client.save(DRAFT, ("if-match", "\"2\""), next).await.status, 200);
    assert_eq!(program.client.submit("of-today", accepted(fixed_today(), 2)).await.status, 201);
    program.terminate().await;

    assert_eq!(query(&path, TRAIL).await, trail, "not an entry was changed");
    assert_sound(&path).await;
    let (success, out, reason) = run(&["--database", path.to_str().expect("UTF-8"), "audit", "verify"]).await;
    assert!(success && out.starts_with("The audit trail is whole."), "{out}{reason}");

    // It is done once.
    let episodes = count(&path, "SELECT count(*) FROM episodes").await;
    start(&folder).await.terminate().await;
    assert_eq!(count(&path, "SELECT count(*) FROM episodes").await, episodes);
}
