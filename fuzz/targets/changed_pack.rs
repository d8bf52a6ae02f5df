//! A real rule pack with a few places changed, and a record: a pack that is still accepted keeps the laws. The first
//! bytes choose the changes, the rest the record.
#![no_main]

use assessment_engine::rule_packs;
use std::sync::LazyLock;

use assessment_fuzz::{Choices, danger_comes_first, keeps_the_laws};
use assessment_rules::{evaluate, explain};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

static PACK: LazyLock<(Value, Vec<String>)> = LazyLock::new(|| {
    let pack: Value = serde_json::from_str(rule_packs::built_in()).expect("the built-in pack is JSON");
    let mut places = Vec::new();
    collect(&pack, "", &mut places);
    (pack, places)
});

fn collect(value: &Value, stem: &str, places: &mut Vec<String>) {
    let mut inside = |name: &str, value: &Value| {
        let path = format!("{stem}/{name}");
        // Rules, and what raises indicators, can break a law, so they come up more often than words.
        let times = if path.contains("/when") || path.contains("/raised") { 6 } else { 1 };
        (0..times).for_each(|_| places.push(path.clone()));
        collect(value, &path, places);
    };
    match value {
        Value::Array(items) => items.iter().enumerate().for_each(|(at, item)| inside(&at.to_string(), item)),
        Value::Object(fields) => fields.iter().for_each(|(name, field)| inside(name, field)),
        _ => {}
    }
}

fn change(pack: &mut Value, places: &[String], choices: &mut Choices<'_>) {
    let place = &places[choices.below(places.len())];
    let (parent, last) = place.rsplit_once('/').expect("every place is below the top");
    let new = match choices.byte() % 16 {
        0 => json!(null),
        1 => json!(0),
        2 => json!(choices.byte()),
        3 => json!(4_000_000_000_u64),
        4 => json!(["L1", "L2", "L3", "L4a", "L4b"][choices.below(5)]),
        5 => json!(["R0", "R1", "R2", "R3", "R4", "R5"][choices.below(6)]),
        6 => json!({"always": true}),
        7 => json!({"unborn": true}),
        8 => json!({"born": {"below": choices.byte()}}),
        9 => json!({"level": "L3", "boxes": choices.byte()}),
        10 => json!(format!("20{:02}-0{}-01", choices.byte() % 40, 1 + choices.byte() % 9)),
        11 => json!(choices.text()),
        _ => pack.pointer(&places[choices.below(places.len())]).cloned().unwrap_or_default(),
    };
    match (choices.byte() % 8, pack.pointer_mut(parent)) {
        (0, Some(Value::Array(items))) => {
            if let Some(at) = last.parse().ok().filter(|at| *at < items.len()) {
                items.remove(at);
            }
        }
        (0, Some(Value::Object(fields))) => drop(fields.remove(last)),
        (1, Some(Value::Array(items))) => items.insert(0, new),
        (2, _) => {
            if let Some(Value::Array(items)) = pack.pointer_mut(place) {
                items.push(new);
            }
        }
        // A condition around the existing one.
        (3, _) if last == "when" => {
            if let Some(when) = pack.pointer_mut(place) {
                let name = ["any", "all"][choices.below(2)];
                *when = json!({ name: [when.take(), new] });
            }
        }
        _ => {
            if let Some(old) = pack.pointer_mut(place) {
                *old = new;
            }
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    let (original, places) = &*PACK;
    let mut choices = Choices::new(bytes);
    let mut pack = original.clone();
    for _ in 0..=choices.byte() % 4 {
        change(&mut pack, places, &mut choices);
    }
    let text = pack.to_string();
    let Ok(draft) = rule_packs::draft(&text) else { return };
    let (today, sign) = (choices.day(), choices.below(1_000));
    let answers = choices.record();
    let outcome = evaluate(&answers, today, &draft);
    assert_eq!(outcome, evaluate(&answers, today, &draft), "evaluated twice");
    let _ = explain(&answers, today, &draft);
    if draft.law_problems().is_empty() {
        keeps_the_laws(&answers, today, &draft, sign);
    }
    let accepted = draft.law_problems().is_empty() && draft.floor_problems().is_empty();
    if accepted {
        danger_comes_first(&answers, today, &draft);
    }
    assert_eq!(rule_packs::load(&text).is_ok(), accepted);
});
