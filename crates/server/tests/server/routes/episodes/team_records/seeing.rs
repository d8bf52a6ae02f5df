//! Who sees what of a team's records.

use serde_json::json;

use super::{App, Person, Team, let_in, meeting, on_both, plan, review};

on_both! {
    a_member_reads_the_records_of_their_sections_and_writes_none_b42;
    a_coordinator_sees_that_there_are_records_and_when;
    a_safeguarding_lead_reads_with_a_reason_and_others_find_nothing_b40;
    what_a_team_wrote_is_in_an_export_for_a_person_to_decide;
}

async fn filled(app: &App) -> Team<'_> {
    let team = Team::new(app).await;
    for (record, answers) in [("plan/1", plan()), ("meeting/1", meeting()), ("review/1", review())] {
        team.saved(&team.lead, record, 0, &answers).await;
    }
    team
}

const RECORDS: [&str; 3] = ["plan/1", "meeting/1", "review/1"];

async fn a_member_reads_the_records_of_their_sections_and_writes_none_b42(app: App) {
    let team = filled(&app).await;
    let invited = team.lead.invite_with(&team.episode, &let_in("youth-worker", "tac_member", &[1, 14])).await;
    assert_eq!(invited.status, 201, "{}", invited.text);
    let youth = Person::new(&app, "youth-worker").await;
    let list = youth.get(&format!("{}/team-records", team.episode)).await.json();
    let readable: Vec<_> =
        list["records"].as_array().expect("records").iter().map(|one| &one["readable"]).collect();
    assert_eq!(readable, [false, true, false]);
    assert_eq!(youth.get(&team.path("meeting/1")).await.status, 200);
    assert_eq!(youth.get(&team.path("meeting/1/calendar")).await.status, 200);
    for record in ["plan/1", "review/1"] {
        for rest in ["", "/kept"] {
            youth.get(&team.path(&format!("{record}{rest}"))).await.refused(403, "not-in-sight");
        }
    }
    for (record, answers) in [("plan/1", plan()), ("meeting/1", meeting()), ("review/1", review())] {
        team.save(&youth, record, 1, &answers).await.refused(403, "forbidden");
        team.complete(&youth, record, 1).await.refused(403, "forbidden");
    }
    // Somebody who writes the assessment, and was not let into the meetings.
    let some = let_in("safeguarding-lead", "practitioner", &(0..=12).collect::<Vec<_>>());
    assert_eq!(team.lead.invite_with(&team.episode, &some).await.status, 201);
    let writer = Person::new(&app, "safeguarding-lead").await;
    assert_eq!(team.save(&writer, "plan/1", 1, &plan()).await.status, 200);
    team.save(&writer, "meeting/1", 1, &meeting()).await.refused(403, "not-in-sight");
    team.complete(&writer, "review/1", 1).await.refused(403, "not-in-sight");
    // The family reads its copy, and no record.
    assert_eq!(team.lead.invite(&team.episode, "parent", None, "family_viewer").await.status, 201);
    let parent = Person::new(&app, "parent").await;
    for rest in ["", "/plan/1", "/meeting/1/calendar"] {
        parent.get(&format!("{}/team-records{rest}", team.episode)).await.refused(403, "forbidden");
    }
}

async fn a_coordinator_sees_that_there_are_records_and_when(app: App) {
    let team = filled(&app).await;
    let coordinator = Person::new(&app, "coordinator").await;
    let list = coordinator.get(&format!("{}/team-records", team.episode)).await;
    assert_eq!(list.status, 200, "{}", list.text);
    let records = list.json()["records"].clone();
    assert_eq!((&records[1]["on"], &records[1]["readable"]), (&json!("2026-12-01"), &json!(false)));
    for words in ["shouting", "room 2", "late twice"] {
        assert!(!list.text.contains(words), "{}", list.text);
    }
    for record in RECORDS {
        coordinator.get(&team.path(record)).await.refused(403, "not-in-sight");
        coordinator.get(&team.path(&format!("{record}/kept"))).await.refused(403, "not-in-sight");
    }
    let timeline = coordinator.get(&format!("{}/timeline", team.episode)).await;
    assert_eq!(timeline.status, 200, "{}", timeline.text);
}

async fn a_safeguarding_lead_reads_with_a_reason_and_others_find_nothing_b40(app: App) {
    let team = Team::of(&app, "teacher", "health-visitor").await;
    team.saved(&team.lead, "plan/1", 0, &plan()).await;
    let lead = Person::new(&app, "safeguarding-lead").await;
    lead.get(&team.path("plan/1")).await.refused(403, "reason-needed");
    let read = lead.because(&team.path("plan/1"), "She%20rang%20me").await;
    assert_eq!(read.status, 200, "{}", read.text);
    // A stranger, and an id that nobody has, are answered alike.
    let stranger = Person::new(&app, "youth-worker").await;
    let nobody = "/api/v1/episodes/5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f";
    for rest in ["/team-records", "/team-records/plan/1", "/team-records/plan/1/kept", "/timeline"] {
        let theirs = stranger.get(&format!("{}{rest}", team.episode)).await;
        let none = stranger.get(&format!("{nobody}{rest}")).await;
        theirs.refused(404, "not-found");
        assert_eq!(theirs.text, none.text, "{rest}");
    }
    let refused = team.save(&stranger, "plan/1", 1, &plan()).await;
    refused.refused(404, "not-found");
}

async fn what_a_team_wrote_is_in_an_export_for_a_person_to_decide(app: App) {
    let team = filled(&app).await;
    let mut clash = plan();
    clash["long_term_goal"] = json!("Mauve umbrella.");
    team.saved(&team.lead, "plan/1", 1, &clash).await;
    clash["long_term_goal"] = json!("Teal suitcase.");
    assert_eq!(team.save(&team.teacher, "plan/1", 1, &clash).await.status, 409);
    let export = crate::routes::episodes::subject_access::export(&app, &team.episode).await;
    let all = export["to_decide"].as_array().expect("a list");
    for (question, words) in [
        ("plan[1].revision[1]", "without shouting"),
        ("plan[1].revision[2]", "Mauve umbrella."),
        ("plan[1].kept[1]", "Teal suitcase."),
        ("meeting[1].revision[1]", "room 2"),
        ("review[1].revision[1]", "late twice"),
    ] {
        let found =
            all.iter().find(|one| one["question"] == question).unwrap_or_else(|| panic!("no {question}"));
        assert!(found["answer"].as_str().is_some_and(|said| said.contains(words)), "{found}");
        assert!(!export["for_the_person"].to_string().contains(words), "{words}");
    }
}
