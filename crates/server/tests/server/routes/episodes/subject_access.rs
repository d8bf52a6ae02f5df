//! What people said and decided about an episode, and who was refused it, in what is exported for the child.

use serde_json::{Value, json};

use super::{Person, body, on_both};
use crate::{
    answers::{complete, fixed_today},
    app::App,
};

on_both! {
    notes_and_decisions_are_for_a_person_to_decide_as_far_as_a_coordinator_may_see_them;
    a_referral_and_its_answer_are_for_a_person_to_decide;
    what_social_care_hands_over_and_a_transfer_are_for_a_person_to_decide;
    who_was_refused_is_not_said_to_have_looked;
}

/// What a coordinator gets who asks for what is held about the child of an episode.
pub(super) async fn export(app: &App, episode: &str) -> Value {
    let coordinator = Person::new(app, "coordinator").await;
    let tag = coordinator.get(episode).await.header("etag").to_owned();
    let requests = format!("{episode}/subject-access");
    let received = Some(json!({ "received_on": "2026-11-20" }));
    let request = coordinator.keep("POST", &requests, &tag, received).await;
    assert_eq!(request.status, 201, "{}", request.text);
    let path = format!("{requests}/{}", request.json()["id"].as_str().expect("an id"));
    let export = coordinator.because(&path, "He%20turned%2016").await;
    assert_eq!(export.status, 200, "{}", export.text);
    export.json()
}

/// What is given to the person, as JSON and as text.
fn given(export: &Value) -> String {
    export["for_the_person"].to_string() + export["text"].as_str().expect("a text")
}

/// What a person has to decide about, by what it is.
pub(super) fn to_decide<'a>(export: &'a Value, question: &str) -> &'a str {
    let all = export["to_decide"].as_array().expect("a list");
    let found = all.iter().find(|one| one["question"] == question);
    found.and_then(|one| one["answer"].as_str()).unwrap_or_else(|| panic!("no {question}: {all:?}"))
}

async fn notes_and_decisions_are_for_a_person_to_decide_as_far_as_a_coordinator_may_see_them(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    for (number, words, protection) in [
        (1, "Teal suitcase.", json!("shielded")),
        (2, "Mauve umbrella.", json!("confidential")),
        (3, "Amber lamp.", Value::Null),
    ] {
        let id = format!("5e7a3b52-0c9d-4b3e-9a53-00000000000{number}");
        let note = json!({ "id": id, "kind": "comment", "words": words, "protection": protection });
        let added = author.change("POST", &episode, "/notes", note).await;
        assert_eq!(added.status, 201, "{}", added.text);
    }
    let out = json!({ "organisation": "Kirkstall Youth Project" });
    let lifted = json!({ "excluded": out, "reason": "Orange kettle." });
    let closed =
        json!({ "reason": "not_engaged", "words": "Grey gate.", "why_safe": "Nursery sees him daily." });
    for (path, sent) in [
        ("/exclusions", out),
        ("/exclusions/lifted", lifted),
        ("/closure", closed),
        ("/reopening", json!({ "reason": "Purple door." })),
    ] {
        let changed = author.change("POST", &episode, path, sent).await;
        assert_eq!(changed.status, 204, "{path}: {}", changed.text);
    }
    let coordinator = Person::new(&app, "coordinator").await;
    let tag = coordinator.get(&episode).await.header("etag").to_owned();
    let placed = coordinator.keep("POST", &format!("{episode}/holds"), &tag, Some(json!({}))).await;
    assert_eq!(placed.status, 201, "{}", placed.text);

    let export = export(&app, &episode).await;
    for (question, words) in [
        ("note[1]", "Bernadette Oyelaran (Aire Valley Health Visiting), comment: Mauve umbrella."),
        ("note[2]", "Amber lamp."),
        ("closure[1]", "not_engaged, Grey gate."),
        ("closure[1]", "Nursery sees him daily."),
        ("reopening[1]", "Purple door."),
        ("hold[1]", "An inquiry asked"),
    ] {
        let said = to_decide(&export, question);
        assert!(said.contains(words), "{question}: {said}");
        assert!(!given(&export).contains(words), "{words}");
    }
    for words in ["Teal suitcase.", "Orange kettle.", "exclusion[", "everybody of"] {
        assert!(!export.to_string().contains(words), "that is not for a coordinator: {words}");
    }
    assert!(given(&export).contains("Notes that people wrote"), "it says that there may be more");
    assert!(!given(&export).contains("exclu"), "the one who asks may be the one: {}", given(&export));
}

async fn a_referral_and_its_answer_are_for_a_person_to_decide(app: App) {
    let author = Person::new(&app, "teacher").await;
    let mut answers = complete(fixed_today());
    answers["conclusions"]["decision"] = json!("R4");
    answers["conclusions"]["decision_reason"] = json!("Bruises that nobody explains; I rang them at noon.");
    let sent = author.submit("one", &body(&answers)).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    let list = author.get("/api/v1/episodes").await.json();
    let episode = format!("/api/v1/episodes/{}", list["episodes"][0]["id"].as_str().expect("an id"));
    let duty = Person::new(&app, "duty-and-advice").await;
    let not = duty.change("POST", &episode, "/referral/answer", json!({ "answer": "not_accepted" })).await;
    assert_eq!(not.status, 204, "{}", not.text);
    let export = export(&app, &episode).await;
    let referral = to_decide(&export, "referral[1]");
    assert!(referral.contains("Bruises that nobody explains"), "the episode says it no more: {referral}");
    assert!(to_decide(&export, "referral_answer[1]").ends_with(": not accepted"), "{export}");
}

async fn what_social_care_hands_over_and_a_transfer_are_for_a_person_to_decide(app: App) {
    let author = Person::new(&app, "teacher").await;
    let mut answers = complete(fixed_today());
    answers["conclusions"]["decision"] = json!("R4");
    answers["conclusions"]["decision_reason"] = json!("Bruises that nobody explains; I rang them at noon.");
    let sent = author.submit("one", &body(&answers)).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    let list = author.get("/api/v1/episodes").await.json();
    let episode = format!("/api/v1/episodes/{}", list["episodes"][0]["id"].as_str().expect("an id"));
    let duty = Person::new(&app, "duty-and-advice").await;
    let handover = json!({ "why": "The plan worked.", "still_needed": "Grandmother needs a break." });
    let to = "Ribbleshire Council";
    for (who, rest, body) in [
        (&duty, "/referral/answer", json!({ "answer": "accepted" })),
        (&duty, "/step-up", json!({})),
        (&duty, "/step-down", handover),
        (&author, "/transfer", json!({ "to": to, "lawful_reason": "delay", "words": "Uncle found them." })),
        (&author, "/transfer/cancelled", json!({ "reason": "They stay with Dinah." })),
        (&author, "/transfer", json!({ "to": to })),
        (&author, "/transfer/finished", json!({ "accepted": "Their hub rang." })),
    ] {
        let done = who.change("POST", &episode, rest, body).await;
        assert_eq!(done.status, 204, "{rest} {}", done.text);
    }
    let export = export(&app, &episode).await;
    for (question, words) in [
        ("handover[1]", "Grandmother needs a break."),
        ("transfer[1]", "Uncle found them."),
        ("transfer_cancelled[1]", "They stay with Dinah."),
        ("transfer[2]", "to Ribbleshire Council"),
        ("closure[1]", "moved_la, Their hub rang."),
    ] {
        let told = to_decide(&export, question);
        assert!(told.contains(words), "{question}: {told}");
    }
}

async fn who_was_refused_is_not_said_to_have_looked(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    let stranger = Person::new(&app, "teacher").await;
    stranger.get(&episode).await.refused(404, "not-found");
    let export = export(&app, &episode).await;
    let given = given(&export);
    assert!(
        !given.contains("Priya Raman") && !given.contains("refused-") && !given.contains("refused read"),
        "{given}"
    );
    let all = export["to_decide"].as_array().expect("a list");
    let refused = all.iter().find(|one| one["answer"].as_str().is_some_and(|said| said.contains("Priya")));
    let refused = refused.expect("for a person to decide");
    assert!(
        refused["answer"].as_str().is_some_and(|said| said.contains("asked and was refused: read-episode")),
        "{refused}"
    );
    assert_eq!(refused["because"], "kept-from-somebody");
}
