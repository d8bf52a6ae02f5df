//! Looks that are refused: written down, and answered like an id that nobody has.

use serde_json::json;

use super::{Person, amendment, member, on_both};
use crate::app::App;

on_both! {
    a_refused_look_is_written_down_and_answers_like_an_id_that_nobody_has_b43_b40;
    why_somebody_was_refused_is_a_code_that_their_colleagues_see_b43;
    a_refused_version_and_a_refused_look_at_a_person_are_written_down_b43;
}

const MADE_UP: &str = "5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f";

async fn a_refused_look_is_written_down_and_answers_like_an_id_that_nobody_has_b43_b40(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    let made_up = format!("/api/v1/episodes/{MADE_UP}");
    let stranger = Person::new(&app, "teacher").await;
    for (part, action) in [
        ("", "read-episode"),
        ("/versions/1", "read-version"),
        ("/members", "list-members"),
        ("/notes", "read-comments"),
        ("/access-log", "read-access-log"),
    ] {
        let before = stranger.did().await.len();
        let foreign = stranger.get(&format!("{episode}{part}")).await;
        let none = stranger.get(&format!("{made_up}{part}")).await;
        foreign.refused(404, "not-found");
        assert_eq!(foreign.text, none.text);
        let id = episode.rsplit('/').next().expect("an id");
        let entries =
            [(format!("refused-{action}"), id.to_owned()), (format!("refused-{action}"), MADE_UP.to_owned())];
        assert_eq!(stranger.did().await[before..], entries, "{part}");
    }
    let log = author.get(&format!("{episode}/access-log")).await.json();
    let refused = &log["entries"][0];
    assert_eq!(
        (&refused["action"], &refused["refused"], &refused["name"]),
        (&json!("refused-read-access-log"), &json!("no-right"), &json!("Priya Raman"))
    );
    let entries = log["entries"].as_array().expect("entries");
    assert!(entries.iter().all(|one| one["action"] != "read-version"), "nothing was read: {log}");
}

async fn why_somebody_was_refused_is_a_code_that_their_colleagues_see_b43(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    let youth = Some("Kirkstall Youth Project");
    assert_eq!(author.invite(&episode, "youth-worker", youth, "tac_member").await.status, 201);
    let worker = Person::new(&app, "youth-worker").await;
    worker.get(&format!("{episode}/access-log")).await.refused(403, "forbidden");
    let out = json!({ "organisation": youth });
    assert_eq!(author.change("POST", &episode, "/exclusions", out).await.status, 204);
    worker.get(&episode).await.refused(404, "not-found");
    author
        .ask(
            "POST",
            &format!("{episode}/reopening"),
            &[("if-match", "\"1\"")],
            Some(json!({ "reason": "Again." })),
        )
        .await
        .refused(409, "not-now");
    let log = author.get(&format!("{episode}/access-log")).await.json();
    let entries = log["entries"].as_array().expect("entries").iter();
    let refused: Vec<_> = entries
        .filter_map(|one| Some((one["action"].as_str()?.to_owned(), one["refused"].as_str()?.to_owned())))
        .collect();
    let told = [
        ("refused-reopen", "state"),
        ("refused-read-episode", "excluded"),
        ("refused-read-access-log", "no-right"),
    ];
    assert_eq!(refused, told.map(|(action, why)| (action.to_owned(), why.to_owned())));
}

async fn a_refused_version_and_a_refused_look_at_a_person_are_written_down_b43(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    let versions = author.get(&format!("{episode}/versions")).await.json();
    let first = versions["versions"][0]["id"].as_str().expect("an id");
    let teacher = Person::new(&app, "teacher").await;
    let foreign = amendment(&episode, first, "correction", "Mine now.");
    teacher.submit("k", &foreign).await.refused(404, "not-found");
    let nobodys = amendment(&format!("/api/v1/episodes/{MADE_UP}"), first, "correction", "Mine now.");
    teacher.submit("k", &nobodys).await.refused(404, "not-found");
    let child = author.get(&episode).await.json()["child"].as_str().expect("an id").to_owned();
    for id in [child.as_str(), MADE_UP] {
        teacher.get(&format!("/api/v1/people/{id}")).await.refused(404, "not-found");
    }
    let did: Vec<_> = teacher.did().await.into_iter().filter(|(action, _)| action != "signed-in").collect();
    let id = episode.rsplit('/').next().expect("an id");
    let expected = [
        ("refused-correct-version", id),
        ("refused-correct-version", MADE_UP),
        ("refused-read-person", child.as_str()),
        ("refused-read-person", MADE_UP),
    ];
    assert_eq!(did, expected.map(|(action, id)| (action.to_owned(), id.to_owned())));
    // Saying whom the agreement covers is an action besides, which a safeguarding lead has not.
    let own = Person::new(&app, "teacher").await.start().await;
    let lead = Person::new(&app, "safeguarding-lead").await;
    let tag = lead.ask("GET", &own, &[("access-reason", "Cover")], None).await.header("etag").to_owned();
    let headers = [("if-match", tag.as_str()), ("access-reason", "Cover")];
    let new = member("youth-worker", Some("Kirkstall Youth Project"), "tac_member");
    lead.ask("POST", &format!("{own}/members"), &headers, Some(new)).await.refused(403, "forbidden");
    let last = lead.did().await.pop().expect("an entry");
    assert_eq!(last.0, "refused-record-agreement");
}
