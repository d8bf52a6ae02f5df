//! What is due, as one daily list without a word about the family, and on the timeline.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{App, Person, Team, meeting, on_both, plan};
use crate::app::{StoppedClock, With};

on_both! {
    one_daily_list_has_ids_and_codes_only;
    a_timeline_has_what_happened_and_what_is_to_come;
}

/// The same records on a later day.
async fn on(app: &App, now: &'static str) -> App {
    let clock = Arc::new(StoppedClock(now));
    App::start_with(With { store: Some(app.store.clone()), clock, ..With::default() }).await
}

async fn one_daily_list_has_ids_and_codes_only(app: App) {
    let team = Team::new(&app).await;
    team.saved(&team.lead, "plan/1", 0, &plan()).await;
    assert_eq!(team.complete(&team.lead, "plan/1", 1).await.status, 200);
    team.saved(&team.lead, "meeting/1", 0, &meeting()).await;
    let id = team.episode.rsplit('/').next().expect("an id");
    let due = async |now: &'static str| -> Vec<(String, Value, String)> {
        let later = on(&app, now).await;
        let list = Person::new(&later, "health-visitor").await.get("/api/v1/me/due").await;
        assert_eq!(list.status, 200, "{}", list.text);
        for word in ["Teddy", "Example", "shouting", "nurse", "Oyelaran"] {
            assert!(!list.text.contains(word), "{}", list.text);
        }
        let all = list.json()["due"].as_array().expect("a list").clone();
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        all.iter()
            .map(|one| {
                assert_eq!(one["episode"], id);
                (text(&one["kind"]), one["due_on"].clone(), text(&one["urgency"]))
            })
            .collect()
    };
    assert_eq!(due("2026-11-23T12:00:00Z").await, []);
    let action = ("action".to_owned(), json!("2026-12-11"), "soon".to_owned());
    assert!(due("2026-12-10T12:00:00Z").await.contains(&action));
    let late = due("2026-12-12T12:00:00Z").await;
    assert!(late.contains(&("action".to_owned(), json!("2026-12-11"), "overdue".to_owned())), "{late:?}");
    // The meeting was on 1 December, and nobody has written its minutes.
    assert!(late.iter().any(|(kind, ..)| kind == "tac_minutes"), "{late:?}");
    let review = due("2027-01-04T12:00:00Z").await;
    assert!(
        review.contains(&("first_review".to_owned(), json!("2027-01-04"), "today".to_owned())),
        "{review:?}"
    );
    // Others have lists of their own.
    let later = on(&app, "2026-12-12T12:00:00Z").await;
    let youth = Person::new(&later, "youth-worker").await.get("/api/v1/me/due").await.json();
    assert_eq!((&youth["due"], &youth["today"]), (&json!([]), &json!("2026-12-12")));
    Person::new(&later, "auditor").await.get("/api/v1/me/due").await.refused(403, "forbidden");
    for query in ["?limit=0", "?limit=201", "?after=x", "?name=Teddy"] {
        let path = format!("/api/v1/me/due{query}");
        Person::new(&later, "teacher").await.get(&path).await.refused(400, "bad-query");
    }
}

async fn a_timeline_has_what_happened_and_what_is_to_come(app: App) {
    let team = Team::new(&app).await;
    team.saved(&team.lead, "plan/1", 0, &plan()).await;
    assert_eq!(team.complete(&team.lead, "plan/1", 1).await.status, 200);
    team.saved(&team.lead, "meeting/1", 0, &meeting()).await;
    let hidden = json!({ "organisation": "Kirkstall Youth Project" });
    let excluded = team.lead.change("POST", &team.episode, "/exclusions", hidden).await;
    assert_eq!(excluded.status, 204, "{}", excluded.text);
    let timeline = team.lead.get(&format!("{}/timeline", team.episode)).await;
    assert_eq!(timeline.status, 200, "{}", timeline.text);
    let all = timeline.json()["entries"].as_array().expect("entries").clone();
    let days: Vec<&str> = all.iter().map(|one| one["on"].as_str().expect("a day")).collect();
    assert!(days.is_sorted(), "{days:?}");
    for (kind, number, status) in [
        ("opened", Value::Null, "done"),
        ("version", json!(1), "done"),
        ("plan_agreed", Value::Null, "done"),
        ("meeting", json!(1), "later"),
        ("action", Value::Null, "later"),
        ("first_review", Value::Null, "later"),
    ] {
        let found =
            all.iter().find(|one| one["kind"] == kind).unwrap_or_else(|| panic!("no {kind}: {all:?}"));
        assert_eq!((&found["number"], &found["status"]), (&number, &json!(status)), "{kind}");
    }
    assert!(!timeline.text.contains("Kirkstall") && !timeline.text.contains("exclu"), "{}", timeline.text);
}
