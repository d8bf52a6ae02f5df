//! Duplicates to settle.

use assessment_people::{
    person::{Birth, Identifier, System},
    protection::Protection,
};
use jiff::civil::date;
use serde_json::{Value, json};

use super::{Office, ask, child, get, on_both};

on_both! {
    pairs_are_listed_strongest_first_with_their_reasons;
    pairs_that_were_joined_or_kept_apart_are_not_listed_a7;
    twins_are_shown_as_such_and_a_neighbour_is_not_a1;
    of_a_shielded_child_there_is_no_pair_b42;
    pages_show_each_pair_once_and_say_who_was_seen;
}

async fn list(office: &Office, query: &str) -> Value {
    let reply = get(office, "coordinator", &format!("/duplicates{query}")).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json()
}

fn pairs(list: &Value) -> Vec<(String, String)> {
    let id = |one: &Value| one["id"].as_str().expect("an id").to_owned();
    let pairs = list["pairs"].as_array().expect("pairs");
    pairs.iter().map(|pair| (id(&pair["one"]), id(&pair["other"]))).collect()
}

fn pair(one: u128, other: u128) -> (String, String) {
    (child(one, "", "").id.to_string(), child(other, "", "").id.to_string())
}

async fn pairs_are_listed_strongest_first_with_their_reasons(office: Office) {
    let mut mistyped = child(3, "Zachary", "Young");
    mistyped.birth = Birth::on(date(2018, 3, 12));
    let mut swapped = child(4, "Zachary", "Young");
    swapped.birth = Birth::on(date(2018, 12, 3));
    for one in [&child(1, "Amelia", "Hart"), &child(2, "Amelia", "Hart"), &mistyped, &swapped] {
        office.add(one, "teacher").await;
    }
    office.add(&child(5, "Nobody", "Likeher"), "health-visitor").await;
    let found = list(&office, "").await;
    assert_eq!(pairs(&found), [pair(1, 2), pair(3, 4)], "{found}");
    assert_eq!((&found["to_compare"], &found["next"]), (&json!(0), &Value::Null));
    let strongest = &found["pairs"][0];
    assert_eq!(
        (&strongest["strength"], &strongest["one"]["name"]),
        (&json!("strong"), &json!("Amelia Hart"))
    );
    assert!(strongest["reasons_for"].as_array().is_some_and(|all| !all.is_empty()), "{strongest}");
    assert_eq!(strongest["one"]["held_by"], json!(["Woodhouse Moor Primary School"]));
    // The same as the question about one of them says.
    let asked = office.same_as_stored("coordinator", child(3, "", "").id).await;
    for member in ["strength", "reasons_for", "reasons_against"] {
        assert_eq!(found["pairs"][1][member], asked["people"][0][member], "{member}");
    }
}

async fn pairs_that_were_joined_or_kept_apart_are_not_listed_a7(office: Office) {
    let (one, mut two, three) =
        (child(1, "Amelia", "Hart"), child(2, "Amelia", "Hart"), child(3, "Amelia", "Hart"));
    two.birth = Birth::on(date(2019, 5, 14));
    for one in [&one, &two, &three] {
        office.add(one, "teacher").await;
    }
    assert_eq!(pairs(&list(&office, "").await).len(), 3);
    assert_eq!(office.merge(one.id, three.id).await.status, 201);
    assert_eq!(pairs(&list(&office, "").await), [pair(1, 2)]);
    let body = Some(json!({ "other": one.id }));
    let path = format!("/people/{}/not-the-same", two.id);
    assert_eq!(ask(&office, "coordinator", "POST", &path, &[], body).await.status, 201);
    assert_eq!(pairs(&list(&office, "").await), []);
    office
        .change(two.id, |person| {
            person.phones.main = Some(assessment_people::person::Phone::new("0113 496 0001"))
        })
        .await;
    assert_eq!(pairs(&list(&office, "").await), [], "a telephone number says little");
    office.change(two.id, |person| person.birth = Birth::on(date(2019, 5, 4))).await;
    let found = list(&office, "").await;
    assert_eq!(pairs(&found), [pair(1, 2)]);
    let earlier = json!({ "on": "2026-11-23", "by": "Dewi Pritchard" });
    assert_eq!(found["pairs"][0]["earlier_decision"], earlier);
    // Taken apart again, the third is a possible duplicate as before.
    assert_eq!(office.undo(one.id, 1).await.status, 200);
    assert_eq!(pairs(&list(&office, "").await).len(), 3);
}

async fn twins_are_shown_as_such_and_a_neighbour_is_not_a1(office: Office) {
    for one in [
        child(1, "Amelia", "Hart"),
        child(2, "Emelia", "Hart"),
        child(3, "Amelia", "Hart"),
        child(4, "Amelie", "Hartley"),
    ] {
        office.add(&one, "teacher").await;
    }
    let found = list(&office, "").await;
    assert_eq!(pairs(&found)[0], pair(1, 3), "{found}");
    let with_neighbour = pairs(&found).into_iter().filter(|(_, other)| *other == pair(1, 4).1);
    assert_eq!(with_neighbour.count(), 0, "{found}");
    let twins = found["pairs"]
        .as_array()
        .expect("pairs")
        .iter()
        .find(|one| pairs(&json!({ "pairs": [one] })) == [pair(1, 2)]);
    assert_eq!(twins.expect("the twins")["strength"], "possible");
}

async fn of_a_shielded_child_there_is_no_pair_b42(office: Office) {
    let mut shielded = child(2, "Amelia", "Hart");
    shielded.protection.level = Protection::Shielded;
    let mut confidential = child(3, "Amelia", "Hart");
    confidential.protection.level = Protection::Confidential;
    for one in [&child(1, "Amelia", "Hart"), &shielded, &confidential] {
        office.add(one, "teacher").await;
    }
    let found = list(&office, "").await;
    assert_eq!(pairs(&found), [pair(1, 3)]);
    assert!(!found.to_string().contains(&shielded.id.to_string()));
    // Of one that may only be known to exist, a reason would confirm a detail.
    assert_eq!(found["pairs"][0]["reasons_for"], json!([]));
    assert_eq!(found["pairs"][0]["other"]["born"], Value::Null);
}

async fn pages_show_each_pair_once_and_say_who_was_seen(office: Office) {
    let mut all = Vec::new();
    for number in 0..5 {
        let mut one = child(number, "Amelia", "Hart");
        one.identifiers.extend(Identifier::parse(System::NhsNumber, "9990000018"));
        office.add(&one, "teacher").await;
    }
    let mut query = "?limit=3".to_owned();
    loop {
        let page = list(&office, &query).await;
        all.extend(pairs(&page));
        let Some(next) = page["next"].as_str() else { break };
        query = format!("?limit=3&after={next}");
    }
    assert_eq!(all.len(), 10, "five are ten pairs");
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 10);
    let did = office.did("coordinator").await;
    let seen: Vec<&str> = did
        .iter()
        .filter(|(action, kind, _)| (action.as_str(), kind.as_str()) == ("list-duplicates", "person"))
        .map(|(.., id)| id.as_str())
        .collect();
    assert!((0..5).all(|number| seen.contains(&child(number, "", "").id.to_string().as_str())), "{seen:?}");
    for wrong in ["?limit=0", "?limit=51", "?after=x", "?after=1.2.3", "?name=Hart"] {
        get(&office, "coordinator", &format!("/duplicates{wrong}")).await.refused(400, "bad-query");
    }
}
