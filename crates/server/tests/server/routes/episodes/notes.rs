//! What people say about an episode.

use serde_json::{Value, json};

use super::{Person, member, on_both};
use crate::app::App;

on_both! {
    a_note_is_kept_as_typed_with_its_author_and_is_never_said_twice;
    a_note_on_a_section_that_a_member_may_not_see_is_absent_b42;
    a_safeguarding_lead_gives_a_second_opinion_and_nobody_else_does;
    the_family_speaks_and_reads_no_notes;
    what_is_no_note_is_refused_and_the_words_are_nowhere_else_b43;
}

const YOUTH: Option<&str> = Some("Kirkstall Youth Project");
const SCHOOL: Option<&str> = Some("Woodhouse Moor Primary School");

fn note(number: u8, words: &str) -> Value {
    json!({ "id": format!("5e7a3b52-0c9d-4b3e-9a53-0000000000{number:02x}"), "kind": "comment", "words": words })
}

async fn said(person: &Person<'_>, episode: &str) -> Vec<String> {
    let list = person.get(&format!("{episode}/notes")).await;
    assert_eq!(list.status, 200, "{}", list.text);
    let list = list.json();
    let notes = list["notes"].as_array().expect("notes").iter();
    notes.map(|one| one["words"].as_str().expect("words").to_owned()).collect()
}

async fn a_note_is_kept_as_typed_with_its_author_and_is_never_said_twice(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    let typed = "Rang Mrs O\u{2019}Brien.\n\n  She will come on Monday. ";
    let added = author.change("POST", &episode, "/notes", note(1, typed)).await;
    assert_eq!((added.status, added.header("etag")), (201, "\"1\""), "{}", added.text);
    let again = author.change("POST", &episode, "/notes", note(1, typed)).await;
    assert_eq!((again.status, &again.text), (201, &added.text));
    let other = author.change("POST", &episode, "/notes", note(1, "Something else.")).await;
    other.refused(409, "id-used");
    assert_eq!(author.change("POST", &episode, "/notes", note(2, "Second.")).await.status, 201);
    let list = author.get(&format!("{episode}/notes?limit=1")).await.json();
    let first = &list["notes"][0];
    assert_eq!((&first["words"], &first["kind"]), (&json!(typed), &json!("comment")));
    assert_eq!(first["said"]["name"], "Bernadette Oyelaran");
    assert_eq!(first["said"]["organisation"], "Aire Valley Health Visiting");
    let next = author.get(&format!("{episode}/notes?after={}", list["next"])).await.json();
    assert_eq!(
        (&next["notes"][0]["words"], next.get("next").is_none_or(Value::is_null)),
        (&json!("Second."), true)
    );
    // The id is used in every episode.
    let elsewhere = Person::new(&app, "teacher").await;
    let theirs = elsewhere.start().await;
    elsewhere.change("POST", &theirs, "/notes", note(1, typed)).await.refused(409, "id-used");
    // Two people speak at once, and neither is told to read again.
    let tag = [("if-match", "\"1\"")];
    let path = format!("{episode}/notes");
    let (one, two) = tokio::join!(
        author.ask("POST", &path, &tag, Some(note(3, "One."))),
        author.ask("POST", &path, &tag, Some(note(4, "Two.")))
    );
    assert_eq!((one.status, two.status), (201, 201), "{} {}", one.text, two.text);
    author.ask("POST", &path, &[], Some(note(5, "Three."))).await.refused(428, "precondition-missing");
    author
        .ask("POST", &path, &[("if-match", "\"9\"")], Some(note(5, "Three.")))
        .await
        .refused(412, "stale-revision");
}

async fn a_note_on_a_section_that_a_member_may_not_see_is_absent_b42(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    let mut some = member("youth-worker", YOUTH, "tac_member");
    (some["sections"], some["up_to"]) = (json!([1, 7]), json!("ordinary"));
    assert_eq!(author.invite_with(&episode, &some).await.status, 201);
    let about = |number, section: Option<u8>, protection: Option<&str>, words: &str| {
        let mut note = note(number, words);
        (note["section"], note["protection"]) = (json!(section), json!(protection));
        note
    };
    for new in [
        about(1, None, None, "To everybody."),
        about(2, Some(7), None, "On elements."),
        about(3, Some(4), None, "On the home."),
        about(4, Some(7), Some("confidential"), "On where they live now."),
    ] {
        let added = author.change("POST", &episode, "/notes", new).await;
        assert_eq!(added.status, 201, "{}", added.text);
    }
    let youth = Person::new(&app, "youth-worker").await;
    assert_eq!(said(&youth, &episode).await, ["To everybody.", "On elements."]);
    // No empty page and no end tells of the others.
    let page = youth.get(&format!("{episode}/notes?limit=1")).await.json();
    assert_eq!(page["notes"][0]["words"], "To everybody.");
    let page = youth.get(&format!("{episode}/notes?limit=1&after={}", page["next"])).await.json();
    assert_eq!((&page["notes"][0]["words"], &page["next"]), (&json!("On elements."), &Value::Null));
    assert_eq!(said(&author, &episode).await.len(), 4);
    for (section, protection) in [(Some(4), None), (None, Some("confidential"))] {
        let theirs = about(5, section, protection, "What I think.");
        youth.change("POST", &episode, "/notes", theirs).await.refused(403, "not-in-sight");
    }
    let theirs = about(5, Some(1), None, "What I think.");
    assert_eq!(youth.change("POST", &episode, "/notes", theirs).await.status, 201);
    assert_eq!(said(&author, &episode).await.len(), 5);
}

async fn a_safeguarding_lead_gives_a_second_opinion_and_nobody_else_does(app: App) {
    let author = Person::new(&app, "teacher").await;
    let episode = author.start().await;
    let lead = Person::new(&app, "safeguarding-lead").await;
    let path = format!("{episode}/notes");
    let mut opinion = note(1, "Neglect, and it has gone on for a year.");
    (opinion["kind"], opinion["level"]) = (json!("second_opinion"), json!("L4a"));
    let mut comment = note(2, "Please ring me before you visit.");
    comment["kind"] = json!("safeguarding");
    lead.ask("POST", &path, &[("if-match", "\"1\"")], Some(opinion.clone()))
        .await
        .refused(403, "reason-needed");
    let headers = [("if-match", "\"1\""), ("access-reason", "I%20lead%20on%20safeguarding")];
    for new in [&opinion, &comment] {
        let added = lead.ask("POST", &path, &headers, Some(new.clone())).await;
        assert_eq!(added.status, 201, "{}", added.text);
    }
    let list = author.get(&path).await.json();
    let told: Vec<_> =
        list["notes"].as_array().expect("notes").iter().map(|one| (&one["kind"], &one["level"])).collect();
    assert_eq!(told, [(&json!("second_opinion"), &json!("L4a")), (&json!("safeguarding"), &Value::Null)]);
    assert_eq!(list["notes"][0]["said"]["name"], "Margaret Ashworth-Lowe");
    // The author may comment, and neither speak as the lead nor overrule.
    for mut new in [opinion, comment] {
        new["id"] = json!("5e7a3b52-0c9d-4b3e-9a53-0000000000ff");
        author.ask("POST", &path, &[("if-match", "\"1\"")], Some(new)).await.refused(403, "forbidden");
    }
    let log = author.get(&format!("{episode}/access-log")).await.json();
    let entries = log["entries"].as_array().expect("entries");
    assert_eq!(entries.iter().filter(|one| one["action"] == "second-opinion").count(), 1, "{log}");
    assert_eq!(entries.iter().filter(|one| one["action"] == "refused-second-opinion").count(), 2, "{log}");
}

async fn the_family_speaks_and_reads_no_notes(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    assert_eq!(author.invite(&episode, "parent", None, "family_viewer").await.status, 201);
    let parent = Person::new(&app, "parent").await;
    let added = parent.change("POST", &episode, "/notes", note(1, "That is not what I said.")).await;
    assert_eq!(added.status, 201, "{}", added.text);
    parent.get(&format!("{episode}/notes")).await.refused(403, "forbidden");
    let list = author.get(&format!("{episode}/notes")).await.json();
    assert_eq!(list["notes"][0]["said"]["name"], "Kelly-Anne Moss");
    assert_eq!(list["notes"][0]["said"]["organisation"], "");
    // A colleague of the author who was not let in reads and says nothing.
    assert_eq!(author.invite(&episode, "teacher", SCHOOL, "tac_member").await.status, 201);
    let lead = Person::new(&app, "safeguarding-lead").await;
    lead.get(&format!("{episode}/notes")).await.refused(404, "not-found");
}

async fn what_is_no_note_is_refused_and_the_words_are_nowhere_else_b43(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    for (member, value, problem) in [
        ("words", json!(" . "), "words missing"),
        ("words", json!("a".repeat(4001)), "words too-long"),
        ("section", json!(16), "section wrong-kind"),
        ("kind", json!("chat"), "kind wrong-kind"),
        ("level", json!("L3"), "level wrong-kind"),
        ("protection", json!("secret"), "protection wrong-kind"),
        ("id", json!("1"), "id wrong-kind"),
        ("author", json!("somebody else"), "body wrong-kind"),
    ] {
        let mut new = note(1, "Mauve umbrella.");
        new[member] = value;
        let refused = author.change("POST", &episode, "/notes", new).await;
        refused.refused(422, "wrong-shape");
        assert_eq!(refused.problems(), [problem]);
    }
    assert_eq!(author.change("POST", &episode, "/notes", note(1, "Mauve umbrella.")).await.status, 201);
    let log = author.get(&format!("{episode}/access-log")).await;
    assert!(log.text.contains("\"comment\"") && !log.text.contains("Mauve"), "{}", log.text);
    let closed = author.change("POST", &episode, "/closure", json!({ "reason": "needs_met" })).await;
    assert_eq!(closed.status, 204, "{}", closed.text);
    author.change("POST", &episode, "/notes", note(2, "One more.")).await.refused(409, "not-now");
    assert_eq!(said(&author, &episode).await, ["Mauve umbrella."]);
}
