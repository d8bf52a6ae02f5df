//! An episode ends: what arrives afterwards is kept and shown as such, and lists and clocks are quiet.

use serde_json::{Value, json};

use super::{App, Team, meeting, of, on_both, plan};

on_both! {
    what_arrives_after_the_closure_is_kept_and_shown_as_such_case_b16;
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
