//! What is the practitioner's own, question by question.

use assessment_engine::answers::blank_record;
use assessment_engine::disclosure::{OwnPart, is_one_persons, is_practitioners_own_at, own_part};

#[test]
fn what_must_not_be_seen_over_a_shoulder_is_the_practitioners_own() {
    let record = blank_record();
    for path in [
        "danger_now",
        "pre_assessment_checklist.safe",
        "identifying_details.safe_to_contact",
        "identifying_details.no_phone",
        "identifying_details.address_confidential",
        "parents_and_carers[0].not_to_be_told",
        "parents_and_carers[1].not_to_be_told_reason",
        "elements.identity.indicators",
        "elements.identity.indicators.ID-401",
        "conclusions.decision",
        "conclusions.decision_reason",
        "conclusions.explained",
        "conclusions.explained[0].reason",
        "consent.exclusions",
        "consent.not_sought_reason",
        "consent.competence",
        "exceptional_circumstances.what",
        "urgent_log",
        "urgent_log[0].said",
        "sharing.choice",
        "sharing.lawful_reason",
        "consent.people[0].limits",
        "a question from the future",
    ] {
        assert!(is_practitioners_own_at(&record, path), "{path}");
    }
}

#[test]
fn what_is_worked_out_together_is_not() {
    let record = blank_record();
    for path in [
        "identifying_details",
        "identifying_details.given_names",
        "identifying_details.phones",
        "identifying_details.address",
        "identifying_details.address.line_1",
        "parents_and_carers",
        "parents_and_carers[0].address.postcode",
        "elements",
        "elements.identity",
        "elements.identity.needs",
        "elements.identity.child_words",
        "consent.status",
        "agreed_actions.actions[0].action",
    ] {
        assert!(!is_practitioners_own_at(&record, path), "{path}");
    }
}

#[test]
fn what_one_person_said_is_not_for_the_next() {
    let record = blank_record();
    let is_theirs = |path: &str| {
        let found = record.find(path).expect("a question");
        is_one_persons(found.group.key(), found.question)
    };
    for path in [
        "consent.people",
        "consent.people[0].says",
        "consent.signatories[0].name",
        "consent.given_by",
        "voices.parent_comments[0].comment",
    ] {
        assert!(is_theirs(path), "{path}");
    }
    for path in [
        "consent.sought",
        "consent.share",
        "parents_and_carers",
        "home_and_family.household",
        "services_involved",
    ] {
        assert!(!is_theirs(path), "{path}");
    }
}

#[test]
fn a_section_knows_how_much_of_it_is_the_practitioners_own() {
    for (path, part) in [
        ("danger_now", OwnPart::Whole),
        ("pre_assessment_checklist", OwnPart::Whole),
        ("exceptional_circumstances", OwnPart::Whole),
        ("urgent_log", OwnPart::Whole),
        ("sharing", OwnPart::Whole),
        ("identifying_details", OwnPart::Some),
        ("parents_and_carers", OwnPart::Some),
        ("elements.identity", OwnPart::Some),
        ("conclusions", OwnPart::Some),
        ("consent", OwnPart::Some),
        ("home_and_family", OwnPart::Nothing),
        ("voices", OwnPart::Nothing),
        ("agreed_actions", OwnPart::Nothing),
    ] {
        assert_eq!(own_part(path), part, "{path}");
    }
}
