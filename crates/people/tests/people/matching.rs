//! Who may be the same person: the cases in which other systems went wrong.

use assessment_people::matching::{
    Key, Match, NotTheSame, Query, Reason, Search, SearchRefused, Standing, Strength, find, keys,
    without_decided,
};
use assessment_people::person::{Birth, Identifier, Name, NameKind, Person, Phone, System};
use assessment_people::protection::{Protected, Protection};
use jiff::civil::date;

use crate::made::{address, number, person};

/// What is found through the keys, as a store does it.
fn found<'a>(query: &Query, people: &'a [Person]) -> Vec<Match<'a>> {
    let groups = query.keys();
    let is_candidate = |person: &&Person| {
        let stored: Vec<Key> = keys(person);
        groups.iter().all(|group| group.iter().any(|key| stored.contains(key)))
    };
    find(query, people.iter().filter(is_candidate))
}

fn typed(text: &str) -> Query {
    Query::search(Search::parse(text).unwrap_or_else(|refused| panic!("{text}: {refused}")))
}

#[test]
fn a1_twins_may_be_the_same_and_a_neighbour_is_not() {
    let day = date(2019, 5, 4);
    let at = |mut person: Person, line: &str| {
        person.addresses.push(address(line, "LS8 1AB"));
        person
    };
    let stored = [
        at(person(1, "Amelia", "Hart", day), "12 Elm Road"),
        at(person(2, "Emelia", "Hart", day), "12 Elm Road"),
        at(person(3, "Amelie", "Hartley", day), "16 Elm Road"),
    ];
    let third = at(person(4, "Amelia", "Hart", day), "12 Elm Road");
    let matches = found(&Query::about(&third), &stored);
    let shown: Vec<_> = matches.iter().map(|one| (one.person.id, one.strength)).collect();
    assert_eq!(shown, [(stored[0].id, Strength::Strong), (stored[1].id, Strength::Possible)]);
    assert!(matches[0].reasons_for.contains(&Reason::SameName));
    assert!(matches[0].reasons_for.contains(&Reason::SameBirth));
    assert!(matches[1].reasons_against.contains(&Reason::MayBeTwin));
    let of_twin = found(&Query::about(&stored[0]), &stored[1..]);
    assert_eq!(of_twin.len(), 1);
    assert_eq!(of_twin[0].strength, Strength::Possible);
}

#[test]
fn a1_twins_who_each_have_a_number_are_two_children() {
    let day = date(2019, 5, 4);
    let mut one = person(1, "Amelia", "Hart", day);
    let mut other = person(2, "Emelia", "Hart", day);
    one.identifiers.push(number(System::NhsNumber, "9990000018"));
    other.identifiers.push(number(System::NhsNumber, "9990000026"));
    assert_eq!(found(&Query::about(&one), &[other]), []);
}

#[test]
fn a2_blank_never_equals_blank() {
    let day = date(2015, 3, 12);
    let blank = |id, given: &str, family: &str, text: &str| {
        let mut person = person(id, given, family, day);
        person.identifiers.extend(Identifier::parse(System::NhsNumber, text));
        person.identifiers.extend(Identifier::parse(System::Upn, text));
        person
    };
    let people = [
        blank(1, "Noah", "Smith", ""),
        blank(2, "Zofia", "Kowalska", "   "),
        blank(3, "Fatima", "Begum", "\u{200b}"),
        Person::new(crate::made::person_id(4), Protected::at(Protection::Ordinary)),
        Person::new(crate::made::person_id(5), Protected::at(Protection::Ordinary)),
    ];
    for person in &people {
        assert_eq!(find(&Query::about(person), &people), [], "{:?}", person.id);
    }
}

#[test]
fn a2_two_valid_numbers_that_differ_speak_against_and_say_so() {
    let upns = ["A383000000100", "B383000000200", "C383000000300", "D383000000400", "E383000000500"];
    let mut upns = upns.iter().flat_map(|text| {
        let rest = text.get(1..).unwrap_or_default();
        "ABCDEFGHJKLMNPQRTUVWXYZ".chars().find_map(|c| Identifier::parse(System::Upn, &format!("{c}{rest}")))
    });
    let (upn, other_upn) = (upns.next().expect("valid"), upns.next().expect("valid"));
    let nhs = number(System::NhsNumber, "9990000018");
    let other_nhs = number(System::NhsNumber, "9990000026");
    for (mine, theirs, system) in [(nhs, other_nhs, System::NhsNumber), (upn, other_upn, System::Upn)] {
        let of = |id, number: Identifier| {
            let mut child = person(id, "Leo", "Ward", date(2016, 2, 3));
            child.addresses.push(address("3 Mill Lane", "LS1 4DT"));
            child.identifiers.push(number);
            child
        };
        let (one, other) = (of(1, mine.clone()), of(2, theirs));
        let people = [other];
        let matches = found(&Query::about(&one), &people);
        assert_eq!(matches.len(), 1, "{system:?}: a person looks");
        assert_eq!(matches[0].strength, Strength::Possible);
        assert!(matches[0].reasons_against.contains(&Reason::DifferentNumber { system }));
        let same = [of(3, mine)];
        assert_eq!(found(&Query::about(&one), &same)[0].strength, Strength::Strong);
    }
}

#[test]
fn a_number_that_two_records_share_is_shown_whatever_else_they_say() {
    let mut one = person(1, "Leo", "Ward", date(2016, 2, 3));
    let mut other = person(2, "Zofia", "Kowalska", date(2009, 8, 21));
    for person in [&mut one, &mut other] {
        person.identifiers.push(number(System::NhsNumber, "9990000018"));
    }
    let people = [other];
    let matches = found(&Query::about(&one), &people);
    assert_eq!(matches[0].strength, Strength::Possible, "it may be a slip in one of them");
    assert!(matches[0].reasons_against.contains(&Reason::BirthDiffers));
}

fn sian() -> Person {
    person(1, "Siân", "O\u{2019}Brien-Ap Rhys", date(2012, 7, 9))
}

#[test]
fn a9_every_sort_of_apostrophe_accent_and_order_finds_her() {
    let mut people = vec![sian()];
    people.extend((2..40).map(|id| person(id, "Olivia", "Jones", date(2012, 7, 9))));
    for text in [
        "O'Brien",
        "O\u{2019}Brien",
        "O\u{2bc}Brien",
        "OBrien",
        "o brien",
        "ap rhys sian",
        "Brien Siân",
        "SIAN aprhys",
        "sian 9/7/2012",
        "9 July 2012 siân",
        "shan obrien",
    ] {
        let matches = found(&typed(text), &people);
        assert_eq!(matches.len(), 1, "{text}");
        assert_eq!(matches[0].person.id, people[0].id, "{text}");
    }
    assert_eq!(found(&typed("O'Neill"), &people), []);
}

#[test]
fn a9_the_check_before_a_new_record_finds_her_too() {
    let people = [sian()];
    let new = person(2, "Sian", "O'Brien Ap-Rhys", date(2012, 7, 9));
    let matches = found(&Query::about(&new), &people);
    assert_eq!(matches.len(), 1);
    assert_eq!(matches[0].strength, Strength::Strong);
}

#[test]
fn a_search_finds_numbers_references_and_former_names_without_telling_them() {
    let mut child = person(1, "Zuzanna", "Nowak", date(2014, 1, 30));
    child.names.push(Name::of(NameKind::Former, "Zuzanna", "Kowalczyk"));
    child.identifiers.push(number(System::NhsNumber, "9990000018"));
    child.identifiers.push(number(System::Reference, "CAF-10234"));
    let people = [child, person(2, "Noah", "Green", date(2014, 1, 30))];
    for text in ["999 000 0018", "NHS no. 9990000018", "caf10234", "zuzana kowalczyk", "Kowalczyk"] {
        let matches = found(&typed(text), &people);
        assert_eq!(matches.len(), 1, "{text}");
        assert_eq!(matches[0].person.id, people[0].id, "{text}");
    }
    let by_former = found(&typed("Kowalczyk"), &people);
    assert!(by_former[0].reasons_for.contains(&Reason::AnotherName));
    let said: String = by_former[0].reasons_for.iter().map(ToString::to_string).collect();
    assert!(!said.to_lowercase().contains("kowalczyk"));
}

#[test]
fn bad_searches_are_refused_in_plain_words() {
    for (text, refused) in [
        ("", SearchRefused::Blank),
        (" %%% ___ '\";-- \u{0}\u{202e}", SearchRefused::Blank),
        ("a", SearchRefused::TooLittle),
        ("4/5/2019", SearchRefused::TooLittle),
        (&"x".repeat(10_000), SearchRefused::TooMuch),
        (&"ab ".repeat(40), SearchRefused::TooMuch),
    ] {
        assert_eq!(Search::parse(text).err(), Some(refused), "{:?}", text.get(..20));
    }
    let people = [sian()];
    assert_eq!(found(&typed("%ian_"), &people), [], "no wildcards");
    assert_eq!(found(&typed("'; DROP TABLE people"), &people), []);
}

#[test]
fn an_address_that_is_kept_safe_is_no_reason() {
    let mut one = person(1, "Leo", "Ward", date(2016, 2, 3));
    one.addresses.push(address("3 Mill Lane", "LS1 4DT"));
    let mut other = person(2, "Leo", "Ward", date(2016, 2, 3));
    other.addresses.push(address("3 Mill Lane", "LS1 4DT"));
    other.addresses[0].protection = Protected::because(Protection::Confidential, "refuge");
    let people = [other];
    let matches = found(&Query::about(&one), &people);
    let told = [Reason::SameAddress, Reason::SamePostcode, Reason::AddressDiffers];
    let all = matches[0].reasons_for.iter().chain(&matches[0].reasons_against);
    assert_eq!(all.filter(|reason| told.contains(reason)).count(), 0);
}

#[test]
fn a7_not_the_same_child_holds_for_both_until_a_fact_that_mattered_changes() {
    let one = person(1, "Leo", "Ward", date(2016, 2, 3));
    let mut other = person(2, "Leo", "Ward", date(2016, 2, 13));
    let decision =
        NotTheSame::decide(&one, &other, date(2026, 11, 23), "issuer|coordinator-7").expect("two people");
    assert_eq!(decision.standing(&one, &other), Standing::Holds);
    assert_eq!(decision.standing(&other, &one), Standing::Holds);
    assert!(NotTheSame::decide(&one, &one, date(2026, 11, 23), "x").is_none());

    let decisions = [decision];
    let shown = |about: &Person, other: &Person| -> Vec<Option<String>> {
        let people = [other.clone()];
        let matches = find(&Query::about(about), &people);
        assert_eq!(matches.len(), 1);
        let left = without_decided(about, matches, &decisions);
        left.iter().map(|one| one.earlier.map(|decision| decision.by().to_owned())).collect()
    };
    assert!(shown(&one, &other).is_empty() && shown(&other, &one).is_empty());
    other.phones.main = Some(Phone::new("07700 900123"));
    other.addresses.push(address("3 Mill Lane", "LS1 4DT"));
    assert!(shown(&one, &other).is_empty() && shown(&other, &one).is_empty());
    other.birth = Birth::on(date(2016, 2, 3));
    for again in [shown(&one, &other), shown(&other, &one)] {
        assert_eq!(again, [Some("issuer|coordinator-7".to_owned())]);
    }
}

#[test]
fn a_look_alike_of_another_alphabet_raises_the_question_b49() {
    let people = [person(1, "Amelia", "Hart", date(2019, 5, 4))];
    let cyrillic = person(2, "Аmеlia", "Hаrt", date(2019, 5, 4));
    assert_eq!(found(&Query::about(&cyrillic), &people)[0].strength, Strength::Strong);
}

#[test]
fn an_unborn_baby_and_the_child_that_was_born_may_be_the_same() {
    let mut unborn = person(1, "", "O'Brien", date(2026, 1, 1));
    unborn.birth = Birth::Expected { date: date(2026, 6, 1), month_only: false };
    unborn.addresses.push(address("3 Mill Lane", "LS1 4DT"));
    let mut born = person(2, "Cai", "O’Brien", date(2026, 5, 20));
    born.addresses.push(address("3 Mill Lane", "LS1 4DT"));
    let people = [unborn];
    assert_eq!(found(&Query::about(&born), &people).len(), 1);
}

#[test]
fn matching_is_the_same_both_ways_round_and_never_finds_oneself() {
    let people = [
        sian(),
        person(2, "Sian", "OBrien", date(2012, 9, 7)),
        person(3, "Ap Rhys", "Sian", date(2012, 7, 8)),
        person(4, "Shan", "Ap Rhys", date(2012, 7, 9)),
    ];
    for one in &people {
        for other in &people {
            let there = find(&Query::about(one), [other]);
            let back = find(&Query::about(other), [one]);
            let weight =
                |found: &[Match<'_>]| found.first().map(|one| (one.strength, one.reasons_for.clone()));
            assert_eq!(weight(&there), weight(&back));
            assert!(one.id != other.id || there.is_empty());
        }
    }
}
