//! Saving, reading, listing and deleting drafts (B9).

use serde_json::{Value, json};

use crate::{
    app::App,
    database::{count, look},
    wire::{Reply, send},
};

const ID: &str = "5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f";
const OTHER: &str = "91b1a0de-6a0b-4c57-8d0b-7f6a5b4c3d2e";
const NEW: (&str, &str) = ("if-none-match", "*");

fn draft(text: &str) -> String {
    json!({ "form_version": "caf-2026.1", "place": { "page": "consent" }, "answers": { "danger_now": text } })
        .to_string()
}

async fn delete(app: &App, id: &str, revision: &str) -> Reply {
    send(app.client.request("DELETE", &format!("/api/v1/drafts/{id}")).header("if-match", revision)).await
}

async fn read(app: &App, id: &str) -> Reply {
    app.client.get(&format!("/api/v1/drafts/{id}")).await
}

#[tokio::test]
async fn a_draft_is_saved_revision_by_revision_and_each_is_kept_b9() {
    let app = App::start().await;
    let first = app.client.save(ID, NEW, draft("no")).await;
    assert_eq!((first.status, first.header("etag")), (201, "\"1\""));
    assert_eq!(first.json(), json!({"id": ID, "revision": 1, "saved_at": "2026-11-23T12:00:00.000Z"}));
    let second = app.client.save(ID, ("if-match", "\"1\""), draft("yes")).await;
    assert_eq!((second.status, second.header("etag")), (200, "\"2\""));

    let now = read(&app, ID).await;
    assert_eq!((now.status, now.header("etag")), (200, "\"2\""));
    assert_eq!(now.json()["answers"], json!({"danger_now": "yes"}));
    assert_eq!(now.json()["place"], json!({"page": "consent"}));
    assert_eq!(now.json()["revision"], 2);

    let mut connection = look(&app.database()).await;
    let bodies: Vec<(i64, Vec<u8>)> =
        sqlx::query_as("SELECT revision, body FROM draft_revisions ORDER BY revision")
            .fetch_all(&mut connection)
            .await
            .expect("rows");
    assert_eq!(bodies, [(1, draft("no").into_bytes()), (2, draft("yes").into_bytes())]);
    assert_eq!(count(&app.database(), "SELECT count(*) FROM audit WHERE action = 'draft-saved'").await, 2);
}

#[tokio::test]
async fn a_draft_is_never_refused_for_what_it_lacks_or_adds_b15() {
    let app = App::start().await;
    let body = r#"{"form_version":"caf-2099.9","answers":{"unknown":[1.50,{"deep":null}],"danger_now":7},
        "from_a_newer_build":{"kept":true}}"#;
    assert_eq!(app.client.save(ID, NEW, body).await.status, 201);
    let back = read(&app, ID).await;
    assert!(back.text.contains(r#"[1.50,{"deep":null}]"#), "{}", back.text);
    assert_eq!(back.json()["from_a_newer_build"], json!({"kept": true}));
    assert_eq!(back.json()["form_version"], "caf-2099.9");

    assert_eq!(app.client.save(OTHER, NEW, r#"{"form_version":""}"#).await.status, 201);
}

#[tokio::test]
async fn a_draft_must_be_json_with_a_form_version() {
    let app = App::start().await;
    let cases = [
        ("[]", "body wrong-kind"),
        ("{}", "form_version missing"),
        (r#"{"form_version":1}"#, "form_version wrong-kind"),
    ];
    for (body, problem) in cases {
        let reply = app.client.save(ID, NEW, body).await;
        reply.refused(422, "wrong-shape");
        assert_eq!(reply.problems(), [problem]);
    }
    app.client.save(ID, NEW, "{").await.refused(400, "not-json");
    app.client.save(ID, NEW, r#"{"a":1,"a":2}"#).await.refused(400, "repeated-name");
    app.client.save("not-an-id", NEW, draft("no")).await.refused(422, "wrong-shape");
    app.client.save(&ID.to_uppercase(), NEW, draft("no")).await.refused(422, "wrong-shape");
    assert_eq!(count(&app.database(), "SELECT count(*) FROM draft_revisions").await, 0);
}

#[tokio::test]
async fn nothing_is_overwritten_unseen_b9() {
    let app = App::start().await;
    let unconditional = app.client.request("PUT", &format!("/api/v1/drafts/{ID}"));
    send(unconditional.header("content-type", "application/json").body(draft("no")))
        .await
        .refused(428, "precondition-missing");
    app.client.save(ID, NEW, draft("no")).await;
    app.client.save(ID, ("if-match", "\"1\""), draft("yes")).await;

    let stale = app.client.save(ID, ("if-match", "\"1\""), draft("unsure")).await;
    stale.refused(412, "stale-revision");
    assert_eq!(stale.header("etag"), "\"2\"");
    let twice = app.client.save(ID, NEW, draft("unsure")).await;
    twice.refused(412, "stale-revision");
    assert_eq!(twice.header("etag"), "\"2\"");
    let ahead = app.client.save(ID, ("if-match", "\"7\""), draft("unsure")).await;
    ahead.refused(412, "stale-revision");
    app.client.save(OTHER, ("if-match", "\"1\""), draft("no")).await.refused(404, "not-found");
    assert_eq!(read(&app, ID).await.json()["answers"], json!({"danger_now": "yes"}));

    for tag in ["1", "W/\"1\"", "\"1\", \"2\"", "\"x\"", "\"0\"", "\"-1\"", "*", "\"99999999999999999999\""] {
        app.client.save(ID, ("if-match", tag), draft("no")).await.refused(400, "bad-precondition");
    }
    app.client.save(ID, ("if-none-match", "\"1\""), draft("no")).await.refused(400, "bad-precondition");
    assert_eq!(count(&app.database(), "SELECT count(*) FROM draft_revisions").await, 2);
}

#[tokio::test]
async fn a_save_whose_reply_was_lost_can_be_repeated_b10() {
    let app = App::start().await;
    let first = app.client.save(ID, NEW, draft("no")).await;
    let again = app.client.save(ID, NEW, draft("no")).await;
    assert_eq!((again.status, &again.text), (201, &first.text));
    let second = app.client.save(ID, ("if-match", "\"1\""), draft("yes")).await;
    let again = app.client.save(ID, ("if-match", "\"1\""), draft("yes")).await;
    assert_eq!((again.status, &again.text), (200, &second.text));
    let gone = delete(&app, ID, "\"2\"").await;
    let again = delete(&app, ID, "\"2\"").await;
    assert_eq!((again.status, &again.text), (200, &gone.text));
    assert_eq!(count(&app.database(), "SELECT count(*) FROM draft_revisions").await, 3);
    assert_eq!(count(&app.database(), "SELECT count(*) FROM audit").await, 3);
}

#[tokio::test]
async fn of_two_saves_at_once_exactly_one_wins_b9() {
    let app = App::start().await;
    app.client.save(ID, NEW, draft("no")).await;
    let mut saves = tokio::task::JoinSet::new();
    for number in 0..20 {
        let client = app.client.clone();
        saves.spawn(async move {
            client.save(ID, ("if-match", "\"1\""), draft(&number.to_string())).await.status
        });
    }
    let mut statuses = saves.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses[0], 200);
    assert!(statuses[1..].iter().all(|&status| status == 412), "{statuses:?}");
}

#[tokio::test]
async fn deleting_keeps_what_was_saved_and_can_be_undone_b21() {
    let app = App::start().await;
    app.client.save(ID, NEW, draft("no")).await;
    let path = format!("/api/v1/drafts/{ID}");
    send(app.client.request("DELETE", &path)).await.refused(428, "precondition-missing");
    send(app.client.request("DELETE", &path).header("if-none-match", "*"))
        .await
        .refused(428, "precondition-missing");
    delete(&app, ID, "\"4\"").await.refused(412, "stale-revision");
    delete(&app, OTHER, "\"1\"").await.refused(404, "not-found");

    let deleted = delete(&app, ID, "\"1\"").await;
    assert_eq!((deleted.status, deleted.header("etag")), (200, "\"2\""));
    let gone = read(&app, ID).await;
    gone.refused(410, "draft-deleted");
    assert_eq!(gone.header("etag"), "\"2\"");
    delete(&app, ID, "\"2\"").await.refused(410, "draft-deleted");
    assert_eq!(app.client.get("/api/v1/drafts").await.json()["drafts"], json!([]));
    assert_eq!(
        count(&app.database(), "SELECT count(*) FROM draft_revisions WHERE body IS NOT NULL").await,
        1
    );

    app.client.save(ID, ("if-match", "\"1\""), draft("late")).await.refused(412, "stale-revision");
    assert_eq!(app.client.save(ID, ("if-match", "\"2\""), draft("no")).await.header("etag"), "\"3\"");
    assert_eq!(read(&app, ID).await.json()["revision"], 3);
}

#[tokio::test]
async fn drafts_are_listed_last_saved_first() {
    let app = App::start().await;
    app.client.save(ID, NEW, draft("no")).await;
    app.client.save(OTHER, NEW, draft("no")).await;
    app.client.save(ID, ("if-match", "\"1\""), draft("yes")).await;
    let list = app.client.get("/api/v1/drafts").await.json();
    let rows: Vec<(&str, u64)> = list["drafts"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row: &Value| {
            (row["id"].as_str().unwrap_or_default(), row["revision"].as_u64().unwrap_or_default())
        })
        .collect();
    assert_eq!(rows, [(ID, 2), (OTHER, 1)]);
}

#[tokio::test]
async fn another_person_s_draft_looks_like_none_at_all_b40() {
    let app = App::start().await;
    let other = app.beside("another-practitioner").await;
    app.client.save(ID, NEW, draft("no")).await;
    let theirs = read(&other, ID).await;
    theirs.refused(404, "not-found");
    assert_eq!(theirs.text, read(&other, OTHER).await.text);
    for condition in [NEW, ("if-match", "\"1\"")] {
        other.client.save(ID, condition, draft("taken over")).await.refused(404, "not-found");
    }
    delete(&other, ID, "\"1\"").await.refused(404, "not-found");
    assert_eq!(other.client.get("/api/v1/drafts").await.json()["drafts"], json!([]));
    assert_eq!(read(&app, ID).await.json()["answers"], json!({"danger_now": "no"}));
}
