//! The zone of the machine that the program runs on changes no byte of a calendar file.

use std::sync::Arc;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    answers::accepted,
    child::{Program, real_today},
    wire::{Reply, send},
};

async fn ask(
    program: &Program,
    cookie: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<String>,
) -> Reply {
    let mut request = program.client.request(method, &format!("/api/v1{path}")).header("cookie", cookie);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if let Some(body) = body {
        request = request.header("content-type", "application/json").body(body);
    }
    send(request).await
}

async fn signed_in(program: &Program) -> String {
    let person = json!({ "person": "teacher" }).to_string();
    let reply = ask(program, "", "POST", "/demo/session", &[], Some(person)).await;
    assert_eq!(reply.status, 204, "{}", reply.text);
    reply.header("set-cookie").split(';').next().expect("a cookie").to_owned()
}

/// A day without a time, and a time on a day after the clocks have changed.
async fn meetings(program: &Program, cookie: &str) -> String {
    let sent = ask(
        program,
        cookie,
        "POST",
        "/assessments",
        &[("idempotency-key", "zones")],
        Some(accepted(real_today(), 1)),
    )
    .await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    let list = ask(program, cookie, "GET", "/episodes", &[], None).await.json();
    let id = list["episodes"][0]["id"].as_str().expect("an id");
    let at = format!("/episodes/{id}/team-records/meeting");
    for (number, on, starts) in [(1, "2027-06-15", Value::Null), (2, "2027-04-26", json!("10:00"))] {
        let record =
            json!({ "form_version": "meeting-2026.1", "kind": "first", "on": on, "starts_at": starts });
        let body = json!({ "record": record }).to_string();
        let saved =
            ask(program, cookie, "PUT", &format!("{at}/{number}"), &[("if-match", "\"0\"")], Some(body))
                .await;
        assert_eq!(saved.status, 200, "{}", saved.text);
    }
    at
}

#[tokio::test]
async fn a_calendar_file_has_the_same_bytes_in_london_warsaw_and_auckland_case_b9() {
    let folder = Arc::new(TempDir::new().expect("a folder"));
    let (mut at, mut files) = (None::<String>, Vec::new());
    for zone in ["Europe/London", "Europe/Warsaw", "Pacific/Auckland"] {
        let mut program = Program::start_with(Arc::clone(&folder), &[("TZ", zone)]).await;
        let cookie = signed_in(&program).await;
        if at.is_none() {
            at = Some(meetings(&program, &cookie).await);
        }
        let at = at.as_deref().expect("they are made");
        let mut two = Vec::new();
        for number in 1..=2 {
            let file = ask(&program, &cookie, "GET", &format!("{at}/{number}/calendar"), &[], None).await;
            assert_eq!(file.status, 200, "{zone}: {}", file.text);
            two.push(file.text);
        }
        files.push(two);
        program.terminate().await;
    }
    assert!(files[0][0].contains("DTSTART;VALUE=DATE:20270615\r\n"), "{}", files[0][0]);
    assert!(files[0][0].contains("DTEND;VALUE=DATE:20270616\r\n"), "{}", files[0][0]);
    assert!(files[0][1].contains("DTSTART:20270426T090000Z\r\n"), "{}", files[0][1]);
    assert!(files.iter().all(|two| *two == files[0]), "{files:#?}");
}
