//! The SQLite store, for the contract. What only SQLite promises is tested here and in `database`.

use std::{sync::Arc, time::Duration};

use assessment_people::audit::Head;
use assessment_server::assessments::Submitted;
use assessment_server::store::{
    Store, assessments::Wanted, audit::AuditPage, chain::AuditFault, sqlite::SqliteStore,
};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, migrate::Migrator, sqlite::SqliteConnectOptions};
use tempfile::TempDir;
use tokio::task::JoinSet;

use super::{
    Harness,
    contract::{actor, assessment, draft_id, receipt, submit},
    migrations,
};
use crate::database::{assert_sound, look};

const LOCK_PATIENCE: Duration = Duration::from_secs(5);

/// A store in a file of its own.
pub(super) struct Sqlite {
    store: Arc<SqliteStore>,
    folder: TempDir,
}

impl Sqlite {
    async fn open(folder: TempDir) -> Self {
        let database = folder.path().join("assessments.sqlite3");
        let store = SqliteStore::open(&database, LOCK_PATIENCE).await.expect("a database");
        Self { store: Arc::new(store), folder }
    }
}

impl Harness for Sqlite {
    async fn new() -> Self {
        Self::open(TempDir::new().expect("a folder")).await
    }

    fn store(&self) -> Arc<dyn Store> {
        Arc::clone(&self.store) as _
    }

    async fn reopen(self) -> Self {
        Store::close(&*self.store).await;
        Self::open(self.folder).await
    }

    async fn tamper(&self) -> Vec<(&'static str, Result<(), String>)> {
        let mut connection = look(&self.folder.path().join("assessments.sqlite3")).await;
        let mut outcomes = Vec::new();
        // Nothing is published in a store this young.
        let published = "INSERT INTO take_up_quarters (quarter, document, at_us) VALUES ('2026-Q3', '{}', 1)";
        connection.execute(sqlx::raw_sql(published)).await.expect("published");
        let told = "INSERT INTO take_up_stories VALUES ('2026-Q3', 'started', 1, '{}', 'practitioner-1', 1)";
        connection.execute(sqlx::raw_sql(told)).await.expect("told");
        for sql in [
            "UPDATE assessments SET answers = '{}'",
            "DELETE FROM assessments",
            "INSERT OR REPLACE INTO assessments SELECT * FROM assessments",
            "REPLACE INTO assessments SELECT * FROM assessments",
            "UPDATE idempotency_keys SET receipt = '{}'",
            "DELETE FROM idempotency_keys",
            "INSERT OR REPLACE INTO idempotency_keys SELECT * FROM idempotency_keys",
            "UPDATE draft_revisions SET body = NULL",
            "DELETE FROM draft_revisions",
            "INSERT OR REPLACE INTO draft_revisions SELECT * FROM draft_revisions",
            "UPDATE audit SET actor = 'somebody else'",
            "DELETE FROM audit",
            "INSERT OR REPLACE INTO audit SELECT * FROM audit",
            "UPDATE episodes SET document = '{}'",
            "DELETE FROM episodes",
            "INSERT OR REPLACE INTO episodes SELECT * FROM episodes",
            "UPDATE episode_revisions SET document = '{}'",
            "DELETE FROM episode_revisions",
            "UPDATE versions SET number = 7",
            "DELETE FROM versions",
            "UPDATE grants SET document = '{}'",
            "DELETE FROM grants",
            "INSERT OR REPLACE INTO grants SELECT * FROM grants",
            "UPDATE audit_chain SET seq = seq + 100",
            "DELETE FROM audit_chain",
            "INSERT OR REPLACE INTO audit_chain SELECT * FROM audit_chain",
            "UPDATE people SET document = '{}'",
            "UPDATE people SET revision = revision + 2, document = '{}'",
            "DELETE FROM people",
            "INSERT OR REPLACE INTO people SELECT * FROM people",
            "UPDATE person_revisions SET document = '{}'",
            "DELETE FROM person_revisions",
            "UPDATE legal_holds SET until = '2026-01-01'",
            "DELETE FROM legal_holds",
            "UPDATE subject_access_requests SET person = 'x'",
            "DELETE FROM subject_access_requests",
            "INSERT OR REPLACE INTO person_revisions SELECT * FROM person_revisions",
            "UPDATE notes SET document = '{}'",
            "DELETE FROM notes",
            "INSERT OR REPLACE INTO notes SELECT * FROM notes",
            "UPDATE sent_referrals SET document = '{}'",
            "DELETE FROM sent_referrals",
            "INSERT OR REPLACE INTO sent_referrals SELECT * FROM sent_referrals",
            "INSERT OR REPLACE INTO sent_referrals (episode_id, id, actor, at_us, document) \
             SELECT episode_id, id, actor, at_us, '{}' FROM sent_referrals",
            "UPDATE team_revisions SET at_us = 7",
            "DELETE FROM team_revisions",
            "INSERT OR REPLACE INTO team_revisions SELECT * FROM team_revisions",
            "UPDATE team_kept SET at_us = 7",
            "DELETE FROM team_kept",
            "INSERT OR REPLACE INTO team_kept SELECT * FROM team_kept",
            "UPDATE team_settled SET at_us = 7",
            "DELETE FROM team_settled",
            "INSERT OR REPLACE INTO team_settled SELECT * FROM team_settled",
            "UPDATE team_completions SET at_us = 7",
            "DELETE FROM team_completions",
            "INSERT OR REPLACE INTO team_completions SELECT * FROM team_completions",
            "UPDATE team_circulations SET at_us = 7",
            "DELETE FROM team_circulations",
            "INSERT OR REPLACE INTO team_circulations SELECT * FROM team_circulations",
            "UPDATE own_pages SET document = '{}'",
            "DELETE FROM own_pages",
            "UPDATE practitioner_names SET name = 'somebody else'",
            "DELETE FROM practitioner_names",
            "INSERT OR REPLACE INTO own_pages SELECT * FROM own_pages",
            "UPDATE take_up_quarters SET document = '{}'",
            "DELETE FROM take_up_quarters",
            "UPDATE take_up_stories SET document = '{}'",
            "DELETE FROM take_up_stories",
            "INSERT OR REPLACE INTO take_up_stories SELECT * FROM take_up_stories",
            "UPDATE families SET created_us = 7",
            "DELETE FROM families",
            "INSERT OR REPLACE INTO families SELECT * FROM families",
            "UPDATE family_members SET name = 'somebody else'",
            "DELETE FROM family_members",
            "INSERT OR REPLACE INTO family_members SELECT * FROM family_members",
            "UPDATE family_related SET relationship = 'father'",
            "DELETE FROM family_related",
            "INSERT OR REPLACE INTO family_related SELECT * FROM family_related",
            "INSERT OR REPLACE INTO practitioner_names SELECT * FROM practitioner_names",
        ] {
            let attempt = sqlx::query(sql).execute(&mut connection).await;
            outcomes.push((sql, attempt.map(drop).map_err(|error| error.to_string())));
        }
        outcomes
    }

    const OWN_NUMBER: &'static str = "";

    async fn force(&self, sql: &str) {
        let mut connection = look(&self.folder.path().join("assessments.sqlite3")).await;
        let mut all = "PRAGMA foreign_keys = OFF;".to_owned();
        for table in ["audit", "audit_chain", "access_reasons"] {
            for kind in ["update", "delete", "replace"] {
                all += &format!("DROP TRIGGER IF EXISTS {table}_no_{kind};");
            }
        }
        for table in ["person_merges", "person_merges_undone"] {
            all += &format!("DROP TRIGGER IF EXISTS {table}_no_update;");
        }
        connection.execute(sqlx::raw_sql(AssertSqlSafe(all + sql))).await.expect(sql);
    }

    async fn verify(&self, kept: &[Head]) -> Result<Head, AuditFault> {
        self.store.verify_audit(kept).await
    }
}

/// A file as the program left it that knew the tables up to that version.
async fn made_by(version: i64, folder: &TempDir) -> sqlx::SqliteConnection {
    let path = folder.path().join("assessments.sqlite3");
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    let mut connection = sqlx::SqliteConnection::connect_with(&options).await.expect("a file");
    let migrations = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
    let migrations = Migrator::new(migrations).await.expect("the migrations");
    migrations.run_to(version, &mut connection).await.expect("the tables");
    connection
}

#[tokio::test]
async fn records_of_the_first_version_keep_their_moments_a11() {
    let folder = TempDir::new().expect("a folder");
    let mut connection = made_by(2, &folder).await;
    let first = "INSERT INTO assessments (id, reference, actor, received_at, form_version, pack_version, body, sha256, \
          answers, outcome, suggestion_certain, suggestion_possible, suggestion_not_ruled_out) \
          VALUES ('5e7a3b52-0c9d-4b3e-9a53-000000000001', 'CAF1', 'practitioner-1', '2026-03-29T00:59:59.007Z', 'f', 'p', x'7b7d', \
          hex(zeroblob(32)), '{}', '{}', 'R0', 'R0', 'R0'); \
         INSERT INTO draft_revisions (draft_id, revision, actor, saved_at) \
          VALUES ('5e7a3b52-0c9d-4b3e-9a53-000000000001', 1, 'practitioner-1', '2026-12-31T23:59:59.999Z'); \
         INSERT INTO audit (at, actor, action, subject_kind, subject_id) \
          VALUES ('1999-12-31T00:00:00.000Z', 'practitioner-1', 'x', 'y', 'z');";
    connection.execute(sqlx::raw_sql(first)).await.expect("rows");
    connection.close().await.expect("closed");

    let upgraded = Sqlite::open(folder).await;
    let mut view = upgraded.store().view().await.expect("a view");
    let wanted = Wanted { before: None, since: None, limit: 9 };
    let row = view.assessments().list(&actor(), wanted).await.expect("rows").remove(0);
    assert_eq!(row.received_at.to_string(), "2026-03-29T00:59:59.007Z");
    let draft = view.drafts().find(&actor(), draft_id(1)).await.expect("an answer").expect("the draft");
    assert_eq!(draft.saved_at.to_string(), "2026-12-31T23:59:59.999Z");
    let entry = view.audit().list(&actor(), AuditPage::Last, 9).await.expect("rows").remove(0);
    assert_eq!(entry.at.to_string(), "1999-12-31T00:00:00Z");
    assert_eq!(upgraded.store.verify_audit(&[]).await.expect("linked at the upgrade").seq, 1);
    for (attempt, outcome) in upgraded.tamper().await {
        // Nothing of these is in the old file, and a trigger fires for a row.
        let empty = [
            "idempotency_keys",
            " people",
            " person_",
            " episode",
            " versions",
            " grants",
            " own_pages",
            " take_up_",
            " practitioner_",
            " notes",
            " famil",
            " sent_",
            " team_",
            " legal_",
            " subject_",
        ];
        let is_empty = empty.iter().any(|table| attempt.contains(table));
        assert!(outcome.is_err() || is_empty, "{attempt}: the triggers are back");
    }
    assert_sound(&upgraded.folder.path().join("assessments.sqlite3")).await;
}

#[tokio::test]
async fn an_edited_migration_is_refused_on_sqlite_a21() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("assessments.sqlite3");
    SqliteStore::open(&path, LOCK_PATIENCE).await.expect("a database").close().await;
    let edit = "UPDATE _sqlx_migrations SET checksum = x'00' WHERE version = 2";
    look(&path).await.execute(sqlx::raw_sql(edit)).await.expect("an edit");
    let reason = SqliteStore::open(&path, LOCK_PATIENCE).await.err().expect("a refusal").to_string();
    assert!(reason.contains("version 2 of this database's tables is not the one"), "{reason}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_programs_that_start_together_migrate_once_a20() {
    for _ in 0..20 {
        let folder = Arc::new(TempDir::new().expect("a folder"));
        let path = folder.path().join("assessments.sqlite3");
        let mut programs = JoinSet::new();
        for _ in 0..3 {
            let path = path.clone();
            programs.spawn(async move {
                let opened = SqliteStore::open(&path, LOCK_PATIENCE).await;
                opened.map(drop).map_err(|reason| reason.to_string())
            });
        }
        assert_eq!(programs.join_all().await, [Ok(()), Ok(()), Ok(())]);
        let applied = sqlx::query_scalar::<_, i64>("SELECT count(*) FROM _sqlx_migrations WHERE success");
        assert_eq!(applied.fetch_one(&mut look(&path).await).await.expect("a number"), migrations());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::disallowed_methods, reason = "nothing tells who waits for a turn")]
async fn nobody_is_told_before_the_commit_that_holds_it_b11() {
    let sqlite = Sqlite::new().await;
    let store = sqlite.store();
    let receipt_of = async || assessment_server::assessments::receipt(&*store, &actor(), "k").await;
    let new = assessment(1);
    let answered = receipt(&new);
    let first = store.begin().await.expect("a turn");
    // The first waits for its turn, then the second: one commit is for both.
    let waiting = Arc::clone(&store);
    let saving = tokio::spawn(async move { submit(&*waiting, &actor(), "k", &new).await });
    tokio::time::sleep(Duration::from_secs(3)).await;
    let waiting = Arc::clone(&store);
    let next = tokio::spawn(async move { waiting.begin().await });
    tokio::time::sleep(Duration::from_secs(3)).await;
    first.cancel().await.expect("cancelled");

    let mut next = next.await.expect("no panic").expect("a turn");
    assert_eq!(next.receipts().find(&actor(), "k").await, Ok(Some(answered.clone())), "it had its turn");
    assert_eq!(receipt_of().await, Ok(None), "and is not on the disk");
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(!saving.is_finished());
    // Who read what is not on the disk yet does not act on it before it is.
    next.cancel().await.expect("cancelled");
    assert_eq!(receipt_of().await, Ok(Some(answered)));
    assert_eq!(saving.await.expect("no panic"), Ok(Submitted::Stored));
}
