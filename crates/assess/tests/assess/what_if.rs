//! `assess what-if`: the changes that would raise or lower the suggestion, as JSON and as text.

use assessment_engine::standards::Standards;
use assessment_rules::what_if;

use crate::program::{answers_and_day, assert_no_keys, case, cases, run};

#[test]
fn json_is_exactly_what_the_engine_gives() {
    let pack = Standards::built_in().unwrap().pack;
    for name in cases() {
        let (answers, today) = answers_and_day(&case(&name));
        let expected = serde_json::to_string(&what_if(&answers, today, &pack)).unwrap();
        assert_eq!(run(&["what-if", "--json", &name]).out, expected + "\n", "{name}");
    }
}

#[test]
fn every_change_is_named() {
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
