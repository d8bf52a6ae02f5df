//! Looking into the database from tests, and what the server's file promises: durable, private, all or nothing. That it is
//! append only is in `store::contract`.

use std::path::Path;

use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};

use crate::{
    answers::{accepted, fixed_today},
    app::App,
};

/// A connection of our own, beside the server's.
pub(crate) async fn look(path: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(path).foreign_keys(true).connect().await.expect("the database opens")
}

/// One number.
pub(crate) async fn count(path: &Path, sql: &'static str) -> i64 {
    let mut connection = look(path).await;
    let count = sqlx::query_scalar(sql).fetch_one(&mut connection).await.expect("a number");
    connection.close().await.expect("closed");
    count
}

/// The first column of each row, as text.
pub(crate) async fn query(path: &Path, sql: &'static str) -> Vec<String> {
    let mut connection = look(path).await;
    let rows = sqlx::query_scalar(sql).fetch_all(&mut connection).await.expect("texts");
    connection.close().await.expect("closed");
    rows
}

/// Asserts that SQLite finds nothing wrong with the file.
pub(crate) async fn assert_sound(path: &Path) {
    let mut connection = look(path).await;
    let verdict: String =
        sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut connection).await.expect("a verdict");
    assert_eq!(verdict, "ok");
    let orphans =
        sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut connection).await.expect("a verdict");
    assert!(orphans.is_empty());
}

#[tokio::test]
async fn the_file_is_kept_durably_and_privately_b11() {
    let app = App::start().await;
    let mut connection = look(&app.database()).await;
    let mode: String =
        sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut connection).await.expect("a mode");
    assert_eq!(mode, "wal");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        for suffix in ["", "-wal", "-shm"] {
            let path = format!("{}{suffix}", app.database().display());
            let mode = std::fs::metadata(&path).expect("the file").permissions().mode();
            assert_eq!(mode & 0o077, 0, "{path} is readable by others");
        }
    }
}

#[tokio::test]
async fn the_audit_entry_names_action_and_record_and_no_text_b43() {
    let app = App::start().await;
    let receipt = app.submit("k", accepted(fixed_today(), 1)).await.json();
    let mut connection = look(&app.database()).await;
    type Row = (String, String, String, String, String);
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT datetime(at_us / 1000000, 'unixepoch'), actor, action, subject_kind, subject_id FROM audit",
    )
    .fetch_all(&mut connection)
    .await
    .expect("rows");
    let id = receipt["id"].as_str().expect("an id");
    let expected = ["2026-11-23 12:00:00", "demo-practitioner", "assessment-submitted", "assessment", id];
    assert_eq!(rows, [expected.map(str::to_owned).into()]);
}

#[tokio::test]
async fn record_key_and_audit_entry_are_stored_together_or_not_at_all_b11() {
    let app = App::start().await;
    // Let the last of the three statements fail, as a full disk would.
    let mut connection = look(&app.database()).await;
    sqlx::query("CREATE TRIGGER broken BEFORE INSERT ON audit BEGIN SELECT RAISE(FAIL, 'broken'); END")
        .execute(&mut connection)
        .await
        .expect("a trigger");
    app.submit("k", accepted(fixed_today(), 1)).await.refused(503, "storage-unavailable");
    let all = "SELECT (SELECT count(*) FROM assessments) + (SELECT count(*) FROM idempotency_keys)";
    assert_eq!(count(&app.database(), all).await, 0);

    sqlx::query("DROP TRIGGER broken").execute(&mut connection).await.expect("no trigger");
    assert_eq!(app.submit("k", accepted(fixed_today(), 1)).await.status, 201);
    assert_eq!(count(&app.database(), all).await, 2);
}
