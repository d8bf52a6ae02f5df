//! `assess schema`: the schemas accept what the engine accepts, and refuse what it refuses for its structure.

use assessment_engine::rule_packs;
use std::collections::BTreeMap;

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::program::{LEEDS, NORTHBRIDGE, case, cases, pack, part, root, run, vignettes};

fn schema(which: &str) -> Value {
    let done = run(&["schema", which]);
    assert_eq!((done.code, done.errors.as_str()), (0, ""));
    done.json()
}

fn validator(which: &str) -> Validator {
    jsonschema::options().should_validate_formats(true).build(&schema(which)).unwrap()
}

#[test]
fn each_is_a_schema_of_2020_12_and_closed() {
    for which in ["rule-pack", "record", "vignette"] {
        let schema = schema(which);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        jsonschema::meta::validate(&schema).unwrap_or_else(|error| panic!("{which}: {error}"));
    }
    let published = std::fs::read_to_string(root().join("docs/rule-pack.schema.json")).unwrap();
    assert_eq!(run(&["schema", "rule-pack"]).out, published);
    // Every object with named fields is closed.
    fn walk(value: &Value, place: &str) {
        if let Some(object) =
            value.as_object().filter(|object| object.get("properties").is_some_and(Value::is_object))
        {
            let closed = object.get("additionalProperties") == Some(&json!(false));
            assert!(closed || place.contains("/anyOf/"), "{place}");
        }
        match value {
            Value::Object(object) => {
                object.iter().for_each(|(name, inner)| walk(inner, &format!("{place}/{name}")))
            }
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(at, inner)| walk(inner, &format!("{place}/{at}")))
            }
            _ => {}
        }
    }
    walk(&schema("rule-pack"), "");
}

#[test]
fn both_packs_are_accepted() {
    let validator = validator("rule-pack");
    for name in [LEEDS, NORTHBRIDGE] {
        let errors: Vec<String> = validator.iter_errors(&pack(name)).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new(), "{name}");
    }
}

/// A small pack with a part of every shape.
fn small() -> Value {
    let mut small = pack(LEEDS);
    let keep = [
        "GH-303", "FR-402", "BC-407", "PL-401", "BE-306", "BE-401", "BE-402", "BE-403", "FR-401", "HF-401",
        "SL-302", "CO-302", "FH-404", "PD-302", "GH-101", "GH-202",
    ];
    small["indicators"]
        .as_array_mut()
        .unwrap()
        .retain(|indicator| keep.iter().any(|id| indicator["id"] == *id));
    // Every kind of condition.
    let every = json!({"all": [
        {"suggestion": ["R2", "IA-23"]}, {"below": "R3"}, {"unborn": true}, {"born": {"from": 1, "below": 2}}, {"always": true},
        {"signs": ["PD-302", "GH-202"], "at_least": 2}, {"alone": "PL-401"}, {"action": "IA-01"}, {"level": "L2", "boxes": 2},
        {"question": "danger_now", "is": ["yes"], "unsure": []}, {"any": [{"level": "L3"}]}, {"not": {"signs": ["GH-202"]}},
    ]});
    part(&mut small, "rules", "RU-8")["when"] = every;
    part(&mut small, "actions", "IA-02")["effective_from"] = "2026-02-01".into();
    small
}

/// One place of each shape, so that what is the same in every rule is tried once.
fn shapes(value: &Value, place: &str, shape: &str, found: &mut BTreeMap<String, String>) {
    let of = |kind: &str| format!("{shape} {kind}");
    match value {
        Value::Object(fields) => {
            // Rules and conditions are told apart by the fields that they have.
            let names: Vec<&str> = fields.keys().map(String::as_str).collect();
            let own = if shape.contains("rules") { names.join(",") } else { String::new() };
            found.entry(of(&format!("object {own}"))).or_insert_with(|| place.to_owned());
            for (name, inner) in fields {
                shapes(inner, &format!("{place}/{name}"), &format!("{shape}/{own}:{name}"), found);
            }
        }
        Value::Array(items) => {
            found.entry(of("list")).or_insert_with(|| place.to_owned());
            for (at, inner) in items.iter().enumerate() {
                shapes(inner, &format!("{place}/{at}"), &format!("{shape}/*"), found);
            }
        }
        _ => drop(found.entry(of("leaf")).or_insert_with(|| place.to_owned())),
    }
}

/// Whether the engine's message is about structure, and not about names or days.
fn is_about_structure(message: &str) -> bool {
    [
        "this field is missing",
        "there is no such field",
        "is needed here",
        "must be one of",
        "exactly one of",
        "a rule that does something needs a condition",
        "this program reads",
        "an id is needed",
    ]
    .iter()
    .any(|form| message.contains(form))
}

/// At each place of each shape the value is removed, given an extra field, and replaced. What the engine refuses for its
/// structure the schema refuses too, and what it accepts the schema accepts. Only the depth of nested conditions and
/// repeated names are beyond a schema.
#[test]
fn the_schema_refuses_what_the_engine_refuses_for_its_structure() {
    let (validator, small) = (validator("rule-pack"), small());
    assert!(
        rule_packs::draft(&small.to_string()).is_ok(),
        "{:?}",
        rule_packs::draft(&small.to_string()).err()
    );
    assert!(validator.is_valid(&small));
    let mut places = BTreeMap::new();
    shapes(&small, "", "", &mut places);
    let others = [
        json!(null),
        json!(""),
        json!(" "),
        json!("x"),
        json!(-1),
        json!(1.5),
        json!(4_294_967_296_u64),
        json!(true),
        json!(false),
        json!([]),
        json!([1]),
        json!(["x"]),
        json!({}),
        json!({"x": 1}),
        json!("2026-02-30"),
        json!(1),
    ];
    let (mut refused, mut tried) = (0, 0);
    let mut compare = |what: &str, mutant: Value| {
        tried += 1;
        let Err(problems) = rule_packs::draft(&mutant.to_string()) else {
            assert!(validator.is_valid(&mutant), "{what}: the engine accepts it, and the schema does not");
            return;
        };
        let Some(problem) = problems.iter().find(|problem| is_about_structure(&problem.message)) else {
            return;
        };
        refused += 1;
        assert!(
            !validator.is_valid(&mutant),
            "{what}: the engine refuses it ({problem}), and the schema does not"
        );
    };
    for place in places.values() {
        let (parent, last) = place.rsplit_once('/').unwrap_or_default();
        let mut gone = small.clone();
        if let Some(Value::Object(fields)) = gone.pointer_mut(parent).filter(|_| !place.is_empty()) {
            fields.remove(last);
            compare(&format!("{place} removed"), gone);
        }
        let mut more = small.clone();
        if let Some(Value::Object(fields)) = more.pointer_mut(place) {
            fields.insert("score".to_owned(), json!(1));
            compare(&format!("{place} with an extra field"), more);
        }
        for other in &others {
            let mut changed = small.clone();
            *changed.pointer_mut(place).unwrap() = other.clone();
            compare(&format!("{place} as {other}"), changed);
        }
    }
    assert!(refused > 1_000 && places.len() > 100, "{refused} of {tried} at {} places", places.len());
}

#[test]
fn two_conditions_or_two_effects_in_one_are_refused() {
    let validator = validator("rule-pack");
    for change in [
        json!({"when": {"level": "L2", "boxes": 1, "always": true}}),
        json!({"when": {"unborn": true, "signs": ["GH-202"]}}),
        json!({"urgent": "IA-02"}),
        json!({"principle": true}),
        json!({"when": {"born": {}}}),
        json!({"when": {"level": "L1"}}),
        json!({"when": {"signs": [], "at_least": 1}}),
    ] {
        let mut wrong = pack(LEEDS);
        for (name, value) in change.as_object().unwrap() {
            part(&mut wrong, "rules", "RU-5")[name] = value.clone();
        }
        assert!(rule_packs::draft(&wrong.to_string()).is_err(), "{change}");
        assert!(!validator.is_valid(&wrong), "{change}");
    }
}

/// A case and the answers alone.
#[test]
fn the_record_schema_accepts_every_case_and_refuses_what_is_no_answer() {
    let validator = validator("record");
    for name in cases() {
        let case = case(&name);
        for record in [&case, &case["answers"]] {
            let errors: Vec<String> = validator.iter_errors(record).map(|error| error.to_string()).collect();
            assert_eq!(errors, Vec::<String>::new(), "{name}");
        }
        for (place, wrong) in [
            ("/answers/danger_now", json!("maybe")),
            ("/answers/identifying_details/dob", json!("yesterday")),
            ("/answers/parents_and_carers", json!({})),
            ("/answers/elements/identity", json!({"indicators": {"ID-999": "yes"}})),
            ("/answers/elements/identity", json!({"indicators": {"ID-201": "perhaps"}})),
            ("/answers/spy", json!(1)),
            ("/today", json!("soon")),
        ] {
            let mut changed = case.clone();
            let (parent, last) = place.rsplit_once('/').unwrap();
            changed.pointer_mut(parent).unwrap()[last] = wrong;
            assert!(!validator.is_valid(&changed), "{name}: {place}");
        }
    }
    assert!(validator.is_valid(&json!({})), "nothing is required");
    // Another authority's indicators are in its record.
    let northbridge = run(&["schema", "record", "--rule-pack", NORTHBRIDGE]).out;
    assert!(northbridge.contains("HF-290") && !run(&["schema", "record"]).out.contains("HF-290"));
}

#[test]
fn the_vignette_schema_accepts_every_vignette_and_refuses_wrong_ones() {
    let validator = validator("vignette");
    let three = |one: Value| json!({"certain": one, "possible": one, "not_ruled_out": one});
    let vignette = json!({
        "id": "a-mark-before-walking", "title": "A mark", "story": "Somebody saw a mark.", "on": "2026-11-23",
        "profile": "leeds", "pack": "leeds-example", "about": ["GH-404"],
        "expected": {
            "suggestion": three(json!("R4")), "rules": three(json!(["RU-2"])), "urgent": ["IA-07"], "urgent_to_check": [],
            "prompts": [], "findings": {"GH-404": "L4b"}, "set_aside": {"GH-303": "too-young"},
            "problems": [{"path": "elements.general_health.indicators.GH-303", "code": "outside-age"}],
        },
        "answers": {"danger_now": "no", "elements": {"general_health": {"indicators": {"GH-404": "yes"}}}},
    });
    assert!(validator.is_valid(&vignette));
    assert!(validator.is_valid(&json!([vignette, vignette])));
    for (name, vignettes) in vignettes() {
        let errors: Vec<String> = validator.iter_errors(&vignettes).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new(), "{name}");
    }
    for (place, wrong) in [
        ("/expected/suggestion/certain", json!("R6")),
        ("/expected/findings/GH-404", json!("L5")),
        ("/expected/rules/certain", json!(["RU-99"])),
        ("/answers/danger_now", json!(true)),
        ("/story", json!("")),
        ("/id", json!("Rosie Smith")),
        ("/expected/score", json!(1)),
    ] {
        let mut changed = vignette.clone();
        let (parent, last) = place.rsplit_once('/').unwrap();
        changed.pointer_mut(parent).unwrap()[last] = wrong;
        assert!(!validator.is_valid(&changed), "{place}");
        assert!(!validator.is_valid(&json!([changed])), "{place} in a list");
    }
}
