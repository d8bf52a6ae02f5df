//! The plan is agreed, minutes and reviews are finished, and the episode moves on with them.

use serde_json::{Value, json};

use super::{App, Team, meeting, on_both, plan, review};

on_both! {
    a_finished_review_says_in_the_plan_how_far_its_actions_are;
    a_plan_is_agreed_once_it_is_whole_and_the_episode_moves_on;
    the_first_meeting_s_day_moves_the_episode_and_so_does_cancelling_it;
    a_review_begins_finishes_and_is_corrected_with_a_reason;
    what_cannot_be_right_is_named_and_nothing_moves;
    what_is_due_follows_plan_meetings_and_reviews;
}

async fn a_plan_is_agreed_once_it_is_whole_and_the_episode_moves_on(app: App) {
    let team = Team::new(&app).await;
    team.complete(&team.lead, "plan/1", 1).await.refused(404, "not-found");
    let mut unsaid = plan();
    unsaid["lead_professional_agrees"] = Value::Null;
    unsaid["outcomes"][0]["actions"][0]["who"] = json!("Mauve Umbrella");
    team.saved(&team.lead, "plan/1", 0, &unsaid).await;
    let refused = team.complete(&team.lead, "plan/1", 1).await;
    refused.refused(422, "record-incomplete");
    assert_eq!(
        refused.problems(),
        ["outcomes[0].actions[0].who not-in-team", "lead_professional_agrees needed"]
    );
    assert!(!refused.text.contains("Mauve"), "{}", refused.text);
    assert_eq!(
        (team.state().await, team.listed("plan", 1).await.get("completed").cloned()),
        ("shared".to_owned(), None)
    );

    assert_eq!(team.saved(&team.lead, "plan/1", 1, &plan()).await, 2);
    team.complete(&team.lead, "plan/1", 1).await.refused(412, "stale-revision");
    let agreed = team.complete(&team.lead, "plan/1", 2).await;
    assert_eq!(agreed.status, 200, "{}", agreed.text);
    assert_eq!((&agreed.json()["state"], &agreed.json()["revision"]), (&json!("plan_active"), &json!(2)));
    assert_eq!(agreed.json()["completed"]["name"], "Bernadette Oyelaran");
    let again = team.complete(&team.teacher, "plan/1", 2).await;
    assert_eq!((again.status, again.json()), (200, agreed.json()), "saying it again changes nothing");
    assert_eq!(team.state().await, "plan_active");
    // A plan goes on changing, and is agreed again once it has.
    let mut later = plan();
    later["outcomes"][0]["actions"][0]["status"] = json!("in_progress");
    assert_eq!(team.saved(&team.teacher, "plan/1", 2, &later).await, 3);
    let agreed = team.complete(&team.lead, "plan/1", 3).await;
    assert_eq!((agreed.status, &agreed.json()["state"]), (200, &json!("plan_active")), "{}", agreed.text);
    let log = team.lead.get(&format!("{}/access-log", team.episode)).await;
    assert!(log.text.contains("complete-team-record") && !log.text.contains("shouting"), "{}", log.text);
}

async fn the_first_meeting_s_day_moves_the_episode_and_so_does_cancelling_it(app: App) {
    let team = Team::new(&app).await;
    let mut undated = meeting();
    undated["on"] = Value::Null;
    team.saved(&team.lead, "meeting/1", 0, &undated).await;
    assert_eq!(team.state().await, "shared");
    team.saved(&team.lead, "meeting/1", 1, &meeting()).await;
    assert_eq!(team.state().await, "tac_scheduled");
    let mut cancelled = meeting();
    (cancelled["status"], cancelled["cancelled_reason"]) = (json!("cancelled"), json!("The family is away."));
    team.saved(&team.lead, "meeting/1", 2, &cancelled).await;
    assert_eq!(team.state().await, "shared");
    assert_eq!(team.listed("meeting", 1).await["cancelled"], true);
    team.saved(&team.lead, "meeting/2", 0, &meeting()).await;
    assert_eq!(team.state().await, "tac_scheduled");
    // A day before the episode began is saved all the same, and does not move it.
    let mut before = meeting();
    before["on"] = json!("2026-11-01");
    team.saved(&team.lead, "meeting/2", 1, &before).await;
    assert_eq!(
        (team.state().await, team.listed("meeting", 2).await["on"].clone()),
        ("tac_scheduled".to_owned(), json!("2026-11-01"))
    );
}

async fn a_review_begins_finishes_and_is_corrected_with_a_reason(app: App) {
    let team = Team::new(&app).await;
    team.saved(&team.lead, "plan/1", 0, &plan()).await;
    assert_eq!(team.complete(&team.lead, "plan/1", 1).await.status, 200);
    // An empty review begins one, and is not finished.
    team.saved(&team.teacher, "review/1", 0, &json!({})).await;
    assert_eq!(team.state().await, "in_review");
    let refused = team.complete(&team.teacher, "review/1", 1).await;
    refused.refused(422, "record-incomplete");
    assert!(refused.problems().contains(&"next_on needed".to_owned()), "{}", refused.text);
    assert_eq!(team.state().await, "in_review");
    team.saved(&team.teacher, "review/1", 1, &review()).await;
    let finished = team.complete(&team.lead, "review/1", 2).await;
    assert_eq!(
        (finished.status, &finished.json()["state"]),
        (200, &json!("plan_active")),
        "{}",
        finished.text
    );
    let mut corrected = review();
    corrected["notes"] = json!("He has been late once.");
    let refused = team.save(&team.teacher, "review/1", 2, &corrected).await;
    refused.refused(422, "wrong-shape");
    assert_eq!(refused.problems(), ["reason missing"]);
    let body =
        json!({ "record": super::of("review/1", &corrected), "reason": "It was once, says the register." });
    let saved = team.send(&team.teacher, "review/1", 2, body).await;
    assert_eq!(
        (saved.status, &saved.json()["reason"]),
        (200, &json!("It was once, says the register.")),
        "{}",
        saved.text
    );
    assert_eq!(saved.json()["summary"]["completed"]["name"], "Bernadette Oyelaran");
    let old = team.lead.get(&team.path("review/1?revision=2")).await.json();
    assert_eq!(old["record"]["notes"], "He has been late twice.");
    assert_eq!(team.state().await, "plan_active", "a correction begins no review");
    // The next review.
    let mut next = review();
    next["next_on"] = json!("2027-05-10");
    team.saved(&team.lead, "review/2", 0, &next).await;
    assert_eq!(team.state().await, "in_review");
    assert_eq!(team.complete(&team.lead, "review/2", 1).await.status, 200);
}

async fn what_cannot_be_right_is_named_and_nothing_moves(app: App) {
    let team = Team::new(&app).await;
    // A review without a plan that was agreed.
    team.saved(&team.lead, "review/1", 0, &review()).await;
    team.complete(&team.lead, "review/1", 1).await.refused(409, "not-now");
    assert_eq!(team.state().await, "shared");
    // Dates before the episode began, scores out of range, nobody at a meeting.
    let mut wrong = plan();
    wrong["outcomes"][0]["score_child"] = json!("11");
    wrong["review_date"] = json!("2026-01-04");
    team.saved(&team.lead, "plan/1", 0, &wrong).await;
    let refused = team.complete(&team.lead, "plan/1", 1).await;
    refused.refused(422, "record-incomplete");
    let problems = refused.problems().join(", ");
    assert!(problems.contains("outcomes[0].score_child") && problems.contains("review_date"), "{problems}");
    let mut nobody = meeting();
    (nobody["status"], nobody["on"], nobody["people"]) = (json!("held"), json!("2026-11-23"), json!([]));
    team.saved(&team.lead, "meeting/1", 0, &nobody).await;
    let refused = team.complete(&team.lead, "meeting/1", 1).await;
    refused.refused(422, "record-incomplete");
    assert!(refused.problems().iter().any(|one| one.starts_with("people ")), "{}", refused.text);
    for (kind, number) in [("plan", 1), ("meeting", 1), ("review", 1)] {
        assert_eq!(team.listed(kind, number).await.get("completed"), None, "{kind}");
    }
}

async fn what_is_due_follows_plan_meetings_and_reviews(app: App) {
    let team = Team::new(&app).await;
    let of_assessment = team.due_on().await;
    team.saved(&team.lead, "plan/1", 0, &plan()).await;
    let first = [of_assessment.clone(), json!("2026-12-11")].into_iter().filter(|day| !day.is_null());
    assert_eq!(team.due_on().await, first.min_by_key(ToString::to_string).expect("a day"));
    // An agreed plan takes over what the assessment promised.
    assert_eq!(team.complete(&team.lead, "plan/1", 1).await.status, 200);
    assert_eq!(team.due_on().await, "2026-12-11");
    team.saved(&team.lead, "meeting/1", 0, &meeting()).await;
    assert_eq!(team.due_on().await, "2026-12-01");
    let mut cancelled = meeting();
    cancelled["status"] = json!("cancelled");
    team.saved(&team.lead, "meeting/1", 1, &cancelled).await;
    let mut done = plan();
    let action = &mut done["outcomes"][0]["actions"][0];
    (action["status"], action["completed_on"]) = (json!("done"), json!("2026-11-23"));
    team.saved(&team.lead, "plan/1", 1, &done).await;
    assert_eq!(team.due_on().await, "2027-01-04");
    team.saved(&team.lead, "review/1", 0, &review()).await;
    assert_eq!(team.complete(&team.lead, "review/1", 1).await.status, 200);
    assert_eq!(team.due_on().await, "2027-02-15");
}

async fn a_finished_review_says_in_the_plan_how_far_its_actions_are(app: App) {
    let team = Team::new(&app).await;
    team.saved(&team.lead, "plan/1", 0, &plan()).await;
    assert_eq!(team.complete(&team.lead, "plan/1", 1).await.status, 200);
    let action = plan()["outcomes"][0]["actions"][0].clone();
    let mut reviewed = review();
    reviewed["actions"] = json!([{
        "id": "row-1",
        "action_id": action["id"],
        "action": action["action"],
        "who": action["who"],
        "status": "in_progress",
        "progress": "Two of four weeks.",
    }]);
    team.saved(&team.lead, "review/1", 0, &reviewed).await;
    assert_eq!(team.read("plan/1").await["summary"]["revision"], 1, "not before it is finished");
    assert_eq!(team.complete(&team.lead, "review/1", 1).await.status, 200);
    let after = team.read("plan/1").await;
    let row = &after["record"]["outcomes"][0]["actions"][0];
    assert_eq!((&row["status"], &row["progress"]), (&json!("in_progress"), &json!("Two of four weeks.")));
    assert_eq!(
        (&after["summary"]["revision"], &after["record"]["review_date"]),
        (&json!(2), &json!("2027-02-15"))
    );
    // Saying again that it is finished changes nothing.
    assert_eq!(team.complete(&team.lead, "review/1", 1).await.status, 200);
    assert_eq!(team.read("plan/1").await["summary"]["revision"], 2);
}
