//! The written cases (`tests/cases/*.json` at the root), each a whole family on paper: every one is read without loss,
//! is complete, and gives the suggestion, the urgent actions and the prompts that were worked out by hand for it.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use assessment_form::parse_day;
use std::fs;
use std::path::PathBuf;

use assessment_engine::answers::{Answers, Node};
use assessment_engine::answers::{Facts, Scope};
use assessment_engine::assessment::Assessment;
use assessment_engine::standards::Standards;
use assessment_engine::validation::{ProblemCode, Stage, check};
use assessment_rules::evaluate;
use jiff::civil::Date;
use serde_json::{Value, json};

/// Name and content of every case.
fn cases() -> Vec<(String, Value)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
    let mut cases: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap())
        })
        .collect();
    cases.sort_by(|(first, _), (second, _)| first.cmp(second));
    cases
}

fn today(case: &Value) -> Date {
    parse_day(case["today"].as_str().unwrap()).unwrap()
}

#[test]
fn there_are_eight_and_each_says_what_it_is() {
    let cases = cases();
    assert_eq!(cases.len(), 8, "a case was added or lost: say so here");
    for (name, case) in cases {
        for part in ["title", "story", "today"] {
            assert!(case[part].as_str().is_some_and(|text| !text.is_empty()), "{name} has no {part}");
        }
    }
}

/// What is in the file is what the answers give back, to the letter.
#[test]
fn each_is_read_without_loss() {
    for (name, case) in cases() {
        let reading = Answers::read(&case["answers"].to_string()).unwrap();
        assert_eq!(reading.unread, [], "{name}");
        let again: Value = serde_json::from_str(&reading.answers.to_json()).unwrap();
        assert_eq!(again, case["answers"], "{name}");
    }
}

#[test]
fn each_is_complete() {
    let standards = Standards::built_in().unwrap();
    let mut wrong = Vec::new();
    for (name, case) in cases() {
        let answers = Answers::read(&case["answers"].to_string()).unwrap().answers;
        let problems = check(&answers, Stage::Submit, today(&case), &standards);
        wrong.extend(problems.iter().map(|p| format!("{name}.json: {} {}", p.path, p.code.as_str())));
        let complete = Assessment::parse(answers, today(&case), &standards).is_ok();
        assert_eq!(complete, problems.is_empty(), "{name}: `check` and `parse` differ");
    }
    assert!(wrong.is_empty(), "put right in tests/cases/: {wrong:#?}");
}

/// Most of the server's tests send this record, and would all fail without saying which answer it lacks. Its dates are
/// set by those tests, so only blanks count here.
#[test]
fn the_record_of_the_servers_tests_lacks_no_answer() {
    let file = "crates/server/tests/server/fixtures/complete.json";
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(file);
    let answers = Answers::read(&fs::read_to_string(path).unwrap()).unwrap().answers;
    let today = jiff::civil::date(2026, 11, 23);
    let lacking: Vec<_> = check(&answers, Stage::Submit, today, &Standards::built_in().unwrap())
        .into_iter()
        .filter(|problem| matches!(problem.code, ProblemCode::Needed | ProblemCode::NeededRow))
        .map(|problem| problem.path)
        .collect();
    assert!(lacking.is_empty(), "answer in {file}: {lacking:#?}");
}

/// A case holds nothing that a person at the screen could not have answered.
#[test]
fn each_answers_only_what_is_asked() {
    let standards = Standards::built_in().unwrap();
    for (name, case) in cases() {
        let answers = Answers::read(&case["answers"].to_string()).unwrap().answers;
        let facts = Facts::of(&answers, today(&case));
        let outcome = evaluate(&answers, today(&case), &standards.pack);
        let mut hidden = Vec::new();
        answers.walk(&Scope::of(&answers, &facts, &outcome), &mut |visit| {
            let leaf = !matches!(visit.node, Node::Group(_) | Node::Rows(_));
            if leaf && !visit.asked && !visit.node.is_blank() {
                hidden.push(visit.path());
            }
            true
        });
        assert!(hidden.is_empty(), "{name}: {hidden:#?}");
    }
}

#[test]
fn each_gives_what_was_worked_out_by_hand() {
    let standards = Standards::built_in().unwrap();
    for (name, case) in cases() {
        let answers = Answers::read(&case["answers"].to_string()).unwrap().answers;
        let outcome = evaluate(&answers, today(&case), &standards.pack);
        let found = json!({
            "suggestion": {
                "certain": outcome.suggestion.certain.code(),
                "possible": outcome.suggestion.possible.code(),
                "not_ruled_out": outcome.suggestion.not_ruled_out.code(),
            },
            "urgent": outcome.urgent,
            "urgent_to_check": outcome.urgent_to_check,
            "prompts": outcome.prompts.iter().map(|prompt| prompt.code()).collect::<Vec<_>>(),
            "decision": answers.conclusions.decision,
        });
        assert_eq!(found, case["expect"], "{name}");
        assert!(outcome.set_aside.is_empty(), "{name}: a sign does not fit the age");
    }
}
