//! Bodies that are broken, huge, deep or slow: refused at once, never stored, and the server carries on (B18, B45).

use std::time::{Duration, Instant};

use sqlx::Executor as _;

use crate::{
    answers::{accepted, fixed_today},
    app::{App, With},
    database::{count, look},
    wire::{raw_submission, send},
};

const ROWS: &str = "SELECT (SELECT count(*) FROM assessments) + (SELECT count(*) FROM idempotency_keys) \
     + (SELECT count(*) FROM draft_revisions) + (SELECT count(*) FROM audit)";
const DRAFT: &str = "5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f";

#[tokio::test]
async fn what_is_not_json_is_refused_everywhere_b45() {
    let app = App::start().await;
    let whole = accepted(fixed_today(), 1);
    let deep = format!("{{\"answers\":{}{}}}", "[".repeat(1_000), "]".repeat(1_000));
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (Vec::new(), "not-json"),
        (b"hello".to_vec(), "not-json"),
        (b"\xff\xfe{}".to_vec(), "not-json"),
        (b"\xef\xbb\xbf{}".to_vec(), "not-json"),
        (whole.as_bytes()[..whole.len() / 2].to_vec(), "not-json"),
        (format!("{whole}{whole}").into_bytes(), "not-json"),
        (format!("{whole}x").into_bytes(), "not-json"),
        (b"{\"a\":1e999}".to_vec(), "not-json"),
        (b"{\"a\":\"\\ud800\"}".to_vec(), "not-json"),
        (deep.into_bytes(), "too-deep"),
        ("[".repeat(1_000_000).into_bytes(), "too-deep"),
        ("{\"a\":".repeat(150_000).into_bytes(), "too-deep"),
        (br#"{"form_version":"caf-2026.1","answers":{},"answers":{}}"#.to_vec(), "repeated-name"),
        (br#"{"form_version":"caf-2026.1","answers":{"a":{"b":1,"\u0062":2}}}"#.to_vec(), "repeated-name"),
    ];
    for (number, (body, code)) in cases.into_iter().enumerate() {
        app.submit(&format!("k{number}"), body.clone()).await.refused(400, code);
        app.client.save(DRAFT, ("if-none-match", "*"), body).await.refused(400, code);
    }
    assert_eq!(count(&app.database(), ROWS).await, 0);
    assert_eq!(app.submit("k", whole).await.status, 201);
}

#[tokio::test]
async fn many_and_long_things_within_the_limit_are_refused_by_the_form_b45() {
    let app = App::start().await;
    let keys: Vec<String> = (0..100_000).map(|number| format!("\"{number}\":0")).collect();
    let cases = [
        format!("{{\"form_version\":\"caf-2026.1\",\"answers\":{{{}}}}}", keys[..40_000].join(",")),
        format!(
            "{{\"form_version\":\"caf-2026.1\",\"answers\":{{\"danger_now\":\"{}\"}}}}",
            "x".repeat(1_000_000)
        ),
        format!(
            "{{\"form_version\":\"caf-2026.1\",\"answers\":{{\"parents_and_carers\":[{}]}}}}",
            vec!["{}"; 40_000].join(",")
        ),
    ];
    for body in cases {
        assert!(body.len() <= 1_048_576, "{}", body.len());
        let reply = app.submit("k", body).await;
        reply.refused(422, "answers-refused");
        assert!(reply.problems().len() <= 500);
    }
    let keys = format!("{{{}}}", keys[..80_000].join(","));
    app.submit("k", keys.clone()).await.refused(400, "too-many-values");
    app.client.save(DRAFT, ("if-none-match", "*"), keys).await.refused(400, "too-many-values");
    assert_eq!(count(&app.database(), ROWS).await, 0);
}

#[tokio::test]
async fn two_megabytes_are_too_large_b45() {
    let app = App::start().await;
    let body = format!("{{\"form_version\":\"{}\"}}", "x".repeat(2 * 1024 * 1024));
    app.submit("k", body.clone()).await.refused(413, "body-too-large");
    app.client.save(DRAFT, ("if-none-match", "*"), body.clone()).await.refused(413, "body-too-large");
    let mut exact = b"{\"form_version\":\"".to_vec();
    exact.resize(1_048_576 - 2, b'x');
    exact.extend(b"\"}");
    assert_eq!(app.client.save(DRAFT, ("if-none-match", "*"), exact.clone()).await.status, 201);
    exact.insert(20, b'x');
    app.client.save(DRAFT, ("if-match", "\"1\""), exact).await.refused(413, "body-too-large");

    // The same without a length, piece by piece.
    let mut chunked =
        b"POST /api/v1/assessments HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
        Idempotency-Key: k\r\nTransfer-Encoding: chunked\r\n\r\n"
            .to_vec();
    for _ in 0..32 {
        chunked.extend(b"10000\r\n");
        chunked.resize(chunked.len() + 0x10000, b' ');
        chunked.extend(b"\r\n");
    }
    chunked.extend(b"0\r\n\r\n");
    assert!(app.client.raw(&chunked).await.starts_with("HTTP/1.1 413 "));
}

#[tokio::test]
async fn a_client_that_has_ended_its_sending_side_still_gets_its_reply_b45() {
    let app = App::start().await;
    // The handler waits for the database while the server sees the end of what the client sends.
    let mut connection = look(&app.database()).await;
    connection.execute("BEGIN IMMEDIATE").await.expect("the lock");
    let client = app.client.clone();
    let reply =
        tokio::spawn(async move { client.raw(&raw_submission("k", &accepted(fixed_today(), 1))).await });
    for _ in 0..20 {
        assert_eq!(app.client.get("/api/v1/health").await.status, 200);
    }
    connection.execute("ROLLBACK").await.expect("no lock");
    let reply = reply.await.expect("no panic");
    assert!(reply.starts_with("HTTP/1.1 201 "), "{reply:?}");
}

#[tokio::test]
async fn a_body_cut_off_anywhere_stores_nothing_b18() {
    let app = App::start().await;
    let body = accepted(fixed_today(), 1);
    let whole = raw_submission("k", &body);
    let head = whole.len() - body.len();
    for end in [head / 2, head - 2, head, head + body.len() / 100, head + body.len() / 2, whole.len() - 1] {
        let reply = app.client.raw(&whole[..end]).await;
        assert!(reply.is_empty() || reply.starts_with("HTTP/1.1 400 "), "{end}: {reply}");
        app.client.hang_up_after(&whole[..end]).await;
    }
    assert_eq!(count(&app.database(), ROWS).await, 0);
    // Sent whole, and gone before the reply: it may be stored or not. The repeat settles it.
    app.client.hang_up_after(&whole).await;
    assert!(matches!(app.submit("k", body.clone()).await.status, 201 | 409));
    while app.submit("k", body.clone()).await.status == 409 {}
    assert_eq!(count(&app.database(), ROWS).await, 3);
}

#[tokio::test]
async fn a_body_that_never_ends_is_given_up_b45() {
    let app = App::start_with(With { body_patience: Duration::from_millis(100), ..With::default() }).await;
    let whole = raw_submission("k", &accepted(fixed_today(), 1));
    let mut socket = tokio::net::TcpStream::connect(app.client.address).await.expect("a connection");
    tokio::io::AsyncWriteExt::write_all(&mut socket, &whole[..whole.len() - 10]).await.expect("sent");
    let mut reply = vec![0; 12];
    tokio::io::AsyncReadExt::read_exact(&mut socket, &mut reply).await.expect("a reply");
    assert_eq!(reply, b"HTTP/1.1 408");
    assert_eq!(count(&app.database(), ROWS).await, 0);
}

#[tokio::test]
async fn a_head_that_never_ends_is_given_up_b45() {
    let app = App::start_with(With { head_patience: Duration::from_millis(100), ..With::default() }).await;
    let mut sockets = Vec::new();
    for _ in 0..200 {
        let mut socket = tokio::net::TcpStream::connect(app.client.address).await.expect("a connection");
        tokio::io::AsyncWriteExt::write_all(&mut socket, b"GET / HTTP/1.1\r\nHost: local")
            .await
            .expect("sent");
        sockets.push(socket);
    }
    assert_eq!(app.client.get("/api/v1/health").await.status, 200, "others are served meanwhile");
    for socket in &mut sockets {
        let mut rest = Vec::new();
        // Ends only when the server closes.
        let _ = tokio::io::AsyncReadExt::read_to_end(socket, &mut rest).await;
    }
}

#[tokio::test]
async fn only_plain_json_is_accepted_b45() {
    let app = App::start().await;
    let body = accepted(fixed_today(), 1);
    let post = |kind: Option<&str>| {
        let request = app
            .client
            .request("POST", "/api/v1/assessments")
            .header("idempotency-key", "k")
            .body(body.clone());
        match kind {
            Some(kind) => request.header("content-type", kind),
            None => request,
        }
    };
    let kinds = [
        None,
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
        Some("multipart/form-data; boundary=x"),
        Some("application/json; charset=iso-8859-1"),
        Some("application/jsonp"),
    ];
    for kind in kinds {
        send(post(kind)).await.refused(415, "wrong-media-type");
    }
    let compressed = post(Some("application/json")).header("content-encoding", "gzip");
    send(compressed).await.refused(415, "wrong-media-type");
    assert_eq!(send(post(Some("application/json; charset=UTF-8"))).await.status, 201);
}

#[tokio::test]
async fn refusals_of_bombs_are_quick_b45() {
    let app = App::start().await;
    let bombs = [
        "[".repeat(1_000_000),
        "{\"a\":".repeat(150_000),
        format!("[{}]", vec!["0"; 500_000].join(",")),
        format!("{{{}}}", (0..90_000).map(|number| format!("\"{number}\":0")).collect::<Vec<_>>().join(",")),
    ];
    for bomb in bombs {
        let started = Instant::now();
        let status = app.submit("k", bomb).await.status;
        assert!((400..500).contains(&status));
        assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
    }
}
