//! People as the records know them.

use assessment_form::PartialDate;
use assessment_people::person::{Birth, Identifier, Name, NameKind, Person, Phone, System};
use assessment_people::protection::{Protected, Protection};
use jiff::civil::date;
use proptest::prelude::*;

use crate::world::person_id;

#[test]
fn a2_blank_and_invalid_numbers_are_no_identifiers() {
    for text in ["", "   ", "\u{200b}", "999 000 0019", "0000000000", "not known"] {
        assert_eq!(Identifier::parse(System::NhsNumber, text), None, "{text:?}");
    }
    let number = Identifier::parse(System::NhsNumber, "999-000 0018").expect("valid");
    assert_eq!(number.value(), "9990000018");
}

#[test]
fn a_birth_is_a_range_as_wide_as_what_is_not_known() {
    let day = date(2019, 5, 4);
    assert_eq!(Birth::on(day).range(), Some((day, day)));
    assert_eq!(Birth::NotKnown.range(), None);
    let month = Birth::written(PartialDate::Month { year: 2019, month: 2 }, false);
    assert_eq!(month.range(), Some((date(2019, 2, 1), date(2019, 2, 28))));
    let guess = Birth::written(PartialDate::Day(day), true);
    assert_eq!(guess.range(), Some((date(2018, 5, 4), date(2020, 5, 4))));
    let six = Birth::aged(72, 84, date(2026, 11, 23));
    assert_eq!(six.range(), Some((date(2019, 11, 24), date(2020, 11, 23))));
    let due = Birth::expected(PartialDate::Day(day)).range().expect("known");
    assert!(due.0 < day && due.1 > day);
    assert_eq!(Birth::expected(PartialDate::Year(2026)), Birth::NotKnown);
}

#[test]
fn a_number_from_abroad_and_a_national_one_are_compared_alike() {
    let number = |text: &str| Phone::new(text).number();
    assert_eq!(number("+44 7700 900123"), number("07700 900123"));
    assert_eq!(number("Gran 07700 900123"), number("07700900123"));
    assert_eq!(number("  "), None);
}

/// A record that tells these names, the first the usual one, this birth and these NHS numbers.
fn telling(names: &[&str], born: i16, numbers: &[&str]) -> Person {
    let mut person = Person::new(person_id(1), Protected::at(Protection::Ordinary));
    let kinds = std::iter::once(NameKind::Usual).chain(std::iter::repeat(NameKind::Alias));
    person.names = kinds.zip(names).map(|(kind, name)| Name::of(kind, name, "Moss")).collect();
    person.birth = if born == 0 { Birth::NotKnown } else { Birth::on(date(born, 5, 4)) };
    let number = |text: &&str| Identifier::parse(System::NhsNumber, text).expect("valid");
    person.identifiers = numbers.iter().map(number).collect();
    person
}

const ONE: &str = "9990000018";
const TWO: &str = "9990000026";

#[test]
fn a_correction_puts_a_record_right_and_keeps_what_others_said_b94() {
    let (before, now) = (telling(&["Lili"], 2018, &[ONE]), telling(&["Lily"], 2019, &[TWO]));
    let mut record = before.clone();
    record.names.push(Name::of(NameKind::Alias, "Lil", "Moss"));
    record.identifiers.extend(Identifier::parse(System::Reference, "CAF-7K4M-2QXD"));
    let right = record.clone().told(&before, &now, &[], true);
    assert_eq!(right.shown_name().map(|name| &*name.given), Some("Lily"));
    assert!(right.names.contains(&Name::of(NameKind::Former, "Lili", "Moss")));
    assert!(right.names.contains(&Name::of(NameKind::Alias, "Lil", "Moss")), "another record said so");
    assert_eq!((right.birth, &*right.other_births), (now.birth, &[before.birth][..]));
    let of_nhs = |one: &Person| {
        one.identifiers_of(System::NhsNumber).map(|one| one.value().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(of_nhs(&right), [TWO]);
    assert_eq!(
        right.identifiers_of(System::Reference).count(),
        record.identifiers_of(System::Reference).count()
    );
    // Taken back by a blank: the name and the birth stay, for nobody is without them; the number goes.
    let blank = record.clone().told(&before, &telling(&[], 0, &[]), &[], true);
    assert!(of_nhs(&blank).is_empty());
    assert_eq!((&blank.names, blank.birth), (&record.names, record.birth));
    // Anything that is new comes first, and what was so stays.
    let new = record.told(&before, &now, &[], false);
    assert_eq!((new.birth, &*new.other_births), (before.birth, &[now.birth][..]));
    assert_eq!(of_nhs(&new), [TWO, ONE]);
}

#[test]
fn a_name_that_is_told_twice_leaves_the_child_with_a_name_b94() {
    let shown = |person: &Person| person.shown_name().map(|name| name.kind);
    let (before, sam) = (telling(&["Samuel"], 2018, &[]), Name::usual("Sam", "Moss"));
    // The name that they like to be called is the usual one as well.
    let twice = before.clone().told(&before, &telling(&["Sam", "Sam"], 2018, &[]), &[], true);
    assert_eq!(twice.names, [sam, Name::of(NameKind::Former, "Samuel", "Moss")]);
    // A new version that says this and nothing else.
    let once = telling(&["Sam"], 2018, &[]);
    let added = once.clone().told(&once, &telling(&["Sam", "Sam"], 2018, &[]), &[], false);
    assert_eq!(added, once);
    // Another record says that it is the usual name, or the one in law.
    for kind in [NameKind::Usual, NameKind::Legal] {
        let mut record = once.clone();
        record.names.push(Name::of(kind, "Lily", "Moss"));
        let next = record.clone().told(&once, &telling(&["Sam", "Lily"], 2018, &[]), &[], false);
        assert_eq!(next.names, record.names);
    }
    // Whatever is stored, a former name is shown only where there is no other.
    let mut stored = before;
    stored.names = [NameKind::Former, NameKind::Alias].map(|kind| Name::of(kind, "Sam", "Moss")).to_vec();
    assert_eq!(shown(&stored), Some(NameKind::Alias));
    stored.names.pop();
    assert_eq!(shown(&stored), Some(NameKind::Former));
}

#[test]
fn a_correction_takes_back_nothing_that_another_episode_tells_b94() {
    let (before, now) = (telling(&["Lili"], 2018, &[ONE]), telling(&["Lily"], 2018, &[TWO]));
    let names = [Name::usual("Lily", "Moss"), Name::usual("Lili", "Moss")];
    let next = before.clone().told(&before, &now, std::slice::from_ref(&before), true);
    assert_eq!(next.names, names);
    let numbers: Vec<&str> = next.identifiers.iter().map(Identifier::value).collect();
    assert_eq!(numbers, [TWO, ONE]);
    // Nor is a usual name less of one because it is another name here.
    let also = telling(&["Lily", "Lili"], 2018, &[TWO]);
    let next = before.clone().told(&before, &also, std::slice::from_ref(&before), true);
    assert_eq!(next.names, names);
}

/// Up to four names, of which some may be the same.
fn names() -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(prop::sample::select(vec!["Lili", "Lily", "Lilian", "Lil"]), 1..5)
}

proptest! {
    /// B94: what a version tells is found in the record, whatever was there; telling it again changes nothing; and no name goes.
    #[test]
    fn what_a_version_tells_is_in_the_record_once_b94(
        had in names(),
        told in names(),
        elsewhere in prop::collection::vec(names(), 0..2),
        births in (2017_i16..2020, 2017_i16..2020),
        is_correction in any::<bool>(),
    ) {
        let (before, now) = (telling(&had, births.0, &[ONE]), telling(&told, births.1, &[TWO]));
        let others: Vec<Person> = elsewhere.iter().map(|names| telling(names, births.0, &[ONE])).collect();
        let next = before.clone().told(&before, &now, &others, is_correction);
        let kinds = |person: &Person, given: &str| -> Vec<NameKind> {
            person.names.iter().filter(|name| name.given == given).map(|name| name.kind).collect()
        };
        prop_assert_eq!(next.shown_name(), now.shown_name());
        for given in had.iter().chain(&told) {
            let found = kinds(&next, given);
            prop_assert!((1..=kinds(&before, given).len().max(1)).contains(&found.len()));
            let is_told = told.contains(given) || elsewhere.iter().any(|names| names.contains(given));
            prop_assert!(found.iter().all(|kind| (*kind == NameKind::Former) != is_told));
        }
        prop_assert!(now.births().chain(before.births()).all(|one| next.births().any(|other| other == one)));
        let has_one = next.identifiers.iter().any(|one| one.value() == ONE);
        prop_assert_eq!(has_one, !is_correction || !others.is_empty());
        prop_assert_eq!(next.clone().told(&before, &now, &others, is_correction), next);
    }
}
