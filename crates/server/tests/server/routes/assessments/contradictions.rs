//! Answers that cannot both be right: listed in the receipt and whenever the record is read, as the form asks about them, and
//! never in the way.

use serde_json::{Value, json};

use crate::{
    answers::{complete, fixed_today, submission},
    app::App,
};

/// What it is, which answers are changed, and the matters that are listed.
type Row<'a> = (&'a str, Vec<(&'a str, Value)>, Vec<&'a str>);

fn changed(changes: &[(&str, Value)]) -> Value {
    let mut answers = complete(fixed_today());
    for (pointer, value) in changes {
        let (group, name) = pointer.rsplit_once('/').expect("a group and a name");
        answers.pointer_mut(group).expect("a group")[name] = value.clone();
    }
    answers
}

#[tokio::test]
async fn open_contradictions_are_listed_and_those_with_a_reason_are_not() {
    let app = App::start().await;
    let young_mother = [("/parents_and_carers/0/dob", json!("2020-01-01"))];
    let rows: [Row<'_>; 4] = [
        ("none", vec![], vec![]),
        ("a mother of five", young_mother.to_vec(), vec!["twelve-years"]),
        (
            "a care leaver of two",
            vec![("/identifying_details/legal_status", json!("care_leaver")), young_mother[0].clone()],
            vec!["care-leaver", "twelve-years"],
        ),
        (
            "a decision below the suggestion that has its reason",
            vec![
                ("/conclusions/decision", json!("R0")),
                ("/conclusions/decision_reason", json!("The nursery gives him this help already.")),
            ],
            vec![],
        ),
    ];
    for (key, (name, changes, expected)) in rows.into_iter().enumerate() {
        let reply = app.submit(&format!("k{key}"), submission(&changed(&changes))).await;
        assert_eq!(reply.status, 201, "{name}: {}", reply.text);
        let receipt = reply.json();
        let matters = |reply: &Value| -> Vec<String> {
            let all = reply["contradictions"].as_array().cloned().unwrap_or_default();
            all.iter().map(|one| one["matter"].as_str().expect("a matter").to_owned()).collect()
        };
        assert_eq!(matters(&receipt), expected, "{name}");
        for one in receipt["contradictions"].as_array().into_iter().flatten() {
            assert_eq!(one["places"].as_array().map(Vec::len), Some(2), "{name}");
        }
        let id = receipt["id"].as_str().expect("an id");
        let record = app.client.get(&format!("/api/v1/assessments/{id}")).await.json();
        assert_eq!(matters(&record), expected, "{name}");
    }
}
