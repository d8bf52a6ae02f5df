//! `assess access`: the table of who may see and do what.

use assessment_people::access::{About, Action, Role, TABLE};

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

/// What a record's log has besides what is done to the record: it was sent, in a list that was downloaded, or in the log of
/// everyone.
const ALSO_OF_A_RECORD: [&str; 4] =
    ["assessment-submitted", "start-episode", "export-register", "read-audit"];

/// The log of a record shows what was done by its code.
#[test]
fn each_action_has_words_in_the_access_log_of_a_record() {
    let words: serde_json::Value = serde_json::from_str(assessment_wording::en_gb::WORK).unwrap();
    let has_words = |code: &str| words[["work.did.", code].concat()].is_string();
    let done =
        Action::ALL.iter().filter(|action| action.about() == About::Episode).map(|action| action.code());
    let missing: Vec<&str> = done.chain(ALSO_OF_A_RECORD).filter(|code| !has_words(code)).collect();
    assert!(missing.is_empty(), "work.json has no words for {missing:?}");
}

/// So does the access log of everyone, in the words of a record's log where it has none of its own.
#[test]
fn each_action_has_words_in_the_access_log_of_everyone() {
    let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    let [own, of_a_record] =
        [assessment_wording::en_gb::COORDINATOR, assessment_wording::en_gb::WORK].map(read);
    let has_words = |code: &str| {
        own[["coordinator.did.", code].concat()].is_string()
            || of_a_record[["work.did.", code].concat()].is_string()
    };
    let missing: Vec<&str> =
        Action::ALL.iter().map(|action| action.code()).filter(|code| !has_words(code)).collect();
    assert!(missing.is_empty(), "neither coordinator.json nor work.json has words for {missing:?}");
}
