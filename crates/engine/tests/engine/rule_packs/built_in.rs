//! The built-in rule pack against the lists that it was made from, sign by sign. Not a test of what loading refuses:
//! see `pack_refusals`; nor of what evaluation makes of it: see `naive`.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use assessment_engine::rule_packs;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

fn built_in() -> Value {
    serde_json::from_str(rule_packs::built_in()).unwrap()
}

fn list(text: &str) -> Vec<Value> {
    let list: Value = serde_json::from_str(text).unwrap();
    list["items"].as_array().unwrap().clone()
}

fn by_id(items: &Value) -> BTreeMap<String, Value> {
    items
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (item["id"].as_str().unwrap().to_owned(), item.clone()))
        .collect()
}

fn texts(items: &Value) -> BTreeSet<String> {
    items.as_array().unwrap().iter().map(|item| item.as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_indicator_is_there_as_the_list_has_it() {
    let source = list(include_str!("../../data/indicators.json"));
    let (pack, built_in) = (rule_packs::load(rule_packs::built_in()).unwrap(), built_in());
    let written = by_id(&built_in["indicators"]);
    assert_eq!(pack.indicators().iter().filter(|indicator| !indicator.strength).count(), 129);
    assert_eq!(pack.indicators().iter().filter(|indicator| indicator.strength).count(), 19);
    let ids: Vec<&str> = source.iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!(pack.indicators().iter().map(|i| i.id.as_str()).collect::<Vec<_>>(), ids, "in list order");
    for (item, indicator) in source.iter().zip(pack.indicators()) {
        let (id, written) = (&indicator.id, &written[&indicator.id]);
        assert_eq!(indicator.element, item["element"], "{id}");
        assert_eq!(json!(indicator.level), item["level"], "{id}");
        assert_eq!(indicator.strength, item["polarity"] == "strength", "{id}");
        assert_eq!(indicator.text, item["text"], "{id}");
        assert_eq!(json!(indicator.action), item["immediate_action"], "{id}");
        assert_eq!(json!(indicator.confidence), item["confidence"], "{id}");
        assert_eq!(texts(&written["references"]), texts(&item["sources"]), "{id}");
        // What the list says in a note rather than in data: the limit for a disabled child.
        let mut applies = item["applies_age_months"].clone();
        if id == "FR-402" {
            applies["below_if_disabled"] = 216.into();
        }
        assert_eq!(written["applies"], applies, "{id}");
        let mut raised: Vec<Value> = Vec::new();
        for modifier in item["age_modifiers"].as_array().into_iter().flatten() {
            let when = match modifier["below_months"].as_u64() {
                Some(months) => json!({"born": {"below": months}}),
                None => json!({"unborn": true}),
            };
            assert!(modifier["unborn"] == true || modifier["below_months"].is_u64(), "{id}");
            raised.push(json!({"to": modifier["level"], "when": when}));
        }
        // And the two that the rules add.
        match id.as_str() {
            "BE-306" => raised.push(
                json!({"to": "L4b", "when": {"question": "identifying_details.disability", "is": ["LD"]}}),
            ),
            "BE-401" => raised.push(json!({"to": "L4b", "when": {"signs": ["BE-306", "BE-402", "BE-403"]}})),
            _ => {}
        }
        let mut given = written["raised"].as_array().cloned().unwrap_or_default();
        for raised in &mut given {
            raised.as_object_mut().unwrap().remove("because");
        }
        assert_eq!(given, raised, "{id}");
        assert_eq!(written["alone"], if id == "PL-401" { json!("L3") } else { Value::Null }, "{id}");
    }
}

#[test]
fn every_action_and_rule_is_there() {
    let pack = rule_packs::load(rule_packs::built_in()).unwrap();
    let source = list(include_str!("../../data/immediate_actions.json"));
    assert_eq!((source.len(), pack.actions().len()), (24, 24));
    for (item, action) in source.iter().zip(pack.actions()) {
        assert_eq!(action.id, item["code"]);
        assert_eq!(action.who, item["who"], "{}", action.id);
        assert_eq!(action.telling_the_family, item["telling_the_family"], "{}", action.id);
        let references: Vec<Value> = action.references.iter().map(|reference| json!(reference)).collect();
        assert_eq!(texts(&json!(references)), texts(&item["sources"]), "{}", action.id);
        let contact = item["contact"].as_str().unwrap();
        assert!(action.contacts.iter().any(|id| id == contact), "{} has no {contact}", action.id);
    }
    let indicators: Value = serde_json::from_str(include_str!("../../data/indicators.json")).unwrap();
    let rules = indicators["rules"].as_array().unwrap();
    assert_eq!(rules.len(), 12);
    for item in rules {
        let rule = pack.rule(item["id"].as_str().unwrap()).unwrap();
        assert_eq!(json!(rule.fixed), item["fixed"], "{}", rule.id);
        assert_eq!(json!(rule.rationale), item["confidence"], "{}", rule.id);
    }
    // What the twelve rules say in words, as conditions: from the meaning of the rules, not from the pack.
    let rules = by_id(&built_in()["rules"]);
    let open =
        list(include_str!("../../data/legal_status.json")).into_iter().filter(|item| item["open"] == true);
    let open: Vec<Value> = open.map(|item| item["code"].clone()).collect();
    let expected = [
        (
            "RU-2A",
            json!({"any": [{"question": "danger_now", "is": ["yes"], "unsure": ["unsure"]}, {"action": "IA-01"}]}),
        ),
        ("RU-2", json!({"level": "L4b", "boxes": 1})),
        ("RU-3", json!({"level": "L4a", "boxes": 1})),
        ("RU-4", json!({"any": [{"level": "L3", "boxes": 1}, {"level": "L2", "boxes": 3}]})),
        ("RU-5", json!({"level": "L2", "boxes": 1})),
        ("RU-6", json!({"always": true})),
        ("RU-10", json!({"question": "identifying_details.legal_status", "is": open})),
    ];
    for (id, when) in expected {
        let mut given = rules[id]["when"].clone();
        if id == "RU-10" {
            given["is"] = json!(texts(&given["is"]));
        }
        let mut when = when;
        if id == "RU-10" {
            when["is"] = json!(texts(&when["is"]));
        }
        assert_eq!(given, when, "{id}");
    }
    let gives: Vec<(&str, &str)> =
        [("RU-2A", "R5"), ("RU-2", "R4"), ("RU-3", "R3"), ("RU-4", "R2"), ("RU-5", "R1"), ("RU-6", "R0")]
            .to_vec();
    for (id, step) in gives {
        assert_eq!(rules[id]["gives"], step, "{id}");
    }
    assert_eq!(rules["RU-10"]["instead"], "IA-23");
    assert_eq!(rules["RU-14"]["urgent"], "IA-19");
    assert_eq!(rules["RU-14"]["when"]["all"][0], json!({"born": {"from": 192, "below": 216}}));
    assert_eq!(texts(&rules["RU-14"]["when"]["all"][1]["signs"]), texts(&json!(["FR-401", "HF-401"])));
}
