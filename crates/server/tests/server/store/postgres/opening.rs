//! Opening a database: once, by many programs together, by an older one, and by a role or on a server that is not safe.

use std::sync::Arc;

use assessment_server::store::{Store as _, postgres::PostgresStore};
use sqlx::{Executor as _, PgConnection};
use tokio::task::JoinSet;

use super::{PATIENCE, Postgres};
use crate::{postgres::Database, store::Harness as _};

const MIGRATIONS: &str = "SELECT count(*) FROM _sqlx_migrations WHERE success";

async fn open(database: &Database) -> Result<PostgresStore, String> {
    let opened = PostgresStore::open(&database.server(), Some(&database.owner()), PATIENCE).await;
    opened.map_err(|reason| reason.to_string())
}

/// The reason why the role that serves cannot open it by itself.
async fn refusal(database: &Database, role: &str) -> String {
    let opened = PostgresStore::open(&database.address(role), None, PATIENCE).await;
    opened.err().expect("a refusal").to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_programs_that_start_together_migrate_once_and_one_may_be_killed_a20() {
    // How many were killed on the way, and how many had already opened it.
    let mut ends = [0, 0];
    for round in 0..20_u32 {
        let database = Arc::new(Database::new().await);
        let start = || {
            let database = Arc::clone(&database);
            async move { open(&database).await.map(drop) }
        };
        let mut killed = tokio::spawn(start());
        let mut programs = JoinSet::new();
        let mut look = database.look().await;
        // From the moment when it is at work, and later each time. Its connection goes with it: that is all the database
        // sees of a kill.
        while !killed.is_finished() && !at_work(&mut look).await {}
        programs.spawn(start());
        programs.spawn(start());
        for _ in 0..round * 10 {
            at_work(&mut look).await;
        }
        killed.abort();
        ends[usize::from((&mut killed).await.is_ok())] += 1;
        for outcome in programs.join_all().await {
            assert_eq!(outcome, Ok(()), "round {round}");
        }
        assert_eq!(database.count(MIGRATIONS).await, 4, "round {round}");
        open(&database).await.expect("opens again").close().await;
        assert_eq!(database.count(MIGRATIONS).await, 4, "round {round}");
    }
    assert!(ends[0] > 0, "nobody was killed on the way: {ends:?}");
}

/// Whether a program holds the lock under which the tables are brought up to date.
async fn at_work(look: &mut PgConnection) -> bool {
    let lock = "SELECT EXISTS (SELECT 1 FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database \
        WHERE datname = current_database() AND locktype = 'advisory' AND granted)";
    sqlx::query_scalar(lock).fetch_one(look).await.expect("an answer")
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_left_alone_a20() {
    let Postgres { store, database } = Postgres::new().await;
    store.close().await;
    let mut connection = database.look().await;
    let later = "INSERT INTO _sqlx_migrations SELECT 9999, 'later', installed_on, true, checksum, 0 \
        FROM _sqlx_migrations LIMIT 1; REVOKE SELECT ON audit FROM caf_server";
    connection.execute(sqlx::raw_sql(later)).await.expect("a row");
    let with_owner = open(&database).await.err().expect("a refusal");
    for reason in [with_owner, refusal(&database, "caf_server").await] {
        assert!(reason.contains("newer than this program"), "{reason}");
        assert!(reason.contains("at version 9999") && reason.contains("up to version 4"), "{reason}");
    }
    let granted = "SELECT has_table_privilege('caf_server', 'audit', 'SELECT')::int::bigint";
    assert_eq!(database.count(granted).await, 0, "nothing was changed");
}

#[tokio::test]
async fn an_edited_migration_is_refused_a21() {
    let Postgres { store, database } = Postgres::new().await;
    store.close().await;
    let edit = "UPDATE _sqlx_migrations SET checksum = 'x' WHERE version = 2";
    database.look().await.execute(edit).await.expect("an edit");
    let reason = open(&database).await.err().expect("a refusal");
    assert!(reason.contains("version 2 of this database's tables is not the one"), "{reason}");
}

#[tokio::test]
async fn the_role_that_serves_cannot_make_the_tables_and_says_who_can() {
    let database = Database::new().await;
    let reason = refusal(&database, "caf_server").await;
    assert!(reason.contains("no tables yet") && reason.contains("--database-owner"), "{reason}");
    open(&database).await.expect("opens").close().await;
    PostgresStore::open(&database.server(), None, PATIENCE)
        .await
        .expect("opens without the owner")
        .close()
        .await;
}

#[tokio::test]
async fn a_role_that_could_pass_by_the_guards_is_refused_b41() {
    let Postgres { store, database } = Postgres::new().await;
    store.close().await;
    for role in ["postgres", "caf_owner"] {
        let reason = refusal(&database, role).await;
        assert!(reason.contains("could switch off"), "{role}: {reason}");
    }
    database.look().await.execute("ALTER TABLE audit NO FORCE ROW LEVEL SECURITY").await.expect("changed");
    let reason = refusal(&database, "caf_server").await;
    assert!(reason.contains("row-level security has been switched off"), "{reason}");
}

#[tokio::test]
async fn a_server_that_could_lose_what_it_acknowledged_is_refused_b11() {
    let Postgres { store, database } = Postgres::new().await;
    store.close().await;
    let lax = "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$";
    database.look().await.execute(lax).await.expect("changed");
    let reason = refusal(&database, "caf_server").await;
    assert!(reason.contains("can lose what it has acknowledged"), "{reason}");
}
