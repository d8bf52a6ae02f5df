//! What loading a rule pack refuses, with its place: one case for each thing that can be wrong. A pack that is refused
//! is not used at all. Not a test of packs that are wrong at random: see `mutations`.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

mod floor;
mod form;
mod hours;
mod laws;
mod names;

use assessment_engine::rule_packs;
use assessment_rules::PackProblem;
use serde_json::Value;

fn built_in() -> Value {
    serde_json::from_str(rule_packs::built_in()).unwrap()
}

/// The part of a list that has this id.
fn part<'a>(pack: &'a mut Value, list: &str, id: &str) -> &'a mut Value {
    pack[list].as_array_mut().unwrap().iter_mut().find(|item| item["id"] == id).unwrap()
}

fn rule<'a>(pack: &'a mut Value, id: &str) -> &'a mut Value {
    part(pack, "rules", id)
}

fn sign<'a>(pack: &'a mut Value, id: &str) -> &'a mut Value {
    part(pack, "indicators", id)
}

/// Takes a part out, and the words that only it had.
fn remove(pack: &mut Value, list: &str, id: &str) {
    if let Some(key) = part(pack, list, id)["wording"].as_str().map(str::to_owned) {
        pack["wording"].as_object_mut().unwrap().remove(&key);
    }
    pack[list].as_array_mut().unwrap().retain(|item| item["id"] != id);
}

/// Adds a copy of a part, changed.
fn add(pack: &mut Value, list: &str, id: &str, change: &dyn Fn(&mut Value)) {
    let mut copy = part(pack, list, id).clone();
    change(&mut copy);
    pack[list].as_array_mut().unwrap().push(copy);
}

type Change = fn(&mut Value);

/// What is wrong, how the pack is changed, and where loading must say so: the end of a place.
type Case = (&'static str, Change, &'static str);

fn refused(change: &dyn Fn(&mut Value)) -> Vec<PackProblem> {
    let mut pack = built_in();
    change(&mut pack);
    rule_packs::load(&pack.to_string()).err().unwrap_or_default()
}

fn each_is_refused(cases: &[Case]) {
    for (what, change, place) in cases {
        let problems = refused(change);
        let places: Vec<&str> = problems.iter().map(|problem| problem.place.as_str()).collect();
        assert!(places.iter().any(|given| given.ends_with(place)), "{what}: {problems:#?}");
        assert!(problems.iter().all(|problem| (1..300).contains(&problem.message.len())), "{what}");
    }
}
