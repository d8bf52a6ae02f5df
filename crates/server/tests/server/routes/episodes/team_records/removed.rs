//! Somebody who was removed from a team: nothing of it opens for them any more, and what they were sent is still said of them.

use serde_json::{Value, json};

use super::{App, Person, every_section, let_in, meeting, on_both, plan};

on_both! {
    for_a_removed_member_nothing_opens_and_the_copies_that_they_have_are_listed_case_b14;
}

async fn for_a_removed_member_nothing_opens_and_the_copies_that_they_have_are_listed_case_b14(app: App) {
    let lead = Person::new(&app, "health-visitor").await;
    let episode = lead.start().await;
    let invited = lead.invite_with(&episode, &let_in("teacher", "lead_professional", &every_section())).await;
    assert_eq!(invited.status, 201, "{}", invited.text);
    let theirs = invited.json()["id"].as_str().expect("an id").to_owned();
    let teacher = Person::new(&app, "teacher").await;
    let given = teacher.invite_with(&episode, &let_in("youth-worker", "tac_member", &[0, 9, 14])).await;
    assert_eq!(given.status, 201, "{}", given.text);
    let put = async |record: &str, answers: &Value| {
        let body = json!({ "record": super::of(record, answers) });
        let path = format!("{episode}/team-records/{record}");
        let saved = teacher.ask("PUT", &path, &[("if-match", "\"0\"")], Some(body)).await;
        assert_eq!(saved.status, 200, "{}", saved.text);
    };
    let mut plan = plan();
    plan["outcomes"][0]["actions"][0]["by_when"] = json!("2026-11-24");
    put("plan/1", &plan).await;
    let mut held = meeting();
    held["on"] = json!("2026-11-23");
    put("meeting/1", &held).await;
    let sent = json!({
        "id": "5e7a3b52-0c9d-4b3e-9a53-0000000000c1", "revision": 1, "to": ["priya  raman", "Kelly-Anne Moss"],
    });
    let noted =
        lead.ask("POST", &format!("{episode}/team-records/meeting/1/circulations"), &[], Some(sent)).await;
    assert_eq!(noted.status, 204, "{}", noted.text);

    let id = episode.rsplit('/').next().expect("an id");
    let opens = [
        "",
        "/versions",
        "/versions/1",
        "/members",
        "/notes",
        "/access-log",
        "/timeline",
        "/proposals",
        "/team-records",
        "/team-records/plan/1",
        "/team-records/meeting/1",
        "/team-records/meeting/1/calendar",
    ];
    let statuses = async |who: &Person<'_>| {
        let mut found = Vec::new();
        for part in opens {
            found.push((part, who.get(&format!("{episode}{part}")).await.status));
        }
        found
    };
    let search = async |who: &Person<'_>| {
        let asked = json!({ "text": "Teddy Example" });
        let found = who.ask("POST", "/api/v1/people/search", &[], Some(asked)).await;
        assert_eq!(found.status, 200, "{}", found.text);
        found.text
    };
    let due = async |who: &Person<'_>| who.get("/api/v1/me/due").await.json()["due"].clone();
    assert_eq!(statuses(&teacher).await, opens.map(|part| (part, 200)));
    let child = lead.get(&episode).await.json()["child"].as_str().expect("an id").to_owned();
    assert!(search(&teacher).await.contains(&child));
    assert_ne!(due(&teacher).await, json!([]));

    let tag = lead.get(&episode).await.header("etag").to_owned();
    let ended = lead.ask("DELETE", &format!("{episode}/members/{theirs}"), &[("if-match", &tag)], None).await;
    assert_eq!(ended.status, 204, "{}", ended.text);
    assert_eq!(statuses(&teacher).await, opens.map(|part| (part, 404)));
    teacher.get(&format!("{episode}/family-page")).await.refused(404, "not-found");
    let note =
        json!({ "id": "5e7a3b52-0c9d-4b3e-9a53-0000000000c2", "kind": "comment", "words": "He was late." });
    let any = [("if-match", "\"1\"")];
    teacher.ask("POST", &format!("{episode}/notes"), &any, Some(note)).await.refused(404, "not-found");
    let body = json!({ "record": super::of("plan/1", &plan) });
    let path = format!("{episode}/team-records/plan/1");
    teacher.ask("PUT", &path, &[("if-match", "\"1\"")], Some(body)).await.refused(404, "not-found");
    assert_eq!(due(&teacher).await, json!([]));
    assert!(!search(&teacher).await.contains(&child));
    assert!(!teacher.get("/api/v1/episodes").await.text.contains(id));
    // What they gave is the lead professional's now, and ends within four weeks.
    let members = lead.get(&format!("{episode}/members")).await.json()["members"].clone();
    assert_eq!(
        (&members[2]["given_by"], &members[2]["until"]),
        (&json!("Bernadette Oyelaran"), &json!("2026-12-21T12:00:00.000Z")),
        "{members}"
    );
    // What they were sent stays with them, and is said.
    let copies = json!([{ "meeting": 1, "on": "2026-11-23", "sent_on": "2026-11-23" }]);
    assert_eq!((&members[1]["status"], &members[1]["copies"]), (&json!("ended"), &copies), "{members}");
    assert_eq!((&members[0]["copies"], &members[2]["copies"]), (&json!([]), &json!([])), "{members}");
}
