//! PostgreSQL goes away and comes back: refused plainly meanwhile, nothing stored in part, and no restart needed.

use std::sync::Arc;

use tempfile::TempDir;
use tokio::task::JoinSet;

use crate::{
    answers::accepted,
    child::{Program, real_today},
    postgres::{Database, server::Server},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_goes_away_is_reported_and_taken_up_again_b90() {
    let server = Server::start();
    let database = Database::on(server.folder()).await;
    let program = Program::start_on(&database, Arc::new(TempDir::new().expect("a folder"))).await;
    let client = &program.client;
    let body = |number| accepted(real_today(), number);
    let first = client.submit("key-1", body(1)).await;
    assert_eq!(first.status, 201);

    server.stop();
    let mut refused = JoinSet::new();
    for number in 2..=9 {
        let client = client.clone();
        refused.spawn(async move { client.submit(&format!("key-{number}"), body(number)).await });
    }
    for path in ["/api/v1/health", "/api/v1/assessments", "/api/v1/drafts"] {
        let client = client.clone();
        refused.spawn(async move { client.get(path).await });
    }
    for reply in refused.join_all().await {
        reply.refused(503, "storage-unavailable");
        assert!(!reply.header("retry-after").is_empty());
    }

    server.start_again();
    // Everything works at once, on connections that the server had no reason to doubt.
    assert_eq!(client.get("/api/v1/health").await.status, 200);
    assert_eq!(client.submit("key-1", body(1)).await.text, first.text);
    for number in 2..=9 {
        assert_eq!(client.submit(&format!("key-{number}"), body(number)).await.status, 201);
    }
    for table in ["SELECT count(*) FROM assessments", "SELECT count(*) FROM audit"] {
        assert_eq!(database.count(table).await, 9, "{table}");
    }
    let log = program.log();
    assert!(log.lines().any(|line| line.contains("cause=")) && !log.contains("panic"), "{log}");
}
