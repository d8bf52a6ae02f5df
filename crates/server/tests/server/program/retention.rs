//! `assessment-server retention` and `assessment-server subject-access`, as an operator runs them.

use std::{fs, path::Path, sync::Arc, time::Duration};

use assessment_people::person::Birth;
use assessment_server::store::{Store, postgres::PostgresStore, sqlite::SqliteStore};
use jiff::civil::date;
use tempfile::TempDir;

use crate::{
    child::{run, run_with},
    postgres::Database,
    store::contract::{
        deciding::{SAID, say_and_decide},
        retention::{Made, add, ask, due, request_id},
    },
};

const PATIENCE: Duration = Duration::from_secs(10);

/// The words in every record that [`add`] stores, somewhere no id could have them.
const SENTINEL: &[u8] = b"Sentinel";

const YOUNG: Made = Made { number: 2, child: 2, born: Birth::on(date(2019, 5, 4)), closed: true };

fn names(path: &Path) -> usize {
    let bytes = fs::read(path).unwrap_or_default();
    bytes.windows(SENTINEL.len()).filter(|part| *part == SENTINEL).count()
}

/// Runs a command of the operator's on that file, on the day of the invented records.
async fn on_file(path: &Path, task: &[&str]) -> (bool, String, String) {
    let name = path.to_str().expect("UTF-8");
    let common = ["--demo-identity", "--today", "2026-11-23", "--database", name];
    run(&[&common, task].concat()).await
}

#[tokio::test]
async fn an_operator_lists_erases_and_erases_again_after_restoring_a15() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("assessments.sqlite3");
    let store = SqliteStore::open(&path, PATIENCE).await.expect("a database");
    add(&store, due(1)).await;
    store.close().await;
    let backup = folder.path().join("backup.sqlite3");
    fs::copy(&path, &backup).expect("a backup");
    assert!(names(&path) > 0);

    let (success, listed, reason) = on_file(&path, &["retention", "list"]).await;
    assert!(success, "{reason}");
    assert!(listed.contains("erase 00000000-0000-0000-0000-000000000001: due since 2026-11-23"), "{listed}");
    assert!(listed.ends_with("A run would erase 1 episode and 0 drafts, and keep 0 episodes.\n"), "{listed}");
    assert!(names(&path) > 0, "a list erases nothing");
    let (success, out, reason) = on_file(&path, &["retention", "run"]).await;
    assert!(success && out.starts_with("erased 00000000-0000-0000-0000-000000000001\n"), "{out}{reason}");
    assert_eq!(names(&path), 0, "overwritten, and not only forgotten");
    let (success, erased, _) = on_file(&path, &["retention", "erased"]).await;
    assert!(success && erased.lines().count() == 1 && !erased.contains("Sentinel"), "{erased}");
    let list = folder.path().join("erased.jsonl");
    fs::write(&list, &erased).expect("a list");
    let list = list.to_str().expect("UTF-8");

    let (success, out, reason) = on_file(&backup, &["retention", "reapply", list]).await;
    assert!(success && out == "Erased 1 again; 0 were not there; 0 are kept.\n", "{out}{reason}");
    assert_eq!(names(&backup), 0);
    for database in [&path, &backup] {
        let name = database.to_str().expect("UTF-8");
        let (success, _, reason) = run(&["--database", name, "audit", "verify"]).await;
        assert!(success, "{reason}");
    }
    let broken = folder.path().join("broken.jsonl");
    fs::write(&broken, format!("{erased}{{}}\n")).expect("a list");
    let (success, _, reason) =
        on_file(&path, &["retention", "reapply", broken.to_str().expect("UTF-8")]).await;
    assert!(!success && reason.contains("line 2") && reason.contains("Nothing was erased"), "{reason}");
}

#[tokio::test]
async fn on_postgresql_the_role_that_serves_erases_by_the_owner_s_function_and_no_other_way_a15() {
    let database = Database::new().await;
    let store = PostgresStore::open(&database.server(), Some(&database.owner()), PATIENCE).await;
    let store: Arc<dyn Store> = Arc::new(store.expect("a database"));
    add(&*store, due(1)).await;
    add(&*store, YOUNG).await;
    store.close().await;
    let address = String::from(database.server());
    let task = ["--demo-identity", "--today", "2026-11-23", "retention", "run"];
    let (success, out, reason) = run_with(&task, &[("DATABASE_URL", &address)]).await;
    assert!(success && out.contains("Erased 1 episode and 0 drafts, kept 0 episodes."), "{out}{reason}");
    for (table, left) in [
        ("SELECT count(*) FROM assessments", 1),
        ("SELECT count(*) FROM episodes", 1),
        ("SELECT count(*) FROM people", 1),
        ("SELECT count(*) FROM erased", 1),
    ] {
        assert_eq!(database.count(table).await, left, "{table}");
    }
    let address = String::from(database.address("postgres"));
    let (success, _, reason) = run_with(&["audit", "verify"], &[("DATABASE_URL", &address)]).await;
    assert!(success, "{reason}");
}

#[tokio::test]
async fn a_pretended_day_erases_nothing_where_people_work() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("assessments.sqlite3");
    let store = SqliteStore::open(&path, PATIENCE).await.expect("a database");
    add(&store, YOUNG).await;
    store.close().await;
    let name = path.to_str().expect("UTF-8");
    let (success, _, reason) = run(&["--today", "2090-01-01", "--database", name, "retention", "run"]).await;
    assert!(!success && reason.contains("--today is for the demo only"), "{reason}");
    let (success, out, reason) = run(&["--database", name, "retention", "run"]).await;
    assert!(success && out.contains("Erased 0 episodes"), "{out}{reason}");
    let missing = folder.path().join("none.sqlite3");
    let (success, _, reason) =
        run(&["--database", missing.to_str().expect("UTF-8"), "retention", "list"]).await;
    assert!(!success && reason.contains("there is no database"), "{reason}");
    assert!(!missing.exists());
}

#[tokio::test]
async fn an_export_goes_into_new_files_that_others_cannot_read() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("assessments.sqlite3");
    let store = SqliteStore::open(&path, PATIENCE).await.expect("a database");
    add(&store, YOUNG).await;
    say_and_decide(&store, 2).await;
    ask(&store, 2, 2).await;
    store.close().await;
    let (success, out, reason) = on_file(&path, &["subject-access", "list"]).await;
    assert!(
        success
            && out.starts_with(&format!("{}: about ", request_id(2)))
            && out.ends_with("1 request waiting.\n"),
        "{out}{reason}"
    );
    let out_folder = folder.path().join("export");
    let request = request_id(2);
    let task = ["subject-access", "export", &request, "--out", out_folder.to_str().expect("UTF-8")];
    let (success, out, reason) = on_file(&path, &task).await;
    assert!(success && out.contains("a person decides"), "{out}{reason}");
    let text = fs::read_to_string(out_folder.join("for-the-person.txt")).expect("a file");
    assert!(text.contains("Sentinel Marigold") && text.contains("2019-05-04"), "{text}");
    let decide = fs::read_to_string(out_folder.join("to-decide.json")).expect("a file");
    assert!(decide.contains("Sentinel Marigold rang."), "why somebody looked is for a person to decide");
    for words in SAID {
        assert!(decide.contains(words) && !text.contains(words), "{words}: {decide}");
    }
    for name in ["for-the-person.json", "for-the-person.txt", "to-decide.json"] {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(out_folder.join(name)).expect("the file").permissions().mode();
        assert_eq!(mode & 0o077, 0, "{name} is readable by others");
    }
    let (success, _, reason) = on_file(&path, &task).await;
    assert!(!success && reason.contains("nothing is overwritten"), "{reason}");
    let unknown = ["subject-access", "export", "nobody", "--out", out_folder.to_str().expect("UTF-8")];
    let (success, _, reason) = on_file(&path, &unknown).await;
    assert!(!success && reason.contains("no request of that id"), "{reason}");
}

#[tokio::test]
async fn the_access_log_forgets_and_the_trail_is_still_verified_b43() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("assessments.sqlite3");
    let store = SqliteStore::open(&path, PATIENCE).await.expect("a database");
    // One entry, of New Year's Day 2020.
    add(&store, YOUNG).await;
    store.close().await;
    let name = path.to_str().expect("UTF-8");
    let (success, out, reason) = run(&["--database", name, "audit", "verify"]).await;
    assert!(success, "{reason}");
    let head = out.trim().rsplit(' ').next().expect("a head").to_owned();
    let on = async |day: &str, task: &str| {
        let (success, out, reason) =
            run(&["--demo-identity", "--today", day, "--database", name, "retention", task]).await;
        assert!(success, "{reason}");
        out
    };
    // Seven years, the day included.
    assert!(!on("2026-12-31", "list").await.contains("access log"));
    assert!(on("2027-01-01", "list").await.ends_with("It would erase 1 entry of the access log.\n"));
    let out = on("2027-01-01", "run").await;
    assert!(out.contains("Erased 0 episodes") && out.contains("Erased 1 entry of the access log."), "{out}");
    for kept in [&["--kept", &head][..], &[]] {
        let (success, out, reason) = run(&[&["--database", name, "audit", "verify"], kept].concat()).await;
        assert!(success && out.starts_with("The audit trail is whole."), "{out}{reason}");
    }
}
