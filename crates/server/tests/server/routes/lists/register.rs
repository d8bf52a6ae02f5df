//! The register: areas, states and days, page by page.

use assessment_people::protection::Protection;
use serde_json::{Value, json};

use super::{Office, child, get, lives_at, on_both, send_record};

on_both! {
    coordinators_list_the_episodes_of_all_organisations_by_area;
    pages_reach_each_episode_once_a10;
    a_shielded_record_is_in_no_list_and_no_count_b42;
    days_are_those_of_england;
    what_is_not_understood_is_refused;
}

async fn references(office: &Office, query: &str) -> Vec<String> {
    let reply = get(office, "coordinator", &format!("/register{query}")).await;
    assert_eq!(reply.status, 200, "{query}: {}", reply.text);
    all(&reply.json())
}

fn all(list: &Value) -> Vec<String> {
    let episodes = list["episodes"].as_array().expect("a list");
    episodes.iter().map(|one| one["shown"]["reference"].as_str().expect("one").to_owned()).collect()
}

async fn coordinators_list_the_episodes_of_all_organisations_by_area(office: Office) {
    let moor = send_record(&office, "teacher", "1", &[lives_at("LS6 1AB")]).await;
    office.clock.minutes_later(1);
    let mills = send_record(&office, "health-visitor", "2", &[lives_at("ls69zz")]).await;
    office.clock.minutes_later(1);
    let school = [lives_at("LS1 1UR"), ("setting", json!("Woodhouse Moor primary school"))];
    let by_school = send_record(&office, "teacher", "3", &school).await;
    office.clock.minutes_later(1);
    let kept = [lives_at("LS6 1AB"), ("address_confidential", json!("yes"))];
    let kept = send_record(&office, "teacher", "4", &kept).await;
    office.clock.minutes_later(1);
    let elsewhere = send_record(&office, "teacher", "5", &[lives_at("YO1 7HH")]).await;

    let newest_first = [&elsewhere, &kept, &by_school, &mills, &moor];
    assert_eq!(references(&office, "").await.iter().collect::<Vec<_>>(), newest_first);
    assert_eq!(references(&office, "?cluster=moor").await, [by_school.clone(), moor.clone()]);
    assert_eq!(references(&office, "?cluster=mills").await, std::slice::from_ref(&mills));
    assert_eq!(references(&office, "?cluster=city").await, [""; 0]);
    assert_eq!(references(&office, "?wedge=west").await, [by_school, mills, moor]);
    assert_eq!(references(&office, "?wedge=east").await, [""; 0]);
    // Where an address is kept, not even its area is told.
    assert_eq!(references(&office, "?cluster=not-known").await, [elsewhere, kept]);
    assert_eq!(references(&office, "?state=shared").await.len(), 5);
    assert_eq!(references(&office, "?state=closed").await.len(), 0);
    let reply = get(&office, "coordinator", "/register").await;
    let list = reply.json();
    let clusters: Vec<&Value> =
        list["episodes"].as_array().expect("a list").iter().map(|one| &one["cluster"]).collect();
    assert_eq!(clusters, [&Value::Null, &Value::Null, &json!("moor"), &json!("mills"), &json!("moor")]);
    assert_eq!(
        list["areas"]["clusters"][1],
        json!({ "code": "mills", "label": "=The Mills", "wedge": "west" })
    );
    assert_eq!(list["areas"]["wedges"][0], json!({ "code": "west", "label": "West" }));
    assert!(
        !reply.text.contains("Invented Row") && !reply.text.contains("YO1"),
        "no address: {}",
        reply.text
    );
    let did = office.did("coordinator").await;
    assert!(
        did.iter()
            .any(|(action, kind, _)| (action.as_str(), kind.as_str()) == ("list-register", "practitioner"))
    );
}

async fn pages_reach_each_episode_once_a10(office: Office) {
    // All began at the same moment.
    for number in 0..8 {
        office.add(&child(number, "Amelia", "Hart"), "teacher").await;
    }
    let mut found = Vec::new();
    let mut query = "?limit=3".to_owned();
    loop {
        let list = get(&office, "coordinator", &format!("/register{query}")).await.json();
        let ids = list["episodes"].as_array().expect("a list").iter();
        found.extend(ids.map(|one| one["id"].as_str().expect("an id").to_owned()));
        let Some(next) = list["next"].as_str() else { break };
        query = format!("?limit=3&after={next}");
    }
    assert_eq!(found.len(), 8);
    found.sort_unstable();
    found.dedup();
    assert_eq!(found.len(), 8);
    let whole = get(&office, "coordinator", "/register?limit=8").await.json();
    assert_eq!(whole["next"], Value::Null, "no page follows a full last one");
}

async fn a_shielded_record_is_in_no_list_and_no_count_b42(office: Office) {
    for number in 0..4 {
        let mut one = child(number, "Amelia", "Hart");
        one.protection.level =
            [Protection::Ordinary, Protection::Confidential, Protection::Shielded, Protection::Ordinary]
                [usize::try_from(number).expect("a few")];
        office.add(&one, "teacher").await;
    }
    let list = get(&office, "coordinator", "/register?limit=3").await.json();
    assert_eq!((list["episodes"].as_array().map(Vec::len), &list["next"]), (Some(3), &Value::Null));
    let shielded = child(2, "", "").id.to_string();
    assert!(!list.to_string().contains(&shielded));
}

async fn days_are_those_of_england(office: Office) {
    send_record(&office, "teacher", "1", &[]).await;
    // Half an hour before midnight.
    office.clock.minutes_later(11 * 60 + 30);
    send_record(&office, "teacher", "2", &[]).await;
    office.clock.minutes_later(31);
    send_record(&office, "teacher", "3", &[]).await;
    for (query, count) in [
        ("?from=2026-11-24", 1),
        ("?to=2026-11-23", 2),
        ("?from=2026-11-23&to=2026-11-24", 3),
        ("?from=2026-11-23T23:30:00Z", 2),
        ("?from=2026-11-24T01:00:00%2B01:30&to=2026-11-24T00:00:00Z", 1),
        ("?from=2026-11-25", 0),
    ] {
        assert_eq!(references(&office, query).await.len(), count, "{query}");
    }
}

async fn what_is_not_understood_is_refused(office: Office) {
    for query in [
        "?cluster=nowhere",
        "?wedge=moor",
        "?cluster=moor&wedge=west",
        "?state=Shared",
        "?state=",
        "?from=yesterday",
        "?to=2026-02-30",
        "?limit=0",
        "?limit=201",
        "?limit=x",
        "?after=1",
        "?name=Hart",
        "?search=Hart",
        "?limit=1&limit=2",
    ] {
        get(&office, "coordinator", &format!("/register{query}")).await.refused(400, "bad-query");
        get(&office, "coordinator", &format!("/register/export{query}")).await.refused(400, "bad-query");
    }
}
