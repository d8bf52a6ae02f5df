//! How long a session lasts, and what ends it (B20, B38).

use super::{choose, cookie, demo, sign_in, with};
use crate::{
    answers::{accepted, fixed_today},
    app::App,
    database::{count, query},
    wire::{Reply, send},
};

#[tokio::test]
async fn a_session_ends_fifteen_minutes_after_the_last_request() {
    let (app, clock) = demo().await;
    let mine = sign_in(&app, "teacher").await;
    for _ in 0..4 {
        clock.minutes_later(14);
        assert_eq!(with(&app, "GET", "/api/v1/drafts", ("cookie", &mine)).await.status, 200);
    }
    clock.minutes_later(15);
    with(&app, "GET", "/api/v1/drafts", ("cookie", &mine)).await.refused(401, "session-ended");
}

#[tokio::test]
async fn asking_how_long_it_lasts_does_not_make_it_last_b67() {
    let (app, clock) = demo().await;
    let mine = sign_in(&app, "teacher").await;
    for _ in 0..2 {
        clock.minutes_later(7);
        let session = with(&app, "GET", "/api/v1/session", ("cookie", &mine)).await.json();
        assert_eq!(session["idle_until"], "2026-11-23T09:15:00.000Z");
        assert_eq!(session["ends_at"], "2026-11-23T21:00:00.000Z");
    }
    clock.minutes_later(1);
    with(&app, "GET", "/api/v1/session", ("cookie", &mine)).await.refused(401, "session-ended");
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_however_busy() {
    let (app, clock) = demo().await;
    let mine = sign_in(&app, "teacher").await;
    for _ in 0..71 {
        clock.minutes_later(10);
        assert_eq!(with(&app, "GET", "/api/v1/drafts", ("cookie", &mine)).await.status, 200);
    }
    clock.minutes_later(10);
    with(&app, "GET", "/api/v1/drafts", ("cookie", &mine)).await.refused(401, "session-ended");
}

#[tokio::test]
async fn somebody_who_says_that_they_are_there_stays_signed_in_but_not_beyond_the_end_b67() {
    let (app, clock) = demo().await;
    let mine = sign_in(&app, "teacher").await;
    for _ in 0..51 {
        clock.minutes_later(14);
        let kept = with(&app, "POST", "/api/v1/session", ("cookie", &mine)).await;
        assert_eq!(kept.status, 200, "{}", kept.text);
    }
    let kept = with(&app, "POST", "/api/v1/session", ("cookie", &mine)).await.json();
    assert_eq!(kept["asked_at"], "2026-11-23T20:54:00.000Z");
    assert_eq!(kept["idle_until"], kept["ends_at"]);
    clock.minutes_later(6);
    with(&app, "POST", "/api/v1/session", ("cookie", &mine)).await.refused(401, "session-ended");
}

#[tokio::test]
async fn a_session_that_has_ended_is_not_brought_back_by_asking_for_more_time_b67() {
    let (app, clock) = demo().await;
    let mine = sign_in(&app, "teacher").await;
    clock.minutes_later(15);
    for _ in 0..2 {
        with(&app, "POST", "/api/v1/session", ("cookie", &mine)).await.refused(401, "session-ended");
    }
}

/// What tells the device whose a record is.
async fn digest(app: &App, cookie: &str) -> String {
    let session = with(app, "GET", "/api/v1/session", ("cookie", cookie)).await.json();
    session["person_digest"].as_str().expect("a digest").to_owned()
}

#[tokio::test]
async fn a_device_can_tell_one_person_from_another_and_learns_nothing_else_a17() {
    let (app, _) = demo().await;
    let everybody = app.client.get("/api/v1/session").await.json();
    assert_eq!(everybody["person_digest"], serde_json::Value::Null, "the invented practitioner is nobody");
    let mine = digest(&app, &sign_in(&app, "teacher").await).await;
    let theirs = digest(&app, &sign_in(&app, "coordinator").await).await;
    assert_ne!(mine, theirs);
    assert_eq!(mine, digest(&app, &sign_in(&app, "teacher").await).await, "the same in each session");
    assert!(mine.len() == 32 && mine.bytes().all(|byte| byte.is_ascii_hexdigit()), "{mine}");
    let ids = query(&app.database(), "SELECT id FROM practitioners").await;
    assert!(ids.iter().all(|id| !id.contains(&mine) && *id != mine));
}

/// Sends the same assessment under the same key, as a device does that tries again.
async fn sent(app: &App, cookie: &str, by: &[&str]) -> Reply {
    let mut request = app
        .client
        .request("POST", "/api/v1/assessments")
        .header("content-type", "application/json")
        .header("idempotency-key", "waits")
        .header("cookie", cookie);
    for by in by {
        request = request.header("sent-by", *by);
    }
    send(request.body(accepted(fixed_today(), 1))).await
}

#[tokio::test]
async fn what_one_person_sent_is_refused_in_the_session_of_another_a17() {
    let (app, _) = demo().await;
    let mine = sign_in(&app, "teacher").await;
    let by = digest(&app, &mine).await;
    // The next person signs in on the same device, before what waits there has gone.
    let theirs = sign_in(&app, "health-visitor").await;
    let their_own = digest(&app, &theirs).await;
    for by in [vec![by.as_str()], vec![&their_own, &by], vec![""], vec!["nobody"]] {
        sent(&app, &theirs, &by).await.refused(403, "sent-by-another");
    }
    assert_eq!(count(&app.database(), "SELECT count(*) FROM assessments").await, 0);
    let again = sign_in(&app, "teacher").await;
    let stored = sent(&app, &again, &[&by]).await;
    assert_eq!(stored.status, 201, "{}", stored.text);
    // A repeat of what is stored is refused as well: a receipt tells of a child.
    sent(&app, &theirs, &[&by]).await.refused(403, "sent-by-another");
    assert_eq!(count(&app.database(), "SELECT count(*) FROM assessments").await, 1);
}

#[tokio::test]
async fn what_was_sent_while_nobody_was_signed_in_is_taken_where_people_do_not_sign_in_a17() {
    let (app, _) = demo().await;
    let mine = sign_in(&app, "teacher").await;
    sent(&app, &mine, &["nobody"]).await.refused(403, "sent-by-another");
    let everybody = sent(&app, "", &["nobody"]).await;
    assert_eq!(everybody.status, 201, "{}", everybody.text);
    sent(&app, "", &["somebody"]).await.refused(403, "sent-by-another");
}

#[tokio::test]
async fn signing_out_ends_the_session_on_the_server_b38() {
    let (app, _) = demo().await;
    let mine = sign_in(&app, "teacher").await;
    let out = with(&app, "DELETE", "/api/v1/session", ("cookie", &mine)).await;
    assert_eq!(out.status, 204);
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    // Somebody who kept the cookie has nothing.
    with(&app, "GET", "/api/v1/drafts", ("cookie", &mine)).await.refused(401, "session-ended");
    assert_eq!(with(&app, "DELETE", "/api/v1/session", ("cookie", &mine)).await.status, 204);
    assert_eq!(app.client.request("DELETE", "/api/v1/session").send().await.expect("a reply").status(), 204);
}

#[tokio::test]
async fn each_sign_in_has_a_new_secret_and_the_one_before_is_worth_nothing_b38() {
    let (app, _) = demo().await;
    let first = sign_in(&app, "teacher").await;
    let second = cookie(&choose(&app, "coordinator", Some(&first)).await);
    assert_ne!(first, second);
    with(&app, "GET", "/api/v1/session", ("cookie", &first)).await.refused(401, "session-ended");
    assert_eq!(with(&app, "GET", "/api/v1/session", ("cookie", &second)).await.status, 200);
}

#[tokio::test]
async fn a_made_up_secret_signs_nobody_in() {
    let (app, _) = demo().await;
    sign_in(&app, "teacher").await;
    for value in ["", "x", &"A".repeat(43), "0123456789012345678901234567890123456789012"] {
        let header = format!("__Host-session={value}");
        with(&app, "GET", "/api/v1/drafts", ("cookie", &header)).await.refused(401, "session-ended");
    }
}

#[tokio::test]
async fn the_database_holds_no_secret_and_the_audit_trail_says_who_came_and_went_b43() {
    let (app, _) = demo().await;
    let mine = sign_in(&app, "teacher").await;
    with(&app, "DELETE", "/api/v1/session", ("cookie", &mine)).await;
    let secret = mine.split('=').nth(1).expect("a value");
    let stored = query(&app.database(), "SELECT secret_sha256 FROM sessions").await;
    assert!(stored.len() == 1 && !stored[0].contains(secret) && stored[0].len() == 64);
    let trail = query(&app.database(), "SELECT action FROM audit ORDER BY seq").await;
    assert_eq!(trail, ["signed-in", "signed-out"]);
}
