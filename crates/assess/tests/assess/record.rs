//! Records in files: their forms, and what in them is not understood.

use serde_json::{Value, json};

use crate::program::{run, run_with};

/// A case, a vignette, a list, what the server gives back.
#[test]
fn records_come_in_several_forms() {
    let answers = json!({"danger_now": "no"});
    for (what, record, day) in [
        ("a case", json!({"title": "A", "today": "2026-11-20", "answers": answers}), "2026-11-20"),
        ("a vignette", json!({"id": "a", "on": "2026-11-21", "answers": answers}), "2026-11-21"),
        (
            "as it is stored",
            json!({"id": "x", "answers": answers, "outcome": {"as_of": "2026-11-22"}}),
            "2026-11-22",
        ),
        ("in a list", json!([{"id": "a", "on": "2026-11-21", "answers": answers}]), "2026-11-21"),
    ] {
        let done = run_with(&["evaluate", "--json", "-"], record.to_string().as_bytes());
        assert_eq!((done.code, &done.json()["as_of"]), (0, &json!(day)), "{what}");
    }
    let two = json!([{"id": "a", "answers": answers}, {"id": "b", "answers": {"danger_now": "yes"}}]);
    let done = run_with(&["evaluate", "--json", "-"], two.to_string().as_bytes());
    let certain: Vec<Value> = done
        .out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["suggestion"]["certain"].clone())
        .collect();
    assert_eq!(certain, ["R0", "R5"]);
}

/// Such a record is not evaluated: what was passed over could be what matters.
#[test]
fn what_is_not_understood_is_never_passed_over() {
    let record = b"{\n\"danger_now\": true\n}";
    for command in ["evaluate", "explain", "what-if"] {
        for json in [&["--json"][..], &[]] {
            let done = run_with(&[&[command][..], json, &["-"]].concat(), record);
            assert_eq!((done.code, done.out.as_str()), (3, ""), "{command}");
            assert!(done.errors.contains("standard input:2: danger_now: "), "{}", done.errors);
        }
    }
    assert_eq!(run_with(&["explain", "--family", "-"], record).code, 3);
}

/// The exit code still says that one could not be read.
#[test]
fn one_bad_file_does_not_stop_the_others() {
    let name = "tests/cases/unborn-baby.json";
    let done = run(&["evaluate", "--json", "tests/cases/nowhere.json", name]);
    assert_eq!((done.code, done.out.lines().count()), (3, 1));
    assert!(done.errors.contains("tests/cases/nowhere.json: "), "{}", done.errors);
}
