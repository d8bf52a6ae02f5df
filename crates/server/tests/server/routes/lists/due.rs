//! What is due to be erased, what was erased and what is given to a person, where a record must not be known: there is no line,
//! no number and no gap that tells of it.

use assessment_people::{access::Action, id::EpisodeId, protection::Protection};
use assessment_server::{
    retention::{self, operator},
    store::audit::AuditAction,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Office, ask, get, on_both};
use crate::store::contract::retention::{Made, add, ask as request, due, request_id};

on_both! {
    no_page_of_what_is_due_tells_of_a_shielded_record_b42;
    no_end_of_a_shielded_record_tells_that_it_was_there_b40;
    erasing_a_child_s_last_known_record_tells_of_no_other_b40;
    no_export_tells_of_a_shielded_record_of_the_child_b42;
}

fn id(number: u128) -> String {
    EpisodeId::from_uuid(Uuid::from_u128(number)).to_string()
}

async fn shield(office: &Office, number: u128) {
    let asker = operator().expect("a name");
    let id = EpisodeId::from_uuid(Uuid::from_u128(number));
    let at = "2026-11-23T12:00:00Z".parse().expect("a moment");
    let mut work = office.app.store.begin().await.expect("a unit of work");
    let found = work.episodes().find(&asker, id).await.expect("an answer").expect("an episode");
    let mut state = found.state;
    state.protection = Protection::Shielded;
    work.episodes().replace(&asker, &state, found.revision, at).await.expect("replaced");
    work.save(&asker.actor, AuditAction::Episode(Action::ReadEpisode, id), at).await.expect("saved");
}

async fn no_page_of_what_is_due_tells_of_a_shielded_record_b42(office: Office) {
    for number in 1..=7 {
        add(&*office.app.store, due(number)).await;
    }
    for number in [2, 3, 7] {
        shield(&office, number).await;
    }
    // The fourth child has an episode that must not be known: the dry run speaks as if there were none.
    add(&*office.app.store, Made { child: 4, closed: false, ..due(8) }).await;
    shield(&office, 8).await;
    let (mut found, mut next, mut pages) = (Vec::new(), None::<String>, 0);
    loop {
        let after = next.map(|after| format!("&after={after}")).unwrap_or_default();
        let page = get(&office, "coordinator", &format!("/retention/due?limit=2{after}")).await;
        assert_eq!(page.status, 200, "{}", page.text);
        for number in [2, 3, 7, 8] {
            assert!(!page.text.contains(&id(number)), "{number}: {}", page.text);
        }
        let page = page.json();
        let records = page["records"].as_array().expect("records").clone();
        for record in &records {
            assert_eq!(record["people_needed_elsewhere"], json!([]), "{record}");
        }
        found.extend(records.iter().map(|one| one["episode"].as_str().expect("an id").to_owned()));
        pages += 1;
        assert_eq!(page.as_object().map(serde_json::Map::len), Some(2), "nothing counts the others: {page}");
        next = page["next"].as_str().map(str::to_owned);
        if next.is_none() {
            break;
        }
    }
    assert_eq!((found, pages), ([1, 4, 5, 6].map(id).to_vec(), 2), "full pages, and none after the last");
    let kept = get(&office, "coordinator", "/retention/kept").await.json();
    assert_eq!(kept, json!({ "holds": [], "requests": [] }));
}

async fn no_end_of_a_shielded_record_tells_that_it_was_there_b40(office: Office) {
    add(&*office.app.store, due(1)).await;
    add(&*office.app.store, due(2)).await;
    shield(&office, 2).await;
    let at = "2026-11-23T12:00:00Z".parse().expect("a moment");
    let periods = assessment_people::retention::Periods::usual();
    assert_eq!(retention::run(&*office.app.store, &periods, at).await.expect("a run").episodes.len(), 2);
    get(&office, "coordinator", &format!("/episodes/{}", id(1))).await.refused(410, "erased");
    let never = get(&office, "coordinator", &format!("/episodes/{}", id(99))).await;
    let shielded = get(&office, "coordinator", &format!("/episodes/{}", id(2))).await;
    shielded.refused(404, "not-found");
    assert_eq!(shielded.text, never.text);
}

async fn erasing_a_child_s_last_known_record_tells_of_no_other_b40(office: Office) {
    let store = &*office.app.store;
    for made in [due(1), due(2), Made { child: 2, ..due(3) }] {
        add(store, made).await;
    }
    shield(&office, 3).await;
    for number in [1, 2] {
        let headers = [("access-reason", "Asked%20for"), ("if-match", "\"1\"")];
        let path = format!("/episodes/{}", id(number));
        let erased = ask(&office, "coordinator", "DELETE", &path, &headers, None).await;
        assert_eq!(erased.status, 200, "{}", erased.text);
        assert_eq!(erased.json()["people"], json!([id(number)]), "{}", erased.text);
        get(&office, "coordinator", &format!("/people/{}", id(number))).await.refused(404, "not-found");
    }
    let actor = assessment_server::actor::Actor::new("test");
    let mut view = store.view().await.expect("a view");
    let child = assessment_people::id::PersonId::from_uuid(Uuid::from_u128(2));
    assert!(view.people().find(&actor, child).await.expect("an answer").is_some(), "it is still needed");
}

async fn no_export_tells_of_a_shielded_record_of_the_child_b42(office: Office) {
    let mut exports = Vec::new();
    for number in [1, 2] {
        add(&*office.app.store, due(number)).await;
        request(&*office.app.store, number, number).await;
    }
    add(&*office.app.store, Made { child: 2, ..due(3) }).await;
    shield(&office, 3).await;
    for number in [1, 2] {
        let path = format!("/episodes/{}/subject-access/{}", id(number), request_id(number));
        let why = [("access-reason", "She%20turned%2025")];
        let export = ask(&office, "coordinator", "GET", &path, &why, None).await;
        assert_eq!(export.status, 200, "{}", export.text);
        assert!(!export.text.contains(&id(3)), "{}", export.text);
        exports.push(export.json());
    }
    let shape = |export: &Value| {
        let to_decide = export["to_decide"].as_array().expect("a list");
        let questions = to_decide.iter().map(|one| one["question"].as_str().expect("a path").to_owned());
        let questions: Vec<String> =
            questions.map(|one| one.split('[').next().unwrap_or_default().to_owned()).collect();
        let keys: Vec<String> = export.as_object().expect("an object").keys().cloned().collect();
        (keys, questions, export["for_the_person"]["episodes"].as_array().map(Vec::len))
    };
    assert_eq!(shape(&exports[0]), shape(&exports[1]));
    let said = exports[0]["to_decide"].to_string();
    assert!(said.contains("that you may not know of are not in this export"), "{said}");
}
