//! What real families bring (`tests/real_families/rows.json` at the root), sent over HTTP: what is right is stored as it was
//! typed, and each fault has one problem. The engine's tests have the same entries.

use std::{path::PathBuf, sync::Arc};

use serde_json::{Value, json};

use crate::app::{App, StoppedClock, With};

const VERSION: &str = "caf-2026.3";

fn root(path: &str) -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests").join(path);
    serde_json::from_str(&std::fs::read_to_string(path).expect("a file")).expect("JSON")
}

/// Puts `value` at a question's path; nothing takes the answer away.
fn put(answers: &mut Value, path: &str, value: &Value) {
    let mut place = answers;
    for part in path.replace('[', ".").replace(']', "").split('.') {
        place = match part.parse::<usize>() {
            Ok(row) => {
                if !place.is_array() {
                    *place = json!([]);
                }
                let rows = place.as_array_mut().expect("rows");
                while rows.len() <= row {
                    rows.push(json!({}));
                }
                &mut rows[row]
            }
            Err(_) => &mut place[part],
        };
    }
    *place = value.clone();
}

/// A case with some answers changed.
fn changed(case: &str, changes: &[(&str, Value)]) -> Value {
    let mut answers = root(&format!("cases/{case}.json"))["answers"].clone();
    for (path, value) in changes {
        put(&mut answers, path, value);
    }
    answers
}

fn body(answers: &Value, sent_on: Option<&str>) -> String {
    match sent_on {
        Some(day) => json!({"form_version": VERSION, "answers": answers, "sent_on": day}).to_string(),
        None => json!({"form_version": VERSION, "answers": answers}).to_string(),
    }
}

#[tokio::test]
async fn f1_to_f17_are_stored_or_refused_with_one_problem_each() {
    let app = App::start().await;
    let mut wrong = Vec::new();
    let rows = root("real_families/rows.json");
    // Where only some questions are looked at, the record is about another child than its case and asks more.
    let whole = rows.as_array().expect("rows").iter().filter(|entry| entry["only"].is_null());
    for (number, entry) in whole.enumerate() {
        let changes: Vec<(&str, Value)> = entry["changes"]
            .as_object()
            .expect("changes")
            .iter()
            .map(|(path, value)| (path.as_str(), value.clone()))
            .filter(|(_, value)| !value.as_str().is_some_and(|text| text.starts_with('@')))
            .collect();
        let answers = changed(entry["case"].as_str().expect("a case"), &changes);
        let day = entry["on"].as_str().unwrap_or("2026-11-23");
        let reply = app.submit(&format!("row-{number}"), body(&answers, Some(day))).await;
        let expected: Vec<String> = serde_json::from_value(entry["problems"].clone()).unwrap_or_default();
        let found = if reply.status == 201 { Vec::new() } else { reply.problems() };
        let status = if expected.is_empty() { 201 } else { 422 };
        if (reply.status, &found) != (status, &expected) {
            wrong.push(format!(
                "{} {}: {} {found:?}, not {expected:?}",
                entry["row"], entry["name"], reply.status
            ));
        }
        if reply.status == 201 {
            let id = reply.json()["id"].as_str().expect("an id").to_owned();
            let record = app.client.get(&format!("/api/v1/assessments/{id}")).await.json();
            assert_eq!(record["answers"], answers, "{}", entry["name"]);
        }
    }
    assert!(wrong.is_empty(), "{} entries:\n{}", wrong.len(), wrong.join("\n"));
}

/// A record that was finished without a network counts as of the day on which it was sent.
#[tokio::test]
async fn f2_a_record_is_judged_by_the_day_on_which_it_was_sent() {
    // Sent at 23:50 on the 23rd, delivered at 00:10 on the 24th, and weeks later.
    for now in ["2026-11-24T00:10:00Z", "2026-12-20T09:00:00Z", "2027-01-02T12:00:00Z"] {
        let app = App::start_with(With { clock: Arc::new(StoppedClock(now)), ..With::default() }).await;
        let answers = changed("toddler-with-speech-delay", &[]);
        let reply = app.submit("k", body(&answers, Some("2026-11-23"))).await;
        assert_eq!(reply.status, 201, "{now}: {}", reply.text);
        let id = reply.json()["id"].as_str().expect("an id").to_owned();
        let record = app.client.get(&format!("/api/v1/assessments/{id}")).await.json();
        assert_eq!(record["outcome"]["as_of"], "2026-11-23", "{now}");
    }
}

#[tokio::test]
async fn f2_s4_a_day_that_cannot_be_is_not_believed_and_a_refusal_names_the_servers_own() {
    let done = "agreed_actions.actions[0].completed_on";
    let with = |day: &str| {
        let changes = [("agreed_actions.actions[0].status", json!("done")), (done, json!(day))];
        changed("toddler-with-speech-delay", &changes)
    };
    for (sent_on, done_on, status, judged_on) in [
        // A device that is a day ahead is believed; one that is two days ahead, or years behind, is not.
        (Some("2026-11-24"), "2026-11-24", 201, ""),
        (Some("2026-11-25"), "2026-11-25", 422, "2026-11-23"),
        (Some("2026-10-13"), "2026-10-14", 201, ""),
        (Some("2026-11-20"), "2026-11-21", 422, "2026-11-20"),
        (Some("2020-01-01"), "2026-11-23", 201, ""),
        (None, "2026-11-24", 422, "2026-11-23"),
    ] {
        let app = App::start().await;
        let reply = app.submit("k", body(&with(done_on), sent_on)).await;
        assert_eq!(reply.status, status, "{sent_on:?} {done_on}: {}", reply.text);
        if status == 422 {
            assert!(reply.problems().contains(&format!("{done} date-in-future")), "{}", reply.text);
            assert_eq!(reply.json()["judged_on"], judged_on, "{sent_on:?}");
        }
    }
    let app = App::start().await;
    let answers = changed("toddler-with-speech-delay", &[]);
    app.submit("k", body(&answers, Some("yesterday"))).await.refused(422, "wrong-shape");
}

/// Far more than any family: nothing is lost, and each fault is said once.
#[tokio::test]
async fn bad_input_is_refused_with_one_problem_for_each_fault_and_nothing_is_stored() {
    let app = App::start().await;
    let person = json!({"name": "Ann Example", "relationship": "cousin", "lives_with_child": "no"});
    let service = json!({"service": "gp", "status": "past"});
    for (path, rows) in
        [("home_and_family.household", vec![person.clone(); 500]), ("services_involved", vec![service; 200])]
    {
        let answers = changed("toddler-with-speech-delay", &[(path, json!(rows))]);
        let reply = app.submit("k", body(&answers, None)).await;
        reply.refused(422, "answers-refused");
        assert_eq!(reply.problems(), [format!("{path} too-many-rows")]);
    }
}
