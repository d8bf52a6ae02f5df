//! Training in take-up: who sent an assessment, and whether their own page has a day. Only two numbers, and no name.

use serde_json::{Value, json};

use super::{
    Office, ask, lives_at, on_both, send_record,
    take_up::{TO_JANUARY, measure, read},
};

on_both! {
    training_is_counted_from_own_pages_and_unknown_is_not_no_case_b22;
    a_day_is_training_and_nobody_of_it_is_in_the_other_number_case_b22;
    words_without_a_day_are_not_recorded_and_never_training_case_b22;
}

async fn training_is_counted_from_own_pages_and_unknown_is_not_no_case_b22(office: Office) {
    let new = [("if-none-match", "*")];
    let page = Some(json!({ "name": "Priya Raman", "trained_on": "2025-09", "training_level": "Two days" }));
    assert_eq!(ask(&office, "teacher", "PUT", "/me", &new, page).await.status, 200);
    let page = Some(json!({ "name": "Sam Okafor", "training_level": "None that I remember" }));
    assert_eq!(ask(&office, "health-visitor", "PUT", "/me", &new, page).await.status, 200);
    for (person, key) in
        [("teacher", "a"), ("teacher", "b"), ("health-visitor", "c"), ("safeguarding-lead", "d")]
    {
        send_record(&office, person, key, &[lives_at("LS6 1AB")]).await;
    }
    office.clock.minutes_later(TO_JANUARY);
    let read = read(&office).await;
    let quarter = &read["quarters"][0];
    let few = json!({ "kind": "fewer_than", "threshold": 6 });
    for name in ["trained", "training_not_recorded"] {
        let one = measure(quarter, name);
        assert_eq!(one["total"], few, "{name}: one trained, two not known, and both are small");
        assert_eq!(
            one["tables"],
            json!([]),
            "{name}: two tables by agency would add up to the people of a small one"
        );
        assert!(one["days"].is_null(), "{name}");
    }
    let text = read.to_string();
    for typed in ["Priya", "Sam Okafor", "Two days", "None that"] {
        assert!(!text.contains(typed), "{typed}");
    }
}

/// The two numbers of the quarter in which this person alone sent an assessment, with this on their own page.
async fn alone(office: &Office, person: &str, page: Value) -> [Value; 2] {
    let new = [("if-none-match", "*")];
    assert_eq!(ask(office, person, "PUT", "/me", &new, Some(page)).await.status, 200);
    send_record(office, person, "alone", &[lives_at("LS6 1AB")]).await;
    office.clock.minutes_later(TO_JANUARY);
    let read = read(office).await;
    ["trained", "training_not_recorded"].map(|name| measure(&read["quarters"][0], name)["total"].clone())
}

fn few() -> Value {
    json!({ "kind": "fewer_than", "threshold": 6 })
}

fn none() -> Value {
    json!({ "kind": "number", "number": 0 })
}

async fn a_day_is_training_and_nobody_of_it_is_in_the_other_number_case_b22(office: Office) {
    let page = json!({ "name": "Priya Raman", "trained_on": "2025-09" });
    assert_eq!(alone(&office, "teacher", page).await, [few(), none()]);
}

async fn words_without_a_day_are_not_recorded_and_never_training_case_b22(office: Office) {
    let page = json!({ "name": "Sam Okafor", "training_level": "Two days" });
    assert_eq!(alone(&office, "health-visitor", page).await, [none(), few()]);
}
