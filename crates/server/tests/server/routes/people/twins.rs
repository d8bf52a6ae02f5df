//! Twins and neighbours are not one child, and a person decides each time.

use serde_json::{Value, json};

use super::{Office, address, child, on_both};

fn codes(reasons: &Value) -> Vec<&str> {
    reasons.as_array().expect("reasons").iter().filter_map(|one| one["code"].as_str()).collect()
}

on_both! {
    twins_are_shown_as_perhaps_the_same_and_a_neighbour_is_not_a1;
}

async fn twins_are_shown_as_perhaps_the_same_and_a_neighbour_is_not_a1(office: Office) {
    let (mut amelia, mut emelia, mut neighbour) =
        (child(1, "Amelia", "Hart"), child(2, "Emelia", "Hart"), child(3, "Amelie", "Hartley"));
    amelia.addresses.push(address("12 Elm Road", "LS6 3HN"));
    emelia.addresses.push(address("12 Elm Road", "LS6 3HN"));
    neighbour.addresses.push(address("16 Elm Road", "LS6 3HN"));
    for one in [&amelia, &emelia] {
        office.add(one, "teacher").await;
    }
    let asked = json!({
        "given_names": "Amelia", "family_name": "Hart", "born": "2019-05-04",
        "address": ["12 Elm Road", "Leeds"], "postcode": "LS6 3HN",
    });
    let answer = office.same_as("teacher", asked).await;
    assert_eq!(super::office::ids(&answer), [amelia.id.to_string(), emelia.id.to_string()], "{answer}");
    let (first, second) = (&answer["people"][0], &answer["people"][1]);
    assert_eq!((&first["strength"], &second["strength"]), (&json!("strong"), &json!("possible")));
    assert_eq!(codes(&first["reasons_for"]), ["same-name", "same-birth", "same-address"]);
    assert!(codes(&second["reasons_against"]).contains(&"may-be-twin"), "{second}");

    office.add(&neighbour, "teacher").await;
    let asked = json!({
        "given_names": "Amelie", "family_name": "Hartley", "born": "2019-05-04",
        "address": ["16 Elm Road", "Leeds"], "postcode": "LS6 3HN",
    });
    let answer = office.same_as("teacher", asked).await;
    assert_eq!(super::office::ids(&answer), [neighbour.id.to_string()], "{answer}");
    // Nothing was joined or stopped: each is still a record of its own.
    for one in [&amelia, &emelia, &neighbour] {
        let reply = office.ask("teacher", "GET", &format!("/{}", one.id), None).await;
        assert_eq!((reply.status, reply.json()["id"].clone()), (200, json!(one.id)));
    }
}
