//! Traces: what a receiver gets, and what it must not get.

use std::sync::Arc;

use axum::{Router, body::Bytes, extract::State, http::HeaderMap, routing::post};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::mpsc};

use crate::{
    answers::accepted,
    child::{Program, real_today},
    wire::send,
};

type Received = mpsc::UnboundedSender<(HeaderMap, Bytes)>;

async fn take(State(received): State<Received>, headers: HeaderMap, body: Bytes) {
    received.send((headers, body)).expect("the test listens");
}

fn holds(body: &[u8], text: &str) -> bool {
    body.windows(text.len()).any(|window| window == text.as_bytes())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_gets_spans_by_route_template_and_nothing_about_anyone_b53() {
    let (sender, mut received) = mpsc::unbounded_channel();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/v1/traces", listener.local_addr().expect("an address"));
    let app = Router::new().route("/v1/traces", post(take)).with_state(sender);
    tokio::spawn(async move { axum_serve(listener, app).await });

    let folder = Arc::new(TempDir::new().expect("a folder"));
    let mut program = Program::start_with(folder, &[("ASSESSMENT_SERVER_TRACES", &url)]).await;
    let client = &program.client;
    let stored = client.submit("ZZSENTINELZZ", accepted(real_today(), 1)).await;
    let id = stored.json()["id"].as_str().expect("an id").to_owned();
    for path in [&*format!("/api/v1/assessments/{id}"), "/api/v1/assessments/ZZSENTINELZZ?a=ZZSENTINELZZ"] {
        let request = client.request("GET", path).header("user-agent", "ZZSENTINELZZ");
        // A trace that somebody else began is not gone on with: its id could carry anything.
        send(request.header("traceparent", "00-5a5a53454e54494e454c5a5a5a5a5a5a-5a5a53454e54494e-01")).await;
    }
    assert!(program.terminate().await.success());
    assert!(!program.log().contains("could not be sent"), "{}", program.log());

    let (headers, body) = received.recv().await.expect("spans");
    assert_eq!(headers["content-type"], "application/x-protobuf");
    let mut all = body.to_vec();
    while let Ok((_, more)) = received.try_recv() {
        all.extend_from_slice(&more);
    }
    for part in [
        "assessment-server",
        "/api/v1/assessments/{id}",
        "http.response.status_code",
        "wait to write",
        "POST",
    ] {
        assert!(holds(&all, part), "{part} is missing");
    }
    for part in [&*id, "ZZSENTINEL", "ZZSENTINELZZZZZZ", "demo-practitioner", "Few words"] {
        assert!(!holds(&all, part), "{part} is in a span");
    }
}

/// Serves until the test ends.
async fn axum_serve(listener: TcpListener, app: Router) {
    let patience = assessment_server::serve::Patience::default();
    assessment_server::serve::serve(listener, app, patience, std::future::pending()).await;
}

#[tokio::test]
async fn a_receiver_that_is_away_keeps_nobody_waiting() {
    let folder = Arc::new(TempDir::new().expect("a folder"));
    let away = [("ASSESSMENT_SERVER_TRACES", "http://127.0.0.1:1/v1/traces")];
    let mut program = Program::start_with(folder, &away).await;
    assert_eq!(program.client.submit("k", accepted(real_today(), 1)).await.status, 201);
    assert!(program.terminate().await.success());
}
