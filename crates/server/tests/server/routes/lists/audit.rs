//! The audit trail of everybody.

use assessment_people::protection::Protection;
use serde_json::{Value, json};

use super::{Office, ask, child, get, on_both, send_record, who};

on_both! {
    pages_show_each_entry_once_while_reading_adds_to_them_a10;
    a_child_or_an_episode_has_all_that_was_done_to_it;
    of_a_record_that_must_not_be_known_there_is_the_entry_alone_b40;
    reasons_and_names_are_told_and_nothing_of_a_form_b43;
    planted_curiosity_is_listed_and_ones_own_work_is_not_b44;
    each_copy_of_the_register_is_listed_with_how_many_records_it_has_b44;
    what_is_not_understood_is_refused;
}

async fn read(office: &Office, person: &str, query: &str) -> Value {
    let reply = get(office, person, &format!("/audit{query}")).await;
    assert_eq!(reply.status, 200, "{query}: {}", reply.text);
    reply.json()
}

fn entries(list: &Value) -> &Vec<Value> {
    list["entries"].as_array().expect("a list")
}

fn sequences(list: &Value) -> Vec<u64> {
    entries(list).iter().map(|one| one["sequence"].as_u64().expect("a number")).collect()
}

async fn pages_show_each_entry_once_while_reading_adds_to_them_a10(office: Office) {
    for number in 0..30 {
        office.add(&child(number, "Amelia", "Hart"), "teacher").await;
    }
    let first = read(&office, "coordinator", "?limit=7").await;
    let top = sequences(&first)[0];
    let (mut backwards, mut next) = (sequences(&first), first["next"].as_u64());
    while let Some(before) = next {
        // Each reading, and each sign-in before it, is an entry of its own.
        let page = read(&office, "coordinator", &format!("?limit=7&before={before}")).await;
        backwards.extend(sequences(&page));
        next = page["next"].as_u64();
    }
    assert_eq!(backwards, (1..=top).rev().collect::<Vec<_>>());
    let forwards = read(&office, "auditor", "?limit=200&after=0").await;
    assert!(sequences(&forwards).len() > backwards.len());
    let expected: Vec<u64> = (1..).take(sequences(&forwards).len()).collect();
    assert_eq!(sequences(&forwards), expected, "oldest first, without a gap");
}

async fn a_child_or_an_episode_has_all_that_was_done_to_it(office: Office) {
    send_record(&office, "teacher", "1", &[]).await;
    office.add(&child(1, "Amelia", "Hart"), "teacher").await;
    let work = get(&office, "teacher", "/episodes").await.json();
    let mut sent = work["episodes"].as_array().expect("a list").iter();
    let sent = sent.find(|one| one["id"] != child(1, "", "").id.to_string().as_str()).expect("one");
    let id = sent["id"].as_str().expect("an id").to_owned();
    let episode = get(&office, "teacher", &format!("/episodes/{id}")).await.json();
    get(&office, "teacher", &format!("/episodes/{id}/versions/1")).await;
    let actions = |list: &Value| {
        let action = |one: &Value| one["action"].as_str().expect("a code").to_owned();
        entries(list).iter().map(action).collect::<Vec<_>>().join(" ")
    };
    let found = read(&office, "coordinator", &format!("?episode={id}")).await;
    assert_eq!(actions(&found), "read-version read-episode assessment-submitted");
    assert_eq!(entries(&found)[2]["record"]["episode"], json!(id));
    let person = episode["child"].as_str().expect("an id");
    get(&office, "coordinator", &format!("/people/{person}")).await;
    let found = read(&office, "coordinator", &format!("?person={person}")).await;
    assert_eq!(actions(&found), "read-person read-audit read-version read-episode assessment-submitted");
    let both = read(&office, "coordinator", &format!("?person={person}&episode={id}&limit=1")).await;
    assert_eq!((entries(&both).len(), both["next"].is_u64()), (1, true));
    // That somebody asked who looked is told as well.
    let again = read(&office, "coordinator", &format!("?person={person}&limit=1")).await;
    assert_eq!(actions(&again), "read-audit");
    let unknown = "5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f";
    for query in [format!("?person={unknown}"), format!("?episode={unknown}"), "?person=Hart".to_owned()] {
        get(&office, "coordinator", &format!("/audit{query}")).await.refused(404, "not-found");
    }
}

async fn of_a_record_that_must_not_be_known_there_is_the_entry_alone_b40(office: Office) {
    let mut shielded = child(1, "Amelia", "Hart");
    shielded.protection.level = Protection::Shielded;
    office.add(&shielded, "teacher").await;
    let mut confidential = child(2, "Emelia", "Hart");
    confidential.protection.level = Protection::Confidential;
    office.add(&confidential, "teacher").await;
    let id = shielded.id.to_string();
    assert_eq!(get(&office, "teacher", &format!("/episodes/{id}")).await.status, 200);
    let made_up = get(&office, "coordinator", "/audit?episode=5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f").await;
    for person in ["coordinator", "auditor"] {
        let found = read(&office, person, "?after=0").await;
        assert!(!found.to_string().contains(&id), "{found}");
        let withheld: Vec<&Value> = entries(&found).iter().filter(|one| one["withheld"] == true).collect();
        // The child was stored, and the teacher opened the episode.
        assert_eq!(withheld.len(), 2, "{found}");
        assert!(withheld.iter().all(|one| one["record"] == Value::Null && one["reason"] == Value::Null));
        assert_eq!(withheld[1]["by"]["name"], "Priya Raman");
        assert!(found.to_string().contains(&confidential.id.to_string()));
        for query in [format!("?episode={id}"), format!("?person={id}")] {
            let refused = get(&office, person, &format!("/audit{query}")).await;
            refused.refused(404, "not-found");
            assert_eq!(refused.text, made_up.text, "as an id that does not exist");
        }
    }
    // Nor do entries of refused looks: trying ids and reading the trail tells nothing.
    let none = "5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f";
    for looked_for in [id.as_str(), none] {
        for kind in ["episodes", "people"] {
            get(&office, "coordinator", &format!("/{kind}/{looked_for}")).await.refused(404, "not-found");
        }
    }
    let found = read(&office, "auditor", "?after=0").await;
    let refused = |one: &&Value| one["action"].as_str().is_some_and(|action| action.starts_with("refused-"));
    let told: Vec<_> =
        entries(&found).iter().filter(refused).map(|one| (&one["record"], &one["withheld"])).collect();
    assert_eq!(told, [(&Value::Null, &json!(true)); 4]);
}

async fn reasons_and_names_are_told_and_nothing_of_a_form_b43(office: Office) {
    let details = [("given_names", json!("Zebedee")), ("family_name", json!("Quillfeather"))];
    send_record(&office, "teacher", "1", &details).await;
    let work = get(&office, "teacher", "/episodes").await.json();
    let id = work["episodes"][0]["id"].as_str().expect("an id").to_owned();
    let why = [("access-reason", "Complaint%2012")];
    let path = format!("/episodes/{id}");
    assert_eq!(ask(&office, "safeguarding-lead", "GET", &path, &why, None).await.status, 200);
    office.search("coordinator", "quillfeather").await;
    let found = read(&office, "auditor", "?limit=200").await;
    let text = found.to_string();
    assert!(
        !text.contains("Quillfeather") && !text.contains("Zebedee") && !text.contains("quillfeather"),
        "{text}"
    );
    let look = entries(&found).iter().find(|one| one["reason"] == "Complaint 12").expect("the look");
    assert_eq!(look["by"]["name"], "Margaret Ashworth-Lowe");
    assert_eq!(look["by"]["organisation"], who("safeguarding-lead").organisation.code());
    assert_eq!(look["record"], json!({ "kind": "episode", "id": id }));
    let own = entries(&found).iter().find(|one| one["action"] == "signed-in").expect("a sign-in");
    assert_eq!((&own["record"], &own["withheld"]), (&Value::Null, &json!(false)));
}

async fn planted_curiosity_is_listed_and_ones_own_work_is_not_b44(office: Office) {
    // The teacher's own pupil of her own name is her work; the safeguarding lead's is a look to ask about.
    let names = [("given_names", json!("Asha")), ("family_name", json!("Raman"))];
    send_record(&office, "teacher", "1", &names).await;
    let names = [("given_names", json!("Tom")), ("family_name", json!("Lowe"))];
    send_record(&office, "teacher", "2", &names).await;
    let work = get(&office, "teacher", "/episodes").await.json();
    let mut ids = std::collections::BTreeMap::new();
    for one in work["episodes"].as_array().expect("a list") {
        let id = one["id"].as_str().expect("an id").to_owned();
        get(&office, "teacher", &format!("/episodes/{id}")).await;
        let why = [("access-reason", "Cover")];
        let seen = ask(&office, "safeguarding-lead", "GET", &format!("/episodes/{id}"), &why, None).await;
        ids.insert(seen.json()["shown"]["child_name"].as_str().expect("a name").to_owned(), id);
    }
    let found = read(&office, "auditor", "/looks").await;
    let looks = found["looks"].as_array().expect("a list");
    assert_eq!(looks.len(), 1, "{found}");
    assert_eq!(looks[0]["pattern"], "same-surname");
    assert_eq!(looks[0]["by"]["name"], "Margaret Ashworth-Lowe");
    assert_eq!(looks[0]["episodes"], json!([ids["Tom Lowe"]]));
    assert!(!found.to_string().contains("Tom"), "no name of a child");
    for number in 0..21 {
        office.add(&child(number, "Amelia", "Hart"), "health-visitor").await;
        let id = child(number, "", "").id;
        assert_eq!(get(&office, "coordinator", &format!("/episodes/{id}")).await.status, 200);
        office.clock.minutes_later(1);
    }
    let found = read(&office, "auditor", "/looks").await;
    let first = &found["looks"][0];
    assert_eq!((&first["pattern"], &first["count"]), (&json!("many-records"), &json!(21)), "{found}");
    assert_eq!(first["by"]["name"], "Dewi Pritchard");
    assert_eq!(read(&office, "auditor", "/looks?from=2026-11-24").await["looks"], json!([]));
    get(&office, "auditor", "/audit/looks?from=x").await.refused(400, "bad-query");
}

async fn each_copy_of_the_register_is_listed_with_how_many_records_it_has_b44(office: Office) {
    for number in ["1", "2", "3"] {
        send_record(&office, "teacher", number, &[]).await;
    }
    assert_eq!(get(&office, "coordinator", "/register").await.status, 200);
    assert_eq!(read(&office, "auditor", "/looks").await["looks"], json!([]), "a page is no copy");
    for _ in 0..2 {
        assert_eq!(get(&office, "coordinator", "/register/export").await.status, 200);
        office.clock.minutes_later(1);
    }
    let found = read(&office, "auditor", "/looks").await;
    let looks = found["looks"].as_array().expect("a list");
    assert_eq!(looks.len(), 2, "{found}");
    for look in looks {
        assert_eq!((&look["pattern"], &look["count"]), (&json!("exported"), &json!(3)), "{found}");
        assert_eq!((&look["by"]["name"], &look["episodes"]), (&json!("Dewi Pritchard"), &json!([])));
    }
    assert_eq!(read(&office, "auditor", "/looks?from=2026-11-24").await["looks"], json!([]));
}

async fn what_is_not_understood_is_refused(office: Office) {
    for query in [
        "?before=1&after=1",
        "?before=x",
        "?before=-1",
        "?limit=0",
        "?limit=201",
        "?from=yesterday",
        "?to=2026-13-01",
        "?actor=teacher",
        "?name=Hart",
    ] {
        get(&office, "coordinator", &format!("/audit{query}")).await.refused(400, "bad-query");
    }
    for (query, count) in
        [("?from=2026-11-24", 0), ("?to=2026-11-22", 0), ("?from=2026-11-23&to=2026-11-23&limit=1", 1)]
    {
        assert_eq!(entries(&read(&office, "coordinator", query).await).len(), count, "{query}");
    }
}
