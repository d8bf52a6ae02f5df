//! Families: how people are related, and who follows to be a brother or sister.

use assessment_people::family::{Bond, Family, FamilyRefused, Related, Relationship};
use assessment_people::id::PersonId;
use assessment_people::protection::Protection;
use proptest::prelude::*;

use crate::world::{family_id, person_id};

fn related(person: u32, relationship: Relationship, to: u32) -> Related {
    Related { person: person_id(person), relationship, to: person_id(to) }
}

/// A mother (1) with two children (3, 4), the father (2) of one, and a neighbour (5).
fn family() -> Family {
    let members = (1..=5).fold(Family::new(family_id(1)), |family, person| {
        family.with(person_id(person), Protection::Ordinary)
    });
    [
        related(1, Relationship::Mother, 3),
        related(2, Relationship::Father, 3),
        related(1, Relationship::Mother, 4),
        related(5, Relationship::Neighbour, 3),
    ]
    .into_iter()
    .try_fold(members, Family::relate)
    .expect("they can be related like that")
}

fn siblings(family: &Family, of: u32) -> Vec<(PersonId, usize)> {
    family.siblings(person_id(of)).iter().map(|one| (one.person, one.shared_parents)).collect()
}

#[test]
fn children_of_one_parent_are_brothers_and_sisters() {
    assert_eq!(siblings(&family(), 3), [(person_id(4), 1)]);
    assert_eq!(siblings(&family(), 4), [(person_id(3), 1)]);
    assert_eq!(siblings(&family(), 1), []);
    let both = family().relate(related(2, Relationship::Father, 4)).expect("it is possible");
    assert_eq!(siblings(&both, 3), [(person_id(4), 2)]);
}

#[test]
fn a_step_parent_and_a_neighbour_make_nobody_a_brother() {
    let step = family().unrelate(&related(1, Relationship::Mother, 4));
    let step = step.relate(related(1, Relationship::StepParent, 4)).expect("it is possible");
    assert_eq!(siblings(&step, 3), []);
}

#[test]
fn who_is_said_to_be_a_sister_is_one_both_ways() {
    let said = family().unrelate(&related(1, Relationship::Mother, 4));
    let said = said.relate(related(4, Relationship::HalfSibling, 3)).expect("it is possible");
    assert_eq!(siblings(&said, 3), [(person_id(4), 0)]);
    assert_eq!(siblings(&said, 4), [(person_id(3), 0)]);
}

#[test]
fn impossible_relationships_are_refused() {
    for (one, expected) in [
        (related(3, Relationship::Sibling, 3), FamilyRefused::Themselves),
        (related(9, Relationship::Mother, 3), FamilyRefused::NotAMember),
        (related(3, Relationship::Father, 1), FamilyRefused::ParentOfEachOther),
    ] {
        assert_eq!(family().relate(one), Err(expected));
    }
}

#[test]
fn a_link_is_kept_as_closely_as_the_stricter_membership_b42() {
    let kept = family().with(person_id(4), Protection::Shielded);
    assert_eq!(kept.protection(), Some(Protection::Shielded));
    assert!(kept.siblings(person_id(3)).iter().all(|one| one.protection == Protection::Shielded));
    let again = kept.with(person_id(4), Protection::Ordinary);
    assert_eq!(again.protection(), Some(Protection::Shielded), "saying it again does not lower it");
}

#[test]
fn the_relationships_are_the_forms_code_list() {
    let text = include_str!("../../../engine/data/code_lists.json");
    let lists: serde_json::Value = serde_json::from_str(text).expect("the code lists are JSON");
    let list = lists.get("relationship").or_else(|| lists.get("lists")?.get("relationship"));
    let codes: Vec<&str> = list
        .and_then(serde_json::Value::as_array)
        .expect("the list exists")
        .iter()
        .filter_map(|one| one["code"].as_str())
        .collect();
    let ours: Vec<&str> = Relationship::ALL.iter().map(|one| one.code()).collect();
    assert_eq!(ours, codes);
    for one in Relationship::ALL {
        let text = serde_json::to_value(one).expect("it is written");
        assert_eq!(text, one.code());
    }
}

#[test]
fn a_stored_family_that_breaks_a_law_is_refused() {
    let mut stored = serde_json::to_value(family()).expect("it is written");
    assert_eq!(serde_json::from_value::<Family>(stored.clone()).expect("it is read"), family());
    stored["members"].as_object_mut().expect("members").remove(&person_id(5).to_string());
    assert!(serde_json::from_value::<Family>(stored).is_err());
}

proptest! {
    #[test]
    fn brothers_and_sisters_are_so_both_ways(
        links in prop::collection::vec((1_u32..6, 0..Relationship::ALL.len(), 1_u32..6), 0..12),
    ) {
        let mut family = family();
        for (person, relationship, to) in links {
            let one = related(person, Relationship::ALL[relationship], to);
            family = family.clone().relate(one).unwrap_or(family);
        }
        for child in 1..6 {
            for sibling in family.siblings(person_id(child)) {
                let back = family.siblings(sibling.person);
                let back = back.iter().find(|one| one.person == person_id(child));
                prop_assert_eq!(back.map(|one| one.shared_parents), Some(sibling.shared_parents));
            }
        }
        let parents = family.related().iter().filter(|one| one.relationship.bond() == Bond::Parent);
        for one in parents {
            prop_assert!(!family.parents(one.person).any(|parent| parent == one.to));
        }
    }
}
