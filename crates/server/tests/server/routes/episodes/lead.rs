//! Who has the lead: social care takes it and gives it back; another council takes an episode over; and what becomes of what
//! somebody gave who leaves the team.

use serde_json::{Value, json};

use super::{Person, amendment, body, member, on_both};
use crate::{
    answers::{complete, fixed_today},
    app::App,
    wire::Reply,
};

on_both! {
    social_care_takes_the_lead_and_hands_the_family_back;
    another_council_takes_a_record_over_once_it_has_accepted;
    the_timeline_has_who_took_the_lead_and_each_end_and_new_beginning;
    a_referral_that_waits_says_by_when_it_is_answered_and_what_to_do;
    what_may_be_done_follows_from_the_state;
    what_cannot_become_of_something_open_is_refused_case_b16;
    a_removed_member_opens_nothing_and_what_they_gave_goes_to_the_lead_professional_case_b14;
    who_was_in_the_team_keeps_role_and_organisation_after_they_have_left_case_b13;
    somebody_who_has_left_is_still_named_and_nothing_is_given_to_another_by_looking_case_b15;
}

const CLINIC: &str = "Aire Valley Health Visiting";
const YOUTH: Option<&str> = Some("Kirkstall Youth Project");

/// An episode that was sent to the front door.
pub(super) async fn referred(author: &Person<'_>) -> String {
    let mut answers = complete(fixed_today());
    answers["conclusions"]["decision"] = json!("R4");
    answers["conclusions"]["decision_reason"] = json!("Bruises that nobody explains; I rang them at noon.");
    let sent = author.submit("referred", &body(&answers)).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    let list = author.get("/api/v1/episodes").await.json();
    format!("/api/v1/episodes/{}", list["episodes"][0]["id"].as_str().expect("an id"))
}

fn done(reply: &Reply) {
    assert_eq!(reply.status, 204, "{}", reply.text);
    assert!(!reply.header("etag").is_empty());
}

fn may(record: &Value, action: &str) -> bool {
    record["may"].as_array().is_some_and(|all| all.iter().any(|one| one == action))
}

fn handover() -> Value {
    json!({ "why": "Both kept to the plan for six months.", "still_needed": "Help with sleep." })
}

async fn social_care_takes_the_lead_and_hands_the_family_back(app: App) {
    let author = Person::new(&app, "teacher").await;
    let duty = Person::new(&app, "duty-and-advice").await;
    let episode = referred(&author).await;
    let up = async |who: &Person<'_>| who.change("POST", &episode, "/step-up", json!({})).await;
    up(&author).await.refused(409, "referral-not-accepted");
    done(&duty.change("POST", &episode, "/referral/answer", json!({ "answer": "accepted" })).await);
    done(&up(&duty).await);
    let record = author.get(&episode).await.json();
    assert_eq!((&record["shown"]["state"], &record["stage"]), (&json!("stepped_up"), &json!("shared")));
    up(&author).await.refused(409, "social-care-leads");
    // What is new is sent and read meanwhile.
    let versions = author.get(&format!("{episode}/versions")).await.json();
    let first = versions["versions"][0]["id"].as_str().expect("an id").to_owned();
    let sent = author.submit("later", &amendment(&episode, &first, "new_version", "Grandmother rang.")).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    assert_eq!(author.get(&episode).await.json()["shown"]["state"], "stepped_up");
    for lacking in [json!({ "why": "x", "still_needed": " " }), json!({ "why": "", "still_needed": "x" })] {
        duty.change("POST", &episode, "/step-down", lacking).await.refused(422, "wrong-shape");
    }
    done(&duty.change("POST", &episode, "/step-down", handover()).await);
    let record = author.get(&episode).await.json();
    assert_eq!(record["shown"]["state"], "shared");
    assert_eq!(record["handover"]["still_needed"], "Help with sleep.", "{record}");
    assert!(record["handover"]["stepped_down"]["at"].is_string());
    duty.get(&episode).await.refused(404, "not-found");
    // Its words may tell of any section.
    let mut some = member("youth-worker", YOUTH, "tac_member");
    some["sections"] = json!([1, 13]);
    assert_eq!(author.invite_with(&episode, &some).await.status, 201);
    let youth = Person::new(&app, "youth-worker").await;
    assert_eq!(youth.get(&episode).await.json().get("handover"), None);
    let log = author.get(&format!("{episode}/access-log")).await.json();
    for action in ["step-up", "step-down"] {
        let entries = log["entries"].as_array().expect("entries");
        assert_eq!(entries.iter().filter(|one| one["action"] == action).count(), 1, "{action} {log}");
    }
}

async fn another_council_takes_a_record_over_once_it_has_accepted(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    let post = async |rest: &str, body: Value| author.change("POST", &episode, rest, body).await;
    let to = "Ribbleshire Council";
    for (wrong, problem) in [
        (json!({ "to": " " }), "to wrong-kind"),
        (json!({ "to": to, "lawful_reason": "bored", "words": "x" }), "lawful_reason wrong-kind"),
        (json!({ "to": to, "lawful_reason": "delay" }), "words missing"),
    ] {
        let refused = post("/transfer", wrong).await;
        refused.refused(422, "wrong-shape");
        assert_eq!(refused.problems(), [problem]);
    }
    post("/transfer/cancelled", json!({ "reason": "They stay." })).await.refused(409, "not-transferring");
    done(&post("/transfer", json!({ "to": to })).await);
    let record = author.get(&episode).await.json();
    assert_eq!(record["shown"]["state"], "transferring");
    assert_eq!((&record["transfer"]["to"], record["transfer"].get("lawful_reason")), (&json!(to), None));
    // Somebody who sees no section learns that it is to be transferred, and not where the family goes.
    let coordinator = Person::new(&app, "coordinator").await;
    let seen = coordinator.get(&episode).await;
    assert_eq!(seen.json()["shown"]["state"], "transferring");
    assert!(!seen.text.contains(to), "{}", seen.text);
    let moved = json!({ "reason": "moved_la", "words": "They left." });
    post("/closure", moved).await.refused(409, "transfer-under-way");
    done(&post("/transfer/cancelled", json!({ "reason": "They stay with an aunt." })).await);
    assert_eq!(author.get(&episode).await.json()["shown"]["state"], "shared");
    let lawful = json!({ "to": to, "lawful_reason": "delay", "words": "They moved overnight." });
    done(&post("/transfer", lawful).await);
    assert_eq!(author.get(&episode).await.json()["transfer"]["lawful_reason"], "delay");
    post("/transfer/finished", json!({ "accepted": "." })).await.refused(422, "wrong-shape");
    done(&post("/transfer/finished", json!({ "accepted": "Their hub rang at noon." })).await);
    let record = author.get(&episode).await.json();
    assert_eq!(record["shown"]["state"], "closed");
    assert_eq!(record["closure"]["reason"], "moved_la");
    assert_eq!(record["closure"]["words"], "Their hub rang at noon.");
    done(&post("/reopening", json!({ "reason": "They are back." })).await);
}

async fn the_timeline_has_who_took_the_lead_and_each_end_and_new_beginning(app: App) {
    let author = Person::new(&app, "teacher").await;
    let duty = Person::new(&app, "duty-and-advice").await;
    let episode = referred(&author).await;
    let council = json!({ "to": "Ribbleshire Council" });
    let steps: [(&Person<'_>, &str, Value); 8] = [
        (&duty, "/referral/answer", json!({ "answer": "accepted" })),
        (&duty, "/step-up", json!({})),
        (&duty, "/step-down", handover()),
        (&author, "/transfer", council.clone()),
        (&author, "/transfer/cancelled", json!({ "reason": "They stay with the aunt." })),
        (&author, "/transfer", council),
        (&author, "/transfer/finished", json!({ "accepted": "By telephone, their hub." })),
        (&author, "/reopening", json!({ "reason": "They came back." })),
    ];
    for (who, rest, body) in steps {
        done(&who.change("POST", &episode, rest, body).await);
    }
    let timeline = author.get(&format!("{episode}/timeline")).await;
    assert_eq!(timeline.status, 200, "{}", timeline.text);
    let entries = timeline.json()["entries"].as_array().expect("entries").clone();
    let happened = entries.iter().filter(|one| one["status"] == "done");
    let kinds: Vec<&str> = happened.map(|one| one["kind"].as_str().expect("a kind")).collect();
    assert_eq!(
        kinds,
        [
            "opened",
            "version",
            "referred",
            "referral_accepted",
            "stepped_up",
            "stepped_down",
            "transfer_begun",
            "transfer_cancelled",
            "transfer_begun",
            "transferred",
            "reopened",
        ]
    );
    for typed in ["Ribbleshire", "aunt", "telephone", "sleep", "six months", "came back"] {
        assert!(!timeline.text.contains(typed), "days and codes, no words: {typed}");
    }
}

async fn a_referral_that_waits_says_by_when_it_is_answered_and_what_to_do(app: App) {
    let author = Person::new(&app, "teacher").await;
    let episode = referred(&author).await;
    let duty = Person::new(&app, "duty-and-advice").await;
    // It was sent on Monday 23 November 2026 at noon.
    let clock = author.get(&episode).await.json()["referral"]["clock"].clone();
    let expected = json!({
        "write_by": "2026-11-24T12:00:00", "write_is": "later",
        "answer_by": "2026-11-24T17:00:00", "answer_is": "later",
        "chase_by": "2026-11-26T17:00:00", "now": "wait",
    });
    assert_eq!(clock, expected);
    done(&duty.change("POST", &episode, "/referral/answer", json!({ "answer": "accepted" })).await);
    assert_eq!(author.get(&episode).await.json()["referral"].get("clock"), None);
}

async fn what_may_be_done_follows_from_the_state(app: App) {
    let author = Person::new(&app, "teacher").await;
    let episode = referred(&author).await;
    let duty = Person::new(&app, "duty-and-advice").await;
    let offered = async || {
        let record = author.get(&episode).await.json();
        ["step-up", "step-down", "begin-transfer", "cancel-transfer", "finish-transfer"]
            .into_iter()
            .filter(|action| may(&record, action))
            .collect::<Vec<_>>()
    };
    assert_eq!(offered().await, ["begin-transfer"]);
    done(&duty.change("POST", &episode, "/referral/answer", json!({ "answer": "accepted" })).await);
    assert_eq!(offered().await, ["step-up", "begin-transfer"]);
    done(&author.change("POST", &episode, "/step-up", json!({})).await);
    assert_eq!(offered().await, ["step-down"]);
    done(&author.change("POST", &episode, "/step-down", handover()).await);
    done(&author.change("POST", &episode, "/transfer", json!({ "to": "Ribbleshire Council" })).await);
    assert_eq!(offered().await, ["cancel-transfer", "finish-transfer"]);
}

async fn what_cannot_become_of_something_open_is_refused_case_b16(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    let close = async |settled: Value| {
        author
            .change("POST", &episode, "/closure", json!({ "reason": "needs_met", "settled": settled }))
            .await
    };
    let one = |kind: &str, id: &str, becomes: &str| json!({ "kind": kind, "id": id, "becomes": becomes });
    for wrong in [
        json!([one("meeting", "3", "done")]),
        json!([one("meeting", "next week", "ended")]),
        json!([one("action", "Ada is sad", "done")]),
        json!([one("note", "a1", "done")]),
        json!([one("action", "a1", "kept")]),
        json!([one("action", "a1", "done"), one("action", "a1", "ended")]),
    ] {
        let refused = close(wrong.clone()).await;
        refused.refused(422, "wrong-shape");
        assert!(refused.problems()[0].starts_with("settled "), "{wrong} {}", refused.text);
    }
    let all = json!([
        one("action", "a1", "passed_on"),
        one("meeting", "3", "ended"),
        one("clock", "review", "ended")
    ]);
    done(&close(all.clone()).await);
    assert_eq!(author.get(&episode).await.json()["closure"]["settled"], all);
}

async fn a_removed_member_opens_nothing_and_what_they_gave_goes_to_the_lead_professional_case_b14(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    // The teacher leads as well, and lets the youth worker in; then the teacher is removed.
    let school = Some("Woodhouse Moor Primary School");
    let mut leads = member("teacher", school, "lead_professional");
    leads["sections"] = json!((0..=15).collect::<Vec<_>>());
    let invited = author.invite_with(&episode, &leads).await;
    assert_eq!(invited.status, 201, "{}", invited.text);
    let theirs = invited.json()["id"].as_str().expect("an id").to_owned();
    let teacher = Person::new(&app, "teacher").await;
    let given = teacher.invite_with(&episode, &member("youth-worker", YOUTH, "tac_member")).await;
    assert_eq!(given.status, 201, "{}", given.text);
    let youth = Person::new(&app, "youth-worker").await;
    assert_eq!(youth.get(&episode).await.status, 200);
    let look =
        async |who: &Person<'_>| who.get(&format!("{episode}/members")).await.json()["members"].clone();
    let before = look(&author).await;
    assert_eq!(before[2]["given_by"], "Priya Raman", "{before}");
    let tag = author.get(&episode).await.header("etag").to_owned();
    let path = format!("{episode}/members/{theirs}");
    done(&author.ask("DELETE", &path, &[("if-match", &tag)], None).await);
    for part in ["", "/versions", "/versions/1", "/members", "/notes", "/access-log"] {
        teacher.get(&format!("{episode}{part}")).await.refused(404, "not-found");
    }
    assert_eq!(teacher.get("/api/v1/episodes").await.json()["episodes"], json!([]));
    let record = author.get(&format!("{episode}/versions")).await.json();
    let record = record["versions"][0]["id"].as_str().expect("an id").to_owned();
    teacher.get(&format!("/api/v1/assessments/{record}")).await.refused(404, "not-found");
    let (closure, met) = (format!("{episode}/closure"), json!({ "reason": "needs_met" }));
    let tag = author.get(&episode).await.header("etag").to_owned();
    teacher.ask("POST", &closure, &[("if-match", &tag)], Some(met)).await.refused(404, "not-found");
    // The youth worker goes on for four weeks, and the health visitor answers for it.
    let after = look(&author).await;
    assert_eq!((&after[1]["status"], &after[2]["status"]), (&json!("ended"), &json!("live")), "{after}");
    assert_eq!(after[2]["given_by"], "Bernadette Oyelaran", "{after}");
    assert_eq!(after[2]["until"], "2026-12-21T12:00:00.000Z", "{after}");
    assert!(before[2]["until"].as_str() > after[2]["until"].as_str());
    assert_eq!(youth.get(&episode).await.status, 200);
}

async fn who_was_in_the_team_keeps_role_and_organisation_after_they_have_left_case_b13(app: App) {
    let author = Person::new(&app, "teacher").await;
    let episode = author.start().await;
    let visitor = member("health-visitor", Some(CLINIC), "practitioner");
    let invited = author.invite_with(&episode, &visitor).await;
    assert_eq!(invited.status, 201, "{}", invited.text);
    let member = invited.json()["id"].as_str().expect("an id").to_owned();
    let _ = Person::new(&app, "health-visitor").await;
    let tag = author.get(&episode).await.header("etag").to_owned();
    let path = format!("{episode}/members/{member}");
    done(&author.ask("DELETE", &path, &[("if-match", &tag)], None).await);
    shut_out(&app, "Bernadette Oyelaran").await;
    let members = author.get(&format!("{episode}/members")).await.json()["members"].clone();
    let theirs = &members[1];
    assert_eq!(theirs["name"], "Bernadette Oyelaran", "{members}");
    assert_eq!((&theirs["role"], &theirs["organisation"]), (&json!("practitioner"), &json!(CLINIC)));
    assert_eq!((&theirs["status"], &theirs["has_left"]), (&json!("ended"), &json!(true)));
    assert!(theirs["from"].is_string() && theirs["until"].is_string(), "from when until when: {members}");
}

async fn somebody_who_has_left_is_still_named_and_nothing_is_given_to_another_by_looking_case_b15(app: App) {
    let author = Person::new(&app, "teacher").await;
    let episode = author.start().await;
    let invited = author.invite_with(&episode, &member("youth-worker", YOUTH, "tac_member")).await;
    assert_eq!(invited.status, 201, "{}", invited.text);
    let youth = Person::new(&app, "youth-worker").await;
    assert_eq!(youth.get(&episode).await.status, 200);
    shut_out(&app, "Tomasz Bielak").await;
    youth.get(&episode).await.refused(401, "session-ended");
    let revision = author.get(&episode).await.header("etag").to_owned();
    for _ in 0..2 {
        let members = author.get(&format!("{episode}/members")).await.json()["members"].clone();
        assert_eq!(members[1]["name"], "Tomasz Bielak", "{members}");
        assert_eq!((&members[1]["has_left"], &members[0]["has_left"]), (&json!(true), &json!(false)));
    }
    assert_eq!(author.get(&episode).await.header("etag"), revision, "looking changes nothing");
}

/// Closes somebody's account. Gives what they leave behind.
pub(super) async fn shut_out(app: &App, name: &str) -> Value {
    let coordinator = Person::new(app, "coordinator").await;
    let list = coordinator.get("/api/v1/staff").await.json();
    let found = list["staff"].as_array().expect("staff").iter().find(|one| one["name"] == name);
    let id = found.expect("somebody")["id"].as_str().expect("an id");
    let path = format!("/api/v1/staff/{id}/shut-out");
    let out = coordinator.ask("POST", &path, &[], Some(json!({ "reason": "Left on Friday." }))).await;
    assert_eq!(out.status, 200, "{}", out.text);
    out.json()
}
