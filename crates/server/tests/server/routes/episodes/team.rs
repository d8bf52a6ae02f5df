//! The team of an episode, reasons, and who has seen it.

use serde_json::json;

use super::{Person, member, on_both};
use crate::app::App;

on_both! {
    a_member_sees_the_sections_that_they_were_given_and_no_others_b98;
    what_is_kept_closely_is_absent_for_a_member_who_may_not_see_it_b42;
    access_that_has_ended_shows_nothing_b98;
    nobody_gives_more_than_they_see;
    another_organisation_needs_the_family_s_agreement;
    a_change_to_the_team_names_the_revision_that_it_follows;
    opening_another_s_record_asks_why_and_keeps_it_b44;
}

const YOUTH: Option<&str> = Some("Kirkstall Youth Project");

async fn a_member_sees_the_sections_that_they_were_given_and_no_others_b98(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    let mut some = member("youth-worker", YOUTH, "tac_member");
    some["sections"] = json!([1, 7]);
    some["up_to"] = json!("ordinary");
    let invited = author.invite_with(&episode, &some).await;
    assert_eq!(invited.status, 201, "{}", invited.text);
    let youth = Person::new(&app, "youth-worker").await;
    let list = youth.get("/api/v1/episodes").await.json();
    assert_eq!(list["episodes"][0]["shown"]["child_name"], "Teddy Example");
    let version = youth.get(&format!("{episode}/versions/1")).await.json();
    let parts: Vec<_> = version["answers"].as_object().expect("answers").keys().cloned().collect();
    assert_eq!(parts, ["elements", "identifying_details"]);
    assert_eq!((&version["whole"], version.get("outcome")), (&json!(false), None));
    // The youth worker may not compare, and neither the log nor the invitation is theirs.
    youth.get(&format!("{episode}/versions/2/differences")).await.refused(403, "forbidden");
    youth.get(&format!("{episode}/access-log")).await.refused(403, "forbidden");
    youth
        .invite(&episode, "teacher", Some("Woodhouse Moor Primary School"), "tac_member")
        .await
        .refused(403, "forbidden");
    let members = youth.get(&format!("{episode}/members")).await.json();
    let roles: Vec<_> =
        members["members"].as_array().expect("members").iter().map(|one| &one["role"]).collect();
    assert_eq!(roles, ["lead_professional", "tac_member"]);
}

async fn what_is_kept_closely_is_absent_for_a_member_who_may_not_see_it_b42(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let mut answers = crate::answers::complete(crate::answers::fixed_today());
    answers["identifying_details"]["address_confidential"] = json!("yes");
    let sent = author.submit("first", &super::body(&answers)).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    let list = author.get("/api/v1/episodes").await.json();
    let episode = format!("/api/v1/episodes/{}", list["episodes"][0]["id"].as_str().expect("an id"));
    assert_eq!(author.get(&episode).await.json()["protection"], "confidential");
    let mut some = member("youth-worker", YOUTH, "tac_member");
    some["up_to"] = json!("ordinary");
    assert_eq!(author.invite_with(&episode, &some).await.status, 201);
    let youth = Person::new(&app, "youth-worker").await;
    let version = youth.get(&format!("{episode}/versions/1")).await;
    for kept in ["1 Invented Row", "LS1 1UR", "0113 496 0001", "Invented Nursery"] {
        assert!(!version.text.contains(kept), "{kept}");
    }
    assert_eq!(version.json()["answers"]["identifying_details"]["given_names"], "Teddy");
}

async fn access_that_has_ended_shows_nothing_b98(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    let invited = author.invite(&episode, "youth-worker", YOUTH, "tac_member").await;
    let (tag, id) =
        (invited.header("etag").to_owned(), invited.json()["id"].as_str().expect("an id").to_owned());
    let youth = Person::new(&app, "youth-worker").await;
    assert_eq!(youth.get(&episode).await.status, 200);
    let path = format!("{episode}/members/{id}");
    author.ask("DELETE", &path, &[], None).await.refused(428, "precondition-missing");
    author.ask("DELETE", &path, &[("if-match", "\"1\"")], None).await.refused(412, "stale-revision");
    assert_eq!(author.ask("DELETE", &path, &[("if-match", &tag)], None).await.status, 204);
    for part in ["", "/versions", "/versions/1", "/members"] {
        youth.get(&format!("{episode}{part}")).await.refused(404, "not-found");
    }
    assert_eq!(youth.get("/api/v1/episodes").await.json()["episodes"], json!([]));
    let tag = author.get(&episode).await.header("etag").to_owned();
    author.ask("DELETE", &path, &[("if-match", &tag)], None).await.refused(404, "not-found");
}

async fn nobody_gives_more_than_they_see(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    let lead = Person::new(&app, "teacher").await;
    let mut some = member("teacher", Some("Woodhouse Moor Primary School"), "lead_professional");
    some["sections"] = json!([1, 2, 3]);
    assert_eq!(author.invite_with(&episode, &some).await.status, 201);
    lead.invite(&episode, "youth-worker", YOUTH, "tac_member").await.refused(403, "more-than-seen");
    let themselves = member("health-visitor", Some("Aire Valley Health Visiting"), "tac_member");
    author.invite_with(&episode, &themselves).await.refused(422, "grant-refused");
    let role = member("coordinator", Some("Aire Valley Health Visiting"), "eh_coordinator");
    author.invite_with(&episode, &role).await.refused(422, "grant-refused");
    let mut long = member("youth-worker", YOUTH, "tac_member");
    long["until"] = json!("2029-01-01T00:00:00Z");
    author.invite_with(&episode, &long).await.refused(422, "grant-refused");
    long["until"] = json!("soon");
    author.invite_with(&episode, &long).await.refused(422, "wrong-shape");
}

async fn another_organisation_needs_the_family_s_agreement(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    let mut other = member("youth-worker", YOUTH, "tac_member");
    other["is_covered"] = json!(false);
    author.invite_with(&episode, &other).await.refused(409, "not-covered");
    other["is_covered"] = json!(true);
    assert_eq!(author.invite_with(&episode, &other).await.status, 201);
    assert_eq!(author.get(&episode).await.json()["shared_with"], json!(["Kirkstall Youth Project"]));
    // A stranger to every organisation is let in only as the family.
    let nobody = member("parent", None, "tac_member");
    author.invite_with(&episode, &nobody).await.refused(409, "not-covered");
    let family = member("parent", None, "family_viewer");
    assert_eq!(author.invite_with(&episode, &family).await.status, 201);
    let parent = Person::new(&app, "parent").await;
    assert_eq!(parent.get(&episode).await.status, 200);
    parent.get(&format!("{episode}/versions/1")).await.refused(403, "forbidden");
}

async fn a_change_to_the_team_names_the_revision_that_it_follows(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    let path = format!("{episode}/members");
    let new = member("youth-worker", YOUTH, "tac_member");
    author.ask("POST", &path, &[], Some(new.clone())).await.refused(428, "precondition-missing");
    author
        .ask("POST", &path, &[("if-match", "\"7\"")], Some(new.clone()))
        .await
        .refused(412, "stale-revision");
    author.ask("POST", &path, &[("if-match", "7")], Some(new.clone())).await.refused(400, "bad-precondition");
    let headers = [("if-match", "\"1\"")];
    let (one, two) = tokio::join!(
        author.ask("POST", &path, &headers, Some(new.clone())),
        author.ask("POST", &path, &headers, Some(new))
    );
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 412], "{} {}", one.text, two.text);
}

async fn opening_another_s_record_asks_why_and_keeps_it_b44(app: App) {
    let author = Person::new(&app, "teacher").await;
    let episode = author.start().await;
    let lead = Person::new(&app, "safeguarding-lead").await;
    let version = format!("{episode}/versions/1");
    lead.get(&version).await.refused(403, "reason-needed");
    for blank in ["", "%20", "%", "%ff"] {
        lead.because(&version, blank).await.refused(400, "bad-reason");
    }
    let read = lead.because(&version, "Cover%20for%20Si%C3%A2n").await;
    assert_eq!(read.status, 200, "{}", read.text);
    let listed = lead.get("/api/v1/episodes?whose=organisation").await.json();
    assert_eq!(
        (&listed["episodes"][0]["needs_reason"], listed["episodes"][0].get("shown")),
        (&json!(true), None)
    );
    let log = author.get(&format!("{episode}/access-log")).await.json();
    let opened = &log["entries"].as_array().expect("entries")[0];
    assert_eq!((&opened["action"], &opened["reason"]), (&json!("read-version"), &json!("Cover for Siân")));
    assert_eq!(opened["name"], "Margaret Ashworth-Lowe");
    assert_eq!(
        log["entries"].as_array().and_then(|all| all.last()).expect("the first")["action"],
        "assessment-submitted"
    );
    // A refused look opened nothing, and the reason is in no address.
    assert_eq!(log["entries"].as_array().map(Vec::len), Some(2), "{log}");
    let colleague = Person::new(&app, "safeguarding-lead").await;
    assert_eq!(colleague.because(&format!("{episode}/access-log"), "Audit").await.status, 200);
}
