//! `assess access`: the table of who may see and do what.

use assessment_people::access::{Action, Role, TABLE};

use crate::program::run;

#[test]
fn the_page_has_every_action_and_row_in_words() {
    let done = run(&["access"]);
    assert_eq!(done.code, 0);
    let lines: Vec<&str> = done.out.lines().filter(|line| line.starts_with("| ")).collect();
    assert_eq!(lines.len(), 2 + Action::ALL.len() + TABLE.len());
    let (matrix, rows) = lines.split_at(1 + Action::ALL.len());
    assert!(matrix.iter().all(|line| line.matches(" |").count() == 1 + Role::ALL.len()), "{}", done.out);
    assert!(rows.iter().all(|line| line.matches(" |").count() == 5), "{}", done.out);
    assert!(!done.out.contains("access."), "a key without words: {}", done.out);
    let json = run(&["access", "--json"]).json();
    assert_eq!(json.as_array().unwrap().len(), TABLE.len());
}

#[test]
fn the_page_is_written_and_compared() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("access.md").display().to_string();
    assert_eq!(run(&["access", "--out", &page, "--check"]).code, 1, "there is none yet");
    assert_eq!(run(&["access", "--out", &page]).code, 0);
    assert_eq!(run(&["access", "--out", &page, "--check"]).code, 0);
}

#[test]
fn the_committed_page_is_what_the_table_says() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/access.md");
    assert_eq!(run(&["access", "--out", page, "--check"]).code, 0, "run `cargo xtask generate`");
}

/// The access log of everyone shows what was done by its code.
#[test]
fn each_action_has_words_in_the_access_log_of_everyone() {
    let words: serde_json::Value = serde_json::from_str(assessment_wording::en_gb::COORDINATOR).unwrap();
    let has_words = |code: &str| words[["coordinator.did.", code].concat()].is_string();
    let missing: Vec<&str> =
        Action::ALL.iter().map(|action| action.code()).filter(|code| !has_words(code)).collect();
    assert!(missing.is_empty(), "coordinator.json has no words for {missing:?}");
}
