//! `assess pack table`: truth tables as Markdown and as JSON.

use serde_json::Value;

use crate::program::{LEEDS, NORTHBRIDGE, pack, run};

#[test]
fn every_rule_has_a_table() {
    let done = run(&["pack", "table"]);
    assert_eq!(done.code, 0);
    let built_in = pack(LEEDS);
    for rule in built_in["rules"].as_array().unwrap() {
        let heading = format!("## {} ", rule["id"].as_str().unwrap());
        assert!(done.out.lines().any(|line| line.starts_with(&heading)), "{heading}");
    }
    let one = run(&["pack", "table", "RU-4"]);
    let rows: Vec<&str> = one.out.lines().filter(|line| line.starts_with("| ")).collect();
    assert_eq!(rows.len(), 10, "nine combinations below their heading: {}", one.out);
    assert_eq!(
        rows[5..8],
        [
            "| unknown | unknown | undetermined |",
            "| unknown | no | undetermined |",
            "| no | yes | **fired** |"
        ]
    );
    let json: Value = run(&["pack", "table", "RU-4", "--json", "--rule-pack", NORTHBRIDGE]).json();
    // Both versions of the rule.
    assert_eq!(json.as_array().unwrap().len(), 2);
}
