//! Sending an assessment.

use std::{sync::Arc, time::Duration};

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::ROWS;
use crate::{
    answers::{accepted, complete, fixed_today, submission},
    app::{App, StoppedClock, With},
    database::{count, look},
    wire::send,
};

#[tokio::test]
async fn a_submission_is_stored_and_given_back_exactly() {
    let app = App::start().await;
    // Spaces, order and escapes as a browser might send them.
    let answers = serde_json::to_string_pretty(&complete(fixed_today())).expect("text");
    let body = format!("{{ \"answers\" : {answers},\r\n\"form_version\":\"caf-2026\\u002e3\" }}\n");
    let reply = app.submit("key-1", body.clone()).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    let receipt = reply.json();
    assert_eq!(receipt["form_version"], "caf-2026.3");
    assert_eq!(receipt["received_at"], "2026-11-23T12:00:00.000Z");
    assert_eq!(receipt["difference"], Value::Null);
    assert_eq!(receipt["suggestion"], json!({"certain": "R1", "possible": "R1", "not_ruled_out": "R2"}));
    let id = receipt["id"].as_str().expect("an id");
    assert_eq!(reply.header("location"), format!("/api/v1/assessments/{id}"));

    let record = app.client.get(&format!("/api/v1/assessments/{id}")).await;
    assert_eq!(record.status, 200);
    assert!(record.text.contains(&answers), "the answers are not given back character by character");
    let record = record.json();
    assert_eq!(record["answers"], complete(fixed_today()));
    for member in ["id", "reference", "form_version", "pack_version", "received_at", "difference"] {
        assert_eq!(record[member], receipt[member], "{member}");
    }
    assert_eq!(record["actor"], "demo-practitioner");
    assert_eq!(record["outcome"]["pack_version"], receipt["pack_version"]);
    assert_eq!(record["outcome"]["as_of"], "2026-11-23");

    let mut connection = look(&app.database()).await;
    let (stored, sha256): (Vec<u8>, String) = sqlx::query_as("SELECT body, sha256 FROM assessments")
        .fetch_one(&mut connection)
        .await
        .expect("a row");
    assert_eq!(stored, body.as_bytes());
    assert_eq!(sha256, receipt["sha256"]);
}

#[tokio::test]
async fn a_reference_is_for_people() {
    let app = App::start().await;
    let receipt = app.submit("k", accepted(fixed_today(), 1)).await.json();
    let reference = receipt["reference"].as_str().expect("a reference");
    assert!(reference.starts_with("CAF") && reference.len() <= 20);
    assert!(!reference[3..].contains(['0', 'O', '1', 'I', 'L', '5', 'S']), "{reference}");
}

#[tokio::test]
async fn the_receipt_s_digest_is_that_of_the_bytes_b19() {
    let app = App::start().await;
    let body = accepted(fixed_today(), 1);
    let receipt = app.submit("k", body.clone()).await.json();
    let digest: String = Sha256::digest(&body).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(receipt["sha256"], digest);
}

#[tokio::test]
async fn a_repeat_gives_the_same_receipt_even_on_another_day_b10() {
    let app = App::start().await;
    let body = accepted(fixed_today(), 1);
    let first = app.submit("k", body.clone()).await;
    let later = App::start_with(With {
        folder: Some(app.folder()),
        clock: Arc::new(StoppedClock("2027-11-23T12:00:00Z")),
        ..With::default()
    })
    .await;
    let second = later.submit("k", body).await;
    assert_eq!((second.status, &second.text), (201, &first.text));
    assert_eq!(second.header("location"), first.header("location"));
    assert_eq!(count(&app.database(), ROWS).await, 3);
}

#[tokio::test]
async fn the_same_key_with_another_body_is_refused_b10() {
    let app = App::start().await;
    assert_eq!(app.submit("k", accepted(fixed_today(), 1)).await.status, 201);
    app.submit("k", accepted(fixed_today(), 2)).await.refused(422, "idempotency-key-reused");
    app.submit("k", "not JSON").await.refused(422, "idempotency-key-reused");
    assert_eq!(count(&app.database(), ROWS).await, 3);
}

#[tokio::test]
async fn two_people_may_use_the_same_key_b10() {
    let app = App::start().await;
    let other = app.beside("another-practitioner").await;
    let mine = app.submit("k", accepted(fixed_today(), 1)).await;
    let theirs = other.submit("k", accepted(fixed_today(), 2)).await;
    assert_eq!((mine.status, theirs.status), (201, 201));
    assert_ne!(mine.json()["id"], theirs.json()["id"]);
}

#[tokio::test]
async fn a_key_is_needed_and_must_be_one_plain_header() {
    let app = App::start().await;
    let body = accepted(fixed_today(), 1);
    let post =
        || app.client.request("POST", "/api/v1/assessments").header("content-type", "application/json");
    send(post().body(body.clone())).await.refused(400, "idempotency-key-missing");
    for key in ["", "two words", "naïve", &"k".repeat(129)] {
        send(post().header("idempotency-key", key).body(body.clone()))
            .await
            .refused(400, "idempotency-key-malformed");
    }
    let twice = post().header("idempotency-key", "a").header("idempotency-key", "b").body(body.clone());
    send(twice).await.refused(400, "idempotency-key-malformed");
    assert_eq!(app.submit(&"k".repeat(128), body).await.status, 201);
}

#[tokio::test]
async fn what_the_browser_showed_is_compared_and_a_difference_reported() {
    let app = App::start().await;
    let plain = app.submit("1", accepted(fixed_today(), 1)).await.json();
    let shown = |certain: &str| {
        json!({
            "form_version": "caf-2026.3",
            "answers": complete(fixed_today()),
            "shown": {
                "pack_version": plain["pack_version"],
                "suggestion": {
                    "certain": certain,
                    "possible": plain["suggestion"]["possible"],
                    "not_ruled_out": plain["suggestion"]["not_ruled_out"],
                },
                "urgent": plain["urgent"],
            }
        })
    };
    let right = app.submit("2", shown("R1").to_string()).await;
    assert_eq!((right.status, &right.json()["difference"]), (201, &Value::Null));
    let forged = app.submit("3", shown("R0").to_string()).await;
    assert_eq!(forged.status, 201);
    let difference = &forged.json()["difference"];
    assert_eq!(difference["shown"], shown("R0")["shown"]);
    assert_eq!(difference["evaluated"], shown("R1")["shown"]);
    assert_eq!(forged.json()["suggestion"], plain["suggestion"], "the server's own result counts");
    let id = forged.json()["id"].as_str().expect("an id").to_owned();
    assert_eq!(&app.client.get(&format!("/api/v1/assessments/{id}")).await.json()["difference"], difference);
}

#[tokio::test]
async fn members_that_do_not_belong_are_named_and_nothing_is_stored() {
    let app = App::start().await;
    let whole = json!({ "form_version": "caf-2026.3", "answers": complete(fixed_today()) });
    let with = |name: &str, value: Value| {
        let mut body = whole.clone();
        body[name] = value;
        body.to_string()
    };
    let cases = [
        (with("outcome", json!({"suggestion": "R0"})), "outcome unknown-field"),
        (with("reference", json!("CAF1")), "reference unknown-field"),
        (with("Amy Sentinel", json!(1)), "(name withheld) unknown-field"),
        (with("form_version", json!(2026)), "form_version wrong-kind"),
        (with("answers", json!([])), "answers wrong-kind"),
        (with("shown", json!("R0")), "shown wrong-kind"),
        (json!({ "form_version": "caf-2026.3" }).to_string(), "answers missing"),
        (json!([whole]).to_string(), "body wrong-kind"),
    ];
    for (body, problem) in cases {
        let reply = app.submit("k", body).await;
        assert_eq!((reply.status, reply.problems()), (422, vec![problem.to_owned()]));
    }
    assert_eq!(count(&app.database(), ROWS).await, 0);
}

#[tokio::test]
async fn an_unknown_form_version_is_refused() {
    let app = App::start().await;
    let body = json!({ "form_version": "caf-1999.1", "answers": complete(fixed_today()) });
    let reply = app.submit("k", body.to_string()).await;
    reply.refused(422, "unknown-form-version");
    assert_eq!(reply.problems(), ["form_version unknown-form-version"]);
}

#[tokio::test]
async fn unknown_questions_and_codes_are_refused_with_their_paths() {
    let app = App::start().await;
    let changed = |pointer: &str, name: &str, value: Value| {
        let mut answers = complete(fixed_today());
        let place = answers.pointer_mut(pointer).and_then(Value::as_object_mut).expect("a place");
        place.insert(name.to_owned(), value);
        submission(&answers)
    };
    let cases = [
        (changed("", "outcome", json!({})), "outcome unknown-question"),
        (changed("/consent", "score", json!("1")), "consent.score unknown-question"),
        (changed("/assessor", "name", json!(["Sam"])), "assessor.name wrong-kind"),
        (changed("/identifying_details", "sex", json!("X")), "identifying_details.sex not-offered"),
    ];
    for (body, problem) in cases {
        let reply = app.submit("k", body).await;
        reply.refused(422, "answers-refused");
        assert_eq!(reply.problems(), [problem]);
    }
    let reply = app.submit("k", submission(&json!({}))).await;
    reply.refused(422, "answers-refused");
    assert_eq!(reply.problems().len(), 10, "everything that is missing is named at once");
    assert_eq!(count(&app.database(), ROWS).await, 0);
}

#[tokio::test]
async fn a_refusal_repeats_no_value_b53() {
    let app = App::start().await;
    let mut answers = complete(fixed_today());
    answers["identifying_details"]["nhs_number"] = json!("ZZSENTINELZZ");
    answers["identifying_details"]["address"]["postcode"] = json!("ZZSENTINELZZ");
    answers["assessor"]["email"] = json!("ZZSENTINELZZ");
    answers["assessor"]["role"] = json!("ZZSENTINELZZ");
    answers["elements"]["identity"]["indicators"] = json!({ "ZZ SENTINEL ZZ": "ZZSENTINELZZ" });
    let reply = app.submit("ZZSENTINELZZ", submission(&answers)).await;
    reply.refused(422, "answers-refused");
    assert!(!reply.text.contains("SENTINEL"), "{}", reply.text);
    assert!(!format!("{:?}", reply.headers).contains("SENTINEL"));
}

#[tokio::test]
async fn the_day_is_the_one_in_england() {
    // 00:30 on 2 July in England, still 1 July in UTC.
    let app =
        App::start_with(With { clock: Arc::new(StoppedClock("2027-07-01T23:30:00Z")), ..With::default() })
            .await;
    let today = jiff::civil::date(2027, 7, 2);
    let receipt = app.submit("k", accepted(today, 1)).await.json();
    let record =
        app.client.get(&format!("/api/v1/assessments/{}", receipt["id"].as_str().expect("id"))).await;
    assert_eq!(record.json()["outcome"]["as_of"], "2027-07-02");
}

#[tokio::test]
async fn text_that_looks_like_sql_or_script_is_only_text_b47() {
    let app = App::start().await;
    for (number, text) in
        ["'); DROP TABLE assessments; --", "<script>alert(1)</script>", "a\u{0}b\u{202e}c", "😀"]
            .into_iter()
            .enumerate()
    {
        let mut answers = complete(fixed_today());
        answers["assessment_information"]["reason"] = json!(text);
        let reply = app.submit(&format!("';--{number}"), submission(&answers)).await;
        assert_eq!(reply.status, 201, "{}", reply.text);
        let id = reply.json()["id"].as_str().expect("an id").to_owned();
        let record = app.client.get(&format!("/api/v1/assessments/{id}")).await.json();
        assert_eq!(record["answers"], answers);
    }
}

#[tokio::test]
async fn a_locked_database_is_reported_and_the_next_attempt_works_b6() {
    let app = App::start_with(With { lock_patience: Duration::from_millis(50), ..With::default() }).await;
    let mut other = look(&app.database()).await;
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.expect("the lock");
    let reply = app.submit("k", accepted(fixed_today(), 1)).await;
    reply.refused(503, "storage-unavailable");
    assert_eq!(reply.header("retry-after"), "5");
    assert_eq!(reply.json()["instance"], format!("urn:uuid:{}", reply.header("x-request-id")));
    sqlx::query("ROLLBACK").execute(&mut other).await.expect("no lock");
    assert_eq!(app.submit("k", accepted(fixed_today(), 1)).await.status, 201);
}

struct BrokenClock;

impl assessment_server::clock::Clock for BrokenClock {
    fn now(&self) -> jiff::Timestamp {
        panic!("ZZSENTINELZZ")
    }
}

#[tokio::test]
async fn a_panic_fails_one_request_only() {
    let app = App::start_with(With { clock: Arc::new(BrokenClock), ..With::default() }).await;
    let reply = app.submit("k", accepted(fixed_today(), 1)).await;
    reply.refused(500, "internal-error");
    assert!(!reply.text.contains("SENTINEL"));
    // The next request that needs no clock is answered.
    assert_eq!(app.client.get("/api/v1/rule-pack").await.status, 200);
    // The key is free again: a second attempt is not told that the first is still at work.
    app.submit("k", accepted(fixed_today(), 1)).await.refused(500, "internal-error");
    assert_eq!(count(&app.database(), ROWS).await, 0);
}
