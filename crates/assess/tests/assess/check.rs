//! `assess check`: problems with line, path, code and words.

use crate::program::{cases, file, run, run_with};

/// The exit code is 1 if there is a problem and 0 otherwise.
#[test]
fn each_problem_has_file_line_path_and_code() {
    let folder = tempfile::tempdir().unwrap();
    let text = "{\n \"danger_now\": \"no\",\n \"identifying_details\": {\n  \"nhs_number\": \"9990000019\",\n  \"religion\": \"martian\",\n  \"spy\": 1\n },\n \"assessor\": 7\n}";
    let name = file(&folder, "record.json", text);
    let done = run(&["check", "--stage", "section", "--json", "--on", "2026-11-23", &name]);
    assert_eq!(done.code, 1);
    let found = done.json();
    let found: Vec<(u64, &str, &str)> = found["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| {
            (
                problem["line"].as_u64().unwrap(),
                problem["path"].as_str().unwrap(),
                problem["code"].as_str().unwrap(),
            )
        })
        .collect();
    let expected = [
        (8, "assessor", "wrong-kind"),
        (6, "identifying_details.spy", "unknown-question"),
        (4, "identifying_details.nhs_number", "nhs-number"),
        (5, "identifying_details.religion", "not-offered"),
    ];
    let mut sorted = found.clone();
    sorted.sort_by_key(|(_, path, _)| *path);
    assert_eq!(sorted, [expected[0], expected[2], expected[3], expected[1]]);
    let text = run(&["check", "--stage", "section", "--on", "2026-11-23", &name]);
    for (line, path, code) in expected {
        let begins = format!("{name}:{line}: {path}: ");
        let found =
            text.out.lines().any(|one| one.starts_with(&begins) && one.ends_with(&format!("({code})")));
        assert!(found, "{begins}{code}: {}", text.out);
    }
    // What was typed is never repeated.
    assert!(!text.out.contains("martian") && !text.out.contains("9990000019"), "{}", text.out);
    // While somebody types, only limits count; before sending, everything.
    assert_eq!(run_with(&["check", "--stage", "edit", "-"], b"{}").code, 0);
    assert_eq!(run_with(&["check", "-"], b"{}").code, 1);
    for name in cases() {
        let done = run(&["check", &name]);
        assert_eq!((done.code, done.errors.as_str()), (0, ""), "{}", done.out);
    }
}
