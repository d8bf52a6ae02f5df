//! Laws of joining, on people with anything in their records.

use assessment_people::merge::Merges;
use assessment_people::person::{
    Address, Birth, Gp, Identifier, Name, NameKind, Person, Phone, Phones, SafeToRing, System,
};
use assessment_people::protection::{Protected, Protection};
use jiff::civil::date;
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::{BY, TODAY};
use crate::made::person_id;

fn protected() -> impl Strategy<Value = Protected> {
    (
        select(Protection::ALL.to_vec()),
        btree_set(select(vec!["refuge".to_owned(), "adopted".to_owned()]), 0..2),
    )
        .prop_map(|(level, reasons)| Protected { level, reasons })
}

fn name() -> impl Strategy<Value = Name> {
    let kind = select(vec![NameKind::Usual, NameKind::Legal, NameKind::Former, NameKind::Alias]);
    let word = || select(vec!["", "Siân", "SIAN", "O’Brien", "Hart"]);
    (kind, word(), word()).prop_map(|(kind, given, family)| Name::of(kind, given, family))
}

fn birth() -> impl Strategy<Value = Birth> {
    select(vec![
        Birth::NotKnown,
        Birth::on(date(2019, 5, 4)),
        Birth::on(date(2019, 4, 5)),
        Birth::Year { year: 2019 },
        Birth::Estimated { date: date(2019, 5, 4) },
    ])
}

fn address() -> impl Strategy<Value = Address> {
    (
        select(vec!["12 Elm Road", "12 ELM ROAD", "3 Mill Lane"]),
        select(vec!["LS8 1AB", "ls81ab", ""]),
        protected(),
    )
        .prop_map(|(line, postcode, protection)| Address {
            lines: vec![line.to_owned()],
            postcode: postcode.to_owned(),
            protection,
        })
}

fn phone() -> impl Strategy<Value = Phone> {
    let written = select(vec!["07700 900123", "+447700900123", "Gran 07700 900456", ""]);
    let safe = select(vec![SafeToRing::NotSaid, SafeToRing::Safe, SafeToRing::NotSafe]);
    (written, safe).prop_map(|(written, safe)| Phone { written: written.to_owned(), safe })
}

fn person(id: u128) -> impl Strategy<Value = Person> {
    let identifier = select(vec!["9990000018", "9990000026"])
        .prop_filter_map("valid", |text| Identifier::parse(System::NhsNumber, text));
    let gp = || {
        select(vec!["Dr Singh", "DR SINGH", "Dr Okafor"])
            .prop_map(|written| Gp { written: written.to_owned() })
    };
    let phones = (option::of(phone()), vec(phone(), 0..3)).prop_map(|(main, others)| Phones { main, others });
    (
        protected(),
        vec(name(), 0..4),
        birth(),
        vec(identifier, 0..2),
        vec(address(), 0..3),
        phones,
        option::of(gp()),
    )
        .prop_map(move |(protection, names, birth, identifiers, addresses, phones, gp)| Person {
            protection,
            names,
            birth,
            identifiers,
            addresses,
            phones,
            gp,
            ..Person::new(person_id(id), Protected::at(Protection::Ordinary))
        })
}

proptest! {
    #[test]
    fn b42_nothing_is_lost_and_protection_never_falls(a in person(1), b in person(2)) {
        let merge = Merges::default().merge(&a, &b, TODAY, BY).expect("two records");
        let result = &merge.result;
        for from in [&a, &b] {
            prop_assert!(result.protection.level >= from.protection.level);
            prop_assert!(result.protection.reasons.is_superset(&from.protection.reasons));
            for name in &from.names {
                prop_assert!(result.names.iter().any(|one| (&one.given, &one.family) == (&name.given, &name.family)));
            }
            for one in &from.identifiers {
                prop_assert!(result.identifiers.contains(one));
            }
            prop_assert!(from.births().all(|birth| result.births().any(|one| one == birth)));
            for address in &from.addresses {
                let there = result.addresses.iter().filter(|one| one.is_same_place(address));
                let there: Vec<_> = there.collect();
                prop_assert_eq!(there.len(), 1, "each place once");
                prop_assert!(there[0].protection.level >= address.protection.level);
                prop_assert!(there[0].protection.reasons.is_superset(&address.protection.reasons));
            }
            for phone in from.phones.all() {
                let there: Vec<_> = result.phones.all().filter(|one| one.written == phone.written).collect();
                prop_assert!(!there.is_empty(), "{:?}", phone);
                prop_assert!(phone.number().is_none() || there.iter().all(|one| one.safe >= phone.safe));
            }
            if let Some(gp) = &from.gp {
                prop_assert!(result.gp.iter().chain(&result.other_gps).any(|one| one.is_same(gp)));
            }
        }
        prop_assert!(result.strictest() >= a.strictest().join(b.strictest()));
        prop_assert_eq!(result.phones.main.is_some(), a.phones.main.is_some() || b.phones.main.is_some());
    }

    #[test]
    fn a6_join_then_take_back_is_as_before(a in person(1), b in person(2)) {
        let merges = Merges::of(vec![Merges::default().merge(&a, &b, TODAY, BY).expect("two records")]);
        let now = merges.all().next().expect("one").result.clone();
        let (_, undone) = merges.undo(1, &now, TODAY, BY).expect("in time");
        prop_assert_eq!(undone.kept, a);
        prop_assert_eq!(undone.merged, b);
        prop_assert!(undone.later.is_empty());
    }

    #[test]
    fn b42_taking_back_after_any_change_never_lowers_protection(a in person(1), b in person(2), other in person(1)) {
        let merges = Merges::of(vec![Merges::default().merge(&a, &b, TODAY, BY).expect("two records")]);
        let (_, undone) = merges.undo(1, &other, TODAY, BY).expect("in time");
        prop_assert!(undone.kept.protection.level >= a.protection.level);
        prop_assert!(undone.merged.protection.level >= b.protection.level);
        prop_assert_eq!(undone.merged.names, b.names);
        for note in &other.notes {
            prop_assert!(undone.kept.notes.contains(note));
        }
    }
}
