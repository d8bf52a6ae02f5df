//! An episode that becomes part of another one of the same child: what is sent for it later, who learns of which, and what is
//! refused.

use serde_json::{Value, json};

use super::{Person, amendment, body, member, on_both, sending::newest};
use crate::{
    answers::{complete, fixed_today},
    app::App,
};

on_both! {
    a_late_amendment_lands_on_the_episode_that_stays_and_is_marked_a4;
    what_is_kept_from_somebody_in_one_is_kept_from_them_in_the_other_b42;
    danger_in_what_came_late_reaches_the_front_door;
    only_two_of_one_child_become_one_and_nothing_tells_of_a_third_b40;
    of_two_that_become_part_of_each_other_at_once_one_does;
    a_merge_is_undone_and_each_goes_on_by_itself_a6;
}

fn id(episode: &str) -> &str {
    episode.rsplit('/').next().expect("an id")
}

pub(super) fn into(kept: &str) -> Value {
    json!({ "into": id(kept) })
}

/// Two episodes of one child, whose two records a coordinator has joined: the teacher's, which stays, and the health visitor's.
pub(super) async fn two_of_one_child(
    teacher: &Person<'_>,
    visitor: &Person<'_>,
    coordinator: &Person<'_>,
) -> (String, String) {
    let (kept, merged) = (teacher.start().await, visitor.start().await);
    let child = async |episode: &str| {
        coordinator.get(episode).await.json()["child"].as_str().expect("an id").to_owned()
    };
    let (one, other) = (child(&kept).await, child(&merged).await);
    let tag = coordinator.get(&format!("/api/v1/people/{one}")).await.header("etag").to_owned();
    let path = format!("/api/v1/people/{one}/merges");
    let joined =
        coordinator.ask("POST", &path, &[("if-match", &tag)], Some(json!({ "merged": other }))).await;
    assert_eq!(joined.status, 201, "{}", joined.text);
    (kept, merged)
}

pub(super) async fn join(coordinator: &Person<'_>, merged: &str, kept: &str) {
    let joined = coordinator.change("POST", merged, "/merge", into(kept)).await;
    assert_eq!(joined.status, 204, "{}", joined.text);
}

async fn a_late_amendment_lands_on_the_episode_that_stays_and_is_marked_a4(app: App) {
    let (teacher, visitor) = (Person::new(&app, "teacher").await, Person::new(&app, "health-visitor").await);
    let coordinator = Person::new(&app, "coordinator").await;
    let (kept, merged) = two_of_one_child(&teacher, &visitor, &coordinator).await;
    let started_from = newest(&visitor, &merged).await;
    join(&coordinator, &merged, &kept).await;

    // The saved link opens, and says what became of it; which record stays is told to those who may know of it.
    let record = visitor.get(&merged).await.json();
    assert_eq!(record["shown"]["state"], "merged", "{record}");
    assert_eq!(record["merged"]["merged"]["name"], "Dewi Pritchard");
    assert_eq!(record["merged"]["can_be_undone_until"], "2026-12-23");
    assert_eq!(record["merged"].get("into"), None, "{record}");
    assert_eq!(coordinator.get(&merged).await.json()["merged"]["into"], id(&kept));
    assert_eq!(teacher.get(&kept).await.json()["to_look_at"], json!([]));

    // A device that was offline meanwhile sends what it had.
    let late = amendment(&merged, &started_from, "new_version", "He says more words now.");
    let sent = visitor.submit("late", &late).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    assert_eq!(visitor.submit("late", &late).await.text, sent.text, "a repeat stores nothing");
    let first = sent.json()["id"].clone();
    let wrong = amendment(&merged, &started_from, "correction", "His aunt, not his mother.");
    let second = visitor.submit("wrong", &wrong).await;
    assert_eq!(second.status, 201, "{}", second.text);
    let second = second.json()["id"].clone();

    let versions = teacher.get(&format!("{kept}/versions")).await.json();
    let versions = versions["versions"].as_array().expect("a list");
    let said = |index: usize| (&versions[index]["id"], &versions[index]["kind"], &versions[index]["reason"]);
    assert_eq!(versions.len(), 3, "{versions:?}");
    assert_eq!(said(1), (&first, &json!("late_amendment"), &json!("Aunt rang.")));
    assert_eq!(said(2), (&second, &json!("late_amendment"), &json!("Aunt rang.")));
    assert_eq!(versions[1]["started_from"], started_from.as_str());
    assert_eq!(versions[1]["sent"]["name"], "Bernadette Oyelaran");
    let answers = teacher.get(&format!("{kept}/versions/2")).await.json();
    assert_eq!(answers["answers"]["assessment_information"]["reason"], "He says more words now.");
    let log = teacher.get(&format!("{kept}/access-log")).await.json();
    let actions: Vec<&str> =
        log["entries"].as_array().expect("entries").iter().filter_map(|one| one["action"].as_str()).collect();
    for action in ["merge-episode", "assessment-submitted"] {
        assert!(actions.contains(&action), "{action}: {actions:?}");
    }

    // It is marked until somebody has looked.
    let record = teacher.get(&kept).await.json();
    assert_eq!(record["to_look_at"], json!([first, second]), "{record}");
    assert_eq!(
        coordinator.get(&kept).await.json()["to_look_at"],
        json!([]),
        "they list no versions without a reason"
    );
    let tag = teacher.get(&kept).await.header("etag").to_owned();
    let path = format!("{kept}/looked-at");
    coordinator.ask("POST", &path, &[("if-match", &tag)], None).await.refused(403, "forbidden");
    teacher.ask("POST", &path, &[], None).await.refused(428, "precondition-missing");
    let looked = teacher.ask("POST", &path, &[("if-match", &tag)], None).await;
    assert_eq!(looked.status, 204, "{}", looked.text);
    assert_eq!(teacher.get(&kept).await.json()["to_look_at"], json!([]));
    // What came after a merge is the newest, and the next version starts from it.
    let next = amendment(&kept, second.as_str().expect("an id"), "new_version", "We looked at it together.");
    assert_eq!(teacher.submit("next", &next).await.status, 201);

    // The other stays as it was; nothing but a version is taken for it, and a made-up start of one is none.
    let versions = visitor.get(&format!("{merged}/versions")).await.json();
    assert_eq!(versions["versions"].as_array().map(Vec::len), Some(1));
    visitor
        .change("POST", &merged, "/closure", json!({ "reason": "needs_met" }))
        .await
        .refused(409, "not-now");
    let made_up = amendment(&merged, first.as_str().expect("an id"), "new_version", "From where?");
    visitor.submit("made-up", &made_up).await.refused(409, "newer-version");
    teacher.submit("theirs", &late).await.refused(404, "not-found");
}

async fn what_is_kept_from_somebody_in_one_is_kept_from_them_in_the_other_b42(app: App) {
    let (teacher, visitor) = (Person::new(&app, "teacher").await, Person::new(&app, "health-visitor").await);
    let coordinator = Person::new(&app, "coordinator").await;
    let (kept, merged) = two_of_one_child(&teacher, &visitor, &coordinator).await;
    let invited = member("youth-worker", Some("Kirkstall Youth Project"), "tac_member");
    assert_eq!(teacher.invite_with(&kept, &invited).await.status, 201);
    let youth = Person::new(&app, "youth-worker").await;
    assert_eq!(youth.get(&kept).await.status, 200);
    let out = json!({ "person": { "issuer": assessment_server::sign_in::demo::ISSUER, "subject": "youth-worker" } });
    assert_eq!(visitor.change("POST", &merged, "/exclusions", out).await.status, 204);
    let first = newest(&visitor, &merged).await;
    let mut moved = amendment(&merged, &first, "correction", "They have moved.");
    moved["answers"]["identifying_details"]["address_confidential"] = json!("yes");
    assert_eq!(visitor.submit("moved", &moved).await.status, 201);
    assert_eq!(teacher.get(&kept).await.json()["protection"], "ordinary");

    join(&coordinator, &merged, &kept).await;
    assert_eq!(teacher.get(&kept).await.json()["protection"], "confidential");
    youth.get(&kept).await.refused(404, "not-found");
    let excluded = teacher.get(&kept).await.json()["excluded"].clone();
    assert_eq!(excluded[0]["subject"], "youth-worker", "{excluded}");
    // Nobody is let in by it.
    visitor.get(&kept).await.refused(404, "not-found");
    teacher.get(&merged).await.refused(404, "not-found");
    // The organisation that holds the one that stays cannot be kept out of it.
    let undone = coordinator.change("DELETE", &merged, "/merge", Value::Null).await;
    assert_eq!(undone.status, 204, "{}", undone.text);
    let school = json!({ "organisation": "Woodhouse Moor Primary School" });
    assert_eq!(visitor.change("POST", &merged, "/exclusions", school).await.status, 204);
    coordinator.change("POST", &merged, "/merge", into(&kept)).await.refused(409, "holds-it");
}

async fn danger_in_what_came_late_reaches_the_front_door(app: App) {
    let (teacher, visitor) = (Person::new(&app, "teacher").await, Person::new(&app, "health-visitor").await);
    let coordinator = Person::new(&app, "coordinator").await;
    let (kept, merged) = two_of_one_child(&teacher, &visitor, &coordinator).await;
    let first = newest(&visitor, &merged).await;
    join(&coordinator, &merged, &kept).await;
    let mut late = amendment(&merged, &first, "new_version", "Bruises.");
    late["answers"]["conclusions"]["decision"] = json!("R4");
    late["answers"]["conclusions"]["decision_reason"] =
        json!("Bruises that nobody explains; I rang at noon.");
    let sent = visitor.submit("late", &late).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    assert_eq!(teacher.get(&kept).await.json()["shown"]["state"], "referred");
    let duty = Person::new(&app, "duty-and-advice").await;
    assert_eq!(duty.get(&kept).await.status, 200, "the front door sees it");
}

async fn only_two_of_one_child_become_one_and_nothing_tells_of_a_third_b40(app: App) {
    let (teacher, visitor) = (Person::new(&app, "teacher").await, Person::new(&app, "health-visitor").await);
    let coordinator = Person::new(&app, "coordinator").await;
    let (kept, merged) = two_of_one_child(&teacher, &visitor, &coordinator).await;
    let mut answers = complete(fixed_today());
    answers["identifying_details"]["given_names"] = json!("Beatrix");
    assert_eq!(teacher.submit("other", &body(&answers)).await.status, 201);
    let list = teacher.get("/api/v1/episodes").await.json();
    let all = list["episodes"].as_array().expect("episodes").iter();
    let other = all.map(|one| one["id"].as_str().expect("an id")).find(|one| *one != id(&kept));
    let other = format!("/api/v1/episodes/{}", other.expect("another child's"));

    coordinator.change("POST", &merged, "/merge", into(&other)).await.refused(409, "other-child");
    coordinator.change("POST", &merged, "/merge", into(&merged)).await.refused(409, "itself");
    for nobodys in ["5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f", "no id"] {
        let refused = coordinator.change("POST", &merged, "/merge", json!({ "into": nobodys })).await;
        refused.refused(404, "not-found");
    }
    for wrong in [json!({}), json!({ "into": [] }), json!({ "into": id(&kept), "why": "x" })] {
        coordinator.change("POST", &merged, "/merge", wrong).await.refused(422, "wrong-shape");
    }
    visitor.change("POST", &merged, "/merge", into(&kept)).await.refused(403, "forbidden");
    coordinator.change("DELETE", &merged, "/merge", Value::Null).await.refused(409, "not-now");
    let stale = [("if-match", "\"999\"")];
    let path = format!("{merged}/merge");
    coordinator.ask("POST", &path, &stale, Some(into(&kept))).await.refused(412, "stale-revision");
    // One that they may not know of is as one that nobody has.
    let mine = Person::new(&app, "coordinator").await;
    let out =
        json!({ "person": { "issuer": assessment_server::sign_in::demo::ISSUER, "subject": "coordinator" } });
    assert_eq!(teacher.change("POST", &kept, "/exclusions", out.clone()).await.status, 204);
    mine.change("POST", &merged, "/merge", into(&kept)).await.refused(404, "not-found");
    let did = coordinator.did().await;
    assert!(did.contains(&("refused-merge-episode".to_owned(), id(&kept).to_owned())), "{did:?}");
    let lifted = json!({ "excluded": out, "reason": "It was another person." });
    assert_eq!(teacher.change("POST", &kept, "/exclusions/lifted", lifted).await.status, 204);

    join(&coordinator, &merged, &kept).await;
    coordinator.change("POST", &merged, "/merge", into(&kept)).await.refused(409, "not-now");
    coordinator.change("POST", &kept, "/merge", into(&merged)).await.refused(409, "not-now");
}

async fn of_two_that_become_part_of_each_other_at_once_one_does(app: App) {
    let (teacher, visitor) = (Person::new(&app, "teacher").await, Person::new(&app, "health-visitor").await);
    let coordinator = Person::new(&app, "coordinator").await;
    let (one, other) = two_of_one_child(&teacher, &visitor, &coordinator).await;
    let tags = [coordinator.get(&one).await, coordinator.get(&other).await];
    let tags = tags.map(|reply| reply.header("etag").to_owned());
    let paths = [format!("{one}/merge"), format!("{other}/merge")];
    let headers = [[("if-match", tags[0].as_str())], [("if-match", tags[1].as_str())]];
    let (first, second) = tokio::join!(
        coordinator.ask("POST", &paths[0], &headers[0], Some(into(&other))),
        coordinator.ask("POST", &paths[1], &headers[1], Some(into(&one))),
    );
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert!(statuses == [204, 409] || statuses == [204, 412], "{} {}", first.text, second.text);
    let states = [coordinator.get(&one).await.json(), coordinator.get(&other).await.json()];
    let merged = states.iter().filter(|record| record["shown"]["state"] == "merged").count();
    assert_eq!(merged, 1, "{states:?}");
}

async fn a_merge_is_undone_and_each_goes_on_by_itself_a6(app: App) {
    let (teacher, visitor) = (Person::new(&app, "teacher").await, Person::new(&app, "health-visitor").await);
    let coordinator = Person::new(&app, "coordinator").await;
    let (kept, merged) = two_of_one_child(&teacher, &visitor, &coordinator).await;
    let first = newest(&visitor, &merged).await;
    let version = newest(&teacher, &kept).await;
    join(&coordinator, &merged, &kept).await;
    let late = amendment(&merged, &first, "new_version", "Late.");
    assert_eq!(visitor.submit("late", &late).await.status, 201);
    visitor.change("DELETE", &merged, "/merge", Value::Null).await.refused(403, "forbidden");
    let undone = coordinator.change("DELETE", &merged, "/merge", Value::Null).await;
    assert_eq!(undone.status, 204, "{}", undone.text);
    let record = visitor.get(&merged).await.json();
    assert_eq!((&record["shown"]["state"], record.get("merged")), (&json!("shared"), None), "{record}");
    // What came late stays with the other, marked; each goes on from its own newest version.
    let listed = teacher.get(&format!("{kept}/versions")).await.json();
    assert_eq!(listed["versions"].as_array().map(Vec::len), Some(2));
    let next = amendment(&merged, &first, "new_version", "Its own.");
    assert_eq!(visitor.submit("own", &next).await.status, 201);
    let stale = amendment(&kept, &version, "new_version", "Without the late one.");
    teacher.submit("stale", &stale).await.refused(409, "newer-version");
    coordinator.change("DELETE", &merged, "/merge", Value::Null).await.refused(409, "not-now");
}
