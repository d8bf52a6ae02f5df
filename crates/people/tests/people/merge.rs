//! Joining two records and taking the join back.

use assessment_people::merge::{Later, Merge, MergeRefused, Merges, UNDO_DAYS};
use assessment_people::person::{Birth, Gp, Name, NameKind, Note, Person, Phone, SafeToRing, System};
use assessment_people::protection::{Protected, Protection};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use crate::made::{address, number, person};

mod laws;

const TODAY: Date = date(2026, 11, 23);
const BY: &str = "issuer|coordinator-7";

fn merged(kept: &Person, merged: &Person) -> Merge {
    Merges::default().merge(kept, merged, TODAY, BY).expect("two records")
}

fn gp(written: &str) -> Option<Gp> {
    Some(Gp { written: written.to_owned() })
}

fn two() -> (Person, Person) {
    let mut a = person(1, "Amelia", "Hart", date(2019, 5, 4));
    a.identifiers.push(number(System::NhsNumber, "9990000018"));
    a.addresses.push(address("12 Elm Road", "LS8 1AB"));
    a.phones.main = Some(Phone::new("07700 900123"));
    let mut b = person(2, "Amelia", "Jones", date(2019, 4, 5));
    b.names.push(Name::of(NameKind::Former, "Amelia", "Brown"));
    b.identifiers.push(number(System::NhsNumber, "9990000026"));
    b.identifiers.push(number(System::Reference, "CAF-10234"));
    b.addresses.push(address("12 ELM ROAD", "ls81ab"));
    b.addresses[0].protection = Protected::because(Protection::Confidential, "moved away from him");
    b.phones.main = Some(Phone::new("07700 900456"));
    (a, b)
}

#[test]
fn a4_old_ids_and_numbers_lead_to_the_record_that_was_kept() {
    let (a, b) = two();
    let mut merges = Merges::default();
    let merge = merges.merge(&a, &b, TODAY, BY).expect("two records");
    merges.put(merge.clone());
    let result = &merge.result;
    for one in &b.identifiers {
        assert!(result.identifiers.contains(one), "{one:?}");
    }
    assert_eq!(result.identifiers_of(System::NhsNumber).next().map(|one| one.value()), Some("9990000018"));
    assert!(result.names.iter().any(|name| name.kind == NameKind::Former && name.family == "Brown"));
    assert!(result.names.iter().any(|name| name.kind == NameKind::Alias && name.family == "Jones"));

    let lead = merges.lead(b.id);
    assert_eq!(lead.to, a.id);
    assert_eq!(
        lead.to_string(),
        "The record that you opened was joined into this one on 23 November 2026 by issuer|coordinator-7."
    );
    let own = merges.lead(a.id);
    assert!(own.to == a.id && own.through.is_empty() && own.to_string().is_empty());

    let c = person(3, "Amelia", "Hart", date(2019, 5, 4));
    let next = merges.merge(&c, result, TODAY, BY).expect("two records");
    merges.put(next);
    assert_eq!(merges.lead(b.id).to, c.id);
    assert_eq!(merges.lead(b.id).through.len(), 2);
}

#[test]
fn a5_no_value_is_lost_and_confidential_wins_both_ways_round() {
    let (mut a, mut b) = two();
    (a.gp, b.gp) = (gp("Dr Singh, Oak Surgery"), gp("dr singh,  OAK SURGERY"));
    for (kept, other) in [(&a, &b), (&b, &a)] {
        let result = merged(kept, other).result;
        assert_eq!(result.id, kept.id);
        assert_eq!(result.addresses.len(), 1, "one address");
        assert_eq!(result.addresses[0].protection.level, Protection::Confidential);
        assert!(result.addresses[0].protection.reasons.contains("moved away from him"));
        assert_eq!(result.phones.main, kept.phones.main, "one main number");
        assert_eq!(result.phones.others, [other.phones.main.clone().expect("given")]);
        assert_eq!((&result.gp, result.other_gps.len()), (&kept.gp, 0));
        assert_eq!((result.birth, &result.other_births), (kept.birth, &vec![other.birth]));
    }
}

#[test]
fn a_number_that_is_not_safe_to_ring_is_not_safe_afterwards() {
    let (mut a, mut b) = two();
    b.phones.main = Some(Phone { safe: SafeToRing::NotSafe, written: "+44 7700 900123".to_owned() });
    a.phones.main = Some(Phone { safe: SafeToRing::Safe, written: "07700 900123".to_owned() });
    for (kept, other) in [(&a, &b), (&b, &a)] {
        let result = merged(kept, other).result;
        assert!(result.phones.all().all(|phone| phone.safe == SafeToRing::NotSafe), "{:?}", result.phones);
    }
}

#[test]
fn a6_taking_it_back_restores_both_and_a_later_note_stays() {
    let (a, mut b) = two();
    b.gp = gp("Dr Singh");
    let merges = Merges::of(vec![merged(&a, &b)]);
    let mut now = merges.all().next().expect("one").result.clone();
    assert_eq!(now.gp, b.gp, "the blank is filled");
    let note = Note { on: TODAY, by: BY.to_owned(), text: "Rang the school.".to_owned() };
    now.notes.push(note.clone());
    let (merge, undone) = merges.undo(1, &now, TODAY, BY).expect("in time");
    assert_eq!(undone.kept, Person { notes: vec![note], ..a.clone() });
    assert_eq!(undone.merged, b);
    assert_eq!(undone.later, [Later::Notes]);
    assert_eq!(merge.undone, Some((TODAY, BY.to_owned())));
    let merges = Merges::of(vec![merge]);
    assert_eq!(merges.lead(b.id).to, b.id);
    assert_eq!(merges.all().count(), 1, "the history keeps it");
    assert!(matches!(merges.undo(1, &now, TODAY, BY), Err(MergeRefused::AlreadyUndone { .. })));
}

#[test]
fn a6_out_of_order_is_refused_in_plain_words() {
    let (a, b) = two();
    let c = person(3, "Amelia", "Hart", date(2019, 5, 4));
    let mut merges = Merges::default();
    let first = merges.merge(&b, &c, TODAY, BY).expect("two records");
    let b_now = first.result.clone();
    merges.put(first);
    let second = merges.merge(&a, &b_now, TODAY, BY).expect("two records");
    let a_now = second.result.clone();
    merges.put(second);
    let refused = merges.undo(1, &b_now, TODAY, BY).expect_err("out of order");
    assert_eq!(
        refused.to_string(),
        "One of these records was joined with another one later, on 23 November 2026 by issuer|coordinator-7. Take that join back first."
    );
    let (undone, people) = merges.undo(2, &a_now, TODAY, BY).expect("the last one");
    assert_eq!((people.kept, people.merged), (a, b_now.clone()));
    merges.put(undone);
    let (_, people) = merges.undo(1, &b_now, TODAY, BY).expect("in order");
    assert_eq!((people.kept, people.merged), (b, c));
}

#[test]
fn what_makes_no_sense_is_refused() {
    let (a, b) = two();
    let mut merges = Merges::default();
    assert_eq!(merges.merge(&a, &a, TODAY, BY), Err(MergeRefused::SameRecord));
    merges.put(merged(&a, &b));
    let c = person(3, "Amelia", "Hart", date(2019, 5, 4));
    for (kept, other) in [(&b, &c), (&c, &b), (&b, &a)] {
        assert!(matches!(merges.merge(kept, other, TODAY, BY), Err(MergeRefused::AlreadyMerged { .. })));
    }
    let result = merged(&a, &b).result;
    assert_eq!(merges.undo(2, &result, TODAY, BY), Err(MergeRefused::Unknown));
    assert_eq!(merges.undo(1, &b, TODAY, BY), Err(MergeRefused::NotTheKeptRecord));
    let last = TODAY.saturating_add(UNDO_DAYS.days());
    assert!(merges.undo(1, &result, last, BY).is_ok());
    let late = merges.undo(1, &result, last.saturating_add(1.day()), BY).expect_err("too late");
    assert_eq!(
        late.to_string(),
        "Records can be taken apart for 30 days after they were joined. These were joined on 23 November 2026."
    );
}

#[test]
fn b42_protection_that_rose_after_the_join_rises_in_both_records() {
    let (a, b) = two();
    let merges = Merges::of(vec![merged(&a, &b)]);
    let mut now = merges.all().next().expect("one").result.clone();
    now.protection = Protected::because(Protection::Shielded, "adopted");
    now.addresses[0].protection.level = Protection::Shielded;
    now.phones.others[0].safe = SafeToRing::NotSafe;
    let (_, undone) = merges.undo(1, &now, TODAY, BY).expect("in time");
    for record in [&undone.kept, &undone.merged] {
        assert_eq!(record.protection.level, Protection::Shielded);
        assert_eq!(record.addresses[0].protection.level, Protection::Shielded);
    }
    assert_eq!(undone.kept.phones, a.phones, "the other's number goes back with it");
    assert_eq!(undone.merged.phones.main.map(|phone| phone.safe), Some(SafeToRing::NotSafe));
}

#[test]
fn what_was_put_right_after_the_join_stays_put_right() {
    let (a, b) = two();
    let merges = Merges::of(vec![merged(&a, &b)]);
    let mut now = merges.all().next().expect("one").result.clone();
    now.birth = Birth::on(date(2019, 5, 14));
    now.phones.main = Some(Phone::new("07700 900789"));
    let (_, undone) = merges.undo(1, &now, TODAY, BY).expect("in time");
    assert_eq!(undone.kept.birth, Birth::on(date(2019, 5, 14)));
    assert_eq!(undone.kept.phones.main, Some(Phone::new("07700 900789")));
    assert_eq!(undone.later, [Later::Birth, Later::Phones]);
    assert_eq!(undone.merged, b);
}
