//! The table of access over HTTP for what is about no one record: each operation for each person of the demo, and for nobody.

use assessment_people::{
    access::{About, Action, Decision, Principal, Resource, Role, authorise},
    moment::Moment,
    who::{Organisation, Subject},
};
use assessment_server::{Needs, OPERATIONS, sign_in::demo};
use serde_json::{Value, json};

use super::{Office, ask, on_both};

on_both! {
    lists_answer_as_the_table_says_b39;
    drafts_answer_as_the_table_says_b39;
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

pub(in crate::routes) const TRIED: [Tried; 25] = [
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
    ("erase_take_up_story", Action::EraseTakeUpStory, "DELETE", STORY, (404, "not-found")),
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
    ("evaluate_answers", Action::Evaluate, "POST", "/evaluations", (200, "")),
];

/// Operations on drafts, each of the asker's own, and their actions.
pub(in crate::routes) const DRAFTS: [(&str, Action); 5] = [
    ("save_draft", Action::CreateDraft),
    ("save_draft", Action::SaveDraft),
    ("read_draft", Action::ReadDraft),
    ("list_drafts", Action::ListDrafts),
    ("delete_draft", Action::DeleteDraft),
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
                "/evaluations" => Some(json!({ "form_version": "caf-2026.3", "answers": {} })),
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

async fn drafts_answer_as_the_table_says_b39(office: Office) {
    const OTHERS: &str = "/drafts/91b1a0de-6a0b-4c57-8d0b-7f6a5b4c3d2e";
    let now = Moment::parse("2026-11-23T12:00:00Z").expect("a moment");
    let content = || Some(json!({ "form_version": "caf-2026.3" }));
    let new = [("if-none-match", "*")];
    assert_eq!(ask(&office, "teacher", "PUT", OTHERS, &new, content()).await.status, 201);
    for (at, code) in PEOPLE.into_iter().enumerate() {
        let (principal, own) = (principal(code), format!("/drafts/5e7a3b52-0c9d-4b3e-9a53-00000000000{at}"));
        for (operation, action) in DRAFTS {
            let (_, needs) = OPERATIONS.iter().find(|(id, _)| *id == operation).expect("an operation");
            assert!(matches!(needs, Needs::Action(actions) if actions.contains(&action)), "{operation}");
            let resource = match action.about() {
                About::Draft => Resource::Draft { owner: &principal.subject },
                _ => Resource::Nothing,
            };
            let may = matches!(authorise(Some(&principal), action, &resource, now), Decision::Allowed(_));
            // A draft that they may not have begun is not there.
            let refused = if action.about() == About::Draft { 404 } else { 403 };
            let (method, path, headers, done) = match action {
                Action::CreateDraft => ("PUT", own.as_str(), &new, 201),
                Action::SaveDraft => ("PUT", own.as_str(), &[("if-match", "\"1\"")], 200),
                Action::ReadDraft => ("GET", own.as_str(), &[("accept", "application/json")], 200),
                Action::ListDrafts => ("GET", "/drafts", &[("accept", "application/json")], 200),
                _ => ("DELETE", own.as_str(), &[("if-match", "\"2\"")], 200),
            };
            let body = if method == "PUT" { content() } else { None };
            let reply = ask(&office, code, method, path, headers, body).await;
            assert_eq!(reply.status, if may { done } else { refused }, "{code} {action:?}: {}", reply.text);
            if code != "teacher" && action.about() == About::Draft {
                let body = if method == "PUT" { content() } else { None };
                let reply = ask(&office, code, method, OTHERS, headers, body).await;
                assert_eq!(reply.status, 404, "{code} {action:?} of somebody else's: {}", reply.text);
            }
        }
    }
}
