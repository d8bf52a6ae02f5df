//! What the family refused: what is sent of it, and what goes on here.

use super::*;

const REFUSAL: &str = include_str!("../../../../tests/cases/family-who-refuse.json");

/// Nothing that the family refused leaves the device, and nothing of it is lost.
#[test]
fn a_refusal_is_sent_alone_and_the_rest_goes_on_in_a_record_of_its_own() {
    let mut bench = Bench::open();
    bench.fill_with(REFUSAL);
    let answers = bench.record().answers.clone();
    let effects = bench.event(Event::Submitted("k1".into()));
    let [Effect::Send { body, .. }, ..] = effects.as_slice() else {
        panic!("{effects:?} {:?}", bench.state.problems)
    };
    assert!(!body.contains("elements") && !body.contains("Cardwell Terrace"), "{body}");
    assert_eq!(bench.record().answers, answers, "the device keeps every word");
    assert_eq!(bench.event(Event::CarriedOn("r2".into())), [], "not before the server has it");
    bench.event(Event::Delivered("k1".into(), received()));
    let effects = bench.event(Event::CarriedOn("r2".into()));
    assert!(effects.contains(&Effect::SaveSoon) && bench.state.page == Page::Tasks, "{effects:?}");
    let record = bench.record();
    assert!(record.is_open() && record.id == "r2");
    assert_eq!(record.answers.sharing, Default::default(), "the choice is made again");
    assert_eq!(record.answers.elements, answers.elements);
}

#[test]
fn a_record_that_the_family_refused_is_sent_only_once_somebody_has_chosen() {
    let mut bench = Bench::open();
    bench.fill_with(REFUSAL);
    for choice in ["", "do_not_send", "share"] {
        bench.answer("sharing.choice", choice);
        assert_eq!(bench.event(Event::Submitted("k".into())), [Effect::Move(Focus::Summary)], "{choice}");
        assert!(bench.state.problems.iter().all(|problem| problem.path.starts_with("sharing.")));
        assert_eq!(bench.record().sent, Sent::No);
    }
}

#[test]
fn a_whole_record_that_was_sent_is_not_carried_on() {
    let mut bench = Bench::open();
    bench.fill();
    bench.event(Event::Submitted("k1".into()));
    bench.event(Event::Delivered("k1".into(), received()));
    assert_eq!(bench.event(Event::CarriedOn("r2".into())), []);
}

/// One press writes down that they were asked and that somebody says no; what is there already stays.
#[test]
fn a_refusal_begins_with_one_person_who_says_no() {
    let mut bench = Bench::open();
    let effects = bench.event(Event::RefusalBegan);
    assert!(effects.contains(&Effect::SaveSoon) && bench.state.page == Page::Refusal, "{effects:?}");
    let consent = bench.record().answers.consent.clone();
    assert_eq!((consent.sought.as_str(), consent.people.len()), ("yes", 1));
    assert_eq!(consent.people[0].says, "refuses");
    bench.answer("consent.people[0].says", "agrees");
    let before = bench.record().answers.clone();
    bench.event(Event::RefusalBegan);
    assert_eq!(bench.record().answers, before);
    assert!(bench.state.page.sends(), "the whole record is sent from there");
}

/// A record of the first version has one status for everybody, and keeps it.
#[test]
fn a_refusal_changes_nothing_in_a_record_with_one_status() {
    let mut bench = Bench::open();
    bench.answer("consent.status", "given");
    let before = bench.record().answers.clone();
    bench.event(Event::RefusalBegan);
    assert_eq!((&bench.record().answers, &bench.state.page), (&before, &Page::Refusal));
}
