//! The team that holds a record decides who sees it, not where the child lives. The check for duplicates says at most whom
//! to ask, and the look is logged.

use assessment_people::{
    episode::Excluded,
    protection::{Protected, Protection},
};
use serde_json::{Value, json};

use super::{
    Office, address, child, number,
    office::{ids, who},
    on_both,
};

on_both! {
    where_a_child_lives_opens_nothing_and_the_check_says_whom_to_ask_a12;
    a_shielded_or_excluded_record_does_not_exist_b40;
    a_record_of_ones_own_organisation_opens_with_a_reason;
    each_answer_is_in_the_audit_trail;
    who_may_not_ask_is_told_so;
}

fn details(given: &str) -> Value {
    json!({ "given_names": given, "family_name": "Hart", "born": "2019-05-04", "postcode": "LS6 3HN" })
}

async fn where_a_child_lives_opens_nothing_and_the_check_says_whom_to_ask_a12(office: Office) {
    let mut south = child(1, "Amelia", "Hart");
    south.addresses.push(address("12 Elm Road", "LS6 3HN"));
    south.identifiers.push(number(assessment_people::person::System::Reference, "CAF-2K7R-9XTW"));
    office.add(&south, "health-visitor").await;
    for text in ["amelia hart", "CAF-2K7R-9XTW", "hart"] {
        let reply = office.ask("teacher", "POST", "/search", Some(json!({ "text": text }))).await;
        assert_eq!(reply.json(), json!({ "people": [], "more": false, "more_with_reason": false }), "{text}");
    }
    let answer = office.same_as("teacher", details("Amelia")).await;
    let said = json!({
        "people": [], "ask": ["Aire Valley Health Visiting"], "more": false, "more_with_reason": false,
    });
    assert_eq!(answer, said, "whom to ask, and nothing else");
    let did = office.did("teacher").await;
    let look = ("check-duplicates".to_owned(), "person".to_owned(), south.id.to_string());
    assert!(did.contains(&look), "the look is logged: {did:?}");
    // Its id opens nothing, and answers like one that nobody has.
    let made_up = office.ask("teacher", "GET", "/5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f", None).await;
    let theirs = office.ask("teacher", "GET", &format!("/{}", south.id), None).await;
    theirs.refused(404, "not-found");
    assert_eq!(theirs.text, made_up.text);
    let theirs = office.ask("teacher", "POST", "/matches", Some(json!({ "person": south.id }))).await;
    assert_eq!((theirs.status, &theirs.text), (404, &made_up.text));
    assert_eq!(office.search("health-visitor", "amelia hart").await, [south.id.to_string()]);
}

async fn a_shielded_or_excluded_record_does_not_exist_b40(office: Office) {
    let (mut shielded, kept_from) = (child(1, "Amelia", "Hart"), child(2, "Beatrix", "Hart"));
    shielded.protection = Protected::at(Protection::Shielded);
    office.add(&shielded, "health-visitor").await;
    let excluded = Excluded::Person(who("teacher").subject);
    office.add_without(&kept_from, "health-visitor", &[excluded]).await;
    let nothing = json!({ "people": [], "ask": [], "more": false, "more_with_reason": false });
    for (name, id) in [("Amelia", shielded.id), ("Beatrix", kept_from.id)] {
        assert_eq!(office.same_as("teacher", details(name)).await, nothing, "{name}");
        assert!(office.search("teacher", &format!("{name} hart")).await.is_empty(), "{name}");
        office.ask("teacher", "GET", &format!("/{id}"), None).await.refused(404, "not-found");
    }
    // Who is named in the record finds it; the coordinator is not.
    assert_eq!(office.search("health-visitor", "amelia hart").await, [shielded.id.to_string()]);
    assert!(office.search("coordinator", "amelia hart").await.is_empty());
    assert_eq!(office.same_as("coordinator", details("Amelia")).await, nothing);
}

async fn a_record_of_ones_own_organisation_opens_with_a_reason(office: Office) {
    let ours = child(1, "Amelia", "Hart");
    office.add(&ours, "teacher").await;
    let search = |reason: Option<&str>| {
        let mut body = json!({ "text": "amelia hart" });
        if let Some(reason) = reason {
            body["reason"] = json!(reason);
        }
        Some(body)
    };
    for none in [None, Some(""), Some(" - ")] {
        let reply = office.ask("safeguarding-lead", "POST", "/search", search(none)).await;
        assert_eq!(
            reply.json(),
            json!({ "people": [], "more": false, "more_with_reason": true }),
            "{none:?}"
        );
    }
    let reply =
        office.ask("safeguarding-lead", "POST", "/search", search(Some("A call from the family."))).await;
    assert_eq!(ids(&reply.json()), [ours.id.to_string()], "{}", reply.text);
    assert_eq!(reply.json()["people"][0]["person"]["readable"], true);
    let open = &reply.json()["people"][0]["person"]["episodes"];
    assert_eq!(*open, json!([ours.id]), "what can be opened from here");
    office
        .ask("safeguarding-lead", "GET", &format!("/{}", ours.id), None)
        .await
        .refused(403, "reason-needed");
    let cookie = crate::sign_in::sign_in(&office.app, "safeguarding-lead").await;
    let request = office.app.client.request("GET", &format!("/api/v1/people/{}", ours.id));
    let reason = ("access-reason", "A%20call%20from%20Si%C3%A2n%27s%20family.");
    let read = crate::wire::send(request.header("cookie", cookie).header(reason.0, reason.1)).await;
    assert_eq!((read.status, &read.json()["id"]), (200, &json!(ours.id)), "{}", read.text);
}

async fn each_answer_is_in_the_audit_trail(office: Office) {
    let ours = child(1, "Amelia", "Hart");
    office.add(&ours, "teacher").await;
    office.search("teacher", "amelia").await;
    office.search("teacher", "nobody of that name").await;
    office.ask("teacher", "GET", &format!("/{}", ours.id), None).await;
    let mut did = office.did("teacher").await;
    did.retain(|(_, kind, id)| kind == "person" || id == "self");
    did.retain(|(action, ..)| action != "signed-in");
    let did: Vec<(&str, &str)> =
        did.iter().map(|(action, kind, _)| (action.as_str(), kind.as_str())).collect();
    let search = ("search", "practitioner");
    assert_eq!(did, [("search", "person"), search, search, ("read-person", "person")]);
}

async fn who_may_not_ask_is_told_so(office: Office) {
    for person in ["parent", "youth-worker", "auditor"] {
        let reply = office.ask(person, "POST", "/search", Some(json!({ "text": "hart" }))).await;
        reply.refused(403, "forbidden");
        let reply = office.ask(person, "POST", "/matches", Some(json!({ "child": details("Amelia") }))).await;
        reply.refused(403, "forbidden");
    }
}
