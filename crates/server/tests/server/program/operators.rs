//! What operators see and set: figures, readiness, draining, and who is told.

use std::{fs, sync::Arc};

use tempfile::TempDir;

use crate::{
    answers::accepted,
    child::{Program, command, real_today, run_with},
    wire::{Client, send},
};

fn folder() -> Arc<TempDir> {
    Arc::new(TempDir::new().expect("a folder"))
}

/// The second address, which the log names before the program says that it is ready.
fn operators(program: &Program) -> Client {
    let log = program.log();
    let line = log.lines().find(|line| line.contains("operators are answered")).expect("a line");
    let address = line.split("http://").nth(1).and_then(|rest| rest.trim_end_matches('/').parse().ok());
    Client::new(address.expect("an address"))
}

#[tokio::test]
async fn figures_are_given_to_operators_only_and_name_nobody() {
    let variables = [("ASSESSMENT_SERVER_OPERATOR_LISTEN", "127.0.0.1:0")];
    let program = Program::start_with(folder(), &variables).await;
    let stored = program.client.submit("k", accepted(real_today(), 1)).await;
    assert_eq!(stored.status, 201);
    let id = stored.json()["id"].as_str().expect("an id").to_owned();
    program.client.get(&format!("/api/v1/assessments/{id}")).await;
    program.client.get("/ZZSENTINELZZ").await;
    send(program.client.request("ZZSENTINELZZ", "/api/v1/assessments/ZZSENTINELZZ")).await;

    let operators = operators(&program);
    let figures = operators.get("/metrics").await;
    assert_eq!(figures.header("content-type"), "application/openmetrics-text; version=1.0.0; charset=utf-8");
    for part in [
        "assessment_server_requests_total{method=\"POST\",route=\"/api/v1/assessments\",status=\"2xx\"} 1",
        "assessment_server_requests_total{method=\"GET\",route=\"/api/v1/assessments/{id}\",status=\"2xx\"} 1",
        "assessment_server_request_seconds_count{method=\"POST\",route=\"/api/v1/assessments\"} 1",
        "assessment_server_store_wait_seconds_count{to=\"write\"}",
        "assessment_server_requests_in_flight 0",
        // Sending it and reading it.
        "assessment_server_audit_entries 2",
        "method=\"other\"",
    ] {
        assert!(figures.text.contains(part), "{part}: {}", figures.text);
    }
    for name in [&*id, "SENTINEL", "demo-practitioner", "127.0.0.1"] {
        assert!(!figures.text.contains(name), "{name}: {}", figures.text);
    }
    assert_eq!(operators.get("/live").await.text, "live\n");
    assert_eq!(operators.get("/ready").await.text, "ready\n");
    for path in ["/metrics", "/live", "/ready"] {
        assert_eq!(program.client.get(path).await.status, 404, "{path} is not for the public");
    }
}

#[tokio::test]
async fn told_to_stop_it_says_not_ready_first_and_goes_on_serving_b90() {
    let variables =
        [("ASSESSMENT_SERVER_DRAIN_SECONDS", "600"), ("ASSESSMENT_SERVER_OPERATOR_LISTEN", "127.0.0.1:0")];
    let mut program = Program::start_with(folder(), &variables).await;
    let operators = operators(&program);
    assert_eq!(program.client.get("/api/v1/health").await.status, 200);
    program.tell_to_stop().await;
    let refused = loop {
        let reply = program.client.get("/api/v1/health").await;
        if reply.status != 200 {
            break reply;
        }
    };
    refused.refused(503, "stopping");
    let ready = operators.get("/ready").await;
    assert_eq!((ready.status, &*ready.text), (503, "stopping\n"));
    assert_eq!(operators.get("/live").await.status, 200);
    // A balancer that has not noticed yet loses nothing.
    assert_eq!(program.client.submit("k", accepted(real_today(), 1)).await.status, 201);
    assert!(program.terminate().await.success(), "a second signal ends the wait");
}

#[tokio::test]
async fn a_container_can_ask_whether_it_is_ready_b90() {
    let mut program = Program::start().await;
    let address = program.client.address.to_string();
    let ask = async || run_with(&["--listen", &address, "health"], &[]).await;
    assert_eq!(ask().await, (true, "ready\n".to_owned(), String::new()));
    program.terminate().await;
    let (success, _, reason) = ask().await;
    assert!(!success && reason.contains("no server answers"), "{reason}");
}

#[tokio::test]
async fn somebody_is_told_of_bulk_look_ups_once_and_without_what_was_looked_for_b98() {
    let folder = folder();
    let path = folder.path().join("settings.toml");
    fs::write(&path, "[limits]\nlook_ups_a_day = 1\n").expect("a file");
    let database = folder.path().join("assessments.sqlite3");
    let mut command = command(&["--demo-identity", "--listen", "127.0.0.1:0", "--settings"]);
    command.arg(&path).arg("--database").arg(database);
    let program = Program::spawn(folder, command).await;
    for expected in [200, 429, 429] {
        let request = program.client.request("POST", "/api/v1/people/search");
        let request = request.header("content-type", "application/json").body("{\"text\":\"Zebra Lantern\"}");
        assert_eq!(send(request).await.status, expected);
    }
    let log = program.log();
    let told: Vec<&str> = log.lines().filter(|line| line.contains("was stopped")).collect();
    assert_eq!(told.len(), 1, "{log}");
    assert!(told[0].contains("WARN") && told[0].contains("demo-practitioner"), "{}", told[0]);
    assert!(!log.contains("Zebra"), "{log}");
}
