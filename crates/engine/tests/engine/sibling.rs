//! A record for a brother or sister: what is carried over, what never is, and how the two are linked.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use assessment_engine::answers::{Answers, Node};
use assessment_engine::disclosure::is_hidden_on_paper;
use assessment_engine::sibling::{
    First, NewChild, begin, carried_sections, family_texts, link_back, siblings,
};
use assessment_engine::standards::Standards;
use serde_json::{Value, json};

use crate::material::filled::{Amount, filled};

fn read(answers: &Value) -> Answers {
    Answers::read(&answers.to_string()).unwrap().answers
}

fn begun(first: &Answers, new: NewChild) -> Answers {
    let first = First { answers: first, record: "record-1", reference: Some("EHA1") };
    begin(&first, new, &Standards::built_in().unwrap().lists)
}

fn family() -> Answers {
    read(&json!({
        "danger_now": "yes",
        "identifying_details": {
            "given_names": "Zoë", "family_name": "Example", "dob": "2019-02-03", "sex": "F", "nhs_number": "999 000 1006",
            "address_status": "has_address", "address": { "line_1": "1 Hidden Street", "postcode": "LS99 9XD" },
            "address_confidential": "yes", "phones": ["07700 900112"], "parent_language": "pol",
            "interpreter_needed": "yes", "interpreter_arranged": "yes", "religion": "none", "disabled": "yes",
        },
        "parents_and_carers": [{
            "name": "Ada Example", "relationship": "mother", "parental_responsibility": "yes", "phone": "07700 900112",
            "address": { "line_1": "1 Hidden Street" }, "not_to_be_told": "address", "not_to_be_told_reason": "Safety.",
        }],
        "home_and_family": {
            "home_situation": "They live in two rooms.",
            "household": [
                { "name": "Ada Example", "relationship": "mother", "lives_with_child": "yes" },
                { "name": "Ben Example", "relationship": "half_sibling", "dob": "2021-05-06", "lives_with_child": "yes",
                  "setting": "Example Nursery" },
            ],
        },
        "assessor": { "name": "Nia Teacher", "role": "teacher", "phone": "0113 496 0201",
            "lead_professional": { "name": "Nia Teacher" } },
        "services_involved": [
            { "service": "gp", "details": "Dr Example", "status": "now", "may_share": "yes" },
            { "service": "camhs", "details": "Waiting", "status": "waiting", "may_share": "no" },
        ],
    }))
}

#[test]
fn what_the_family_shares_is_carried_over_and_protected_as_it_was() {
    let new = begun(&family(), NewChild::Another);
    let child = &new.identifying_details;
    assert_eq!(
        [
            &child.address.line_1,
            &child.address_confidential,
            &child.parent_language,
            &child.interpreter_needed
        ],
        ["1 Hidden Street", "yes", "pol", "yes"]
    );
    assert!(is_hidden_on_paper(&new, "identifying_details.address.line_1"));
    let parent = &new.parents_and_carers[0];
    assert_eq!((parent.name.as_str(), parent.not_to_be_told.as_str()), ("Ada Example", "address"));
    assert_eq!(parent.parental_responsibility, "", "it is for each child by itself");
    assert_eq!(new.assessor.name, "Nia Teacher");
    assert_eq!(new.assessor.lead_professional.name, "");
    let services: Vec<_> =
        new.services_involved.iter().map(|row| (row.service.as_str(), row.may_share.as_str())).collect();
    assert_eq!(services, [("gp", "")]);
}

#[test]
fn the_first_child_joins_the_household_and_the_new_one_leaves_it() {
    let first = family();
    assert_eq!(siblings(&first).map(|(row, _)| row).collect::<Vec<_>>(), [1]);
    let new = begun(&first, NewChild::Member(1));
    let child = &new.identifying_details;
    assert_eq!(
        [&child.given_names, &child.family_name, &child.setting],
        ["Ben", "Example", "Example Nursery"]
    );
    assert_eq!(child.dob.to_iso().unwrap(), "2021-05-06");
    let members: Vec<_> = new
        .home_and_family
        .household
        .iter()
        .map(|member| (member.name.as_str(), member.relationship.as_str(), member.lives_with_child.as_str()))
        .collect();
    assert_eq!(members, [("Zoë Example", "half_sibling", "yes"), ("Ada Example", "mother", "yes")]);
}

#[test]
fn a_brother_who_lives_elsewhere_gets_no_address_and_nobody_at_home_for_certain() {
    let mut first = family();
    first.home_and_family.household[1].lives_with_child = "no".into();
    let new = begun(&first, NewChild::Member(1));
    assert_eq!(new.identifying_details.address_status, "");
    assert_eq!(new.identifying_details.address.line_1, "");
    assert_eq!(new.identifying_details.address_confidential, "yes", "protection is never dropped");
    let homes: Vec<_> =
        new.home_and_family.household.iter().map(|member| member.lives_with_child.as_str()).collect();
    assert_eq!(homes, ["no", ""]);
}

#[test]
fn twins_share_family_name_and_date_of_birth_and_an_unborn_sibling_is_expected() {
    let twin = begun(&family(), NewChild::Twin).identifying_details;
    assert_eq!((twin.given_names.as_str(), twin.family_name.as_str()), ("", "Example"));
    assert_eq!(twin.dob.to_iso().unwrap(), "2019-02-03");
    let mut first = family();
    first.home_and_family.household[1].relationship = "unborn_sibling".into();
    let baby = begun(&first, NewChild::Member(1)).identifying_details;
    assert_eq!((baby.edd.to_iso().unwrap().as_str(), baby.dob.is_blank()), ("2021-05-06", true));
}

#[test]
fn a_name_is_divided_only_where_the_family_name_is_known() {
    for (name, given, family_name) in [
        ("Ben Example", "Ben", "Example"),
        ("Ben de la Cruz", "Ben de la Cruz", ""),
        ("Example", "Example", ""),
        ("BenExample", "BenExample", ""),
    ] {
        let mut first = family();
        first.home_and_family.household[1].name = name.into();
        let child = begun(&first, NewChild::Member(1)).identifying_details;
        assert_eq!((child.given_names.as_str(), child.family_name.as_str()), (given, family_name));
    }
}

#[test]
fn each_record_is_linked_with_the_other() {
    let first = family();
    let link = &begun(&first, NewChild::Member(1)).linked_records[0];
    assert_eq!(
        [&link.name, &link.relationship, &link.reference, &link.record],
        ["Zoë Example", "half_sibling", "EHA1", "record-1"]
    );
    let back = link_back(&first, NewChild::Member(1), "record-2");
    assert_eq!([&back.name, &back.relationship, &back.record], ["Ben Example", "half_sibling", "record-2"]);
    assert_eq!(link_back(&first, NewChild::Twin, "record-2").relationship, "sibling");
    // A row that does not exist is nobody's.
    assert_eq!(link_back(&first, NewChild::Member(9), "record-2").name, "");
    assert_eq!(begun(&first, NewChild::Member(9)).home_and_family.household.len(), 3);
}

/// Every question answered: what is in the new record is a short list, and none of it is the child's own.
#[test]
fn nothing_is_carried_over_that_is_the_childs_own_or_the_practitioners_judgement() {
    let standards = Standards::built_in().unwrap();
    let first = filled(&standards, Amount { characters: 40, rows: 2, large_household: false });
    let new = begun(&first, NewChild::Another);
    assert_eq!(
        carried_sections(&new),
        ["identifying_details", "parents_and_carers", "home_and_family", "assessor", "services_involved"]
    );
    for path in [
        "danger_now",
        "urgent_log",
        "elements",
        "conclusions",
        "agreed_actions",
        "voices",
        "consent",
        "sharing",
        "exceptional_circumstances",
        "pre_assessment_checklist",
        "assessment_information",
        "home_and_family.home_situation",
        "identifying_details.given_names",
        "identifying_details.dob",
        "identifying_details.nhs_number",
        "identifying_details.ethnicity",
        "identifying_details.immigration_status",
        "identifying_details.legal_status",
        "identifying_details.disabled",
        "identifying_details.setting",
        "identifying_details.assessment_start",
        "services_involved[0].may_share",
    ] {
        assert!(new.node(path).is_none_or(|node: Node<'_>| node.is_blank()), "{path}");
    }
}

#[test]
fn only_what_is_about_the_family_as_a_whole_is_offered_and_no_indicator() {
    let standards = Standards::built_in().unwrap();
    let first = filled(&standards, Amount { characters: 40, rows: 2, large_household: false });
    let offered = family_texts(&first, &standards.framework);
    let elements: std::collections::BTreeSet<_> =
        offered.keys().filter_map(|path| path.split('.').nth(1)).collect();
    let family =
        ["family_history_functioning", "housing_employment_finance", "social_community", "wider_family"];
    assert_eq!(elements.into_iter().collect::<Vec<_>>(), family);
    assert!(offered.keys().all(|path| !path.contains("indicators") && !path.contains("child_words")));
    assert!(family_texts(&Answers::default(), &standards.framework).is_empty());
}
