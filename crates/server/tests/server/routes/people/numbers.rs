//! NHS and pupil numbers: a blank is nobody's number, and two that differ speak against a match.

use assessment_people::person::System;
use serde_json::{Value, json};

use super::{Office, child, number, office::ids, on_both};

on_both! {
    a_blank_number_is_never_the_same_as_a_blank_one_a2;
    two_different_valid_numbers_speak_against_a_match_a2;
}

fn asked(given: &str, family: &str, numbers: Value) -> Value {
    let mut asked = json!({ "given_names": given, "family_name": family, "born": "2015-01-09" });
    let members = asked.as_object_mut().expect("an object");
    members.extend(numbers.as_object().expect("an object").clone());
    asked
}

async fn a_blank_number_is_never_the_same_as_a_blank_one_a2(office: Office) {
    let (none, mut cleared) = (child(1, "Amelia", "Hart"), child(2, "Zac", "Young"));
    cleared.identifiers.push(number(System::NhsNumber, "999 000 0018"));
    for one in [&none, &cleared] {
        office.add(one, "teacher").await;
    }
    let by_number = asked("", "", json!({ "nhs_number": "999 000 0018" }));
    assert_eq!(ids(&office.same_as("teacher", by_number.clone()).await), [cleared.id.to_string()]);
    office.change(cleared.id, |person| person.identifiers.clear()).await;
    assert!(ids(&office.same_as("teacher", by_number).await).is_empty(), "a number that was cleared is gone");
    for member in ["nhs_number", "upn", "uln", "reference"] {
        for blank in ["", "   ", "\u{a0}", "0000000000", "not known"] {
            let answer = office.same_as("teacher", asked("Mia", "Brown", json!({ member: blank }))).await;
            assert!(ids(&answer).is_empty(), "{member} {blank:?}: {answer}");
        }
    }
}

async fn two_different_valid_numbers_speak_against_a_match_a2(office: Office) {
    for (id, system, member, theirs, mine) in [
        (1, System::NhsNumber, "nhs_number", "9990000018", "9990000026"),
        (2, System::Upn, "upn", "H801200001001", "X801200001002"),
    ] {
        let mut stored = child(id, ["Amelia", "Rashid"][id as usize - 1], "Hart");
        stored.identifiers.push(number(system, theirs));
        office.add(&stored, "teacher").await;
        let name = stored.names[0].given.clone();
        let asked = json!({ "given_names": name, "family_name": "Hart", "born": "2019-05-04", member: mine });
        assert!(assessment_people::person::Identifier::parse(system, mine).is_some(), "{mine}");
        let answer = office.same_as("teacher", asked).await;
        assert_eq!(ids(&answer), [stored.id.to_string()], "{answer}");
        let one = &answer["people"][0];
        assert_eq!(one["strength"], "possible", "{one}");
        let against = one["reasons_against"].to_string();
        assert!(against.contains("different-number"), "{against}");
        assert!(against.contains("they are not the same"), "{against}");
        assert!(!answer.to_string().contains(theirs), "a reason holds no value");
    }
}
