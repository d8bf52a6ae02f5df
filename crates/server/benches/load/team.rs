//! A plan that was agreed, a meeting and a review, written over HTTP for the record that was sent: the others are copied from
//! it with all that its team wrote.

use assessment_team::RecordKind;
use jiff::{ToSpan as _, civil::Date};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use super::fixture::{Fixture, today};

/// Writes all of it.
pub(crate) async fn write(fixture: &Fixture, cookie: &str) {
    let day = |days: i64| today().checked_add(days.days()).unwrap_or(Date::MAX).to_string();
    let actions = |outcome: u32| -> Vec<Value> {
        let one = |number: u32| {
            json!({
                "id": format!("action-{outcome}-{number}"),
                "action": "Ring the school nurse about sleep, and tell the family what she says.",
                "who": "Priya Raman",
                "who_ref": fixture.sent.grant(),
                "by_when": day(14 + i64::from(number)),
            })
        };
        (1..=3).map(one).collect()
    };
    let outcome = |number: u32| {
        json!({
            "id": format!("outcome-{number}"),
            "desired_outcome": "He is at school every day, and on time.",
            "goal_measure": "No more than one day missed in a month.",
            "actions": actions(number),
        })
    };
    let plan = json!({
        "long_term_goal": "Mornings without shouting.",
        "outcomes": (1..=3).map(outcome).collect::<Vec<_>>(),
        "lead_professional": "Priya Raman",
        "lead_professional_agrees": "yes",
        "agreed_on": day(0),
        "review_date": day(42),
    });
    let meeting = json!({
        "kind": "review", "status": "planned", "on": day(21), "starts_at": "10:00", "place": "The school",
        "people": [{ "id": "person-1", "name": "Priya Raman", "role": "Teacher" }],
    });
    let review = json!({
        "on": day(0),
        "outcome": "continue",
        "people": [{ "id": "person-1", "name": "Priya Raman" }],
        "notes": "He has been late twice.",
        "no_child_comment_reason": "He was at school.",
        "no_parent_comment_reason": "She will ring.",
        "agreement_holds": "yes",
        "decision": "R2",
        "next_steps": "Go on as agreed.",
        "next_on": day(84),
    });
    for (kind, answers, is_completed) in [
        (RecordKind::Plan, plan, true),
        (RecordKind::Meeting, meeting, false),
        (RecordKind::Review, review, true),
    ] {
        let address =
            format!("{}/episodes/{}/team-records/{}/1", fixture.address, fixture.sent.episode(), kind.code());
        let mut record = answers;
        record["form_version"] = json!(kind.form_version());
        let request = |method, address: &str, base: &str| -> RequestBuilder {
            let request = fixture.http.request(method, address).header("cookie", cookie);
            request.header("content-type", "application/json").header("if-match", base)
        };
        let save = request(Method::PUT, &address, "\"0\"").body(json!({ "record": record }).to_string());
        sent(save).await;
        if is_completed {
            sent(request(Method::POST, &format!("{address}/completion"), "\"1\"")).await;
        }
    }
}

async fn sent(request: RequestBuilder) {
    let reply = request.send().await.expect("a reply");
    let status = reply.status();
    assert!(status.is_success(), "{status}: {}", reply.text().await.unwrap_or_default());
}
