//! An address that is kept from somebody, in everything that tells of a change to it; and a late amendment of a record that was
//! joined with another.

use serde_json::json;

use super::{Person, amendment, body, member, on_both, sending::newest};
use crate::{
    answers::{complete, fixed_today},
    app::App,
};

on_both! {
    nothing_tells_a_protected_answer_that_changed_a13;
    a_late_amendment_of_a_joined_child_s_record_lands_with_the_kept_one_a4;
    where_a_child_lives_puts_nothing_in_a_list_or_a_count_a12;
    ids_of_others_are_worth_nothing_wherever_they_are_put_b40;
}

const YOUTH: Option<&str> = Some("Kirkstall Youth Project");

/// What was kept from them, before and after.
const SECRET: [&str; 4] = ["1 Invented Row", "LS1 1UR", "7 Hidden Mews", "LS6 9ZZ"];

async fn nothing_tells_a_protected_answer_that_changed_a13(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let mut answers = complete(fixed_today());
    answers["identifying_details"]["address_confidential"] = json!("yes");
    let sent = author.submit("first", &body(&answers)).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    let list = author.get("/api/v1/episodes").await.json();
    let episode = format!("/api/v1/episodes/{}", list["episodes"][0]["id"].as_str().expect("an id"));
    let first = newest(&author, &episode).await;
    let mut second = amendment(&episode, &first, "correction", "They have moved.");
    second["answers"]["identifying_details"]["address_confidential"] = json!("yes");
    second["answers"]["identifying_details"]["address"] =
        json!({ "line_1": "7 Hidden Mews", "town": "Leeds", "postcode": "LS6 9ZZ" });
    let sent = author.submit("second", &second).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    let mut some = member("youth-worker", YOUTH, "practitioner");
    some["up_to"] = json!("ordinary");
    assert_eq!(author.invite_with(&episode, &some).await.status, 201);
    let mut child = author.get(&episode).await.json()["child"].as_str().expect("an id").to_owned();
    child.insert_str(0, "/api/v1/people/");
    let tag = author.get(&episode).await.header("etag").to_owned();
    let coordinator = Person::new(&app, "coordinator").await;
    let asked = [("if-match", tag.as_str()), ("access-reason", "She%20asked")];
    let requests = format!("{episode}/subject-access");
    let day = Some(json!({ "received_on": "2026-11-20" }));
    let request = coordinator.ask("POST", &requests, &asked, day).await.json();
    let export = format!("{requests}/{}", request["id"].as_str().expect("an id"));

    let youth = Person::new(&app, "youth-worker").await;
    let changes = youth.get(&format!("{episode}/versions/2/differences?from=1")).await;
    assert_eq!(changes.status, 200, "{}", changes.text);
    let changes = changes.json();
    let changes = changes["changes"].as_array().expect("a list").clone();
    let about =
        |path: &str| changes.iter().find(|one| one["path"].as_str().is_some_and(|at| at.contains(path)));
    let address = about("identifying_details.address").expect("that it changed");
    assert_eq!(
        (&address["change"], &address["old"], &address["new"]),
        (&json!("protected"), &json!(null), &json!(null))
    );
    assert!(about("reason").is_some_and(|one| one["new"] == "They have moved."), "{changes:?}");
    let versions = youth.get(&format!("{episode}/versions")).await.json();
    assert_eq!(versions["versions"][1]["sent"]["name"], "Bernadette Oyelaran", "who and when");

    let search = Some(json!({ "text": "Teddy Example" }));
    let matched = json!({ "given_names": "Teddy", "family_name": "Example", "postcode": "LS6 9ZZ" });
    let matched = Some(json!({ "child": matched }));
    for (who, code) in [(&youth, "youth-worker"), (&coordinator, "coordinator")] {
        let mut seen = Vec::new();
        for path in [
            "",
            "/versions",
            "/versions/1",
            "/versions/2",
            "/versions/2/differences",
            "/members",
            "/access-log",
        ] {
            seen.push(who.because(&format!("{episode}{path}"), "Cover").await);
        }
        for path in [
            "/api/v1/episodes",
            "/api/v1/register",
            "/api/v1/register/export",
            "/api/v1/audit",
            "/api/v1/duplicates",
            &child,
        ] {
            seen.push(who.because(path, "Cover").await);
        }
        seen.push(who.ask("POST", "/api/v1/people/search", &[], search.clone()).await);
        seen.push(who.ask("POST", "/api/v1/people/matches", &[], matched.clone()).await);
        let answered = seen.iter().filter(|reply| reply.status == 200).count();
        assert!(answered >= 9, "{code}: {answered} of {} were answered", seen.len());
        for (reply, secret) in seen.iter().flat_map(|reply| SECRET.map(|secret| (reply, secret))) {
            assert!(!reply.text.contains(secret), "{code} {secret}: {}", reply.text);
        }
    }
    // What is given to the person has neither; who decides about it may see both.
    let export = coordinator.because(&export, "She%20asked").await.json();
    let given = export["for_the_person"].to_string() + export["text"].as_str().expect("a text");
    for secret in SECRET {
        assert!(!given.contains(secret), "{secret}");
    }
}

async fn a_late_amendment_of_a_joined_child_s_record_lands_with_the_kept_one_a4(app: App) {
    let (first, second) = (Person::new(&app, "teacher").await, Person::new(&app, "health-visitor").await);
    let (kept, merged) = (first.start().await, second.start().await);
    let started_from = newest(&second, &merged).await;
    let coordinator = Person::new(&app, "coordinator").await;
    let child = async |episode: &str| {
        coordinator.get(episode).await.json()["child"].as_str().expect("an id").to_owned()
    };
    let (one, other) = (child(&kept).await, child(&merged).await);
    let tag = coordinator.get(&format!("/api/v1/people/{one}")).await.header("etag").to_owned();
    let merge = Some(json!({ "merged": other }));
    let path = format!("/api/v1/people/{one}/merges");
    assert_eq!(coordinator.ask("POST", &path, &[("if-match", &tag)], merge).await.status, 201);

    // A device that was offline meanwhile sends what it had.
    let late = amendment(&merged, &started_from, "new_version", "He says more words now.");
    let sent = second.submit("late", &late).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    let read = coordinator.get(&format!("/api/v1/people/{other}")).await.json();
    assert_eq!((&read["id"], &read["merged"]["from"]), (&json!(one), &json!(other)));
    assert!(
        read["merged"]["words"].as_str().is_some_and(|said| said.contains("on 23 November 2026 by")),
        "{read}"
    );
    assert_eq!(read["held_by"], json!(["Aire Valley Health Visiting", "Woodhouse Moor Primary School"]));
    // The saved link to the other record's episode opens, with the late version in it, and the first author's stays theirs.
    let versions = second.get(&format!("{merged}/versions")).await.json();
    assert_eq!(versions["versions"][1]["id"], sent.json()["id"]);
    assert_eq!(
        first.get(&format!("{kept}/versions")).await.json()["versions"].as_array().map(Vec::len),
        Some(1)
    );
}

async fn where_a_child_lives_puts_nothing_in_a_list_or_a_count_a12(app: App) {
    let south = Person::new(&app, "health-visitor").await;
    let mut answers = complete(fixed_today());
    answers["identifying_details"]["address"] =
        json!({ "line_1": "12 Elm Road", "town": "Leeds", "postcode": "LS6 3HN" });
    assert_eq!(south.submit("south", &body(&answers)).await.status, 201);
    // The teacher's school is around the corner.
    let north = Person::new(&app, "teacher").await;
    for path in ["/api/v1/episodes", "/api/v1/episodes?whose=organisation", "/api/v1/assessments"] {
        let list = north.get(path).await;
        assert_eq!(list.status, 200, "{path}: {}", list.text);
        let list = list.json();
        let rows = list["episodes"].as_array().or_else(|| list["assessments"].as_array());
        assert_eq!(rows.map(Vec::len), Some(0), "{path}: {list}");
    }
    for path in ["/api/v1/register", "/api/v1/register/export", "/api/v1/duplicates"] {
        north.get(path).await.refused(403, "forbidden");
    }
    for typed in ["Te", "Tedd", "Teddy", "LS6 3HN", "12 Elm Road"] {
        let found = north.ask("POST", "/api/v1/people/search", &[], Some(json!({ "text": typed }))).await;
        let finds_nobody = found.status == 200 && found.json()["people"] == json!([]);
        assert!(finds_nobody || found.status == 422, "{typed}: {} {}", found.status, found.text);
    }
}

/// Ids that nobody has.
const NOBODYS: &str = "5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f";
const ANOTHER_NOBODYS: &str = "5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e40";

async fn ids_of_others_are_worth_nothing_wherever_they_are_put_b40(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    let id = episode.rsplit('/').next().expect("an id").to_owned();
    let version = newest(&author, &episode).await;
    let read = author.get(&episode).await;
    let (tag, child) =
        (read.header("etag").to_owned(), read.json()["child"].as_str().expect("an id").to_owned());
    let stranger = Person::new(&app, "teacher").await;
    // Each request with an id of somebody else's, and with one that nobody has, is answered alike.
    let mut tried = Vec::new();
    for part in ["", "/versions", "/versions/1", "/versions/2/differences", "/members", "/access-log"] {
        tried.push(("GET", "/api/v1/episodes/ID".to_owned() + part, &id, None));
    }
    for (method, path, whose, body) in [
        ("GET", "/api/v1/people/ID", &child, None),
        ("GET", "/api/v1/assessments/ID", &version, None),
        ("GET", "/api/v1/drafts/ID", &version, None),
        ("GET", "/api/v1/episodes?after=ID", &id, None),
        ("GET", "/api/v1/assessments?before=ID", &version, None),
        ("GET", "/api/v1/audit?episode=ID", &id, None),
        ("GET", "/api/v1/retention/due?after=ID", &id, None),
        ("DELETE", "/api/v1/episodes/ID", &id, None),
        ("POST", "/api/v1/episodes/ID/members", &id, Some(member("youth-worker", YOUTH, "tac_member"))),
        ("POST", "/api/v1/episodes/ID/holds", &id, Some(json!({}))),
        ("POST", "/api/v1/people/matches", &child, Some(json!({ "person": "ID" }))),
        ("POST", "/api/v1/people/ID/not-the-same", &child, Some(json!({ "other": ANOTHER_NOBODYS }))),
        ("POST", "/api/v1/people/ID/merges", &child, Some(json!({ "merged": ANOTHER_NOBODYS }))),
    ] {
        tried.push((method, path.to_owned(), whose, body));
    }
    for (method, path, whose, body) in tried {
        let mut answers = Vec::new();
        for id in [whose.as_str(), NOBODYS] {
            let body = body.as_ref().map(|body| body.to_string().replace("ID", id));
            let body = body.map(|text| serde_json::from_str(&text).expect("JSON"));
            let headers = [("if-match", tag.as_str()), ("access-reason", "Cover")];
            let headers = if method == "GET" { &headers[1..] } else { &headers[..] };
            let reply = stranger.ask(method, &path.replace("ID", id), headers, body).await;
            answers.push((reply.status, reply.text.replace(id, "ID")));
        }
        assert_eq!(answers[0], answers[1], "{method} {path}");
        assert!(answers[0].0 >= 400 || !answers[0].1.contains("Teddy"), "{method} {path}: {answers:?}");
    }
    // Somebody else's episode in a body, somebody else's key, and the revision of somebody else's record.
    let mut answers = Vec::new();
    for path in [episode.clone(), format!("/api/v1/episodes/{NOBODYS}")] {
        let theirs = amendment(&path, &version, "new_version", "Not mine.");
        let reply = stranger.submit("theirs", &theirs).await;
        answers.push((reply.status, reply.text));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0].0, 404, "{answers:?}");
    let own = stranger.submit("first", &body(&complete(fixed_today()))).await;
    assert_eq!(own.status, 201, "a key belongs to the one who used it: {}", own.text);
    assert_ne!(own.json()["id"], version.as_str());
    let mine = author.get(&format!("{episode}/versions")).await.json();
    assert_eq!(mine["versions"].as_array().map(Vec::len), Some(1), "nothing was stored by halves");
}
