//! What was sent, by the id of the receipt: shown because somebody belongs to the episode, and not because they wrote it.

use serde_json::{Value, json};

use super::{Person, member, on_both};
use crate::app::App;

on_both! {
    a_member_reads_a_record_by_the_id_of_its_receipt_as_far_as_they_may_see_it_b42;
    that_somebody_wrote_a_record_opens_nothing_b98;
    a_safeguarding_lead_says_why_b44;
}

/// The address of the one record that was sent.
async fn record(author: &Person<'_>, episode: &str) -> String {
    let versions = author.get(&format!("{episode}/versions")).await.json();
    format!("/api/v1/assessments/{}", versions["versions"][0]["id"].as_str().expect("an id"))
}

async fn sent(person: &Person<'_>) -> usize {
    let list = person.get("/api/v1/assessments").await;
    assert_eq!(list.status, 200, "{}", list.text);
    list.json()["assessments"].as_array().map_or(0, Vec::len)
}

async fn a_member_reads_a_record_by_the_id_of_its_receipt_as_far_as_they_may_see_it_b42(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    let record = record(&author, &episode).await;
    let mine = author.get(&record).await.json();
    assert_eq!((&mine["whole"], &mine["outcome"]["as_of"]), (&json!(true), &json!("2026-11-23")));
    let youth = Some("Kirkstall Youth Project");
    let mut some = member("youth-worker", youth, "tac_member");
    (some["sections"], some["up_to"]) = (json!([1, 7]), json!("ordinary"));
    let worker = Person::new(&app, "youth-worker").await;
    let none = worker.get("/api/v1/assessments/5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f").await;
    let foreign = worker.get(&record).await;
    foreign.refused(404, "not-found");
    assert_eq!(foreign.text, none.text);
    assert_eq!(author.invite_with(&episode, &some).await.status, 201);
    let theirs = worker.get(&record).await.json();
    let parts: Vec<_> = theirs["answers"].as_object().expect("answers").keys().cloned().collect();
    assert_eq!(parts, ["elements", "identifying_details"]);
    assert_eq!((&theirs["whole"], theirs.get("outcome")), (&json!(false), None));
    for worked_out in ["not_recorded", "contradictions", "superseded"] {
        assert_eq!(theirs[worked_out], json!([]), "{worked_out} tells of every section");
    }
    assert_eq!(theirs["difference"], Value::Null);
    // The list is of what somebody sent.
    assert_eq!((sent(&author).await, sent(&worker).await), (1, 0));
    let read: Vec<_> = worker.did().await.into_iter().map(|(action, _)| action).collect();
    assert_eq!(
        read,
        ["signed-in", "refused-read-version", "refused-read-version", "read-version", "list-work"]
    );
}

async fn that_somebody_wrote_a_record_opens_nothing_b98(app: App) {
    let author = Person::new(&app, "teacher").await;
    let episode = author.start().await;
    let record = record(&author, &episode).await;
    assert_eq!((author.get(&record).await.status, sent(&author).await), (200, 1));
    let members = author.get(&format!("{episode}/members")).await;
    let grant = members.json()["members"][0]["id"].as_str().expect("an id").to_owned();
    let tag = members.header("etag").to_owned();
    let ended =
        author.ask("DELETE", &format!("{episode}/members/{grant}"), &[("if-match", &tag)], None).await;
    assert_eq!(ended.status, 204, "{}", ended.text);
    // A colleague sees that there is a record, once they say why, and no answer.
    author.get(&record).await.refused(403, "forbidden");
    assert_eq!(sent(&author).await, 0);
}

async fn a_safeguarding_lead_says_why_b44(app: App) {
    let author = Person::new(&app, "teacher").await;
    let episode = author.start().await;
    let record = record(&author, &episode).await;
    let lead = Person::new(&app, "safeguarding-lead").await;
    lead.get(&record).await.refused(403, "reason-needed");
    let read = lead.because(&record, "Cover").await;
    assert_eq!(read.status, 200, "{}", read.text);
    assert_eq!(read.json()["whole"], json!(true));
    for other in ["coordinator", "auditor"] {
        let other = Person::new(&app, other).await;
        other.get(&record).await.refused(403, "reason-needed");
    }
    Person::new(&app, "auditor").await.get("/api/v1/assessments").await.refused(403, "forbidden");
}
