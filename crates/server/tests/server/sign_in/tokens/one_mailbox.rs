//! A person is an issuer and a subject. A mailbox is handed on each September, and is nobody (A16). On both stores.

use std::time::Duration;

use assessment_server::store::{Store, postgres::PostgresStore};

use super::*;

/// What the teacher may do there tells who is who: a draft is its author's.
const DRAFT: &str = "/api/v1/drafts/0b5c0f2e-6f5c-4b36-9c62-3f4f9f1d2a10";

#[tokio::test]
async fn a_mailbox_that_was_handed_on_brings_no_rights_on_sqlite_a16() {
    a_mailbox_that_was_handed_on_brings_no_rights(None).await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_mailbox_that_was_handed_on_brings_no_rights_on_postgres_a16() {
    let database = crate::postgres::Database::new().await;
    let patience = Duration::from_secs(10);
    let store = PostgresStore::open(&database.server(), Some(&database.owner()), patience).await;
    a_mailbox_that_was_handed_on_brings_no_rights(Some(Arc::new(store.expect("a database")))).await;
}

fn token(sub: &str, issuer: &str, mail: &str, is_verified: bool) -> String {
    let mut claims = claims();
    claims["sub"] = json!(sub);
    claims["iss"] = json!(issuer);
    claims["email"] = json!(mail);
    claims["email_verified"] = json!(is_verified);
    claims["preferred_username"] = json!(mail);
    format!("Bearer {}", signed(&header().to_string(), &claims.to_string()))
}

const OTHER: &str = "https://other-portal.example/";

async fn a_mailbox_that_was_handed_on_brings_no_rights(store: Option<Arc<dyn Store>>) {
    let app = portal_of(&[ISSUER, OTHER], store).await;
    let head = token("1", ISSUER, "head@school.example", true);
    let save = app.client.request("PUT", DRAFT).header("content-type", "application/json");
    let save = save.header("if-none-match", "*").header("authorization", &head);
    assert_eq!(crate::wire::send(save.body("{\"form_version\":\"caf-2026.3\"}")).await.status, 201);
    let read = async |token: &str| with(&app, "GET", DRAFT, ("authorization", token)).await;
    for (who, token, status) in [
        ("the head", head.clone(), 200),
        ("the new head", token("2", ISSUER, "head@school.example", true), 404),
        ("the head, married", token("1", ISSUER, "married-name@school.example", true), 200),
        ("the head without an address", token("1", ISSUER, "", false), 200),
        ("another issuer's person of that name", token("1", OTHER, "head@school.example", true), 404),
        ("an address that nobody has proved", token("3", ISSUER, "head@school.example", false), 404),
        ("the name in capitals", token("ONE", ISSUER, "HEAD@school.example", true), 404),
    ] {
        let reply = read(&token).await;
        assert_eq!((who, reply.status), (who, status), "{}", reply.text);
    }
    // The old rows of the log are still the first person's, and so are the new ones.
    let session = with(&app, "GET", "/api/v1/session", ("authorization", &head)).await.json();
    let married = token("1", ISSUER, "married-name@school.example", true);
    let again = with(&app, "GET", "/api/v1/session", ("authorization", &married)).await.json();
    assert!(session["person_digest"].is_string(), "{session}");
    assert_eq!(session["person_digest"], again["person_digest"]);
    let stranger = token("2", ISSUER, "head@school.example", true);
    let stranger = with(&app, "GET", "/api/v1/session", ("authorization", &stranger)).await.json();
    assert_ne!(session["person_digest"], stranger["person_digest"]);
}
