//! Bank holidays: dates past those that are known, and a day that the authority adds.

use std::sync::Arc;

use assessment_engine::rule_packs;
use serde_json::{Value, json};

use super::{App, Person, Team, meeting, of, on_both, plan, review};
use crate::app::{StoppedClock, With};

on_both! {
    a_date_past_the_known_bank_holidays_says_so_and_so_does_the_health_answer_case_b3;
    an_extra_day_counts_at_once_and_what_was_promised_does_not_move_case_b3;
    a_deadline_off_a_holiday_says_from_what_and_the_next_is_counted_from_the_unmoved_day_case_b5;
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

/// The clock on another day, in an authority that reviews every six weeks.
async fn six_weekly(app: &App, now: &'static str) -> App {
    let (store, clock) = (Some(app.store.clone()), Arc::new(StoppedClock(now)));
    App::start_with(With { store, clock, profile: Some(SIX_WEEKLY), ..With::default() }).await
}

const SIX_WEEKLY: &str = r#"{
 "id": "leeds", "version": "2026.1", "name": "Leeds", "organisation": "An example", "rule_pack": "leeds-example",
 "approved_by": null, "approved_on": null, "time_zone": "Europe/London", "terms": {"front_door": "Duty and Advice"},
 "team": {"timescales": [{"code": "review_cycle", "limit": 6, "unit": "weeks", "soon": 60, "source": "Local"}]}
}"#;

/// What is due of a kind: the day and from which it was moved, on the timeline and in the daily list.
async fn due_and_moved_from(app: &App, episode: &str, kind: &str) -> [(Value, Value); 2] {
    let lead = Person::new(app, "health-visitor").await;
    let timeline = lead.get(&format!("{episode}/timeline")).await.json();
    let due = lead.get("/api/v1/me/due").await.json();
    let found = |all: &Value, day: &str| {
        let all = all.as_array().expect("a list");
        let one = all.iter().find(|one| one["kind"] == kind && one["status"] != "done");
        let one = one.unwrap_or_else(|| panic!("no {kind}: {all:?}"));
        (one[day].clone(), one["moved_from"].clone())
    };
    [found(&timeline["entries"], "on"), found(&due["due"], "due_on")]
}

async fn a_deadline_off_a_holiday_says_from_what_and_the_next_is_counted_from_the_unmoved_day_case_b5(
    app: App,
) {
    let moved = [(); 2].map(|()| (json!("2027-03-30"), json!("2027-03-26")));
    let assessed = six_weekly(&app, "2027-02-12T12:00:00Z").await;
    let team = Team::new(&assessed).await;
    let near = six_weekly(&app, "2027-03-25T12:00:00Z").await;
    assert_eq!(due_and_moved_from(&near, &team.episode, "first_tac").await, moved);
    // The family has agreed to the plan, and to no day yet for the review.
    let mut plan = plan();
    plan["agreed_on"] = json!("2027-02-12");
    plan["review_date"] = json!("2027-03-26");
    plan["outcomes"][0]["actions"][0]["by_when"] = json!("2027-03-20");
    team.saved(&team.lead, "plan/1", 0, &plan).await;
    let agreed = team.complete(&team.lead, "plan/1", 1).await;
    assert_eq!(agreed.status, 200, "{}", agreed.text);
    plan["review_date"] = Value::Null;
    team.saved(&team.lead, "plan/1", 1, &plan).await;
    assert_eq!(due_and_moved_from(&near, &team.episode, "first_review").await, moved);
    // It is held on the day to which Easter moved it, and agreed again afterwards.
    let held = six_weekly(&app, "2027-03-30T12:00:00Z").await;
    let at_review = Team {
        lead: Person::new(&held, "health-visitor").await,
        teacher: Person::new(&held, "teacher").await,
        episode: team.episode.clone(),
    };
    let mut review = review();
    (review["on"], review["next_on"]) = (json!("2027-03-30"), json!("2027-05-20"));
    at_review.saved(&at_review.lead, "review/1", 0, &review).await;
    let finished = at_review.complete(&at_review.lead, "review/1", 1).await;
    assert_eq!(finished.status, 200, "{}", finished.text);
    review["next_on"] = Value::Null;
    let body = json!({ "record": of("review/1", &review), "reason": "The family has not agreed to a day." });
    let corrected = at_review.send(&at_review.lead, "review/1", 1, body).await;
    assert_eq!(corrected.status, 200, "{}", corrected.text);
    let second = [(); 2].map(|()| (json!("2027-05-07"), Value::Null));
    assert_eq!(due_and_moved_from(&held, &team.episode, "review_cycle").await, second, "and not 11 May");
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
