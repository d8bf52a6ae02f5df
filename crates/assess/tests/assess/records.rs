//! Commands on records: what they give for the written cases, and each exit code.

use assessment_engine::answers::Answers;
use assessment_engine::standards::Standards;
use assessment_form::parse_day;
use assessment_rules::{evaluate, explain, what_if};
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::program::{LEEDS, NORTHBRIDGE, case, cases, file, run, run_with, vignettes};

fn read(case: &Value) -> (Answers, Date) {
    let answers = Answers::read(&case["answers"].to_string()).unwrap().answers;
    (answers, parse_day(case["today"].as_str().unwrap()).unwrap())
}

/// For programs it is the engine's own form, to the byte, as of the day that the case names.
#[test]
fn json_is_exactly_what_the_engine_gives() {
    let pack = Standards::built_in().unwrap().pack;
    for name in cases() {
        let case = case(&name);
        let (answers, today) = read(&case);
        let done = run(&["evaluate", "--json", &name]);
        assert_eq!(done.out, evaluate(&answers, today, &pack).to_canonical_json() + "\n", "{name}");
        assert_eq!((done.code, done.errors.as_str()), (0, ""), "{name}");
        assert_eq!(done.json()["suggestion"], case["expect"]["suggestion"], "{name}");
        let explained = serde_json::to_string(&explain(&answers, today, &pack)).unwrap();
        assert_eq!(run(&["explain", "--json", &name]).out, explained + "\n", "{name}");
        let changes = serde_json::to_string(&what_if(&answers, today, &pack)).unwrap();
        assert_eq!(run(&["what-if", "--json", &name]).out, changes + "\n", "{name}");
    }
}

/// What people read has everything that the result has: codes of suggestions, actions with a number, signs, rules.
#[test]
fn text_leaves_nothing_out() {
    for name in cases() {
        let outcome = run(&["evaluate", "--json", &name]).json();
        let done = run(&["evaluate", &name]);
        assert_eq!(done.code, 0, "{name}");
        let texts = |list: &str, field: &str| -> Vec<String> {
            outcome[list]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| one[field].as_str().unwrap().to_owned())
                .collect()
        };
        let codes = |list: &str| -> Vec<String> {
            outcome[list].as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
        };
        let mut wanted = [codes("urgent"), codes("urgent_to_check")].concat();
        wanted.extend(texts("findings", "indicator"));
        wanted.extend(texts("set_aside", "indicator"));
        wanted.extend(texts("reasons", "rule"));
        wanted.extend(
            outcome["suggestion"].as_object().unwrap().values().map(|code| code.as_str().unwrap().to_owned()),
        );
        for wanted in wanted {
            assert!(done.out.contains(&wanted), "{name}: {wanted} is not there:\n{}", done.out);
        }
        assert_no_keys(&done.out);
    }
}

/// A text that was not found shows its key, such as `suggestion.R2`.
fn assert_no_keys(text: &str) {
    for stem in [
        "suggestion.",
        "prompt.",
        "telling.",
        "raised.",
        "set_aside.",
        "level.",
        "result.",
        "condition.",
        "effect.",
    ] {
        let key = |rest: &str| rest.starts_with(|next: char| next.is_ascii_alphanumeric());
        assert!(!text.split(stem).skip(1).any(key), "a key of `{stem}` in:\n{text}");
    }
    assert!(!text.contains("%{"), "a placeholder in:\n{text}");
}

/// A number that nobody has checked says so; 999 needs no local check.
#[test]
fn unchecked_numbers_say_so() {
    let text = run_with(&["evaluate", "-"], b"{\"danger_now\":\"yes\"}").out;
    let numbers: Vec<&str> = text
        .lines()
        .filter(|line| {
            ["999", "0113 376 0336"]
                .iter()
                .any(|number| line.ends_with(number) || line.contains(&format!("{number} (")))
        })
        .collect();
    let unchecked: Vec<bool> = numbers.iter().map(|line| line.contains("nobody has checked")).collect();
    assert_eq!((numbers.len(), unchecked), (2, vec![false, true]), "{text}");
    let profile = "crates/engine/data/profiles/northbridge.json";
    let text = run_with(
        &["evaluate", "--rule-pack", NORTHBRIDGE, "--profile", profile, "-"],
        b"{\"danger_now\":\"yes\"}",
    )
    .out;
    assert!(text.contains("IA-01") && !text.contains("nobody has checked"), "{text}");
}

/// Every rule is told, with each condition that it has.
#[test]
fn explain_tells_every_rule() {
    for name in cases() {
        let explanation = run(&["explain", "--json", &name]).json();
        let done = run(&["explain", &name]);
        assert_eq!(done.code, 0);
        for rule in explanation["rules"].as_array().unwrap() {
            let id = rule["rule"].as_str().unwrap();
            let begins = |line: &&str| line.starts_with(&format!("{id} "));
            let heading = done.out.lines().find(begins).unwrap_or_default();
            let standing = rule["standing"].as_str().unwrap().replace('-', " ").to_uppercase();
            assert!(heading.ends_with(&format!(": {standing}")), "{name}, {id}: {heading}");
        }
        assert_no_keys(&done.out);
    }
}

/// The day: what was asked for, else the record's own; and the rules and the profile that were asked for.
#[test]
fn day_rules_and_profile_can_be_chosen() {
    let name = "tests/cases/toddler-with-speech-delay.json";
    assert_eq!(run(&["evaluate", "--json", name]).json()["as_of"], "2026-11-23");
    assert_eq!(run(&["evaluate", "--json", "--on", "2027-02-01", name]).json()["as_of"], "2027-02-01");
    let profile = "crates/engine/data/profiles/northbridge.json";
    let done = run(&["evaluate", "--json", "--rule-pack", NORTHBRIDGE, "--profile", profile, name]);
    assert_eq!(done.json()["pack_version"], "northbridge-example 2026.1");
    assert_eq!(run(&["evaluate", "--rule-pack", NORTHBRIDGE, name]).code, 0);
    // One authority's profile never goes with another's rules.
    let done = run(&["evaluate", "--profile", profile, name]);
    assert_eq!((done.code, done.out.as_str()), (3, ""));
    assert!(
        done.errors.contains("northbridge.json") && done.errors.contains("leeds-example"),
        "{}",
        done.errors
    );
    // Rules that are not in force are used, and whoever runs it is told.
    let done = run(&["evaluate", "--json", "--on", "2020-01-01", name]);
    assert!(done.code == 0 && done.errors.contains("2020"), "{}", done.errors);
}

/// Today is used where nobody names a day.
#[test]
fn without_a_day_it_is_today() {
    let done = run_with(&["evaluate", "--json", "-"], b"{\"danger_now\":\"yes\"}");
    let day = done.json()["as_of"].as_str().unwrap().to_owned();
    assert!(parse_day(&day) > parse_day("2026-01-01"), "{day}");
    assert_eq!(done.json()["suggestion"]["certain"], "R5");
    assert_eq!(done.json()["urgent"], json!(["IA-01"]));
}

/// Everything that a record comes in: alone, in a list, as the server gives it back.
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

/// Every vignette of a file is evaluated in its place, with the result that was worked out by hand.
#[test]
fn vignettes_give_what_is_expected_of_them() {
    for (name, vignettes) in vignettes() {
        let vignettes: Vec<&Value> =
            vignettes.as_array().unwrap().iter().filter(|one| one["pack"] == "leeds-example").collect();
        let done = run(&["evaluate", "--json", &name]);
        let given: Vec<Value> = done
            .out
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap()["suggestion"].clone())
            .collect();
        let expected: Vec<Value> =
            vignettes.iter().map(|one| one["expected"]["suggestion"].clone()).collect();
        assert_eq!((done.code, given), (0, expected), "{name}");
        // What raised a sign is told in words, whatever raised it.
        let text = run(&["evaluate", &name]).out;
        assert_no_keys(&text);
        for code in ["below_months", "disability:", "independently_mobile:"] {
            assert!(!text.contains(code), "{name}: {code}");
        }
    }
}

/// Each problem with file, line, path and code; 1 where there is one and 0 where there is none.
#[test]
fn check_names_line_path_and_code() {
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
        let told =
            text.out.lines().any(|one| one.starts_with(&begins) && one.ends_with(&format!("({code})")));
        assert!(told, "{begins}{code}: {}", text.out);
    }
    // What was typed is never repeated.
    assert!(!text.out.contains("martian") && !text.out.contains("9990000019"), "{}", text.out);
    // While somebody types, only limits count; at the end, everything.
    assert_eq!(run_with(&["check", "--stage", "edit", "-"], b"{}").code, 0);
    assert_eq!(run_with(&["check", "-"], b"{}").code, 1);
    for name in cases() {
        let done = run(&["check", &name]);
        assert_eq!((done.code, done.errors.as_str()), (0, ""), "{}", done.out);
    }
}

/// A record of which something was not understood is not judged: what was passed over could be what matters.
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

/// The sets that would raise or lower it are told with the answer that there is now.
#[test]
fn what_if_tells_each_way() {
    let name = "tests/cases/bruise-on-a-baby.json";
    let ways = run(&["what-if", "--json", name]).json();
    let done = run(&["what-if", name]);
    assert_eq!(done.code, 0);
    for change in ways["lower"].as_array().unwrap().iter().flat_map(|way| way["changes"].as_array().unwrap())
    {
        let id = change["path"].as_str().unwrap().rsplit('.').next().unwrap();
        assert!(done.out.contains(&format!("({id})")), "{id}: {}", done.out);
    }
    assert!(!ways["lower"].as_array().unwrap().is_empty());
    assert_no_keys(&done.out);
}

/// Several files: the readable ones are done, and the exit code says that one was not.
#[test]
fn one_bad_file_does_not_stop_the_others() {
    let name = "tests/cases/unborn-baby.json";
    let done = run(&["evaluate", "--json", "tests/cases/nowhere.json", name]);
    assert_eq!((done.code, done.out.lines().count()), (3, 1));
    assert!(done.errors.contains("tests/cases/nowhere.json: "), "{}", done.errors);
}

#[test]
fn wrong_use_is_refused_and_says_where_help_is() {
    for arguments in [
        &[][..],
        &["judge"],
        &["check"],
        &["evaluate", "--stage", "submit", "a.json"],
        &["check", "--stage", "soon", "a.json"],
        &["evaluate", "--on", "tomorrow", "a.json"],
        &["evaluate", "--frighten", "a.json"],
        &["evaluate", "-", "-"],
        &["explain", "--family", "--json", "a.json"],
        &["pack"],
        &["pack", "sign"],
        &["pack", "check"],
        &["pack", "diff", LEEDS],
        &["pack", "table", "RU-99"],
        &["pack", "document", LEEDS],
        &["schema"],
        &["schema", "cat"],
    ] {
        let done = run(arguments);
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{arguments:?}: {}", done.errors);
        assert!(done.errors.starts_with("assess: "), "{arguments:?}: {}", done.errors);
    }
    let help = run(&["help"]);
    assert_eq!(help.code, 0);
    for command in [
        "check",
        "evaluate",
        "explain",
        "what-if",
        "pack check",
        "pack diff",
        "pack table",
        "pack document",
        "schema",
    ] {
        assert!(help.out.contains(&format!("assess {command} ")), "{command}");
    }
    assert_eq!(run(&["--help"]).out, help.out);
    assert!(run(&["--version"]).out.starts_with("assess "));
}
