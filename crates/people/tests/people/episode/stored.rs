//! The stored form: one number, and one door that refuses what breaks a law.

use std::collections::BTreeMap;

use assessment_people::episode::{BrokenEpisode, ClosureReason, Episode};
use serde_json::{Value, json};

use super::{closure, nothing, shared};
use crate::world::{agreed, reason, stamp};

fn stored() -> Value {
    let closed = shared()
        .close(closure(ClosureReason::NotEngaged, 4), &nothing(), stamp(4))
        .expect("it can be closed");
    serde_json::to_value(closed).expect("it is written")
}

/// A change of the stored form.
type Change = fn(&mut Value);

fn broken(change: impl FnOnce(&mut Value)) -> String {
    let mut value = stored();
    change(&mut value);
    serde_json::from_value::<Episode>(value).expect_err("it is refused").to_string()
}

#[test]
fn the_stored_form_has_a_number_and_is_read_back() {
    assert_eq!(stored()["stored"], 4);
    assert!(serde_json::from_value::<Episode>(stored()).is_ok());
}

#[test]
fn episodes_of_the_release_before_are_read_and_go_on() {
    let all: BTreeMap<String, Value> =
        serde_json::from_str(include_str!("../../data/episodes_stored_1.json")).expect("JSON");
    assert_eq!(all.len(), 4);
    for (name, old) in all {
        let read: Episode = serde_json::from_value(old.clone()).unwrap_or_else(|why| panic!("{name}: {why}"));
        assert_eq!(read.closed_times().len(), usize::from(name != "referred"), "{name}");
        assert_eq!(read.settled().count(), 0, "{name}");
        // Nothing of it is written differently, but for the number.
        let mut new = serde_json::to_value(&read).expect("written");
        assert_eq!(new["stored"], 4);
        new["stored"] = json!(1);
        assert_eq!(new, old, "{name}");
        let goes_on = match name.as_str() {
            "referred" => read.step_up(stamp(20)),
            "closed" => read.reopen(reason("It is worse again."), stamp(20)),
            "merged" => read.undo_merge(stamp(20)),
            _ => read.rest_on(agreed(&[]), stamp(20)),
        };
        assert!(goes_on.is_ok(), "{name}");
    }
}

#[test]
fn an_episode_of_a_later_release_is_refused_with_both_numbers() {
    let message = broken(|one| one["stored"] = json!(5));
    assert_eq!(message, "episode stored as version 5, and this program reads 4");
}

#[test]
fn what_breaks_a_law_is_refused() {
    let cases: [(BrokenEpisode, Change); 9] = [
        (BrokenEpisode::Step(0), |one| one["history"][0]["step"] = json!("closed")),
        (BrokenEpisode::Step(1), |one| one["history"][1]["then"] = json!("shared")),
        (BrokenEpisode::Moment(1), |one| one["history"][1]["stamp"]["at"] = json!("2020-01-01T00:00:00Z")),
        (BrokenEpisode::State, |one| {
            one["history"].as_array_mut().expect("a list").pop();
        }),
        (BrokenEpisode::State, |one| one["history"] = json!([])),
        (BrokenEpisode::Versions, |one| {
            one["history"][3]["step"]["sent"]["version"] = one["id"].clone();
        }),
        (BrokenEpisode::NotAccepted, |one| {
            one["state"]["closed"]["closure"]["reason"] = json!("stepped_up_s47");
        }),
        (BrokenEpisode::Exclusions, |one| one["excluded"] = json!([{"organisation": "clinic"}])),
        (BrokenEpisode::Merged, |one| {
            let before = one["state"].clone();
            let merged = one["history"][4]["stamp"].clone();
            one["state"] = json!({"merged": {"into": one["id"], "merged": merged, "before": before}});
            let step = json!({"step": {"merged": {"into": one["id"]}}, "stamp": merged, "then": "merged"});
            one["history"].as_array_mut().expect("a list").push(step);
        }),
    ];
    for (expected, change) in cases {
        assert_eq!(broken(change), expected.to_string());
    }
}

#[test]
fn a_closure_without_its_look_at_the_risk_is_refused() {
    let message = broken(|one| one["state"]["closed"]["closure"]["risk_check"] = Value::Null);
    assert!(message.contains("risk"), "{message}");
    let message = broken(|one| one["state"]["closed"]["closure"]["words"] = json!("  "));
    assert!(message.contains("reason without words"), "{message}");
}

#[test]
fn an_unknown_field_is_refused() {
    assert!(broken(|one| one["note"] = json!("x")).contains("unknown field"));
}
