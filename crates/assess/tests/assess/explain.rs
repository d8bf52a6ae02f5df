//! `assess explain`: every rule, as JSON and as text. The words for the family are in `explain_family`.

use assessment_engine::standards::Standards;
use assessment_rules::explain;

use crate::program::{answers_and_day, assert_no_keys, case, cases, run};

#[test]
fn json_is_exactly_what_the_engine_gives() {
    let pack = Standards::built_in().unwrap().pack;
    for name in cases() {
        let (answers, today) = answers_and_day(&case(&name));
        let expected = serde_json::to_string(&explain(&answers, today, &pack)).unwrap();
        assert_eq!(run(&["explain", "--json", &name]).out, expected + "\n", "{name}");
    }
}

#[test]
fn every_rule_is_explained() {
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
