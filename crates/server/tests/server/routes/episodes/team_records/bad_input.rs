//! What cannot be right in a plan, a meeting or a review: it can be saved, since nothing typed is lost, and it is not completed.
//! Each is named at its place, and nothing of the episode moves.

use serde_json::{Value, json};

use super::{App, Person, Team, meeting, on_both, plan, review};
use crate::{
    answers::{complete, fixed_today},
    app::With,
    routes::episodes::{amendment, sending::newest},
};

on_both! {
    what_cannot_be_right_is_saved_named_and_completes_nothing;
    nobody_closes_over_something_urgent_without_saying_why_it_is_safe;
    an_action_that_is_open_is_named_before_an_episode_closes_and_nothing_is_stored;
}

/// An authority that gives lead professionals money to spend.
const WITH_BUDGET: &str = r#"{
 "id": "leeds", "version": "2026.1", "name": "Leeds", "organisation": "An example", "rule_pack": "leeds-example",
 "approved_by": null, "approved_on": null, "time_zone": "Europe/London", "terms": {"front_door": "Duty and Advice"},
 "team": {"uses_budget": true}
}"#;

/// One change to a record that is complete: where, what is there instead, and the problems that it brings.
type Case = (&'static str, &'static str, Value, &'static [&'static str]);

fn cases() -> Vec<Case> {
    vec![
        // Owners outside the team.
        (
            "plan",
            "/outcomes/0/actions/0/who",
            json!("Mauve Umbrella"),
            &["outcomes[0].actions[0].who not-in-team"],
        ),
        ("plan", "/lead_professional", json!("Mauve Umbrella"), &["lead_professional not-in-team"]),
        ("plan", "/outcomes/0/actions", json!([]), &["outcomes[0].actions needed-row"]),
        // Dates before the episode began.
        ("plan", "/review_date", json!("2026-11-22"), &["review_date before-episode"]),
        (
            "plan",
            "/outcomes/0/actions/0/by_when",
            json!("2026-01-04"),
            &["outcomes[0].actions[0].by_when before-episode"],
        ),
        ("plan", "/agreed_on", json!("2026-11-22"), &["agreed_on before-episode"]),
        ("meeting", "/on", json!("2026-11-22"), &["on before-episode"]),
        ("review", "/on", json!("2026-11-22"), &["on before-episode"]),
        // Scores out of range.
        ("plan", "/outcomes/0/score_child", json!("11"), &["outcomes[0].score_child score"]),
        ("plan", "/outcomes/0/score_parent", json!("-1"), &["outcomes[0].score_parent score"]),
        // More spent than is held.
        ("plan", "/outcomes/0/actions/0/budget_spent", json!("200.01"), &["budget_held over-budget"]),
        ("plan", "/budget_held", json!("a lot"), &["budget_held money"]),
        // A meeting with nobody, and one to which nobody came.
        ("meeting", "/people", json!([]), &["people needed-row"]),
        ("meeting", "/people/0/attendance", json!("apologies"), &["people nobody-there"]),
        // A review that says neither when the next one is nor that this was the last.
        ("review", "/next_on", Value::Null, &["next_on needed"]),
        ("review", "/next_on", json!("2026-11-23"), &["next_on next-not-later"]),
    ]
}

/// A record of that kind that can be completed.
fn good(kind: &str) -> Value {
    match kind {
        "plan" => {
            let mut plan = plan();
            plan["budget_held"] = json!("200");
            plan["outcomes"][0]["score_child"] = json!("3");
            plan["outcomes"][0]["score_parent"] = json!("2");
            plan["outcomes"][0]["actions"][0]["budget_spent"] = json!("200");
            plan
        }
        "meeting" => {
            let mut meeting = meeting();
            (meeting["status"], meeting["on"]) = (json!("held"), json!("2026-11-23"));
            meeting["people"][0]["attendance"] = json!("attended");
            meeting["purpose"] = json!("To agree a plan.");
            (meeting["chair"], meeting["note_taker"]) = (json!("Priya Raman"), json!("Priya Raman"));
            meeting["no_child_voice_reason"] = json!("He was at school.");
            meeting["no_family_views_reason"] = json!("She could not come, and will ring.");
            meeting["points"] =
                json!([{ "id": "point-1", "source": "School", "point": "He is often late." }]);
            meeting["risk_factors"] = json!("Little sleep.");
            meeting["protective_factors"] = json!("Gran lives near.");
            meeting["actions"] = json!([{ "id": "of-meeting-1", "action": "Ring the nurse.", "who": "Priya Raman", "by_when": "2026-12-11" }]);
            meeting["next_on"] = json!("2027-01-04");
            meeting["decisions"] =
                json!([{ "id": "decision-1", "decision": "A plan.", "reason": "Sleep comes first." }]);
            meeting
        }
        _ => review(),
    }
}

async fn what_cannot_be_right_is_saved_named_and_completes_nothing(app: App) {
    let store = Some(app.store.clone());
    let app = App::start_with(With { store, profile: Some(WITH_BUDGET), ..With::default() }).await;
    let team = Team::new(&app).await;
    let log = async || team.lead.get(&format!("{}/access-log?limit=200", team.episode)).await.text;
    let mut unexpected = Vec::new();
    for (kind, place, wrong, expected) in cases() {
        let record = format!("{kind}/1");
        let mut answers = good(kind);
        match (answers.pointer_mut(place), place.rsplit_once('/')) {
            (Some(found), _) => *found = wrong,
            (None, Some((around, name))) => answers.pointer_mut(around).expect("a group")[name] = wrong,
            (None, None) => panic!("{place} is no place"),
        }
        let base = newest_of(&team, &record).await;
        let revision = team.saved(&team.lead, &record, base, &answers).await;
        let before =
            (team.state().await, team.lead.get(&format!("{}/team-records", team.episode)).await.text);
        let refused = team.complete(&team.lead, &record, revision).await;
        refused.refused(422, "record-incomplete");
        if refused.problems() != expected {
            unexpected.push((kind, place, refused.problems()));
        }
        assert!(!refused.text.contains("Mauve"), "{}", refused.text);
        let after = (team.state().await, team.lead.get(&format!("{}/team-records", team.episode)).await.text);
        assert_eq!(after, before, "{kind} {place}: nothing is stored");
    }
    assert_eq!(unexpected, vec![]);
    // A review in which nothing was written.
    let base = newest_of(&team, "review/1").await;
    let revision = team.saved(&team.lead, "review/1", base, &json!({})).await;
    let refused = team.complete(&team.lead, "review/1", revision).await;
    refused.refused(422, "record-incomplete");
    for needed in ["on needed", "notes needed", "next_on needed"] {
        assert!(refused.problems().contains(&needed.to_owned()), "{}", refused.text);
    }
    assert!(!log().await.contains("complete-team-record"), "{}", log().await);
    // Put right, each is completed.
    for kind in ["plan", "meeting", "review"] {
        let record = format!("{kind}/1");
        let base = newest_of(&team, &record).await;
        let revision = team.saved(&team.lead, &record, base, &good(kind)).await;
        let completed = team.complete(&team.lead, &record, revision).await;
        assert_eq!(completed.status, 200, "{kind}: {}", completed.text);
    }
}

/// The newest revision of a record; 0 where there is none.
async fn newest_of(team: &Team<'_>, record: &str) -> u32 {
    let read = team.lead.get(&team.path(record)).await;
    if read.status == 404 { 0 } else { super::tag(&read) }
}

async fn nobody_closes_over_something_urgent_without_saying_why_it_is_safe(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    let first = newest(&author, &episode).await;
    let mut second = amendment(&episode, &first, "correction", "He was hit.");
    second["answers"] = complete(fixed_today());
    second["answers"]["danger_now"] = json!("yes");
    let sent = author.submit("second", &second).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    let shown = author.get(&episode).await;
    assert_eq!(shown.json()["shown"]["urgent"], true, "{}", shown.text);
    let refused = author.change("POST", &episode, "/closure", json!({ "reason": "needs_met" })).await;
    refused.refused(422, "wrong-shape");
    assert_eq!(refused.problems(), ["why_safe missing"]);
    let after = author.get(&episode).await;
    assert_eq!(
        (after.header("etag"), &after.json()["shown"]["state"]),
        (shown.header("etag"), &json!("shared"))
    );
    let safe = json!({ "reason": "needs_met", "why_safe": "He lives with his gran, and the police know." });
    let closed = author.change("POST", &episode, "/closure", safe).await;
    assert_eq!(closed.status, 204, "{}", closed.text);
}

async fn an_action_that_is_open_is_named_before_an_episode_closes_and_nothing_is_stored(app: App) {
    let team = Team::new(&app).await;
    team.saved(&team.lead, "plan/1", 0, &plan()).await;
    assert_eq!(team.complete(&team.lead, "plan/1", 1).await.status, 200);
    let before = team.lead.get(&team.episode).await;
    let refused = team.lead.change("POST", &team.episode, "/closure", json!({ "reason": "needs_met" })).await;
    refused.refused(409, "still-open");
    assert_eq!(refused.problems(), ["settled.action.action-1 missing", "settled.clock.first_review missing"]);
    let after = team.lead.get(&team.episode).await;
    assert_eq!(
        (after.header("etag"), &after.json()["shown"]),
        (before.header("etag"), &before.json()["shown"])
    );
}
