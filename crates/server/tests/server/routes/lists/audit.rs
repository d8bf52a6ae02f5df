//! The audit trail of everybody.

use assessment_people::{access::Action, episode::Excluded, protection::Protection};
use assessment_server::{
    actor::Actor,
    store::{
        audit::AuditAction,
        episodes::{Asker, EpisodeState},
        retention::{ErasedBecause, ToErase},
    },
};
use jiff::civil::date;
use serde_json::{Value, json};

use super::{Office, ask, child, get, on_both, send_record, who};

on_both! {
    pages_show_each_entry_once_while_reading_adds_to_them_a10;
    a_child_or_an_episode_has_all_that_was_done_to_it;
    the_log_of_a_record_is_given_for_one_day;
    of_a_record_that_must_not_be_known_there_is_the_entry_alone_b40;
    an_erased_record_tells_nobody_who_might_not_have_known_of_it_b42;
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

async fn the_log_of_a_record_is_given_for_one_day(office: Office) {
    let child = child(1, "Amelia", "Hart");
    office.add(&child, "teacher").await;
    let path = format!("/episodes/{}", child.id);
    for _ in 0..2 {
        assert_eq!(get(&office, "teacher", &path).await.status, 200);
    }
    // Just before midnight in England, and just after it.
    office.clock.minutes_later(11 * 60 + 59);
    assert_eq!(get(&office, "teacher", &path).await.status, 200);
    office.clock.minutes_later(2);
    assert_eq!(get(&office, "teacher", &path).await.status, 200);
    let of = async |query: &str| {
        let log = get(&office, "teacher", &format!("{path}/access-log?{query}")).await;
        assert_eq!(log.status, 200, "{query}: {}", log.text);
        let log = log.json();
        let opened = entries(&log).iter().filter(|one| one["action"] == "read-episode").count();
        (opened, log["next"].as_u64())
    };
    assert_eq!(of("").await, (4, None));
    assert_eq!(of("from=2026-11-23&to=2026-11-23").await, (3, None));
    assert_eq!(of("from=2026-11-24&to=2026-11-24").await, (1, None));
    assert_eq!(of("to=2026-11-22").await, (0, None));
    assert_eq!(of("from=2026-11-23T23:58:00Z&to=2026-11-24T00:00:00Z").await, (1, None));
    let (some, next) = of("to=2026-11-23&limit=2").await;
    let rest = of(&format!("to=2026-11-23&limit=2&before={}", next.expect("there is more"))).await;
    assert_eq!((some, rest), (2, (1, None)));
    for wrong in ["from=yesterday", "to=2026-13-01", "day=2026-11-23", "limit=0"] {
        let reply = get(&office, "teacher", &format!("{path}/access-log?{wrong}")).await;
        reply.refused(400, "bad-query");
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

/// Sends a record, makes it what it is, and erases it with the child. Gives the ids of episode, version and child.
async fn erased(office: &Office, key: &str, become_so: impl FnOnce(&mut EpisodeState)) -> [String; 3] {
    let who = who("coordinator");
    let asker = Asker {
        actor: Actor::new("test-coordinator"),
        subject: who.subject,
        organisation: Some(who.organisation),
        authority: true,
    };
    let reference = send_record(office, "teacher", key, &[]).await;
    let at: jiff::Timestamp = "2026-11-23T12:00:00Z".parse().expect("a moment");
    let mut view = office.app.store.view().await.expect("a view");
    let all = view.retention().episodes(&asker, None, 99).await.expect("episodes");
    drop(view);
    let stored = all.into_iter().find(|one| one.state.listed.reference == reference).expect("the episode");
    let (mut state, revision) = (stored.state, stored.revision);
    become_so(&mut state);
    let episode = state.episode.id();
    let version = state.episode.versions().expect("a version").newest().id();
    let child = state.episode.child();
    let what = ToErase {
        episode,
        people: [child].into(),
        because: ErasedBecause::Due,
        due_on: None,
        today: date(2026, 11, 23),
    };
    let mut unit = office.app.store.begin().await.expect("a unit of work");
    unit.episodes().replace(&asker, &state, revision, at).await.expect("replaced");
    assert_eq!(unit.retention().lock(&asker, episode, &[child]).await, Ok(true));
    unit.retention().erase_episode(&asker, &what, at).await.expect("erased");
    unit.note(&asker.actor, AuditAction::Person(Action::Erase, child), at, None).await.expect("noted");
    unit.save(&asker.actor, AuditAction::Episode(Action::Erase, episode), at).await.expect("saved");
    [episode.to_string(), version.to_string(), child.to_string()]
}

async fn an_erased_record_tells_nobody_who_might_not_have_known_of_it_b42(office: Office) {
    let open = erased(&office, "open", |_| {}).await;
    let shielded = erased(&office, "shielded", |state| state.protection = Protection::Shielded).await;
    let kept_from = erased(&office, "kept-from", |state| {
        let stamp = state.episode.history()[0].stamp.clone();
        let whom = Excluded::Person(who("coordinator").subject);
        state.episode = state.episode.clone().exclude(whom, stamp).expect("excluded");
    })
    .await;
    for (person, told, untold) in [
        ("coordinator", vec![&open], vec![&shielded, &kept_from]),
        ("auditor", vec![&open, &kept_from], vec![&shielded]),
    ] {
        let found = read(&office, person, "?after=0&limit=200").await;
        for id in told.iter().flat_map(|ids| ids.iter()) {
            assert!(found.to_string().contains(id), "{person}: {id} in {found}");
        }
        for id in untold.iter().flat_map(|ids| ids.iter()) {
            assert!(!found.to_string().contains(id), "{person}: {id} in {found}");
        }
        // Each was sent, and erased with the child: the entries are there.
        let withheld = entries(&found).iter().filter(|one| one["withheld"] == true).count();
        assert_eq!(withheld, 3 * untold.len(), "{person}: {found}");
    }
    let never = get(&office, "coordinator", "/episodes/5e7a3b52-0c9d-4b3e-9a53-0f4f8c1d2e3f").await;
    for (ids, status) in [(&open, 410), (&shielded, 404), (&kept_from, 404)] {
        let reply = get(&office, "coordinator", &format!("/episodes/{}", ids[0])).await;
        assert_eq!(reply.status, status, "{}", reply.text);
        assert_eq!(reply.text == never.text, status == 404, "as an id that does not exist");
    }
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
