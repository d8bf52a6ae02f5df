//! Orders to keep a record, erasing it, and what is held about a child, over HTTP.

use assessment_people::{
    access::Action,
    episode::{Closure, ClosureReason, StillOpen},
    id::EpisodeId,
    moment::Moment,
    who::{Organisation, Stamp, Subject, Who},
};
use assessment_server::{
    actor::Actor,
    sign_in::demo,
    store::{audit::AuditAction, episodes::Asker},
};
use serde_json::{Value, json};

use super::{Person, amendment, body, on_both, sending::newest};
use crate::{
    answers::{complete, fixed_today},
    app::App,
    wire::Reply,
};

on_both! {
    a_record_under_an_order_is_not_erased_and_says_why_a15;
    an_erased_record_answers_like_one_that_never_was_b40;
    only_a_coordinator_with_a_reason_keeps_and_erases;
    a_request_keeps_the_record_until_it_is_closed_a15;
    what_is_about_others_is_for_a_person_to_decide;
    what_a_later_version_keeps_secret_is_given_by_none_and_a_corrected_birth_is_kept_beside_the_first;
}

/// Closes an episode, which no route does yet. Gives its revision as an entity tag.
async fn close(app: &App, episode: &str) -> String {
    let id = EpisodeId::parse(episode.rsplit('/').next().expect("an id")).expect("an id");
    let person = demo::person("coordinator").expect("a person");
    let organisation = Organisation::new(&person.organisation).expect("an organisation");
    let subject = Subject::new(demo::ISSUER, "coordinator").expect("a subject");
    let asker = Asker {
        actor: Actor::new("test-coordinator"),
        subject: subject.clone(),
        organisation: Some(organisation.clone()),
        authority: true,
    };
    let at: jiff::Timestamp = "2026-11-23T12:00:00Z".parse().expect("a moment");
    let stamp = Stamp { by: Who { subject, organisation }, at: Moment::new(at) };
    let mut work = app.store.begin().await.expect("a unit of work");
    let stored = work.episodes().find(&asker, id).await.expect("an answer").expect("an episode");
    let mut state = stored.state;
    let closure = Closure::new(ClosureReason::NeedsMet, None, None).expect("complete");
    state.episode = state.episode.close(closure, &StillOpen::new(), stamp).expect("closed");
    work.episodes().replace(&asker, &state, stored.revision, at).await.expect("replaced");
    work.save(&asker.actor, AuditAction::Episode(Action::Close, id), at).await.expect("saved");
    format!("\"{}\"", stored.revision + 1)
}

impl Person<'_> {
    /// Does something with a reason, following a revision.
    pub(super) async fn keep(&self, method: &str, path: &str, tag: &str, sent: Option<Value>) -> Reply {
        let headers = [("if-match", tag), ("access-reason", "An%20inquiry%20asked")];
        self.ask(method, path, &headers, sent).await
    }
}

async fn a_record_under_an_order_is_not_erased_and_says_why_a15(app: App) {
    let (teacher, coordinator) = (Person::new(&app, "teacher").await, Person::new(&app, "coordinator").await);
    let episode = teacher.start().await;
    let open = coordinator.get(&episode).await.header("etag").to_owned();
    coordinator.keep("DELETE", &episode, &open, None).await.refused(409, "not-now");
    let tag = close(&app, &episode).await;
    coordinator.keep("DELETE", &episode, &open, None).await.refused(412, "stale-revision");

    let holds = format!("{episode}/holds");
    for until in ["2026-11-22", "soon", "2026-02-30"] {
        let refused = coordinator.keep("POST", &holds, &tag, Some(json!({ "until": until }))).await;
        refused.refused(422, "wrong-shape");
    }
    let placed = coordinator.keep("POST", &holds, &tag, Some(json!({}))).await;
    assert_eq!(placed.status, 201, "{}", placed.text);
    assert_eq!(placed.json()["reason"], "An inquiry asked");
    let kept = coordinator.get("/api/v1/retention/kept").await.json();
    assert_eq!(kept, json!({ "holds": [placed.json()], "requests": [] }));

    let refused = coordinator.keep("DELETE", &episode, &tag, None).await;
    refused.refused(409, "on-hold");
    assert!(
        refused.json()["detail"].as_str().is_some_and(|said| said.contains("An order to keep this record"))
    );
    assert_eq!(teacher.get(&episode).await.status, 200, "nothing was erased");

    let id = placed.json()["id"].as_str().expect("an id").to_owned();
    let hold = format!("{holds}/{id}");
    let unknown = format!("{holds}/nobody");
    coordinator.keep("DELETE", &unknown, &tag, None).await.refused(404, "not-found");
    assert_eq!(coordinator.keep("DELETE", &hold, &tag, None).await.status, 204);
    coordinator.keep("DELETE", &hold, &tag, None).await.refused(404, "not-found");
    let erased = coordinator.keep("DELETE", &episode, &tag, None).await;
    assert_eq!(erased.status, 200, "{}", erased.text);
    assert_eq!(
        (&erased.json()["because"], &erased.json()["erased_on"]),
        (&json!("decided"), &json!("2026-11-23"))
    );
    let kept = coordinator.get("/api/v1/retention/kept").await.json();
    assert_eq!(kept["holds"], json!([]));
}

async fn an_erased_record_answers_like_one_that_never_was_b40(app: App) {
    let (teacher, coordinator) = (Person::new(&app, "teacher").await, Person::new(&app, "coordinator").await);
    let episode = teacher.start().await;
    let version = teacher.get(&format!("{episode}/versions")).await.json();
    let version = version["versions"][0]["id"].as_str().expect("an id").to_owned();
    let child = coordinator.get(&episode).await.json()["child"].as_str().expect("an id").to_owned();
    let tag = close(&app, &episode).await;
    let erased = coordinator.keep("DELETE", &episode, &tag, None).await;
    assert_eq!(erased.json()["versions"], json!([version]), "{}", erased.text);
    assert_eq!(erased.json()["people"], json!([child]));
    assert!(!erased.text.contains("Teddy") && !erased.text.contains("Example"), "no name is left");

    let never = "/api/v1/episodes/5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f";
    for rest in ["", "/versions", "/versions/1", "/members", "/access-log"] {
        let (erased, never) =
            (teacher.get(&format!("{episode}{rest}")).await, teacher.get(&format!("{never}{rest}")).await);
        assert_eq!((erased.status, &erased.text), (404, &never.text), "{rest}");
    }
    teacher.get(&format!("/api/v1/assessments/{version}")).await.refused(404, "not-found");
    teacher.get(&format!("/api/v1/people/{child}")).await.refused(404, "not-found");
    assert_eq!(teacher.get("/api/v1/episodes").await.json()["episodes"], json!([]));
    assert_eq!(teacher.get("/api/v1/assessments").await.json()["assessments"], json!([]));
    coordinator.get(&episode).await.refused(410, "erased");
    coordinator.get(never).await.refused(404, "not-found");
    coordinator.keep("DELETE", &episode, &tag, None).await.refused(410, "erased");
}

async fn only_a_coordinator_with_a_reason_keeps_and_erases(app: App) {
    let teacher = Person::new(&app, "teacher").await;
    let episode = teacher.start().await;
    let tag = close(&app, &episode).await;
    let holds = format!("{episode}/holds");
    for (code, refusal) in [
        ("teacher", (403, "forbidden")),
        ("youth-worker", (404, "not-found")),
        ("parent", (404, "not-found")),
    ] {
        let person = Person::new(&app, code).await;
        person.keep("POST", &holds, &tag, Some(json!({}))).await.refused(refusal.0, refusal.1);
        person.keep("DELETE", &episode, &tag, None).await.refused(refusal.0, refusal.1);
        for list in ["due", "kept"] {
            person.get(&format!("/api/v1/retention/{list}")).await.refused(403, "forbidden");
        }
    }
    let coordinator = Person::new(&app, "coordinator").await;
    let matches = [("if-match", tag.as_str())];
    coordinator.ask("DELETE", &episode, &matches, None).await.refused(403, "reason-needed");
    coordinator.ask("POST", &holds, &matches, Some(json!({}))).await.refused(403, "reason-needed");
    let reason = [("access-reason", "Because")];
    coordinator.ask("DELETE", &episode, &reason, None).await.refused(428, "precondition-missing");
    let due = coordinator.get("/api/v1/retention/due").await.json();
    assert_eq!(due, json!({ "records": [], "next": null }), "he is two years old");
    for wrong in ["limit=0", "limit=201", "after=x", "before=1"] {
        coordinator.get(&format!("/api/v1/retention/due?{wrong}")).await.refused(400, "bad-query");
    }
    assert_eq!(teacher.get(&episode).await.status, 200);
}

async fn a_request_keeps_the_record_until_it_is_closed_a15(app: App) {
    let (teacher, coordinator) = (Person::new(&app, "teacher").await, Person::new(&app, "coordinator").await);
    let episode = teacher.start().await;
    let tag = close(&app, &episode).await;
    let requests = format!("{episode}/subject-access");
    for (day, status) in [("2026-11-24", 422), ("yesterday", 422), ("2026-11-20", 201)] {
        let sent = json!({ "received_on": day });
        assert_eq!(coordinator.keep("POST", &requests, &tag, Some(sent)).await.status, status, "{day}");
    }
    let kept = coordinator.get("/api/v1/retention/kept").await.json();
    let request = kept["requests"][0].clone();
    assert_eq!(request["received_on"], "2026-11-20", "{kept}");
    coordinator.keep("DELETE", &episode, &tag, None).await.refused(409, "access-requested");
    let request = format!("{requests}/{}", request["id"].as_str().expect("an id"));
    teacher.keep("DELETE", &request, &tag, None).await.refused(403, "forbidden");
    assert_eq!(coordinator.keep("DELETE", &request, &tag, None).await.status, 204);
    coordinator.keep("DELETE", &request, &tag, None).await.refused(404, "not-found");
    coordinator.because(&request, "Again").await.refused(404, "not-found");
    assert_eq!(coordinator.keep("DELETE", &episode, &tag, None).await.status, 200);
}

async fn what_is_about_others_is_for_a_person_to_decide(app: App) {
    let (teacher, coordinator) = (Person::new(&app, "teacher").await, Person::new(&app, "coordinator").await);
    let mut answers = complete(fixed_today());
    answers["assessment_information"]["reason"] = json!("Few words. Alex says that he hums a lot.");
    answers["identifying_details"]["address_confidential"] = json!("yes");
    let sent = teacher.submit("first", &body(&answers)).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    let list = teacher.get("/api/v1/episodes").await.json();
    let episode = format!("/api/v1/episodes/{}", list["episodes"][0]["id"].as_str().expect("an id"));
    let tag = coordinator.get(&episode).await.header("etag").to_owned();
    let requests = format!("{episode}/subject-access");
    let sent = Some(json!({ "received_on": "2026-11-20" }));
    let request = coordinator.keep("POST", &requests, &tag, sent).await.json();
    let path = format!("{requests}/{}", request["id"].as_str().expect("an id"));
    coordinator.get(&path).await.refused(403, "reason-needed");
    let export = coordinator.because(&path, "He%20turned%2016").await;
    assert_eq!(export.status, 200, "{}", export.text);
    let export = export.json();
    let given = export["for_the_person"].to_string() + export["text"].as_str().expect("a text");
    for (words, why) in [
        ("Alex", "another person"),
        ("hums", "an answer that names another person"),
        ("Invented Row", "an address that is confidential"),
        ("LS1 1UR", "the same"),
        ("inquiry asked", "why somebody looked"),
    ] {
        assert!(!given.contains(words), "{why}: {words}");
        assert!(export["to_decide"].to_string().contains(words), "{why}: {words}");
    }
    for words in ["Teddy", "By watching him play.", "A person has to decide", "Who has seen or changed it"] {
        assert!(given.contains(words), "{words}");
    }
    let seen = &export["for_the_person"]["episodes"][0]["seen_by"];
    assert_eq!(seen[0]["action"], "assessment-submitted", "{seen}");
    let to_decide = export["to_decide"].as_array().expect("a list");
    assert!(to_decide.iter().any(|one| one["question"] == "other_records"), "it is always said");
    let log = coordinator.get(&format!("{episode}/access-log")).await.json();
    let last = &log["entries"][0];
    assert_eq!((&last["action"], &last["reason"]), (&json!("export-subject-access"), &json!("He turned 16")));
}

async fn what_a_later_version_keeps_secret_is_given_by_none_and_a_corrected_birth_is_kept_beside_the_first(
    app: App,
) {
    let (teacher, coordinator) = (Person::new(&app, "teacher").await, Person::new(&app, "coordinator").await);
    let mut answers = complete(fixed_today());
    answers["identifying_details"]["address_confidential"] = json!("no");
    answers["identifying_details"]["dob"] = json!("2023-02-03");
    let sent = teacher.submit("first", &body(&answers)).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    let list = teacher.get("/api/v1/episodes").await.json();
    let episode = format!("/api/v1/episodes/{}", list["episodes"][0]["id"].as_str().expect("an id"));
    let first = newest(&teacher, &episode).await;
    let mut second = amendment(&episode, &first, "correction", "Few words.");
    second["answers"]["identifying_details"]["address_confidential"] = json!("yes");
    second["answers"]["identifying_details"]["dob"] = json!("2024-02-03");
    let sent = teacher.submit("second", &second).await;
    assert_eq!(sent.status, 201, "{}", sent.text);

    let tag = coordinator.get(&episode).await.header("etag").to_owned();
    let requests = format!("{episode}/subject-access");
    let received = json!({ "received_on": "2026-11-20" });
    let request = coordinator.keep("POST", &requests, &tag, Some(received)).await;
    let path = format!("{requests}/{}", request.json()["id"].as_str().expect("an id"));
    let export = coordinator.because(&path, "He%20turned%2016").await.json();
    let given = export["for_the_person"].to_string() + export["text"].as_str().expect("a text");
    for words in ["Invented Row", "LS1 1UR", "Woodhouse Moor Primary School"] {
        assert!(!given.contains(words), "{words}: {given}");
        assert!(export["to_decide"].to_string().contains(words), "{words}");
    }
    let child = export["for_the_person"]["child"].as_array().expect("a list");
    let births: Vec<&Value> =
        child.iter().filter(|one| one["question"] == "person.born").map(|one| &one["answer"]).collect();
    assert_eq!(births, ["2024-02-03", "2023-02-03"], "the one that was put right comes first");
}
