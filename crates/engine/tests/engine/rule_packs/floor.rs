//! The floor, sign by sign and action by action: what no pack may take away, and what it may. Also the edges of days and
//! numbers that loading looks at, and what a pack says of its contacts. Other refusals are in `pack_refusals`.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use assessment_engine::rule_packs;
use assessment_form::parse_day;
use assessment_rules::{Level, PackProblem};
use serde_json::{Value, json};

fn built_in() -> Value {
    serde_json::from_str(rule_packs::built_in()).unwrap()
}

fn part<'a>(pack: &'a mut Value, list: &str, id: &str) -> &'a mut Value {
    pack[list].as_array_mut().unwrap().iter_mut().find(|item| item["id"] == id).unwrap()
}

/// What loading says of the built-in pack with something changed.
fn problems(change: impl Fn(&mut Value)) -> Vec<PackProblem> {
    let mut pack = built_in();
    change(&mut pack);
    rule_packs::load(&pack.to_string()).err().unwrap_or_default()
}

#[test]
fn every_sign_of_protection_or_with_an_action_stays_and_any_other_may_go_lower() {
    let pack = rule_packs::load(rule_packs::built_in()).unwrap();
    let (mut kept, mut free) = (0, 0);
    for sign in pack.indicators().iter().filter(|sign| !sign.strength && sign.level > Level::L2) {
        let found = problems(|pack| {
            let sign = part(pack, "indicators", &sign.id);
            for (name, value) in [("level", json!("L2")), ("raised", json!([])), ("alone", Value::Null)] {
                sign[name] = value;
            }
        });
        let protects = sign.level == Level::L4b || sign.raised.iter().any(|raised| raised.to == Level::L4b);
        if protects || sign.action.is_some() {
            kept += 1;
            let told = |problem: &PackProblem| problem.to_string().contains(&sign.id);
            assert!(found.iter().any(told), "{} may be lowered: {found:?}", sign.id);
        } else {
            free += 1;
            assert_eq!(found, [], "{}", sign.id);
        }
    }
    assert!(kept > 30 && free > 30, "{kept} kept, {free} free");
}

/// Every child to whom a sign of the floor applies is still asked; more children may be.
#[test]
fn the_ages_of_a_sign_of_the_floor_may_only_grow() {
    let found =
        |id: &str, ages: Value| problems(|pack| part(pack, "indicators", id)["applies"] = ages.clone());
    let refused = |id: &str, ages: Value| {
        let told = |problem: &PackProblem| problem.message.contains(id);
        assert!(found(id, ages.clone()).iter().any(told), "{id} with {ages}");
    };
    assert_eq!(found("GH-406", json!({"below": 217})), []);
    assert_eq!(found("GH-406", Value::Null), []);
    assert_eq!(found("FR-402", json!({"below": 193, "below_if_disabled": 217})), []);
    assert_eq!(found("FR-402", json!({"below": 216})), []);
    assert_eq!(found("BC-407", json!({"unborn_only": false})), []);
    // Too few months; too few with a disability; not the unborn; only the unborn; not the first months.
    refused("GH-406", json!({"below": 215}));
    refused("FR-402", json!({"below": 191, "below_if_disabled": 216}));
    refused("FR-402", json!({"below": 192, "below_if_disabled": 215}));
    refused("FR-402", json!({"below": 192}));
    refused("GH-406", json!({"from": 0, "below": 216}));
    refused("GH-406", json!({"below": 216, "unborn_only": true}));
    refused("GH-406", json!({"from": 1, "below": 216}));
    refused("GH-402", json!({"below": 400}));
}

#[test]
fn an_action_keeps_its_national_numbers_and_no_others() {
    let pack = rule_packs::load(rule_packs::built_in()).unwrap();
    let (mut national, mut local) = (0, 0);
    for action in pack.actions().iter().filter(|action| action.contacts.len() > 1) {
        for contact in &action.contacts {
            let found = problems(|pack| {
                part(pack, "actions", &action.id)["contacts"]
                    .as_array_mut()
                    .unwrap()
                    .retain(|other| *other != **contact);
            });
            let is_national = pack.contact(contact).unwrap().national;
            assert_eq!(found.is_empty(), !is_national, "{} without {contact}: {found:?}", action.id);
            *(if is_national { &mut national } else { &mut local }) += 1;
        }
    }
    assert!(national > 0 && local > 0, "{national} national, {local} local");
}

#[test]
fn a_rule_may_ask_for_as_many_boxes_as_there_are() {
    let asking = |boxes: u32| problems(|pack| part(pack, "rules", "RU-5")["when"]["boxes"] = boxes.into());
    assert_eq!(asking(19), []);
    for boxes in [0, 20] {
        assert!(asking(boxes).iter().any(|problem| problem.place.contains("(RU-5).when")), "{boxes}");
    }
}

#[test]
fn what_is_named_must_be_in_force_to_the_last_day() {
    // RU-9 asks for SL-302. It ends with the year; the sign ends on a day around that.
    let found = |last: &str| {
        problems(|pack| {
            part(pack, "rules", "RU-9")["effective_to"] = "2027-12-31".into();
            part(pack, "indicators", "SL-302")["effective_to"] = last.into();
        })
    };
    assert_eq!(found("2027-12-31"), []);
    assert_eq!(found("2028-01-01"), []);
    let early = found("2027-12-30");
    assert!(early.iter().any(|problem| problem.message.contains("2027-12-31")), "{early:?}");
    let earlier = found("2027-06-30");
    assert!(earlier.iter().any(|problem| problem.message.contains("2027-07-01")), "{earlier:?}");
}

#[test]
fn a_pack_tells_the_days_on_which_it_changes() {
    let json = include_str!("../../../data/rule_packs/northbridge-example.json");
    let days = rule_packs::draft(json).unwrap().days_of_change();
    let expected = ["2026-04-01", "2026-10-01", "2027-01-01"].map(|day| parse_day(day).unwrap());
    assert_eq!(days, expected);
}

#[test]
fn every_contact_is_found_by_its_code() {
    let (pack, json) = (rule_packs::draft(rule_packs::built_in()).unwrap(), built_in());
    let written = json["contacts"].as_array().unwrap();
    assert_eq!(pack.contacts().len(), written.len());
    for contact in written {
        let found = pack.contact(contact["id"].as_str().unwrap()).unwrap();
        assert_eq!(found.name, contact["name"].as_str().unwrap());
        assert_eq!(found.phone.as_deref(), contact["phone"].as_str());
    }
    assert_eq!(pack.contact("nobody"), None);
}
