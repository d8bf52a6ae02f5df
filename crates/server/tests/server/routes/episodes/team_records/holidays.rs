//! Bank holidays: dates past those that are known, and a day that the authority adds.

use std::sync::Arc;

use assessment_engine::rule_packs;
use serde_json::{Value, json};

use super::{App, Person, Team, meeting, on_both, plan};
use crate::app::{StoppedClock, With};

on_both! {
    a_date_past_the_known_bank_holidays_says_so_and_so_does_the_health_answer_case_b3;
    an_extra_day_counts_at_once_and_what_was_promised_does_not_move_case_b3;
}

/// Three days before the last day for which bank holidays are known.
const LATE: &str = "2028-12-28T12:00:00Z";

/// The same records on that day, with more bank holidays.
async fn on(app: &App, now: &'static str, more: Option<&str>) -> App {
    let pack = more.map(|more| {
        let mut pack: Value = serde_json::from_str(rule_packs::built_in()).expect("a pack");
        pack["bank_holidays"] = serde_json::from_str(more).expect("days");
        pack.to_string()
    });
    let (store, clock) = (Some(app.store.clone()), Arc::new(StoppedClock(now)));
    App::start_with(With { store, clock, pack, ..With::default() }).await
}

/// When the minutes of the first meeting are due, and until when bank holidays are known, if that is too early.
async fn minutes(app: &App, episode: &str) -> (Value, Value) {
    let lead = Person::new(app, "health-visitor").await;
    let timeline = lead.get(&format!("{episode}/timeline")).await;
    assert_eq!(timeline.status, 200, "{}", timeline.text);
    let timeline = timeline.json();
    let all = timeline["entries"].as_array().expect("entries");
    let found = all.iter().find(|one| one["kind"] == "tac_minutes").expect("minutes are due");
    (found["on"].clone(), found["bank_holidays_known_until"].clone())
}

async fn a_date_past_the_known_bank_holidays_says_so_and_so_does_the_health_answer_case_b3(app: App) {
    let health = async |app: &App| app.client.get("/api/v1/health").await.json();
    let now = health(&app).await;
    assert_eq!(
        (&now["bank_holidays_known_until"], &now["bank_holidays_end_soon"]),
        (&json!("2028-12-31"), &json!(false))
    );
    let later = on(&app, LATE, None).await;
    assert_eq!(health(&later).await["bank_holidays_end_soon"], true);
    let team = Team::new(&later).await;
    let mut late = meeting();
    late["on"] = json!("2028-12-28");
    team.saved(&team.lead, "meeting/1", 0, &late).await;
    // Whether New Year's Day of 2029 is one is not known, and the earlier day is given.
    assert_eq!(minutes(&later, &team.episode).await, (json!("2029-01-02"), json!("2028-12-31")));
    let due = on(&app, "2029-01-02T12:00:00Z", None).await;
    let due = Person::new(&due, "health-visitor").await.get("/api/v1/me/due").await.json();
    let all = due["due"].as_array().expect("a list");
    let found = all.iter().find(|one| one["kind"] == "tac_minutes").expect("minutes are due");
    assert_eq!(found["bank_holidays_known_until"], "2028-12-31", "{due}");
    let more = r#"{"days": ["2029-01-01"], "known_until": "2032-12-31"}"#;
    let known = on(&app, LATE, Some(more)).await;
    assert_eq!(health(&known).await["bank_holidays_end_soon"], false);
    assert_eq!(minutes(&known, &team.episode).await, (json!("2029-01-03"), Value::Null));
}

async fn an_extra_day_counts_at_once_and_what_was_promised_does_not_move_case_b3(app: App) {
    let team = Team::new(&app).await;
    team.saved(&team.lead, "plan/1", 0, &plan()).await;
    assert_eq!(team.complete(&team.lead, "plan/1", 1).await.status, 200);
    team.saved(&team.lead, "meeting/1", 0, &meeting()).await;
    let promised = async |app: &App| {
        let lead = Person::new(app, "health-visitor").await;
        let timeline = lead.get(&format!("{}/timeline", team.episode)).await.json();
        let all = timeline["entries"].as_array().expect("entries").clone();
        let of = |kind: &str| all.iter().find(|one| one["kind"] == kind).map(|one| one["on"].clone());
        let listed = lead.get(&team.episode).await.json()["shown"]["due_on"].clone();
        (of("first_review"), of("action"), listed)
    };
    let (before, after) = ("2026-12-01T12:00:00Z", r#"{"days": ["2026-12-02", "2026-12-11", "2027-01-04"]}"#);
    let usual = on(&app, before, None).await;
    let crowned = on(&app, before, Some(after)).await;
    assert_eq!(minutes(&usual, &team.episode).await.0, "2026-12-04");
    assert_eq!(minutes(&crowned, &team.episode).await.0, "2026-12-07", "it counts at once");
    // An action by 11 December and a review on 4 January were promised, and are days of their own.
    let expected = (Some(json!("2027-01-04")), Some(json!("2026-12-11")), json!("2026-12-01"));
    assert_eq!(promised(&usual).await, expected);
    assert_eq!(promised(&crowned).await, expected, "nothing moves by itself");
}
