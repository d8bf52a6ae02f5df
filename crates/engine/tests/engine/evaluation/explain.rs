//! The explanation of every rule beside the outcome that it explains. Whether the outcome is right: see `naive`.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use crate::material::built_in_records::{PACK, record};
use assessment_engine::answers::Answers;
use assessment_engine::rule_packs;
use assessment_form::Edit;
use assessment_form::parse_day;
use assessment_rules::{Effect, Explained, Standing, evaluate, explain};

fn every(explained: &Explained, look: &mut dyn FnMut(&Explained)) {
    look(explained);
    explained.parts.iter().for_each(|part| every(part, look));
}

#[test]
fn each_rule_is_explained_as_it_was_carried_out() {
    for seed in 0..400 {
        let (answers, today) = record(seed);
        let (outcome, explanation) = (evaluate(&answers, today, &PACK), explain(&answers, today, &PACK));
        assert_eq!(explanation.rules.len(), PACK.rules().len(), "seed {seed}: every rule, fired or not");
        for reason in outcome.reasons.iter().filter(|reason| reason.rule != "RU-10") {
            let rule = explanation.rules.iter().find(|rule| rule.rule == reason.rule).unwrap();
            assert!(rule.decided.contains(&reason.result), "seed {seed}: {reason:?}");
            if reason.result == "certain" {
                assert_eq!(rule.standing, Standing::Fired, "seed {seed}");
                assert_eq!(rule.condition.as_ref().unwrap().because, reason.because, "seed {seed}");
            }
        }
        // One rule decides each result.
        let decided: usize = explanation.rules.iter().map(|rule| rule.decided.len()).sum();
        assert_eq!(decided, 3, "seed {seed}");
        for rule in &explanation.rules {
            let principle = rule.standing == Standing::Principle;
            assert_eq!(principle, rule.effect == Effect::Principle, "seed {seed}: {}", rule.rule);
            assert_eq!(principle, rule.condition.is_none(), "seed {seed}: {}", rule.rule);
            assert!(!rule.references.is_empty());
            let Some(condition) = &rule.condition else { continue };
            every(condition, &mut |part| {
                // What is behind a condition was answered; what is open was not, or unsure.
                for path in &part.because {
                    assert!(
                        !matches!(answers.text(path), "" | "no" | "unsure") || !path.starts_with("elements"),
                        "seed {seed}: {path}"
                    );
                }
                let open = part.standing == Standing::Undetermined;
                assert!(open || part.open.is_empty(), "seed {seed}: {part:?}");
                assert!(part.open.iter().all(|path| answers.text(path) != "yes"), "seed {seed}: {part:?}");
            });
        }
    }
}

/// Filling a blank never reverses a settled verdict.
#[test]
fn an_answer_to_a_blank_never_reverses_what_is_settled() {
    for seed in 0..300 {
        let (answers, today) = record(seed);
        let before = explain(&answers, today, &PACK);
        let blank = PACK.indicators().iter().map(|i| format!("elements.{}.indicators.{}", i.element, i.id));
        // In a box without concern, a blank was settled as "no".
        let open = |path: &String| {
            let element = path.split('.').nth(1).unwrap();
            answers.text(path).is_empty()
                && answers.text(&format!("elements.{element}.status")) != "no_concern"
        };
        let blank: Vec<String> = blank.filter(open).collect();
        let Some(path) = blank.get(seed as usize % blank.len().max(1)) else { continue };
        for mark in ["yes", "unsure", "no"] {
            let mut filled = answers.clone();
            filled.apply(path, Edit::Text(mark.into())).unwrap();
            let after = explain(&filled, today, &PACK);
            for (before, after) in before.rules.iter().zip(&after.rules) {
                if matches!(before.effect, Effect::Gives(_) | Effect::Urgent(_) | Effect::Instead(_))
                    && before.standing != Standing::Undetermined
                {
                    assert_eq!(before.standing, after.standing, "seed {seed}: {} {path} {mark}", before.rule);
                }
            }
        }
    }
}

#[test]
fn a_condition_stands_in_the_explanation_as_in_the_pack() {
    let pack: serde_json::Value = serde_json::from_str(rule_packs::built_in()).unwrap();
    let explanation = explain(Answers::blank(), parse_day("2026-11-23").unwrap(), &PACK);
    for (written, explained) in pack["rules"].as_array().unwrap().iter().zip(&explanation.rules) {
        let condition = explained.condition.as_ref().map(|explained| &explained.condition);
        let mut again = serde_json::to_value(condition).unwrap();
        strip_nulls(&mut again);
        assert_eq!(again, written["when"], "{}", explained.rule);
    }
}

/// What was left out comes back as `null`, and `at_least` as the 1 that it means.
fn strip_nulls(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(map) => {
            map.retain(|name, value| !(value.is_null() || name == "at_least" && value == 1));
            map.values_mut().for_each(strip_nulls);
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(strip_nulls),
        _ => {}
    }
}
