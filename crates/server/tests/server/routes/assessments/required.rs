//! What must be answered: the dozen of the form, what a profile adds, and what is said of the rest. Bodies that were
//! finished under an earlier version of the form are accepted as they are.

use serde_json::{Value, json};

use super::ROWS;
use crate::{
    answers::{complete, first_version, fixed_today, submission},
    app::{App, With},
    database::count,
};

/// Only what is required.
fn thin() -> Value {
    json!({
        "danger_now": "no",
        "identifying_details": { "family_name": "Sample", "dob": "2018" },
        "assessment_information": { "reason": "She is often tired at school." },
        "assessor": { "name": "Sam Sample", "organisation": "Example Primary", "phone": "0113 496 0000" },
        "conclusions": { "decision": "R0" },
        "voices": { "no_child_comment_reason": "She did not want to talk today." },
        "consent": {
            "sought": "yes", "share": "yes",
            "people": [{ "name": "Mo Sample", "who": "parent_pr", "says": "agrees" }],
        },
    })
}

fn body(form_version: &str, answers: &Value) -> String {
    json!({ "form_version": form_version, "answers": answers }).to_string()
}

#[tokio::test]
async fn a_dozen_answers_are_enough_and_the_rest_is_said_to_be_not_recorded() {
    let app = App::start().await;
    let receipt = app.submit("k", submission(&thin())).await.json();
    let missing = receipt["not_recorded"].as_array().expect("a list").clone();
    for path in ["identifying_details.sex", "parents_and_carers", "elements.identity"] {
        assert!(missing.contains(&json!(path)), "{path}: {missing:?}");
    }
    for path in ["identifying_details.given_names", "danger_now", "pre_assessment_checklist.healthy"] {
        assert!(!missing.contains(&json!(path)), "{path}");
    }
    let id = receipt["id"].as_str().expect("an id");
    let record = app.client.get(&format!("/api/v1/assessments/{id}")).await.json();
    assert_eq!(record["answers"], thin());
    assert_eq!(record["not_recorded"], receipt["not_recorded"]);
    let list = app.client.get("/api/v1/assessments").await.json();
    assert_eq!(list["assessments"][0]["child_name"], "Sample");
}

/// The same code as the form: a portal shows the same words.
#[tokio::test]
async fn what_is_missing_is_named_by_its_question() {
    let app = App::start().await;
    for (pointer, problem) in [
        ("/identifying_details/family_name", "identifying_details.given_names needed"),
        ("/identifying_details/dob", "identifying_details.dob birth-or-expected"),
        ("/assessor/phone", "assessor.phone needed"),
        ("/voices/no_child_comment_reason", "voices.no_child_comment_reason needed"),
        ("/consent/people", "consent.people needed-row"),
    ] {
        let mut answers = thin();
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
        answers.pointer_mut(parent).and_then(Value::as_object_mut).expect("a group").remove(name);
        let reply = app.submit("k", submission(&answers)).await;
        reply.refused(422, "answers-refused");
        let mut found = reply.problems();
        // What was agreed to is asked only of those who were asked.
        found.retain(|found| !found.starts_with("consent.share"));
        assert_eq!(found, [problem]);
    }
    assert_eq!(count(&app.database(), ROWS).await, 0);
}

/// A profile of the built-in pack that requires one answer more.
const STRICTER: &str = r#"{"id": "strict", "version": "1", "name": "Strictshire", "organisation": "Strictshire (invented)",
    "rule_pack": "leeds-example", "time_zone": "Europe/London", "terms": {},
    "required": [{"question": "identifying_details.nhs_number", "because": "We look up who the GP is."}]}"#;

#[tokio::test]
async fn a_profile_may_require_more() {
    let app = App::start_with(With { profile: Some(STRICTER), ..With::default() }).await;
    let mut answers = thin();
    let reply = app.submit("k", submission(&answers)).await;
    assert_eq!(reply.problems(), ["identifying_details.nhs_number needed"]);
    // Nobody is at the device any more where a body waited.
    assert_eq!(app.submit("old", body("caf-2026.2", &answers)).await.status, 201);
    answers["identifying_details"]["nhs_number"] = json!("999 000 0018");
    assert_eq!(app.submit("k", submission(&answers)).await.status, 201);
    // A refusal is recorded without it.
    let refusal = json!({
        "danger_now": "no",
        "identifying_details": { "family_name": "Sample", "dob": "2018" },
        "assessor": { "name": "Sam Sample", "organisation": "Example Primary", "phone": "0113 496 0000" },
        "consent": { "sought": "yes", "people": [{ "name": "Mo Sample", "who": "parent_pr", "says": "refuses" }] },
        "sharing": { "choice": "record_only" },
    });
    assert_eq!(app.submit("refusal", submission(&refusal)).await.status, 201);
}

#[tokio::test]
async fn bodies_of_both_earlier_versions_are_accepted() {
    let app = App::start().await;
    for (version, answers) in [("caf-2026.1", first_version()), ("caf-2026.2", complete(fixed_today()))] {
        let reply = app.submit(version, body(version, &answers)).await;
        assert_eq!(reply.status, 201, "{}", reply.text);
        let id = reply.json()["id"].as_str().expect("an id").to_owned();
        let record = app.client.get(&format!("/api/v1/assessments/{id}")).await.json();
        assert_eq!((&record["answers"], &record["form_version"]), (&answers, &json!(version)));
        // Sent by a form of today, it is accepted too.
        let again = app.submit(&format!("{version}-again"), submission(&answers)).await;
        assert_eq!(again.status, 201, "{}", again.text);
    }
}
