//! The table of access over HTTP for what is about no one record: each operation for each person of the demo, and for nobody.

use assessment_people::{
    access::{Action, Decision, Principal, Resource, Role, authorise},
    moment::Moment,
    who::{Organisation, Subject},
};
use assessment_server::{Needs, OPERATIONS, sign_in::demo};
use serde_json::{Value, json};

use super::{Office, ask, on_both};

on_both! {
    lists_answer_as_the_table_says_b39;
}

const PEOPLE: [&str; 8] = [
    "teacher",
    "health-visitor",
    "youth-worker",
    "safeguarding-lead",
    "coordinator",
    "duty-and-advice",
    "parent",
    "auditor",
];

/// An operation and its action, method, address, and the answer where it is allowed.
pub(in crate::routes) type Tried = (&'static str, Action, &'static str, &'static str, (u16, &'static str));

/// Nobody has this id.
const SHUT_OUT: &str = "/staff/5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f/shut-out";

/// No partner has this id.
const REPLAY: &str = "/partners/nobody/webhooks/5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f/replay";

/// Nothing was published about this quarter.
const STORY: &str = "/register/take-up/1999-Q1/started/story";

pub(in crate::routes) const TRIED: [Tried; 23] = [
    ("read_own_page", Action::OwnPage, "GET", "/me", (200, "")),
    // A revision that nobody has.
    ("save_own_page", Action::OwnPage, "PUT", "/me", (412, "stale-revision")),
    ("list_due", Action::ListWork, "GET", "/me/due", (200, "")),
    ("list_register", Action::ListRegister, "GET", "/register", (200, "")),
    ("export_register", Action::ExportRegister, "GET", "/register/export", (200, "")),
    ("read_take_up", Action::ReadTakeUp, "GET", "/register/take-up", (200, "")),
    ("export_take_up", Action::ReadTakeUp, "GET", "/register/take-up/export", (200, "")),
    ("read_take_up_story", Action::ReadTakeUp, "GET", STORY, (404, "not-found")),
    ("write_take_up_story", Action::WriteTakeUpStory, "PUT", STORY, (404, "not-found")),
    ("list_duplicates", Action::ListDuplicates, "GET", "/duplicates", (200, "")),
    ("read_audit", Action::ReadAudit, "GET", "/audit", (200, "")),
    ("list_looks_to_ask_about", Action::ReadAudit, "GET", "/audit/looks", (200, "")),
    ("list_due_records", Action::PlanErasure, "GET", "/retention/due", (200, "")),
    ("list_kept_records", Action::PlanErasure, "GET", "/retention/kept", (200, "")),
    ("list_episodes", Action::ListWork, "GET", "/episodes", (200, "")),
    ("list_assessments", Action::ListWork, "GET", "/assessments", (200, "")),
    ("list_staff", Action::ListStaff, "GET", "/staff", (200, "")),
    ("shut_somebody_out", Action::ShutOut, "POST", SHUT_OUT, (404, "not-found")),
    ("let_somebody_in", Action::LetIn, "DELETE", SHUT_OUT, (404, "not-found")),
    ("list_webhooks", Action::ListWebhooks, "GET", "/partners/nobody/webhooks", (404, "not-found")),
    ("replay_webhook", Action::ReplayWebhook, "POST", REPLAY, (404, "not-found")),
    ("search_people", Action::Search, "POST", "/people/search", (200, "")),
    ("match_people", Action::CheckDuplicates, "POST", "/people/matches", (200, "")),
];

fn principal(code: &str) -> Principal {
    let staff = demo::person(code).expect("a person");
    Principal {
        subject: Subject::new(demo::ISSUER, code).expect("a subject"),
        organisation: Organisation::new(&staff.organisation),
        roles: staff.roles.iter().filter_map(|role| Role::parse(role)).collect(),
        grants: Vec::new(),
    }
}

async fn lists_answer_as_the_table_says_b39(office: Office) {
    let now = Moment::parse("2026-11-23T12:00:00Z").expect("a moment");
    let mut wrong = Vec::new();
    let mut cells = 0;
    for (operation, action, method, path, allowed) in TRIED {
        let (_, needs) = OPERATIONS.iter().find(|(id, _)| *id == operation).expect("an operation");
        assert!(matches!(needs, Needs::Action([one]) if *one == action), "{operation}");
        for code in PEOPLE {
            let body = match path {
                "/me" if method == "PUT" => Some(json!({ "name": "x" })),
                STORY if method == "PUT" => Some(json!({ "words": "x" })),
                SHUT_OUT if method == "POST" => Some(json!({ "reason": "x" })),
                "/people/search" => Some(json!({ "text": "amelia hart" })),
                "/people/matches" => {
                    let born =
                        json!({ "given_names": "Amelia", "family_name": "Hart", "born": "2019-05-04" });
                    Some(json!({ "child": born }))
                }
                _ => None,
            };
            let reply = ask(&office, code, method, path, &[("if-match", "\"999\"")], body).await;
            let said = match reply.status {
                200 => String::new(),
                _ => reply.json()["code"].as_str().unwrap_or_default().to_owned(),
            };
            let expected = match authorise(Some(&principal(code)), action, &Resource::Nothing, now) {
                Decision::Allowed(_) => allowed,
                Decision::Refused(_) => (403, "forbidden"),
            };
            cells += 1;
            if (reply.status, said.as_str()) != expected {
                wrong.push(format!("{code} {operation}: {} {said}, and not {expected:?}", reply.status));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {cells} cells are wrong: {wrong:#?}", wrong.len());
    assert_eq!(cells, TRIED.len() * PEOPLE.len());
    // What is refused leaves no trace of the list in the answer.
    let refused = ask(&office, "teacher", "GET", "/register", &[], None).await.json();
    assert_eq!((&refused["problems"], &refused["episodes"]), (&json!([]), &Value::Null));
}
