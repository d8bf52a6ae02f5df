//! Truth tables against the plain meaning of three-valued logic: every combination is in exactly one row, and the row says
//! what it comes to.

#![expect(clippy::unwrap_used, reason = "a test states what must hold")]

use assessment_engine::rule_packs;
use std::collections::BTreeMap;

use assessment_rules::{Condition, Level, Rule, Step};

use super::{MAX_COMBINATIONS, Row, Truth, table, values};

const NORTHBRIDGE: &str = include_str!("../../../../engine/data/rule_packs/northbridge-example.json");

/// What a condition comes to when each of its leaves is given.
fn plain(condition: &Condition, given: &[(&Condition, Truth)]) -> Truth {
    match condition {
        Condition::Always => Truth::Yes,
        Condition::All(parts) => parts.iter().map(|part| plain(part, given)).min().unwrap_or(Truth::Yes),
        Condition::Any(parts) => parts.iter().map(|part| plain(part, given)).max().unwrap_or(Truth::No),
        Condition::Not(part) => match plain(part, given) {
            Truth::Yes => Truth::No,
            Truth::Unknown => Truth::Unknown,
            Truth::No => Truth::Yes,
        },
        leaf => given.iter().find(|(column, _)| *column == leaf).map_or(Truth::Unknown, |(_, truth)| *truth),
    }
}

fn combinations(columns: &[&Condition]) -> Vec<Vec<Truth>> {
    columns.iter().fold(vec![Vec::new()], |all, column| {
        let with = |value: &Truth| {
            let value = *value;
            all.iter()
                .map(move |given: &Vec<Truth>| [given.as_slice(), &[value]].concat())
                .collect::<Vec<_>>()
        };
        values(column).iter().flat_map(with).collect()
    })
}

/// Checks the table of a rule, and gives its numbers of combinations and rows.
fn checked_size(rule: &Rule) -> (usize, usize) {
    let Some(table) = table(rule) else { return (0, 0) };
    assert!(!table.cut, "{}", rule.id);
    let all = combinations(&table.columns);
    for given in &all {
        let fits = |row: &&Row| {
            row.cells.iter().zip(given).all(|(cell, value)| cell.is_none_or(|cell| cell == *value))
        };
        let rows: Vec<_> = table.rows.iter().filter(fits).collect();
        let pairs: Vec<_> = table.columns.iter().copied().zip(given.iter().copied()).collect();
        let results: Vec<Truth> = rows.iter().map(|row| row.result).collect();
        assert_eq!(results, [plain(&rule.when, &pairs)], "{}: {given:?}", rule.id);
    }
    (all.len(), table.rows.len())
}

fn rules() -> Vec<Rule> {
    [rule_packs::built_in(), NORTHBRIDGE]
        .iter()
        .filter_map(|pack| rule_packs::draft(pack).ok())
        .flat_map(|pack| pack.rules().to_vec())
        .collect()
}

#[test]
fn every_combination_is_in_one_row_with_its_result() {
    let mut sizes = BTreeMap::new();
    for rule in rules() {
        sizes.insert(rule.id.clone(), checked_size(&rule));
    }
    assert_eq!(sizes.get("RU-4"), Some(&(9, 9)));
    // Many conditions, and still a table that can be read.
    assert!(sizes.get("RU-9").is_some_and(|(all, rows)| *all > 1_000 && *rows < 100), "{sizes:?}");
}

/// Conditions nested in every way, small and large, with one that is read twice.
#[test]
fn nested_conditions_have_correct_tables_too() {
    let rule = rules().into_iter().find(|rule| rule.id == "RU-4");
    let rule = rule.unwrap();
    let level = |level, boxes| Condition::Level { level, elements: boxes };
    let (a, b, c) = (level(Level::L2, 1), level(Level::L3, 2), Condition::Unborn);
    let (d, e) = (Condition::Below(Step::R3), Condition::Alone("PL-401".to_owned()));
    let not = |one: &Condition| Condition::Not(Box::new(one.clone()));
    let all = |parts: &[&Condition]| Condition::All(parts.iter().map(|part| (*part).clone()).collect());
    let any = |parts: &[&Condition]| Condition::Any(parts.iter().map(|part| (*part).clone()).collect());
    for when in [
        not(&a),
        all(&[&a, &not(&a)]),
        not(&all(&[&a, &not(&b), &any(&[&c, &d])])),
        any(&[&all(&[&a, &b]), &all(&[&not(&a), &c, &not(&d)]), &e]),
        all(&[&any(&[&a, &b, &c]), &not(&any(&[&d, &all(&[&e, &a])]))]),
        all(&[&Condition::Always, &any(&[&a, &not(&Condition::Always)])]),
    ] {
        let (combinations, rows) = checked_size(&Rule { when, ..rule.clone() });
        assert!(rows <= combinations && (combinations > MAX_COMBINATIONS || rows == combinations));
    }
}
