//! `assess evaluate`: for the written cases and the vignettes, as JSON and as text.

use assessment_engine::standards::Standards;
use assessment_form::parse_day;
use assessment_rules::evaluate;
use serde_json::{Value, json};

use crate::program::{NORTHBRIDGE, answers_and_day, assert_no_keys, case, cases, run, run_with, vignettes};

/// The engine's canonical form, to the byte, as of the day that the case names.
#[test]
fn json_is_exactly_what_the_engine_gives() {
    let pack = Standards::built_in().unwrap().pack;
    for name in cases() {
        let case = case(&name);
        let (answers, today) = answers_and_day(&case);
        let done = run(&["evaluate", "--json", &name]);
        assert_eq!(done.out, evaluate(&answers, today, &pack).to_canonical_json() + "\n", "{name}");
        assert_eq!((done.code, done.errors.as_str()), (0, ""), "{name}");
        assert_eq!(done.json()["suggestion"], case["expect"]["suggestion"], "{name}");
    }
}

/// The text has everything that the outcome has: suggestions, urgent actions, indicators, rules.
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
            assert!(done.out.contains(&wanted), "{name}: {wanted} is missing:\n{}", done.out);
        }
        assert_no_keys(&done.out);
    }
}

/// 999 needs no local check.
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

#[test]
fn day_rules_and_profile_can_be_chosen() {
    let name = "tests/cases/toddler-with-speech-delay.json";
    assert_eq!(run(&["evaluate", "--json", name]).json()["as_of"], "2026-11-23");
    assert_eq!(run(&["evaluate", "--json", "--on", "2027-02-01", name]).json()["as_of"], "2027-02-01");
    let profile = "crates/engine/data/profiles/northbridge.json";
    let done = run(&["evaluate", "--json", "--rule-pack", NORTHBRIDGE, "--profile", profile, name]);
    assert_eq!(done.json()["pack_version"], "northbridge-example 2026.3");
    assert_eq!(run(&["evaluate", "--rule-pack", NORTHBRIDGE, name]).code, 0);
    // One authority's profile never goes with another's rules.
    let done = run(&["evaluate", "--profile", profile, name]);
    assert_eq!((done.code, done.out.as_str()), (3, ""));
    assert!(
        done.errors.contains("northbridge.json") && done.errors.contains("leeds-example"),
        "{}",
        done.errors
    );
    // Rules that are not in force are used, and a note says so.
    let done = run(&["evaluate", "--json", "--on", "2020-01-01", name]);
    assert!(done.code == 0 && done.errors.contains("2020"), "{}", done.errors);
}

#[test]
fn without_a_day_it_is_today() {
    let done = run_with(&["evaluate", "--json", "-"], b"{\"danger_now\":\"yes\"}");
    let day = done.json()["as_of"].as_str().unwrap().to_owned();
    assert!(parse_day(&day) > parse_day("2026-01-01"), "{day}");
    assert_eq!(done.json()["suggestion"]["certain"], "R5");
    assert_eq!(done.json()["urgent"], json!(["IA-01"]));
}

/// In their order, with the results that were worked out by hand.
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
        // What raised an indicator is given in words, whatever it was.
        let text = run(&["evaluate", &name]).out;
        assert_no_keys(&text);
        for code in ["below_months", "disability:", "independently_mobile:"] {
            assert!(!text.contains(code), "{name}: {code}");
        }
    }
}
