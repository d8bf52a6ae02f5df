//! Starting: what the program says in one line when it is ready, and when something is in the way.

use assessment_engine::rule_packs;
use std::{fs, net::TcpListener};

use tempfile::TempDir;

use crate::child::{Program, run};

/// Runs the program with arguments that it must refuse. Gives the reason.
pub(super) async fn refusal(arguments: &[&str]) -> String {
    let (success, out, reason) = run(arguments).await;
    assert!(!success, "{arguments:?} was accepted");
    assert_eq!(out, "", "{arguments:?}");
    assert!(reason.starts_with("assessment-server: "), "{reason}");
    assert!(!reason.contains("panic") && !reason.contains("RUST_BACKTRACE"), "{reason}");
    reason
}

/// As [`refusal`], with the demo identity on a free port and files below a new folder, named by `{}`.
async fn refusal_in(folder: &TempDir, arguments: &[&str]) -> String {
    let place = folder.path().display().to_string();
    let arguments: Vec<String> = arguments.iter().map(|argument| argument.replace("{}", &place)).collect();
    let mut all = vec!["--demo-identity", "--listen", "127.0.0.1:0"];
    all.extend(arguments.iter().map(String::as_str));
    let reason = refusal(&all).await;
    assert_eq!(reason.lines().count(), 1, "{reason}");
    reason
}

#[tokio::test]
async fn it_says_in_one_line_where_it_is_ready() {
    let program = Program::start().await;
    assert_eq!(
        program.greeting,
        format!("Common Assessment is ready at http://{}/\n", program.client.address)
    );
    assert_eq!(program.client.get("/api/v1/health").await.status, 200);
}

#[tokio::test]
async fn it_warns_where_bank_holidays_are_not_known_as_far_as_deadlines_reach_case_b3() {
    for (today, warns) in [("2026-11-23", false), ("2030-12-31", true)] {
        let folder = std::sync::Arc::new(TempDir::new().expect("a folder"));
        let program = Program::start_in(folder, &["--today", today]).await;
        let log = program.log();
        assert_eq!(log.contains("bank holidays are not known"), warns, "{today}: {log}");
        assert_eq!(log.contains("2028-12-31"), warns, "{today}: it says until when");
        let health = program.client.get("/api/v1/health").await.json();
        assert_eq!(health["bank_holidays_end_soon"], warns, "{today}");
    }
}

#[tokio::test]
async fn help_and_version_need_no_settings() {
    let (success, help, _) = run(&["--help"]).await;
    assert!(success && help.starts_with("Usage: assessment-server"));
    let (success, version, _) = run(&["--version"]).await;
    assert!(success && version.starts_with("assessment-server "));
}

#[tokio::test]
async fn a_port_in_use_is_reported_with_a_way_out() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let folder = TempDir::new().expect("a folder");
    let port = taken.local_addr().expect("an address").port();
    let reason =
        refusal_in(&folder, &["--listen", &format!("127.0.0.1:{port}"), "--database", "{}/a.sqlite3"]).await;
    assert!(reason.contains(&format!("port {port} is in use")) && reason.contains("--listen"), "{reason}");
    assert!(!folder.path().join("a.sqlite3").exists(), "the database was touched");
}

#[tokio::test]
async fn a_database_that_cannot_be_used_is_named_and_left_alone() {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("letter.txt"), "Dear Sam, this is no database. ".repeat(100))
        .expect("a file");
    let before = fs::read(folder.path().join("letter.txt")).expect("a file");
    let reason = refusal_in(&folder, &["--database", "{}/letter.txt"]).await;
    assert!(reason.contains("is not an SQLite database") && reason.contains("--database"), "{reason}");
    assert_eq!(fs::read(folder.path().join("letter.txt")).expect("a file"), before);

    let reason = refusal_in(&folder, &["--database", "{}"]).await;
    assert!(reason.contains("that is a folder"), "{reason}");
    let reason = refusal_in(&folder, &["--database", "{}/letter.txt/a.sqlite3"]).await;
    assert!(reason.contains("is a file, not a folder"), "{reason}");
    let reason = refusal_in(&folder, &["--database", "/proc/nowhere/a.sqlite3"]).await;
    assert!(reason.contains("cannot write the database"), "{reason}");
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_left_alone_a20() {
    let folder = TempDir::new().expect("a folder");
    let mut program = Program::start_in(std::sync::Arc::new(folder), &[]).await;
    program.terminate().await;
    let mut connection = crate::database::look(&program.database()).await;
    sqlx::query("INSERT INTO _sqlx_migrations SELECT 9999, 'later', installed_on, 1, checksum, 0 FROM _sqlx_migrations LIMIT 1")
        .execute(&mut connection)
        .await
        .expect("a row");
    let path = program.database();
    let reason =
        refusal_in(&TempDir::new().expect("a folder"), &["--database", path.to_str().expect("UTF-8")]).await;
    assert!(reason.contains("newer than this program"), "{reason}");
    assert!(reason.contains("at version 9999") && reason.contains("up to version"), "{reason}");
}

#[tokio::test]
async fn rules_and_profiles_that_are_wrong_are_refused_with_the_place() {
    let folder = TempDir::new().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    let reason = refusal_in(&folder, &["--rule-pack", "{}/missing.json"]).await;
    assert!(reason.contains("there is no such file"), "{reason}");

    let profile = assessment_engine::profile::AuthorityProfile::built_in();
    write("profile.json", &profile.replace("leeds-example", "elsewhere"));
    let pack = rule_packs::built_in();
    write("number.json", &pack.replace("\"999\"", "\"998\""));
    write("weaker.json", &pack.replace("\"id\": \"BC-404\"", "\"id\": \"BC-999\""));
    write("pack.json", &pack.replace("\"id\": \"SL-201\"", "\"id\": \"SL-101\""));
    write("not.json", "{");
    for (flag, file, part) in [
        ("--profile", "profile.json", "rule_pack"),
        ("--rule-pack", "number.json", "999 must always be there"),
        ("--rule-pack", "weaker.json", "`BC-404` belongs to the floor"),
        ("--profile", "not.json", "not valid JSON"),
        ("--rule-pack", "pack.json", "SL-101"),
        ("--rule-pack", "not.json", "not valid JSON"),
    ] {
        let path = folder.path().join(file).display().to_string();
        let reason = refusal(&["--demo-identity", "--listen", "127.0.0.1:0", flag, &path]).await;
        assert!(reason.contains(part), "{flag} {file}: {reason}");
    }
}
