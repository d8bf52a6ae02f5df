//! What becomes of an episode after it was sent: closed, opened again, handed over, kept from somebody, answered.

use assessment_people::{access::Action, id::EpisodeId};
use assessment_server::store::audit::AuditAction;
use serde_json::{Value, json};

use super::{Person, amendment, body, member, on_both, situations::asker};
use crate::{
    answers::{complete, fixed_today},
    app::App,
};

on_both! {
    an_episode_is_closed_takes_corrections_and_is_opened_again;
    a_closure_lacks_what_its_reason_asks_for;
    danger_that_no_list_knows_of_asks_for_a_look_at_the_risk_before_closing;
    another_organisation_holds_it_and_the_one_before_sees_it_no_longer;
    who_must_not_be_told_is_told_nothing_until_they_may_be;
    the_front_door_answers_once;
    a_change_names_the_revision_that_it_follows_and_is_in_the_log;
}

async fn close(person: &Person<'_>, episode: &str, body: Value) -> crate::wire::Reply {
    person.change("POST", episode, "/closure", body).await
}

async fn state(person: &Person<'_>, episode: &str) -> String {
    let record = person.get(episode).await.json();
    record["shown"]["state"].as_str().expect("a state").to_owned()
}

/// Whether the server says that the one who read this may do that.
fn may(record: &Value, action: &str) -> bool {
    record["may"].as_array().is_some_and(|all| all.iter().any(|one| one == action))
}

async fn an_episode_is_closed_takes_corrections_and_is_opened_again(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    let closed = close(&author, &episode, json!({ "reason": "needs_met" })).await;
    assert_eq!((closed.status, closed.header("etag")), (204, "\"2\""), "{}", closed.text);
    assert_eq!(state(&author, &episode).await, "closed");
    let record = author.get(&episode).await.json();
    assert_eq!(record["closure"]["reason"], "needs_met", "{record}");
    assert_eq!(record["closure"]["closed"]["name"], "Bernadette Oyelaran", "{record}");
    assert!(may(&record, "reopen") && !may(&record, "close") && !may(&record, "comment"), "{record}");
    // Somebody who sees no section learns that it is closed, and no more.
    let coordinator = Person::new(&app, "coordinator").await;
    let record = coordinator.get(&episode).await.json();
    assert_eq!((&record["shown"]["state"], record.get("closure")), (&json!("closed"), None), "{record}");
    close(&author, &episode, json!({ "reason": "needs_met" })).await.refused(409, "not-now");
    // What is wrong may still do harm.
    let versions = author.get(&format!("{episode}/versions")).await.json();
    let first = versions["versions"][0]["id"].as_str().expect("an id").to_owned();
    let correction = amendment(&episode, &first, "correction", "His aunt, not his mother.");
    let sent = author.submit("c", &correction).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    let newest = sent.json()["id"].as_str().expect("an id").to_owned();
    let next = amendment(&episode, &newest, "new_version", "New.");
    author.submit("n", &next).await.refused(409, "not-now");
    for blank in ["", " . "] {
        let refused = author.change("POST", &episode, "/reopening", json!({ "reason": blank })).await;
        refused.refused(422, "wrong-shape");
    }
    let again = author.change("POST", &episode, "/reopening", json!({ "reason": "Mother rang." })).await;
    assert_eq!(again.status, 204, "{}", again.text);
    assert_eq!(state(&author, &episode).await, "consent_pending");
    let sent = author.submit("n2", &next).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    assert_eq!(state(&author, &episode).await, "shared");
}

async fn a_closure_lacks_what_its_reason_asks_for(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    for (body, problem) in [
        (json!({ "reason": "bored" }), "reason wrong-kind"),
        (json!({ "reason": "other" }), "words missing"),
        (json!({ "reason": "other", "words": " " }), "words missing"),
        (json!({ "reason": "not_engaged", "words": "Nobody opens." }), "why_safe missing"),
        (json!({ "reason": "other", "words": "a".repeat(1001) }), "words too-long"),
        (json!({ "reason": "needs_met", "when": "now" }), "body wrong-kind"),
    ] {
        let refused = close(&author, &episode, body).await;
        refused.refused(422, "wrong-shape");
        assert_eq!(refused.problems(), [problem]);
    }
    let stepped = json!({ "reason": "stepped_up_s17", "words": "Social care has them." });
    close(&author, &episode, stepped).await.refused(409, "referral-not-accepted");
    assert_eq!(state(&author, &episode).await, "shared");
    let gone =
        json!({ "reason": "not_engaged", "words": "Nobody opens.", "why_safe": "Nursery sees him daily." });
    let closed = close(&author, &episode, gone).await;
    assert_eq!(closed.status, 204, "{}", closed.text);
}

/// What a list says was worked out when the record came, perhaps by an earlier program that took the client's word for it.
async fn danger_that_no_list_knows_of_asks_for_a_look_at_the_risk_before_closing(app: App) {
    let author = Person::new(&app, "teacher").await;
    let mut answers = complete(fixed_today());
    answers["elements"]["identity"] = json!({ "status": "recorded", "indicators": { "ID-401": "yes" } });
    let sent = author.submit("danger", &body(&answers)).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    let list = author.get("/api/v1/episodes").await.json();
    let id = EpisodeId::parse(list["episodes"][0]["id"].as_str().expect("an id")).expect("an id");
    let everywhere = asker("coordinator", true);
    let mut work = app.store.begin().await.expect("a unit of work");
    let found = work.episodes().find(&everywhere, id).await.expect("an answer").expect("an episode");
    let mut state = found.state;
    assert!(state.listed.urgent);
    state.listed.urgent = false;
    let at = "2026-11-23T12:00:00Z".parse().expect("a moment");
    work.episodes().replace(&everywhere, &state, found.revision, at).await.expect("replaced");
    let action = AuditAction::Episode(Action::HandOver, id);
    work.save(&everywhere.actor, action, at).await.expect("saved");
    let episode = format!("/api/v1/episodes/{id}");
    let refused = close(&author, &episode, json!({ "reason": "needs_met" })).await;
    refused.refused(422, "wrong-shape");
    assert_eq!(refused.problems(), ["why_safe missing"]);
    let safe = json!({ "reason": "needs_met", "why_safe": "He was seen today, and is with his aunt." });
    let closed = close(&author, &episode, safe).await;
    assert_eq!(closed.status, 204, "{}", closed.text);
}

async fn another_organisation_holds_it_and_the_one_before_sees_it_no_longer(app: App) {
    let author = Person::new(&app, "teacher").await;
    let episode = author.start().await;
    let coordinator = Person::new(&app, "coordinator").await;
    let health = "Aire Valley Health Visiting";
    let hand =
        async |to: &str| coordinator.change("PUT", &episode, "/holder", json!({ "organisation": to })).await;
    hand(health).await.refused(409, "unknown-organisation");
    let visitor = Person::new(&app, "health-visitor").await;
    hand("Woodhouse Moor Primary School").await.refused(409, "holds-it-already");
    let out = json!({ "organisation": health });
    assert_eq!(author.change("POST", &episode, "/exclusions", out.clone()).await.status, 204);
    hand(health).await.refused(409, "must-not-be-told");
    let lifted = json!({ "excluded": out, "reason": "Mother agrees now." });
    assert_eq!(author.change("POST", &episode, "/exclusions/lifted", lifted).await.status, 204);
    author
        .change("PUT", &episode, "/holder", json!({ "organisation": health }))
        .await
        .refused(403, "forbidden");
    let handed = hand(health).await;
    assert_eq!(handed.status, 204, "{}", handed.text);
    assert_eq!(coordinator.get(&episode).await.json()["shown"]["holder"], health);
    author.get(&episode).await.refused(404, "not-found");
    let theirs = visitor.get("/api/v1/episodes?whose=organisation").await.json();
    assert_eq!(theirs["episodes"][0]["needs_reason"], json!(true));
    let seen = visitor.because(&episode, "We hold it now").await;
    assert_eq!(seen.status, 200, "{}", seen.text);
}

async fn who_must_not_be_told_is_told_nothing_until_they_may_be(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    let youth = Some("Kirkstall Youth Project");
    let invited = author.invite_with(&episode, &member("youth-worker", youth, "tac_member")).await;
    assert_eq!(invited.status, 201, "{}", invited.text);
    let grant = invited.json()["id"].clone();
    let worker = Person::new(&app, "youth-worker").await;
    assert_eq!(worker.get(&episode).await.status, 200);
    // An uncle of the family works there: by what he was given, since nobody knows how sign-in calls him.
    let out = json!({ "member": grant });
    let excluded = author.change("POST", &episode, "/exclusions", out.clone()).await;
    assert_eq!(excluded.status, 204, "{}", excluded.text);
    for part in ["", "/versions/1", "/notes", "/members"] {
        worker.get(&format!("{episode}{part}")).await.refused(404, "not-found");
    }
    assert_eq!(worker.get("/api/v1/episodes").await.json()["episodes"], json!([]));
    // Neither the end of a page nor a place in the list tells that there is one.
    let teacher = Person::new(&app, "teacher").await;
    let other = teacher.start().await;
    let invited = teacher.invite_with(&other, &member("youth-worker", youth, "tac_member")).await;
    assert_eq!(invited.status, 201, "{}", invited.text);
    let list = worker.get("/api/v1/episodes?limit=1").await.json();
    assert_eq!(list["episodes"].as_array().map(Vec::len), Some(1), "{list}");
    assert_eq!(list["next"], Value::Null, "{list}");
    let hidden = episode.rsplit('/').next().expect("an id");
    let after = async |id: &str| worker.get(&format!("/api/v1/episodes?after={id}")).await.text;
    assert_eq!(after(hidden).await, after("5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f").await);
    let record = author.get(&episode).await.json();
    assert_eq!(record["excluded"][0]["name"], "Tomasz Bielak");
    assert_eq!(record["excluded"][0]["subject"], "youth-worker");
    // He is not let in again by another hand either.
    author
        .invite_with(&episode, &member("youth-worker", youth, "tac_member"))
        .await
        .refused(409, "not-covered");
    let issuer = assessment_server::sign_in::demo::ISSUER;
    let person = |subject: &str| json!({ "person": { "issuer": issuer, "subject": subject } });
    for (body, status, code) in [
        (person("health-visitor"), 409, "yourself"),
        (json!({ "organisation": "Aire Valley Health Visiting" }), 409, "holds-it"),
        (json!({}), 422, "wrong-shape"),
        (json!({ "organisation": "x", "member": "y" }), 422, "wrong-shape"),
        (json!({ "member": "nobody's" }), 404, "not-found"),
        // A list is not taken for the members in their order.
        (json!({ "person": [issuer, "teacher"] }), 422, "wrong-shape"),
        (json!([{ "issuer": issuer, "subject": "teacher" }, null, null]), 422, "wrong-shape"),
    ] {
        author.change("POST", &episode, "/exclusions", body).await.refused(status, code);
    }
    let lift = |whom: Value, reason: &str| json!({ "excluded": whom, "reason": reason });
    author
        .change("POST", &episode, "/exclusions/lifted", lift(person("teacher"), "No."))
        .await
        .refused(409, "not-excluded");
    let listed = json!([{ "issuer": issuer, "subject": "youth-worker" }, null, null]);
    for whom in [listed, json!({ "person": [issuer, "youth-worker"] })] {
        let refused = author.change("POST", &episode, "/exclusions/lifted", lift(whom, "No.")).await;
        refused.refused(422, "wrong-shape");
    }
    author
        .change("POST", &episode, "/exclusions/lifted", lift(out.clone(), ""))
        .await
        .refused(422, "wrong-shape");
    let lifted =
        author.change("POST", &episode, "/exclusions/lifted", lift(out, "It was another Tomasz.")).await;
    assert_eq!(lifted.status, 204, "{}", lifted.text);
    let record = worker.get(&episode).await;
    assert_eq!(record.status, 200, "what he was given did not vanish: {}", record.text);
    assert_eq!(record.json().get("excluded"), None, "that is for those who may change it");
}

async fn the_front_door_answers_once(app: App) {
    let author = Person::new(&app, "teacher").await;
    let mut answers = complete(fixed_today());
    answers["conclusions"]["decision"] = json!("R4");
    answers["conclusions"]["decision_reason"] = json!("Bruises that nobody explains; I rang them at noon.");
    let mut episodes = Vec::new();
    for key in ["one", "two"] {
        let sent = author.submit(key, &body(&answers)).await;
        assert_eq!(sent.status, 201, "{}", sent.text);
    }
    let list = author.get("/api/v1/episodes").await.json();
    for one in list["episodes"].as_array().expect("episodes") {
        episodes.push(format!("/api/v1/episodes/{}", one["id"].as_str().expect("an id")));
    }
    let duty = Person::new(&app, "duty-and-advice").await;
    let answer = |answer: &str| json!({ "answer": answer });
    let [taken, refused] = &episodes[..] else { panic!("two episodes") };
    let waiting = author.get(taken).await.json();
    assert!(
        waiting["referral"]["sent_at"].is_string() && waiting["referral"].get("answer").is_none(),
        "{waiting}"
    );
    assert!(!may(&waiting, "answer-referral") && may(&duty.get(taken).await.json(), "answer-referral"));
    author.change("POST", taken, "/referral/answer", answer("accepted")).await.refused(403, "forbidden");
    close(&author, taken, json!({ "reason": "needs_met" })).await.refused(409, "referral-waits");
    duty.change("POST", taken, "/referral/answer", answer("maybe")).await.refused(422, "wrong-shape");
    let accepted = duty.change("POST", taken, "/referral/answer", answer("accepted")).await;
    assert_eq!(accepted.status, 204, "{}", accepted.text);
    duty.change("POST", taken, "/referral/answer", answer("not_accepted")).await.refused(409, "no-referral");
    let record = duty.get(taken).await.json();
    assert_eq!(record["referral"]["answer"], "accepted", "{record}");
    assert!(!may(&record, "answer-referral"), "nothing waits for an answer: {record}");
    let stepped = json!({ "reason": "stepped_up_s47", "words": "Social care protects him." });
    let closed = close(&author, taken, stepped).await;
    assert_eq!(closed.status, 204, "{}", closed.text);
    // Without acceptance early help goes on, and the front door sees the record no longer.
    let not = duty.change("POST", refused, "/referral/answer", answer("not_accepted")).await;
    assert_eq!(not.status, 204, "{}", not.text);
    let record = author.get(refused).await.json();
    assert_eq!(record["shown"]["state"], "shared");
    assert_eq!(record["referral"]["answer"], "not_accepted", "those who go on alone have to know: {record}");
    duty.get(refused).await.refused(404, "not-found");
    let coordinator = Person::new(&app, "coordinator").await;
    coordinator
        .change("POST", refused, "/referral/answer", answer("accepted"))
        .await
        .refused(409, "no-referral");
}

async fn a_change_names_the_revision_that_it_follows_and_is_in_the_log(app: App) {
    let author = Person::new(&app, "health-visitor").await;
    let episode = author.start().await;
    let path = format!("{episode}/closure");
    let met = json!({ "reason": "needs_met" });
    author.ask("POST", &path, &[], Some(met.clone())).await.refused(428, "precondition-missing");
    author
        .ask("POST", &path, &[("if-none-match", "*")], Some(met.clone()))
        .await
        .refused(428, "precondition-missing");
    let stale = author.ask("POST", &path, &[("if-match", "\"7\"")], Some(met.clone())).await;
    stale.refused(412, "stale-revision");
    assert_eq!(stale.header("etag"), "\"1\"");
    let headers = [("if-match", "\"1\"")];
    let (one, two) = tokio::join!(
        author.ask("POST", &path, &headers, Some(met.clone())),
        author.ask("POST", &path, &headers, Some(met))
    );
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    // The slower one finds it closed, or changed.
    assert!(statuses == [204, 409] || statuses == [204, 412], "{} {}", one.text, two.text);
    let log = author.get(&format!("{episode}/access-log")).await.json();
    let entries = log["entries"].as_array().expect("entries");
    assert_eq!(entries.iter().filter(|one| one["action"] == "close").count(), 1, "{log}");
}
