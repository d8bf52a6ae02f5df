//! What real families bring (`tests/real_families/rows.json` at the root): each entry changes a written case and says what
//! is wrong then, and nothing else. The server's tests send the same entries over HTTP.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says what must exist")]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use assessment_engine::answers::child_name;
use assessment_engine::answers::{Answers, Facts};
use assessment_engine::contradictions::contradictions;
use assessment_engine::standards::Standards;
use assessment_engine::validation::{Stage, check};
use assessment_form::parse_day;
use assessment_rules::{Age, evaluate};
use serde_json::{Value, json};

fn root(path: &str) -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests").join(path);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Puts `value` at a question's path; nothing takes the answer away.
fn put(answers: &mut Value, path: &str, value: &Value) {
    let pointer = format!("/{}", path.replace(['.', '['], "/").replace(']', ""));
    let mut place = answers;
    for part in pointer.split('/').skip(1) {
        place = match part.parse::<usize>() {
            Ok(row) => {
                if !place.is_array() {
                    *place = json!([]);
                }
                let rows = place.as_array_mut().unwrap();
                while rows.len() <= row {
                    rows.push(json!({}));
                }
                &mut rows[row]
            }
            Err(_) => &mut place[part],
        };
    }
    *place = value.clone();
}

/// The answers of an entry: those of its case, changed.
fn answers(entry: &Value) -> Answers {
    let case = root(&format!("cases/{}.json", entry["case"].as_str().unwrap()));
    let mut answers = case["answers"].clone();
    let before = Answers::from_value(&answers).unwrap().answers;
    for (path, value) in entry["changes"].as_object().unwrap() {
        let value = match value.as_str() {
            Some("@child") => json!(child_name(&before)),
            Some("@dob") => case["answers"]["identifying_details"]["dob"].clone(),
            _ => value.clone(),
        };
        put(&mut answers, path, &value);
    }
    let reading = Answers::from_value(&answers).unwrap();
    assert_eq!(reading.unread, [], "{entry}");
    reading.answers
}

#[test]
fn each_row_has_what_was_reported_and_at_least_three_others() {
    let mut rows = BTreeMap::<String, usize>::new();
    for entry in root("real_families/rows.json").as_array().unwrap() {
        *rows.entry(entry["row"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    for row in (1..=19).map(|row| format!("F{row}")) {
        assert!(rows.get(&row).is_some_and(|count| *count >= 4), "{row}: {rows:?}");
    }
}

#[test]
fn f1_to_f19_and_p9_each_fault_has_one_message_and_what_is_right_has_none() {
    let standards = Standards::built_in().unwrap();
    let mut wrong = Vec::new();
    for entry in root("real_families/rows.json").as_array().unwrap() {
        let what = format!("{} {}", entry["row"].as_str().unwrap(), entry["name"].as_str().unwrap());
        let today = parse_day(entry["on"].as_str().unwrap_or("2026-11-23")).unwrap();
        let answers = answers(entry);
        // Some rows change who the child is, and so what else is asked: then only what the row is about counts.
        let only: Option<Vec<&str>> =
            entry["only"].as_array().map(|only| only.iter().filter_map(Value::as_str).collect());
        let found: Vec<String> = check(&answers, Stage::Submit, today, &standards)
            .iter()
            .filter(|problem| only.as_ref().is_none_or(|only| only.contains(&problem.path.as_str())))
            .map(|problem| format!("{} {}", problem.path, problem.code.as_str()))
            .collect();
        let expected: Vec<String> = serde_json::from_value(entry["problems"].clone()).unwrap_or_default();
        if found != expected {
            wrong.push(format!("{what}: {found:?}, not {expected:?}"));
        }
        // Nothing typed is lost.
        let again = Answers::read(&answers.to_json()).unwrap();
        assert_eq!((&again.answers, again.unread.len()), (&answers, 0), "{what}");
        let outcome = evaluate(&answers, today, &standards.pack);
        if let Some(name) = entry["child_name"].as_str()
            && child_name(&answers) != name
        {
            wrong.push(format!("{what}: is called {}", child_name(&answers)));
        }
        let facts = Facts::of(&answers, today);
        if entry["age"] == "born" && !(matches!(facts.age, Age::Born { .. }) && facts.age_estimated) {
            wrong.push(format!("{what}: {facts:?}"));
        }
        if let Some(months) = entry["months"].as_u64() {
            let Age::Born { youngest, oldest } = facts.age else { panic!("{what}: {facts:?}") };
            if u64::from(youngest) != months || oldest != youngest {
                wrong.push(format!("{what}: {youngest} to {oldest} months"));
            }
        }
        if let Some(finding) = entry["finding"].as_str()
            && !(outcome.findings.iter().any(|found| found.indicator == finding)
                && outcome.set_aside.iter().all(|aside| aside.indicator != finding))
        {
            wrong.push(format!("{what}: {finding} does not count"));
        }
        if let Some(matters) = entry["contradictions"].as_array() {
            let asked: Vec<&str> = contradictions(&answers, today, &outcome)
                .iter()
                .map(|one| one.matter.code())
                .filter(|code| matches!(*code, "twelve-years" | "same-person"))
                .collect();
            let matters: Vec<&str> = matters.iter().filter_map(Value::as_str).collect();
            if asked != matters {
                wrong.push(format!("{what}: asks {asked:?}, not {matters:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} entries:\n{}", wrong.len(), wrong.join("\n"));
}
