//! `assess check`: problems with line, path, code and words.

use crate::program::{NORTHBRIDGE, NORTHBRIDGE_PROFILE, cases, file, run, run_with};

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

/// Of a missing answer it says who requires it and why; the form comes before the profile.
#[test]
fn each_missing_answer_says_where_the_requirement_comes_from() {
    let done = run_with(&["check", "--json", "-"], b"{}");
    let problems = done.json()["problems"].as_array().unwrap().clone();
    assert_eq!(problems.len(), 10, "about a dozen answers: {}", done.out);
    for problem in &problems {
        let required = &problem["required"];
        assert_eq!(required["by"], "form", "{problem}");
        assert!(required["because"].as_str().is_some_and(|text| text.len() > 10), "{problem}");
        assert!(required["source"].as_str().is_some_and(|text| text.len() > 10), "{problem}");
    }
    let files = ["--rule-pack", NORTHBRIDGE, "--profile", NORTHBRIDGE_PROFILE];
    let done = run_with(&[&["check", "-"][..], &files[..]].concat(), b"{}");
    let more = "    required by the profile: The Early Help Hub answers every assessment by secure email.";
    assert!(done.out.lines().any(|line| line.starts_with(more)), "{}", done.out);
}

#[test]
fn the_table_of_what_is_required_is_the_data() {
    let done = run(&["required"]);
    let lines = |text: &str| text.lines().filter(|line| line.starts_with("| ")).count() - 1;
    let json = run(&["required", "--json"]).json();
    assert_eq!((done.code, lines(&done.out)), (0, json.as_array().unwrap().len()));
    let more = run(&["required", "--profile", NORTHBRIDGE_PROFILE]);
    assert_eq!(lines(&more.out), lines(&done.out) + 2);
    assert!(more.out.contains("Profile of Northbridge"), "{}", more.out);
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("required.md").display().to_string();
    assert_eq!(run(&["required", "--out", &page, "--check"]).code, 1, "there is none yet");
    assert_eq!(run(&["required", "--out", &page]).code, 0);
    assert_eq!(run(&["required", "--out", &page, "--check"]).code, 0);
    let wrong = file(
        &folder,
        "profile.json",
        r#"{"id": "x", "required": [{"question": "nothing", "because": "y"}]}"#,
    );
    let refused = run(&["required", "--profile", &wrong]);
    assert_eq!(refused.code, 3);
    assert!(refused.errors.contains("there is no such question"), "{}", refused.errors);
}
