//! An episode ends: what arrives afterwards is kept and shown as such, and lists and clocks are quiet.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{App, Person, Team, meeting, of, on_both, plan};
use crate::app::{StoppedClock, With};

on_both! {
    what_arrives_after_the_closure_is_kept_and_shown_as_such_case_b16;
    what_an_offline_device_adds_after_the_closure_waits_and_nothing_cancelled_comes_back_case_b16;
    closing_cancels_meetings_in_calendars_and_opening_again_brings_nothing_back_case_b16;
}

async fn close(team: &Team<'_>) {
    let closing = closing(team).await;
    let closed = team.lead.change("POST", &team.episode, "/closure", closing).await;
    assert_eq!(closed.status, 204, "{}", closed.text);
}

async fn reopen(team: &Team<'_>) {
    let again = json!({ "reason": "The school rang: it has begun again." });
    let opened = team.lead.change("POST", &team.episode, "/reopening", again).await;
    assert_eq!(opened.status, 204, "{}", opened.text);
}

/// What closing says of everything that is open, once the server has named it.
async fn closing(team: &Team<'_>) -> Value {
    let mut closing = json!({ "reason": "needs_met" });
    let refused = team.lead.change("POST", &team.episode, "/closure", closing.clone()).await;
    refused.refused(409, "still-open");
    let open = refused.problems();
    let settled = open.iter().map(|problem| {
        let path = problem.trim_end_matches(" missing").trim_start_matches("settled.");
        let (kind, id) = path.split_once('.').unwrap_or_else(|| panic!("{problem}"));
        json!({ "kind": kind, "id": id, "becomes": "ended" })
    });
    closing["settled"] = settled.collect();
    closing
}

async fn what_arrives_after_the_closure_is_kept_and_shown_as_such_case_b16(app: App) {
    let team = Team::new(&app).await;
    team.saved(&team.lead, "plan/1", 0, &plan()).await;
    close(&team).await;
    assert_eq!(team.due_on().await, Value::Null);
    let mut late = plan();
    late["outcomes"][0]["actions"][0]["progress"] = json!("She slept through.");
    let kept = team.save(&team.teacher, "plan/1", 1, &late).await;
    assert_eq!(kept.status, 409, "{}", kept.text);
    let kept = kept.json()["kept"].clone();
    assert_eq!((&kept["why"], &kept["record"]), (&json!("closed"), &of("plan/1", &late)));
    assert_eq!(team.listed("plan", 1).await["kept"], 1);
    // The same comes again, and something that is not there yet.
    let again = team.save(&team.teacher, "plan/1", 1, &late).await;
    assert_eq!((again.status, &again.json()["kept"]["id"]), (409, &kept["id"]));
    assert_eq!(team.save(&team.teacher, "meeting/1", 0, &meeting()).await.status, 409);
    let listed = team.listed("meeting", 1).await;
    assert_eq!((&listed["revision"], &listed["kept"], listed.get("saved")), (&json!(0), &json!(1), None));
    assert_eq!(team.read("plan/1").await["record"], of("plan/1", &plan()));
    team.complete(&team.lead, "plan/1", 1).await.refused(409, "kept-waits");
    // Opened again, it waits to be settled, and nothing of it has come back by itself.
    reopen(&team).await;
    assert_eq!(team.listed("plan", 1).await["kept"], 1);
    let body = json!({ "record": of("plan/1", &late), "settles": kept["id"] });
    let settled = team.send(&team.lead, "plan/1", 1, body).await;
    assert_eq!(
        (settled.status, team.listed("plan", 1).await["kept"].clone()),
        (200, json!(0)),
        "{}",
        settled.text
    );
}

/// Closed with two open actions, a meeting next week and a running clock; an offline device adds an action; opened again two
/// months later, by the clock.
async fn what_an_offline_device_adds_after_the_closure_waits_and_nothing_cancelled_comes_back_case_b16(
    app: App,
) {
    let team = Team::new(&app).await;
    let action = |id: &str, by: &str| json!({ "id": id, "action": "Ring the nursery.", "who": "Bernadette Oyelaran", "by_when": by });
    let mut two = plan();
    two["review_date"] = json!("2026-12-07");
    two["outcomes"][0]["actions"] =
        json!([action("action-1", "2026-12-01"), action("action-2", "2026-12-11")]);
    team.saved(&team.lead, "plan/1", 0, &two).await;
    let agreed = team.complete(&team.lead, "plan/1", 1).await;
    assert_eq!(agreed.status, 200, "{}", agreed.text);
    team.saved(&team.lead, "meeting/1", 0, &meeting()).await;
    // Within the 60 days after which a grant that nobody uses sleeps.
    let later = on(&app, "2027-01-20T12:00:00Z").await;
    let lead = Person::new(&later, "health-visitor").await;
    let kinds = async || {
        let list = lead.get("/api/v1/me/due").await.json();
        let all = list["due"].as_array().expect("a list").iter();
        all.map(|one| one["kind"].as_str().expect("a kind").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(kinds().await.iter().filter(|kind| *kind == "action").count(), 2);
    close(&team).await;
    assert_eq!(kinds().await, Vec::<String>::new(), "lists and clocks are quiet");
    let mut offline = two.clone();
    let actions = offline["outcomes"][0]["actions"].as_array_mut().expect("actions");
    actions.push(action("action-3", "2026-12-18"));
    let kept = team.save(&team.teacher, "plan/1", 1, &offline).await;
    assert_eq!((kept.status, &kept.json()["kept"]["why"]), (409, &json!("closed")), "{}", kept.text);
    let again = json!({ "reason": "The school rang: it has begun again." });
    let opened = lead.change("POST", &team.episode, "/reopening", again).await;
    assert_eq!(opened.status, 204, "{}", opened.text);
    // The late action is kept as it came, and is in nobody's list until a person has settled it.
    assert_eq!(team.kept("plan/1").await[0]["record"], of("plan/1", &offline));
    assert_eq!(team.read("plan/1").await["record"], of("plan/1", &two));
    let due = kinds().await;
    for gone in ["action", "meeting", "tac_minutes", "first_review"] {
        assert!(!due.iter().any(|kind| kind == gone), "{gone} came back by itself: {due:?}");
    }
    assert_eq!(team.due_on().await, Value::Null, "what was promised ended");
    // The clock of the review goes on where it was: 58 days do not count, and on the day it was agreed it had six weeks.
    let line = lead.get(&format!("{}/timeline", team.episode)).await.json();
    let review =
        line["entries"].as_array().expect("entries").iter().find(|one| one["kind"] == "first_review");
    assert_eq!(review.map(|one| one["on"].clone()), Some(json!("2027-03-03")), "{line}");
    // Saved again, an action counts again.
    let body = json!({ "record": of("plan/1", &offline), "settles": team.kept("plan/1").await[0]["id"] });
    let tag = [("if-match", "\"1\"")];
    let settled = lead.ask("PUT", &team.path("plan/1"), &tag, Some(body)).await;
    assert_eq!(settled.status, 200, "{}", settled.text);
    assert_eq!(kinds().await.iter().filter(|kind| *kind == "action").count(), 3);
}

/// The same records on a later day.
async fn on(app: &App, now: &'static str) -> App {
    let clock = Arc::new(StoppedClock(now));
    App::start_with(With { store: Some(app.store.clone()), clock, ..With::default() }).await
}

async fn closing_cancels_meetings_in_calendars_and_opening_again_brings_nothing_back_case_b16(app: App) {
    let team = Team::new(&app).await;
    team.saved(&team.lead, "meeting/1", 0, &meeting()).await;
    let file = async || team.lead.get(&team.path("meeting/1/calendar")).await.text;
    let before = file().await;
    close(&team).await;
    let cancelled = file().await;
    assert!(before.contains("METHOD:PUBLISH") && cancelled.contains("METHOD:CANCEL"), "{cancelled}");
    assert_eq!(team.listed("meeting", 1).await["cancelled"], true);
    reopen(&team).await;
    assert_eq!(file().await, cancelled, "it does not come back by itself");
    assert_eq!(team.due_on().await, Value::Null);
    let mut again = meeting();
    again["on"] = json!("2026-12-15");
    team.saved(&team.lead, "meeting/1", 1, &again).await;
    let saved = file().await;
    assert!(saved.contains("METHOD:PUBLISH"), "{saved}");
    let sequence = |file: &str| {
        let line = file.lines().find_map(|line| line.strip_prefix("SEQUENCE:")).map(str::to_owned);
        line.and_then(|number| number.trim().parse::<u32>().ok()).unwrap_or_else(|| panic!("none: {file}"))
    };
    assert!(sequence(&before) < sequence(&cancelled) && sequence(&cancelled) < sequence(&saved));
}
