//! What is held about a child whose record was joined with another child's by mistake.

use assessment_people::{
    id::PersonId,
    person::{Gp, Phone},
};
use serde_json::{Value, json};

use super::{
    Office, address, child,
    families::{amelia_and_ben, change, linked},
    on_both,
};
use crate::routes::episodes::Person;

on_both! {
    a_coordinator_s_export_has_nothing_of_a_child_who_was_joined_by_mistake_b40;
    a_copy_is_a_look_at_those_whom_it_names_and_at_nobody_else;
}

/// What a coordinator gets who asks for what is held about a child.
async fn export(office: &Office, of: PersonId) -> Value {
    let coordinator = Person::new(&office.app, "coordinator").await;
    let episode = format!("/api/v1/episodes/{of}");
    let tag = coordinator.get(&episode).await.header("etag").to_owned();
    let headers = [("if-match", tag.as_str()), ("access-reason", "She%20turned%2016")];
    let received = Some(json!({ "received_on": "2026-11-20" }));
    let requests = format!("{episode}/subject-access");
    let request = coordinator.ask("POST", &requests, &headers, received).await;
    assert_eq!(request.status, 201, "{}", request.text);
    let request = request.json()["id"].as_str().expect("an id").to_owned();
    let export = coordinator.because(&format!("{requests}/{request}"), "She%20turned%2016").await;
    assert_eq!(export.status, 200, "{}", export.text);
    export.json()
}

async fn a_coordinator_s_export_has_nothing_of_a_child_who_was_joined_by_mistake_b40(office: Office) {
    let (mut kept, mut merged) = (child(1, "Amelia", "Hart"), child(2, "Emelia", "Heart"));
    kept.addresses.push(address("12 Elm Road", "LS6 3HN"));
    kept.gp = Some(Gp { written: "Harehills Practice".to_owned() });
    merged.phones.main = Some(Phone::new("0113 496 0002"));
    office.add(&kept, "teacher").await;
    office.add(&merged, "health-visitor").await;
    office.change(kept.id, |person| person.gp = Some(Gp { written: "Hyde Park Surgery".to_owned() })).await;
    assert_eq!(office.merge(kept.id, merged.id).await.status, 201);
    let joined = office.stored(kept.id).await.person;
    assert!(joined.phones.main.is_some(), "the join filled the blank");
    assert_eq!(office.undo(kept.id, 1).await.status, 200);

    let of_the_other = export(&office, merged.id).await.to_string();
    for words in ["Amelia", "Elm Road", "Hyde Park", "Harehills"] {
        assert!(!of_the_other.contains(words), "{words}: {of_the_other}");
    }
    assert!(of_the_other.contains("Emelia") && of_the_other.contains("0113 496 0002"), "{of_the_other}");
    let of_the_kept = export(&office, kept.id).await.to_string();
    for words in ["Emelia", "0113 496 0002"] {
        assert!(!of_the_kept.contains(words), "{words}: {of_the_kept}");
    }
    for words in ["Amelia", "Elm Road", "Hyde Park", "Harehills", "other_records"] {
        assert!(of_the_kept.contains(words), "what was the child's own stays, {words}: {of_the_kept}");
    }
}

async fn a_copy_is_a_look_at_those_whom_it_names_and_at_nobody_else(office: Office) {
    let ((amelia, ben), cara) = (amelia_and_ben(&office).await, child(3, "Cara", "Moss"));
    office.add(&cara, "teacher").await;
    let family = linked(&office, &amelia, &ben).await["families"][0]["id"].clone();
    let add = json!({ "family": family, "add": [{ "record": cara.id, "relationship": "half_sibling" }] });
    let added = change(&office, "teacher", ben.id, add).await;
    assert_eq!(added.status, 200, "{}", added.text);
    let copy = export(&office, amelia.id).await.to_string();
    assert!(copy.contains("Ben Hart") && !copy.contains("Cara"), "{copy}");
    let looks = office.did("coordinator").await;
    let has = |of: PersonId| looks.contains(&("read-family".to_owned(), "person".to_owned(), of.to_string()));
    assert_eq!((has(ben.id), has(cara.id)), (true, false));
}
