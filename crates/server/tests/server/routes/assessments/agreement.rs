//! Sending what the family did not agree to, the record of a refusal, bodies of the first version of the form, and
//! answers that belong to an agreement that no longer holds.

use serde_json::{Value, json};

use super::ROWS;
use crate::{
    answers::{complete, first_version, fixed_today, submission},
    app::App,
    database::{count, look},
    wire::Reply,
};

fn first(answers: &Value) -> String {
    json!({ "form_version": "caf-2026.1", "answers": answers }).to_string()
}

/// The record of the other tests, and the mother says no. Agreement was given before, with sharing.
fn refused() -> Value {
    let mut answers = complete(fixed_today());
    let person = &mut answers["consent"]["people"][0];
    person["says"] = json!("refuses");
    person["refused_on"] = json!("2026-11-20");
    person["refused_how"] = json!("phone");
    answers
}

async fn record(app: &App, reply: &Reply) -> Value {
    assert_eq!(reply.status, 201, "{}", reply.text);
    let id = reply.json()["id"].as_str().expect("an id").to_owned();
    app.client.get(&format!("/api/v1/assessments/{id}")).await.json()
}

#[tokio::test]
async fn a_body_of_the_first_version_that_waited_on_a_device_is_accepted() {
    let app = App::start().await;
    let mut answers = first_version();
    assert_eq!(record(&app, &app.submit("1", first(&answers)).await).await["answers"], answers);
    // Nobody asked then why it is sent although the family had said no.
    for (key, status) in [("2", "refused"), ("3", "withdrawn")] {
        answers["consent"]["status"] = json!(status);
        answers["consent"]["withdrawn_on"] = json!("2026-11-20");
        answers["consent"]["withdrawn_by"] = json!("Her mother");
        answers["consent"]["withdrawn_effect"] = json!("Nothing more is shared.");
        let reply = app.submit(key, first(&answers)).await;
        assert_eq!(reply.json()["form_version"], "caf-2026.1");
        let record = record(&app, &reply).await;
        assert_eq!(record["answers"], answers);
        let superseded = record["superseded"].to_string();
        for path in ["services_involved[0].may_share", "consent.share", "consent.services"] {
            assert!(superseded.contains(path), "{status}: {superseded}");
        }
    }
}

#[tokio::test]
async fn a_body_of_the_first_version_may_have_a_reason_that_says_nothing() {
    let app = App::start().await;
    let mut answers = first_version();
    answers["conclusions"]["decision"] = json!("R0");
    answers["conclusions"]["decision_reason"] = json!("ok");
    // A new form asks.
    let reply = app.submit("1", submission(&answers)).await;
    assert_eq!(reply.problems(), ["conclusions.decision_reason reason-says-nothing"]);
    assert_eq!(record(&app, &app.submit("2", first(&answers)).await).await["answers"], answers);
}

#[tokio::test]
async fn the_first_version_is_no_way_round_what_the_second_asks() {
    let app = App::start().await;
    let reply = app.submit("k", first(&refused())).await;
    reply.refused(422, "answers-refused");
    let expected = ["consent.sought unknown-question", "consent.people unknown-question"];
    assert_eq!(reply.problems(), expected);
    // An old record that is sent by a new form is asked.
    let mut old = first_version();
    old["consent"]["status"] = json!("refused");
    let reply = app.submit("k", submission(&old)).await;
    assert_eq!(reply.problems(), ["sharing.choice needed"]);
    assert_eq!(count(&app.database(), ROWS).await, 0);
}

#[tokio::test]
async fn what_the_family_refused_is_stored_only_with_a_lawful_reason() {
    let app = App::start().await;
    let with = |sharing: Value| {
        let mut answers = refused();
        answers["sharing"] = sharing;
        submission(&answers)
    };
    let whole = json!({
        "choice": "share", "lawful_reason": "risk_sig_harm", "decided_by": "Sam Sample, safeguarding lead",
        "reason": "The health visitor saw new bruises on Friday.", "family_told": "not_safe",
    });
    let mut weak = whole.clone();
    weak["reason"] = json!("ok");
    for (body, problems) in [
        (submission(&refused()), vec!["sharing.choice needed"]),
        (with(json!({ "choice": "do_not_send" })), vec!["sharing.choice not-to-be-sent"]),
        (
            with(json!({ "choice": "share" })),
            vec![
                "sharing.lawful_reason needed",
                "sharing.reason needed",
                "sharing.decided_by needed",
                "sharing.family_told needed",
            ],
        ),
        (with(weak), vec!["sharing.reason weak-reason"]),
    ] {
        let reply = app.submit("k", body).await;
        reply.refused(422, "answers-refused");
        assert_eq!(reply.problems(), problems);
    }
    assert_eq!(count(&app.database(), ROWS).await, 0);
    let record = record(&app, &app.submit("k", with(whole.clone())).await).await;
    assert_eq!(record["answers"]["sharing"], whole);
    let superseded = record["superseded"].as_array().expect("a list");
    assert!(superseded.contains(&json!("consent.people[0].agreed_on")), "{superseded:?}");
    assert!(superseded.contains(&json!("consent.share")), "{superseded:?}");
}

#[tokio::test]
async fn the_record_of_a_refusal_is_stored_and_holds_nothing_else() {
    let app = App::start().await;
    let mut whole = refused();
    whole["sharing"] = json!({ "choice": "record_only" });
    let reply = app.submit("k", submission(&whole)).await;
    reply.refused(422, "answers-refused");
    let problems = reply.problems();
    assert!(problems.iter().all(|problem| problem.ends_with(" not-in-refusal-record")), "{problems:?}");
    for path in ["identifying_details.address.postcode", "conclusions.conclusions", "services_involved"] {
        assert!(problems.contains(&format!("{path} not-in-refusal-record")), "{path}: {problems:?}");
    }
    assert_eq!(count(&app.database(), ROWS).await, 0);

    let person = json!({
        "name": "Jo Sample", "who": "parent_pr", "says": "refuses", "refused_on": "2026-11-20", "refused_how": "phone",
    });
    let keep = |names: &[&str], section: &str| {
        let part = |name: &&str| whole[section].get(*name).map(|value| ((*name).to_owned(), value.clone()));
        Value::Object(names.iter().filter_map(part).collect())
    };
    let answers = json!({
        "danger_now": whole["danger_now"],
        "pre_assessment_checklist": keep(&["safe"], "pre_assessment_checklist"),
        "identifying_details": keep(&["given_names", "family_name", "dob"], "identifying_details"),
        "assessor": keep(&["name", "role", "role_other", "organisation", "phone", "email"], "assessor"),
        "consent": {
            "sought": "yes", "people": [person], "stored_about_me": "yes", "stored_about_child": "yes",
            "explained": "yes", "privacy_notice_version": "2026-1", "privacy_notice_given_on": "2026-11-09",
            "assessor_signature": "Sam Sample", "assessor_signed_on": "2026-11-20",
        },
        "sharing": { "choice": "record_only" },
    });
    let body = submission(&answers);
    let record = record(&app, &app.submit("k", body.clone()).await).await;
    assert_eq!(record["answers"], answers);
    let mut connection = look(&app.database()).await;
    let (stored,): (Vec<u8>,) =
        sqlx::query_as("SELECT body FROM assessments").fetch_one(&mut connection).await.expect("a row");
    assert_eq!(stored, body.as_bytes());
}

#[tokio::test]
async fn the_server_works_out_for_itself_what_is_superseded() {
    let app = App::start().await;
    let mut answers = complete(fixed_today());
    let claim = |answers: &Value, superseded: Value| {
        json!({ "form_version": "caf-2026.3", "answers": answers, "superseded": superseded }).to_string()
    };
    let reply = app.submit("1", claim(&answers, json!(["identifying_details.given_names"]))).await;
    assert_eq!(record(&app, &reply).await["superseded"], json!([]), "a claim changes nothing");
    answers["consent"]["people"][0]["says"] = json!("withdrew");
    answers["consent"]["people"][0]["refused_on"] = json!("2026-11-20");
    answers["consent"]["people"][0]["refused_how"] = json!("message");
    answers["consent"]["withdrawn_effect"] = json!("Nothing more is shared.");
    answers["sharing"] = json!({
        "choice": "share", "lawful_reason": "court_or_law", "decided_by": "Sam Sample",
        "reason": "The court ordered a report by Friday.", "family_told": "yes",
    });
    let reply = app.submit("2", claim(&answers, json!([]))).await;
    let superseded = record(&app, &reply).await["superseded"].clone();
    assert!(superseded.as_array().is_some_and(|paths| paths.contains(&json!("consent.services"))));
}

#[tokio::test]
async fn the_headline_is_compared_where_the_form_sends_it() {
    let app = App::start().await;
    let plain = app.submit("1", submission(&complete(fixed_today()))).await.json();
    let shown = |kind: &str, check: Value| {
        json!({
            "form_version": "caf-2026.3",
            "answers": complete(fixed_today()),
            "shown": {
                "pack_version": plain["pack_version"], "suggestion": plain["suggestion"], "urgent": plain["urgent"],
                "urgent_to_check": check, "headline": { "kind": kind, "code": "R1" },
            }
        })
        .to_string()
    };
    let right = app.submit("2", shown("at_least", json!([]))).await;
    assert_eq!((right.status, &right.json()["difference"]), (201, &Value::Null), "{}", right.text);
    for (key, body) in [("3", shown("everyday", json!([]))), ("4", shown("at_least", json!(["IA-02"])))] {
        let difference = app.submit(key, body).await.json()["difference"].clone();
        assert_eq!(difference["evaluated"]["headline"], json!({ "kind": "at_least", "code": "R1" }));
        assert_eq!(difference["evaluated"]["urgent_to_check"], json!([]));
    }
}
