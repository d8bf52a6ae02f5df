//! Ten thousand rule packs that were changed at random, in their bytes or in their structure: none makes loading panic,
//! and whatever is accepted evaluates in order. The seeds are the numbers from 0.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use crate::material::random::Random;
use assessment_engine::answers::Answers;
use assessment_engine::rule_packs;
use assessment_form::parse_day;
use assessment_rules::evaluate;
use serde_json::{Value, json};

/// All places of a document, as pointers.
fn places(value: &Value, stem: &str, list: &mut Vec<String>) {
    list.push(stem.to_owned());
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, item)| places(item, &format!("{stem}/{i}"), list));
        }
        Value::Object(fields) => fields.iter().for_each(|(k, v)| places(v, &format!("{stem}/{k}"), list)),
        _ => {}
    }
}

/// Changes one place: another value, another of the document's values, or gone.
fn mutate(pack: &mut Value, places: &[String], random: &mut Random) {
    let odd = [
        json!(null),
        json!(""),
        json!(0),
        json!(-1),
        json!(4_000_000_000_u64),
        json!("L4b"),
        json!(true),
        json!([]),
        json!({}),
    ];
    let pick = |random: &mut Random| places[random.below(places.len())].clone();
    let (place, other) = (pick(random), pick(random));
    let other = pack.pointer(&other).cloned().unwrap_or_default();
    let (parent, last) = place.rsplit_once('/').unwrap_or(("", ""));
    match (random.below(4), pack.pointer_mut(parent)) {
        (0, Some(Value::Array(items))) => {
            items.remove(last.parse::<usize>().unwrap());
        }
        (0, Some(Value::Object(fields))) => {
            fields.remove(last);
        }
        (1, Some(Value::Array(items))) => items.push(other),
        (2, _) => *pack.pointer_mut(&place).unwrap() = other,
        _ => *pack.pointer_mut(&place).unwrap() = odd[random.below(odd.len())].clone(),
    }
}

/// Cuts out, doubles or changes bytes.
fn scramble(text: &str, random: &mut Random) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=random.below(3) {
        let from = random.below(bytes.len());
        let to = (from + random.below(12)).min(bytes.len());
        match random.below(4) {
            0 => drop(bytes.drain(from..to)),
            1 => bytes[from] = random.pick(b"\"\\{}[]:,0-9eLtnu \x00\xff"),
            2 => bytes
                .splice(from..from, text.as_bytes()[from.min(text.len())..to.min(text.len())].to_vec())
                .for_each(drop),
            _ => bytes.truncate(from.max(1)),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Changed at random, a pack is refused with a place or it evaluates: in order, and twice alike.
#[test]
fn ten_thousand_changed_packs_never_panic() {
    let mut small: Value = serde_json::from_str(rule_packs::built_in()).unwrap();
    // A few of the indicators, so that changes meet what hangs together; those that others name stay.
    let named = [
        "BE-306", "BE-401", "BE-402", "BE-403", "FR-401", "HF-401", "SL-302", "CO-302", "FH-404", "PL-401",
        "FR-402", "PD-302",
    ];
    let mut count = 0;
    small["indicators"].as_array_mut().unwrap().retain(|indicator| {
        count += 1;
        count % 12 == 0 || named.iter().any(|id| indicator["id"] == *id)
    });
    let text = small.to_string();
    assert!(rule_packs::draft(&text).is_ok_and(|pack| pack.law_problems().is_empty()));
    let mut all = Vec::new();
    places(&small, "", &mut all);
    all.remove(0);
    let (mut loaded, mut refused) = (0, 0);
    for seed in 0..10_000 {
        let mut random = Random::new(seed);
        let changed = if random.below(3) == 0 {
            scramble(&text, &mut random)
        } else {
            let mut pack = small.clone();
            mutate(&mut pack, &all, &mut random);
            pack.to_string()
        };
        // A small pack has less than the floor, so it is read as a draft; the laws are asked for one by one.
        match rule_packs::draft(&changed) {
            Ok(pack) => {
                loaded += 1;
                let ids: Vec<(&str, &str)> =
                    pack.indicators().iter().map(|i| (i.element.as_str(), i.id.as_str())).collect();
                let today = random.today();
                let answers = Answers::from_value(&random.record(&ids, today)).unwrap().answers;
                let today = parse_day(&today.to_string()).unwrap();
                let outcome = evaluate(&answers, today, &pack);
                let three = &outcome.suggestion;
                let steps = [three.certain.step(), three.possible.step(), three.not_ruled_out.step()];
                assert!(steps.is_sorted() || !pack.law_problems().is_empty(), "seed {seed}: {steps:?}");
                assert_eq!(outcome, evaluate(&answers, today, &pack), "seed {seed}");
            }
            Err(problems) => {
                refused += 1;
                assert!(!problems.is_empty(), "seed {seed}: refused without a problem");
                assert!(problems.iter().all(|p| !p.place.is_empty() && !p.message.is_empty()), "seed {seed}");
            }
        }
    }
    assert!(loaded > 500 && refused > 5_000, "{loaded} loaded, {refused} refused");
}
