//! The table of access over HTTP for the child of an episode: each operation on people, for each person of the demo, in each
//! situation of the child's episode, on both stores.

use std::collections::BTreeMap;

use assessment_people::{
    access::{Action, Answer, Decision, Resource, authorise},
    id::EpisodeId,
};
use assessment_server::{Needs, OPERATIONS};
use serde_json::json;

use super::{
    Person,
    cells::PEOPLE,
    on_both,
    situations::{Made, SITUATIONS, child, known, make, now},
};
use crate::app::App;

on_both! {
    people_are_answered_for_as_the_table_says_b39;
}

/// An operation and its action, method, what follows the child's address, whether a reason can be given, and the answer where
/// it is allowed. No change is made: each names a revision that is not there.
pub(in crate::routes) type Tried =
    (&'static str, Action, &'static str, &'static str, bool, (u16, &'static str));

pub(in crate::routes) const TRIED: [Tried; 6] = [
    ("read_person", Action::ReadPerson, "GET", "", true, (200, "")),
    ("read_families", Action::ReadFamily, "GET", "/families", true, (200, "")),
    ("change_family", Action::ChangeFamily, "POST", "/families", true, (412, "stale-revision")),
    ("keep_people_apart", Action::KeepApart, "POST", "/not-the-same", false, (409, "one-person")),
    ("merge_people", Action::MergePeople, "POST", "/merges", false, (412, "stale-revision")),
    ("undo_merge", Action::UndoMergePeople, "DELETE", "/merges/NUMBER", false, (412, "stale-revision")),
];

async fn people_are_answered_for_as_the_table_says_b39(app: App) {
    for (operation, action, ..) in TRIED {
        let (_, needs) = OPERATIONS.iter().find(|(id, _)| *id == operation).expect("an operation");
        assert!(matches!(needs, Needs::Action([one]) if *one == action), "{operation}");
    }
    let mut people = BTreeMap::new();
    for code in PEOPLE {
        people.insert(code, Person::new(&app, code).await);
    }
    let (mut cells, mut wrong, mut another) = (0, Vec::new(), None);
    for situation in SITUATIONS {
        let Made { episode, joined, merge, .. } = make(&app, &people["teacher"], situation).await;
        let id = EpisodeId::parse(episode.rsplit('/').next().expect("an id")).expect("an id");
        let (child, protection) = child(&app, id).await;
        let other = *another.get_or_insert(child);
        for code in PEOPLE {
            let (principal, facts) = known(&app, code, id).await;
            let (_, of_joined) = known(&app, code, joined).await;
            let episodes = [facts, of_joined];
            let resource = Resource::Person { episodes: &episodes, protection };
            for (operation, action, method, rest, takes_reason, allowed) in TRIED {
                // The first child is not joined with itself.
                if operation == "merge_people" && child == other {
                    continue;
                }
                for with_reason in [false, true] {
                    let mut headers = vec![("if-match", "\"999\"")];
                    if with_reason {
                        headers.push(("access-reason", "Because"));
                    }
                    let body = match rest {
                        "/not-the-same" => Some(json!({ "other": child })),
                        "/families" => (method == "POST").then(|| json!({})),
                        "/merges" => Some(json!({ "merged": other })),
                        _ => None,
                    };
                    let path =
                        format!("/api/v1/people/{child}{}", rest.replace("NUMBER", &merge.to_string()));
                    let headers = &headers[usize::from(method == "GET")..];
                    let reply = people[code].ask(method, &path, headers, body).await;
                    let refusal = || reply.json()["code"].as_str().unwrap_or_default().to_owned();
                    let said = if reply.status < 300 { String::new() } else { refusal() };
                    let has_reason = with_reason && takes_reason;
                    let expected = match authorise(Some(&principal), action, &resource, now()) {
                        Decision::Allowed(found) if found.sight(has_reason).is_none() => {
                            (403, "reason-needed")
                        }
                        Decision::Allowed(_) => allowed,
                        Decision::Refused(refused) => match refused.answer {
                            Answer::SignIn => (401, "sign-in-needed"),
                            Answer::Unknown => (404, "not-found"),
                            Answer::Forbidden => (403, "forbidden"),
                            Answer::NotNow => (409, "not-now"),
                        },
                    };
                    cells += 1;
                    if (reply.status, said.as_str()) != expected {
                        wrong.push(format!(
                            "{situation} {code} {operation} reason {with_reason}: {} {said}, and not {expected:?}",
                            reply.status
                        ));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {cells} cells are wrong: {wrong:#?}", wrong.len());
    assert_eq!(cells, (SITUATIONS.len() * TRIED.len() - 1) * PEOPLE.len() * 2);
}
