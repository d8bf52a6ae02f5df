//! Social care is asked from an episode: what has to be said, what is kept of what was sent, and who reads it. A protected
//! address in it is `referral_address`'s.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Person, amendment, member, on_both};
use crate::app::{App, StoppedClock, With};

on_both! {
    social_care_is_asked_without_a_new_version_and_what_was_sent_stays_as_it_was;
    a_repeat_after_a_lost_reply_asks_social_care_once_b10;
    of_two_that_come_at_once_social_care_gets_one_b10;
    what_is_missing_or_wrong_is_said_and_nothing_is_stored;
    a_front_door_that_was_kept_out_is_reached_by_a_referral_all_the_same;
    who_sees_what_was_sent;
    what_the_front_door_read_of_this_referral_is_its_receipt;
    who_reads_what_was_sent_before_is_in_the_log_as_that;
    the_clocks_of_the_written_form_and_of_the_answer_begin_when_it_is_sent;
    what_was_sent_is_in_what_a_person_is_told_about_them;
}

/// A referral with that ground.
pub(super) fn asked(agreement: &str) -> Value {
    json!({
        "id": super::cells::new_id(),
        "answers": {
            "form_version": "referral-2026.1",
            "why": "Bruises on both arms that nobody explains. I rang at noon.",
            "agreement": agreement,
            "decided_by": "Priya Raman, inclusion lead",
            "family_told": "yes",
        },
        "document": {
            "parts": [
                { "heading": "Why we ask", "lines": [{ "label": "What has happened", "value": "Bruises on both arms" }] },
                { "heading": "The plan", "lines": [{ "label": "Aim 1: What should get better", "value": "Sleep" }] },
            ],
        },
    })
}

/// Everything that was sent from an episode.
pub(super) async fn sent(who: &Person<'_>, episode: &str) -> Value {
    who.get(&format!("{episode}/referral")).await.json()["referrals"].clone()
}

async fn social_care_is_asked_without_a_new_version_and_what_was_sent_stays_as_it_was(app: App) {
    let author = Person::new(&app, "teacher").await;
    let episode = author.start().await;
    assert_eq!(sent(&author, &episode).await, json!([]));
    let before = author.get(&episode).await.json();
    assert!(before["may"].as_array().is_some_and(|may| may.contains(&json!("refer"))), "{before}");
    let reply = author.change("POST", &episode, "/referral", asked("agrees")).await;
    assert_eq!(reply.status, 204, "{}", reply.text);
    assert!(!reply.header("etag").is_empty());
    let record = author.get(&episode).await.json();
    assert_eq!((&record["shown"]["state"], &record["stage"]), (&json!("referred"), &json!("shared")));
    assert_eq!(record["referred_to"], "Duty and Advice Team");
    assert!(!record["may"].as_array().expect("a list").contains(&json!("refer")), "it waits: {record}");
    let versions = author.get(&format!("{episode}/versions")).await.json();
    assert_eq!(versions["versions"].as_array().map(Vec::len), Some(1), "no version more");
    let first = sent(&author, &episode).await;
    assert_eq!(first[0]["document"], asked("agrees")["document"]);
    assert_eq!(first[0]["sent"]["name"], "Priya Raman");
    author.change("POST", &episode, "/referral", asked("agrees")).await.refused(409, "not-now");
    // A later version, an answer and another referral change nothing of it.
    let id = versions["versions"][0]["id"].as_str().expect("an id").to_owned();
    let later = author.submit("later", &amendment(&episode, &id, "new_version", "Grandmother rang.")).await;
    assert_eq!(later.status, 201, "{}", later.text);
    let duty = Person::new(&app, "duty-and-advice").await;
    let answer = json!({ "answer": "not_accepted" });
    assert_eq!(duty.change("POST", &episode, "/referral/answer", answer).await.status, 204);
    let mut second = asked("refuses");
    second["answers"]["lawful_reason"] = json!("risk_sig_harm");
    second["answers"]["reason"] = json!("New bruises.");
    second["document"]["parts"][0]["lines"][0]["value"] = json!("New bruises");
    let reply = author.change("POST", &episode, "/referral", second.clone()).await;
    assert_eq!(reply.status, 204, "{}", reply.text);
    let all = sent(&author, &episode).await;
    assert_eq!(all[0]["document"], second["document"], "the newest first");
    assert_eq!(all[1], first[0]);
    let log = author.get(&format!("{episode}/access-log")).await.text;
    assert_eq!(log.matches("\"refer\"").count(), 2, "{log}");
    assert!(!log.contains("ruises"), "the log has no word of it");
}

async fn a_repeat_after_a_lost_reply_asks_social_care_once_b10(app: App) {
    let author = Person::new(&app, "teacher").await;
    let episode = author.start().await;
    let path = format!("{episode}/referral");
    let tag = author.get(&episode).await.header("etag").to_owned();
    let first = asked("agrees");
    let send = async |who: &Person<'_>, body: &Value| {
        who.ask("POST", &path, &[("if-match", &tag)], Some(body.clone())).await
    };
    let reply = send(&author, &first).await;
    assert_eq!(reply.status, 204, "{}", reply.text);
    // The reply was lost: the same bytes come again, about the revision that was read before.
    let again = send(&author, &first).await;
    assert_eq!((again.status, again.header("etag")), (204, reply.header("etag")), "{}", again.text);
    assert_eq!(sent(&author, &episode).await.as_array().map(Vec::len), Some(1));
    let log = author.get(&format!("{episode}/access-log")).await.text;
    assert_eq!(log.matches("\"refer\"").count(), 1, "{log}");
    // Something else under that id is no repeat, nor is somebody else's.
    let mut other = first.clone();
    other["document"]["parts"][0]["lines"][0]["value"] = json!("New bruises");
    send(&author, &other).await.refused(409, "id-used");
    let visitor = Person::new(&app, "health-visitor").await;
    let invited =
        author.invite(&episode, "health-visitor", Some("Aire Valley Health Visiting"), "practitioner").await;
    assert_eq!(invited.status, 201, "{}", invited.text);
    send(&visitor, &first).await.refused(409, "id-used");
    let mut unnamed = first.clone();
    unnamed["id"] = json!("7");
    send(&author, &unnamed).await.refused(422, "wrong-shape");
    // Also after social care has said no it is not asked again by a repeat that comes late.
    let duty = Person::new(&app, "duty-and-advice").await;
    let answer = json!({ "answer": "not_accepted" });
    assert_eq!(duty.change("POST", &episode, "/referral/answer", answer).await.status, 204);
    assert_eq!(send(&author, &first).await.status, 204);
    assert_eq!(author.get(&episode).await.json()["shown"]["state"], "shared");
    assert_eq!(sent(&author, &episode).await.as_array().map(Vec::len), Some(1));
}

async fn of_two_that_come_at_once_social_care_gets_one_b10(app: App) {
    let author = Person::new(&app, "teacher").await;
    let episode = author.start().await;
    let tag = author.get(&episode).await.header("etag").to_owned();
    let (path, body) = (format!("{episode}/referral"), asked("agrees"));
    let headers = [("if-match", &*tag)];
    let send = || author.ask("POST", &path, &headers, Some(body.clone()));
    let (one, two) = tokio::join!(send(), send());
    assert_eq!((one.status, two.status), (204, 204), "{} {}", one.text, two.text);
    assert_eq!(sent(&author, &episode).await.as_array().map(Vec::len), Some(1));
}

async fn what_is_missing_or_wrong_is_said_and_nothing_is_stored(app: App) {
    let author = Person::new(&app, "teacher").await;
    let episode = author.start().await;
    let with = |change: fn(&mut Value)| {
        let mut all = asked("agrees");
        change(&mut all);
        all
    };
    type Spoil = fn(&mut Value);
    let wrong: [(&str, Spoil); 9] = [
        ("referral-incomplete", |all| all["answers"]["why"] = json!(" ")),
        ("referral-incomplete", |all| all["answers"]["agreement"] = json!("refuses")),
        ("referral-incomplete", |all| all["answers"]["agreement"] = json!("perhaps")),
        ("referral-incomplete", |all| all["answers"]["why"] = json!("x".repeat(1001))),
        ("wrong-shape", |all| all["answers"]["form_version"] = json!("referral-1999.1")),
        ("wrong-shape", |all| all["answers"]["colour"] = json!("red")),
        ("wrong-shape", |all| all["document"]["parts"] = json!([])),
        ("wrong-shape", |all| all["document"]["parts"][0]["lines"] = json!([])),
        ("wrong-shape", |all| all["document"]["parts"][0]["lines"][0]["value"] = json!("x".repeat(8001))),
    ];
    for (code, change) in wrong {
        let reply = author.change("POST", &episode, "/referral", with(change)).await;
        reply.refused(422, code);
    }
    let lacking = author.change(
        "POST",
        &episode,
        "/referral",
        with(|all| all["answers"]["agreement"] = json!("refuses")),
    );
    let paths = lacking.await.json()["problems"].clone();
    assert_eq!(paths[0]["path"], "lawful_reason", "{paths}");
    // Words without a letter or a digit say nothing, and that is said of them.
    let signs = author.change("POST", &episode, "/referral", with(|all| all["answers"]["why"] = json!("?!")));
    assert_eq!(signs.await.json()["problems"], json!([{ "path": "why", "code": "needed" }]));
    assert_eq!(author.get(&episode).await.json()["shown"]["state"], "shared");
    assert_eq!(sent(&author, &episode).await, json!([]));
    let path = format!("{episode}/referral");
    author.ask("POST", &path, &[], Some(asked("agrees"))).await.refused(428, "precondition-missing");
    let stale = [("if-match", "\"77\"")];
    author.ask("POST", &path, &stale, Some(asked("agrees"))).await.refused(412, "stale-revision");
}

async fn a_front_door_that_was_kept_out_is_reached_by_a_referral_all_the_same(app: App) {
    let author = Person::new(&app, "teacher").await;
    let episode = author.start().await;
    let kept = json!({ "organisation": "Duty and Advice Team" });
    assert_eq!(author.change("POST", &episode, "/exclusions", kept).await.status, 204);
    let reply = author.change("POST", &episode, "/referral", asked("agrees")).await;
    assert_eq!(reply.status, 204, "{}", reply.text);
    let duty = Person::new(&app, "duty-and-advice").await;
    assert_eq!(sent(&duty, &episode).await.as_array().map(Vec::len), Some(1));
}

async fn who_sees_what_was_sent(app: App) {
    let author = Person::new(&app, "teacher").await;
    let episode = author.start().await;
    let duty = Person::new(&app, "duty-and-advice").await;
    let path = format!("{episode}/referral");
    assert_eq!(duty.get(&path).await.status, 404, "nothing was asked of them");
    assert_eq!(author.change("POST", &episode, "/referral", asked("agrees")).await.status, 204);
    assert_eq!(sent(&duty, &episode).await[0]["document"], asked("agrees")["document"]);
    assert_eq!(duty.get(&episode).await.json()["shown"]["state"], "referred", "it is in their list");
    // Somebody with some sections is told that it was sent, and not what.
    let visitor = Person::new(&app, "health-visitor").await;
    let mut let_in = member("health-visitor", Some("Aire Valley Health Visiting"), "practitioner");
    let_in["sections"] = json!([1, 7]);
    let invited = author.invite_with(&episode, &let_in).await;
    assert_eq!(invited.status, 201, "{}", invited.text);
    let part = sent(&visitor, &episode).await;
    assert_eq!((&part[0]["to"], &part[0]["document"]), (&json!("Duty and Advice Team"), &Value::Null));
    for nobody in ["coordinator", "parent", "auditor"] {
        let reply = Person::new(&app, nobody).await.get(&path).await;
        assert!([403, 404].contains(&reply.status), "{nobody}: {}", reply.text);
        assert!(!reply.text.contains("ruises"), "{nobody}");
    }
}

async fn what_the_front_door_read_of_this_referral_is_its_receipt(app: App) {
    let author = Person::new(&app, "teacher").await;
    let duty = Person::new(&app, "duty-and-advice").await;
    let written = async |episode: &str| author.get(episode).await.json()["referral"]["written"]["by"].clone();
    // A referral that came with a version has no document: an empty list tells them nothing.
    let with_version = super::lead::referred(&author).await;
    assert_eq!(sent(&duty, &with_version).await, json!([]));
    assert_eq!(written(&with_version).await, Value::Null);
    let episode = author.start().await;
    assert_eq!(author.change("POST", &episode, "/referral", asked("agrees")).await.status, 204);
    assert_eq!(written(&episode).await, Value::Null);
    assert_eq!(sent(&duty, &episode).await.as_array().map(Vec::len), Some(1));
    assert_eq!(written(&episode).await, json!("opened_here"));
    // One question for all: the list of what is due knows of both.
    let clock = Arc::new(StoppedClock("2026-11-25T12:00:00Z"));
    let next = App::start_with(With { store: Some(app.store.clone()), clock, ..With::default() }).await;
    let later = Person::new(&next, "teacher").await;
    let due = later.get("/api/v1/me/due").await.json();
    let of = |episode: &str| {
        let id = episode.rsplit('/').next().expect("an id");
        let all = due["due"].as_array().expect("a list");
        all.iter().any(|one| one["episode"] == id && one["kind"] == "referral_written")
    };
    assert!(of(&with_version) && !of(&episode), "{due}");
}

async fn who_reads_what_was_sent_before_is_in_the_log_as_that(app: App) {
    let author = Person::new(&app, "teacher").await;
    let duty = Person::new(&app, "duty-and-advice").await;
    let episode = author.start().await;
    assert_eq!(author.change("POST", &episode, "/referral", asked("agrees")).await.status, 204);
    let answer = json!({ "answer": "not_accepted" });
    assert_eq!(duty.change("POST", &episode, "/referral/answer", answer).await.status, 204);
    // The next one comes with a version, and has no document: what is there is the one before.
    let versions = author.get(&format!("{episode}/versions")).await.json();
    let id = versions["versions"][0]["id"].as_str().expect("an id").to_owned();
    let clock = Arc::new(StoppedClock("2026-11-25T12:00:00Z"));
    let next = App::start_with(With { store: Some(app.store.clone()), clock, ..With::default() }).await;
    let (author, duty) = (Person::new(&next, "teacher").await, Person::new(&next, "duty-and-advice").await);
    let mut later = amendment(&episode, &id, "new_version", "Grandmother rang.");
    later["answers"]["conclusions"]["decision"] = json!("R4");
    later["answers"]["conclusions"]["decision_reason"] = json!("I rang them at noon.");
    let reply = author.submit("later", &later).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    for (who, entry) in [(&author, "read-referral"), (&duty, "read-episode")] {
        assert_eq!(sent(who, &episode).await.as_array().map(Vec::len), Some(1));
        assert_eq!(who.did().await.last().map(|(action, _)| &**action), Some(entry));
    }
    let record = author.get(&episode).await.json();
    assert_eq!(
        record["referral"]["written"],
        Value::Null,
        "the front door has seen nothing of what waits: {record}"
    );
}

async fn the_clocks_of_the_written_form_and_of_the_answer_begin_when_it_is_sent(app: App) {
    let author = Person::new(&app, "teacher").await;
    let episode = author.start().await;
    assert_eq!(author.change("POST", &episode, "/referral", asked("agrees")).await.status, 204);
    // Sent on Monday at noon.
    let record = author.get(&episode).await.json();
    let clock = &record["referral"]["clock"];
    assert_eq!(clock["write_by"], "2026-11-24T12:00:00", "{record}");
    assert!(clock["answer_by"].as_str().is_some_and(|by| by.starts_with("2026-11-24")), "{record}");
}

async fn what_was_sent_is_in_what_a_person_is_told_about_them(app: App) {
    let author = Person::new(&app, "teacher").await;
    let episode = author.start().await;
    assert_eq!(author.change("POST", &episode, "/referral", asked("agrees")).await.status, 204);
    let export = super::subject_access::export(&app, &episode).await;
    let told = super::subject_access::to_decide(&export, "sent_to_social_care[1]");
    assert!(told.contains("to Duty and Advice Team") && told.contains("Bruises on both arms"), "{told}");
    assert!(super::subject_access::to_decide(&export, "referral[1]").contains("I rang at noon"), "{export}");
}
