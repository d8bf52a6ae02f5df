//! Families: how people are related, and who follows to be a brother or sister.

use assessment_people::family::{Bond, Family, FamilyRefused, Named, Related, Relationship};
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

#[test]
fn a_name_without_a_record_goes_with_the_one_it_was_related_to() {
    let named = family()
        .with_name(person_id(6), "Gran", Protection::Ordinary)
        .with_name(person_id(7), "A friend of the family", Protection::Ordinary)
        .relate(related(6, Relationship::Grandparent, 3))
        .expect("they can be related like that");
    assert!(!named.has_record(person_id(6)) && named.has_record(person_id(3)));
    let left = named.clone().without(person_id(3));
    assert!(!left.members().contains_key(&person_id(6)), "she was the grandmother of nobody else");
    assert!(left.members().contains_key(&person_id(7)), "who was related to nobody stays");
    let all = [1, 2, 3, 4, 5].into_iter().fold(named, |family, person| family.without(person_id(person)));
    assert!(all.is_nobodys());
}

#[test]
fn a_name_can_be_linked_to_the_record_of_a_member_and_to_nothing_else() {
    let named = family().with_name(person_id(6), "Ben", Protection::Ordinary);
    let linked = named.clone().recorded_as(person_id(6), person_id(4)).expect("a name and a record");
    assert_eq!(linked.named()[&person_id(6)].record, Some(person_id(4)));
    for (name, record) in [(6, 9), (6, 6), (3, 4), (9, 4)] {
        let refused = named.clone().recorded_as(person_id(name), person_id(record));
        assert_eq!(refused, Err(FamilyRefused::NotAName), "{name} {record}");
    }
    assert_eq!(linked.clone().without(person_id(4)).named()[&person_id(6)].record, None);
    // Who knows of the record sees it, and everybody else the name.
    let near = linked.relate(related(6, Relationship::Sibling, 3)).expect("they can be related like that");
    let seen = |knows: bool| near.seen(person_id(3), |_| knows, |_| true).expect("a member").family;
    assert!(
        seen(true).members().contains_key(&person_id(4)) && !seen(true).named().contains_key(&person_id(6))
    );
    assert!(!seen(false).members().contains_key(&person_id(4)));
    assert_eq!(seen(false).named()[&person_id(6)], Named { name: "Ben".to_owned(), record: None });
}

#[test]
fn two_records_of_one_child_are_one_member_as_closely_kept_as_the_stricter() {
    let two = family().with(person_id(8), Protection::Shielded);
    let two = two.relate(related(2, Relationship::Father, 8)).expect("they can be related like that");
    let two = two.relate(related(8, Relationship::Sibling, 4)).expect("they can be related like that");
    let lead = |id| if id == person_id(8) { person_id(4) } else { id };
    let one = two.led(lead);
    assert_eq!(one.members()[&person_id(4)], Protection::Shielded);
    assert!(!one.members().contains_key(&person_id(8)));
    assert!(one.related().contains(&related(2, Relationship::Father, 4)));
    assert!(one.related().iter().all(|related| related.person != related.to));
    assert_eq!(two.led(|id| id), two, "without a join nothing changes");
}

/// Amelia (3) and Ben (4), whom somebody does not see, with their mother, of whom there is a name (6).
fn half_seen() -> (Family, impl Fn(PersonId) -> bool + Copy) {
    let family = Family::new(family_id(1))
        .with(person_id(3), Protection::Ordinary)
        .with(person_id(4), Protection::Ordinary)
        .with_name(person_id(6), "Rosa", Protection::Ordinary)
        .relate(related(6, Relationship::Mother, 3))
        .and_then(|family| family.relate(related(6, Relationship::Mother, 4)));
    (family.expect("they can be related like that"), |id| id != person_id(4))
}

#[test]
fn who_takes_a_name_out_leaves_what_they_do_not_see_of_it_b40() {
    let (family, sees) = half_seen();
    let left = family.clone().without_seen(person_id(6), sees);
    assert_eq!(left.related().iter().collect::<Vec<_>>(), [&related(6, Relationship::Mother, 4)]);
    assert_eq!(left.named().get(&person_id(6)), family.named().get(&person_id(6)));
    // The one who asked sees her no more; who sees both, sees whose mother she is.
    let seen = |family: &Family| family.seen(person_id(3), sees, |_| true).expect("a member").family;
    assert!(!seen(&left).members().contains_key(&person_id(6)));
    // Where there is nothing else, she goes.
    assert_eq!(family.clone().without_seen(person_id(6), |_| true), family.without(person_id(6)));
}

#[test]
fn a_link_that_somebody_does_not_see_is_not_replaced_b40() {
    let (family, sees) = half_seen();
    let family = family
        .with(person_id(5), Protection::Ordinary)
        .with_name(person_id(7), "Ben", Protection::Confidential)
        .relate(related(7, Relationship::Sibling, 3))
        .and_then(|family| family.recorded_as(person_id(7), person_id(4)))
        .expect("a name and a record");
    let apart = person_id(8);
    let both = family.clone().recorded_apart(person_id(7), person_id(5), apart, sees).expect("linked");
    assert_eq!(both.named()[&person_id(7)].record, Some(person_id(4)), "as it was");
    assert_eq!(both.named()[&apart], Named { name: "Ben".to_owned(), record: Some(person_id(5)) });
    assert_eq!(both.members()[&apart], Protection::Confidential);
    assert!(both.related().contains(&related(8, Relationship::Sibling, 3)));
    // To the one who asks it is as if there had been no link before.
    let plain = family.clone().without(person_id(4));
    let plain = plain.recorded_apart(person_id(7), person_id(5), apart, sees).expect("linked");
    let seen = |family: &Family| family.seen(person_id(3), sees, |_| true).expect("a member").family;
    assert_eq!(seen(&both), seen(&plain));
    assert_eq!(plain.named()[&person_id(7)].record, Some(person_id(5)), "a free name is linked itself");
    // Nor does it go with the last thing that they see of it.
    let sister = related(7, Relationship::Sibling, 3);
    let left = family.clone().unrelate_seen(&sister, sees);
    assert_eq!(left.named()[&person_id(7)].record, Some(person_id(4)));
    assert!(!seen(&left).named().contains_key(&person_id(7)));
    assert_eq!(family.clone().unrelate_seen(&sister, |_| true), family.unrelate(&sister));
}

#[test]
fn each_record_that_a_change_is_about_is_told() {
    let (family, _) = half_seen();
    let touched = |next: &Family| family.touched(next).into_iter().collect::<Vec<_>>();
    assert_eq!(touched(&family), []);
    assert_eq!(touched(&family.clone().without(person_id(6))), [person_id(3), person_id(4)]);
    assert_eq!(touched(&family.clone().with(person_id(4), Protection::Shielded)), [person_id(4)]);
    let unrelated = family.clone().unrelate(&related(6, Relationship::Mother, 3));
    assert_eq!(touched(&unrelated), [person_id(3)]);
    let linked = family.clone().recorded_as(person_id(6), person_id(4)).expect("a name and a record");
    assert_eq!(touched(&linked), [person_id(4)]);
    assert_eq!(touched(&family.clone().with(person_id(5), Protection::Ordinary)), [person_id(5)]);
    assert_eq!(touched(&family.clone().without(person_id(4))), [person_id(4)]);
}

/// Five people with records, of whom some have a name alone, related at random and kept closely at random.
fn families() -> impl Strategy<Value = Family> {
    let protection = || prop::sample::select(Protection::ALL.to_vec());
    let members = prop::collection::vec((protection(), any::<bool>()), 8);
    let links = prop::collection::vec((1_u32..9, 0..Relationship::ALL.len(), 1_u32..9), 0..14);
    (members, links, prop::collection::vec((1_u32..9, 1_u32..9), 0..3)).prop_map(
        |(members, links, records)| {
            let mut family = Family::new(family_id(1));
            for (number, (protection, is_name)) in (1..).zip(members) {
                let person = person_id(number);
                family = match is_name && number > 1 {
                    true => family.with_name(person, &format!("Name {number}"), protection),
                    false => family.with(person, protection),
                };
            }
            for (person, relationship, to) in links {
                let one = related(person, Relationship::ALL[relationship], to);
                family = family.clone().relate(one).unwrap_or(family);
            }
            for (name, record) in records {
                family = family.clone().recorded_as(person_id(name), person_id(record)).unwrap_or(family);
            }
            family
        },
    )
}

proptest! {
    /// B40: what somebody sees is the same whether a member they may not know of belongs to it or not.
    #[test]
    fn a_record_that_must_not_be_known_of_leaves_no_trace_b40(family in families(), hidden in 2_u32..9, known in any::<u16>()) {
        let hidden = person_id(hidden);
        prop_assume!(family.has_record(hidden));
        let knows = |id: PersonId| id != hidden && (1..9).any(|n| id == person_id(n) && known & (1 << n) != 0);
        let with = family.seen(person_id(1), knows, |_| true);
        // The names that were related to that record alone are not seen either way.
        let without = family.clone().without(hidden).seen(person_id(1), knows, |_| true);
        prop_assert_eq!(with, without);
    }

    /// B42: what is kept more closely than somebody may see is not there, and is never there for less.
    #[test]
    fn what_is_kept_more_closely_is_not_shown_b42(family in families(), may in 0_usize..3) {
        let may = Protection::ALL[may];
        let seen = family.seen(person_id(1), |_| true, |protection| protection <= may);
        if family.members()[&person_id(1)] > may {
            prop_assert!(seen.is_none());
        } else {
            let seen = seen.expect("a member who may be seen").family;
            prop_assert!(seen.members().values().all(|protection| *protection <= may));
            prop_assert!(seen.related().is_subset(family.related()));
            let all = family.seen(person_id(1), |_| true, |_| true).expect("everything").family;
            let recorded = |one: &Family| one.members().keys().copied().filter(|id| one.has_record(*id)).collect::<Vec<_>>();
            prop_assert!(recorded(&seen).iter().all(|id| recorded(&all).contains(id)));
        }
    }

    /// B40: who takes a member out sees them go as if it were the whole family, and what they do not see is as it was.
    #[test]
    fn taking_a_member_out_touches_nothing_that_is_not_seen_b40(family in families(), known in any::<u16>()) {
        let knows = |id: PersonId| (1..9).any(|n| id == person_id(n) && known & (1 << n) != 0);
        let view = |family: &Family| family.seen(person_id(1), knows, |_| true).expect("a member").family;
        let before = view(&family);
        let sees = |id: PersonId| before.members().contains_key(&id);
        for member in before.members().keys().copied().filter(|id| *id != person_id(1)) {
            let left = family.clone().without_seen(member, sees);
            prop_assert!(serde_json::from_value::<Family>(serde_json::to_value(&left).expect("written")).is_ok());
            // The name of a record that is taken out is a name again.
            if family.named().values().all(|named| named.record != Some(member)) {
                prop_assert_eq!(view(&left), view(&before.clone().without(member)));
            }
            let stays = |one: &&Related| {
                !(sees(one.person) && sees(one.to)) && (before.named().contains_key(&member) || one.other(member).is_none())
            };
            prop_assert!(family.related().iter().filter(stays).all(|one| left.related().contains(one)));
            for (id, named) in family.named().iter().filter(|(id, named)| !sees(named.record.unwrap_or(**id))) {
                prop_assert_eq!(left.named().get(id), Some(named));
            }
            let hidden = |id: &&PersonId| family.has_record(**id) && !sees(**id);
            prop_assert!(family.members().keys().filter(hidden).all(|id| left.has_record(*id)));
        }
    }

    #[test]
    fn who_leaves_is_related_to_nobody_and_a_join_makes_nothing_less_protected(family in families(), one in 1_u32..9, two in 1_u32..9) {
        let left = family.clone().without(person_id(one));
        prop_assert!(!left.members().contains_key(&person_id(one)));
        prop_assert!(left.related().iter().all(|link| link.person != person_id(one) && link.to != person_id(one)));
        prop_assert!(left.named().values().all(|named| named.record != Some(person_id(one))));
        let both = family.has_record(person_id(one)) && family.has_record(person_id(two));
        if both {
            let led = family.led(|id| if id == person_id(one) { person_id(two) } else { id });
            let stricter = family.members()[&person_id(one)].join(family.members()[&person_id(two)]);
            prop_assert_eq!(led.members()[&person_id(two)], stricter);
        }
    }
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
