//! What take-up counts of people who work, and what nobody can work out of it.

use assessment_people::take_up::{
    Did, Event, Facts, Figure, Measure, Quarter, RECORDED, Since, Threshold, Worker, publish,
};
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::{attack, quarter};

fn measures(worker: &Worker, quarter: Quarter) -> Vec<Measure> {
    let facts = worker.facts(quarter);
    facts.iter().flat_map(|facts| &facts.events).map(|event| event.measure).collect()
}

fn wrote(on: Date) -> (Did, Option<String>) {
    (Did::Wrote(on), Some("school".to_owned()))
}

#[test]
fn who_wrote_or_led_in_a_quarter_is_counted_in_it_and_nobody_else() {
    let of = |did| Worker { did: vec![(did, Some("clinic".to_owned()))], pages: Vec::new() };
    let counted = |did| !measures(&of(did), quarter()).is_empty();
    for (did, is_counted) in [
        (Did::Wrote(date(2026, 6, 30)), false),
        (Did::Wrote(date(2026, 7, 1)), true),
        (Did::Wrote(date(2026, 9, 30)), true),
        (Did::Wrote(date(2026, 10, 1)), false),
        (Did::Led(date(2026, 1, 1), date(2026, 6, 30)), false),
        (Did::Led(date(2026, 1, 1), date(2026, 7, 1)), true),
        (Did::Led(date(2026, 9, 30), date(2027, 1, 1)), true),
        (Did::Led(date(2026, 10, 1), date(2027, 1, 1)), false),
        // A grant that was given for later and ended before.
        (Did::Led(date(2026, 8, 9), date(2026, 8, 1)), false),
    ] {
        assert_eq!(counted(did), is_counted, "{did:?}");
    }
    let moved = Worker {
        did: vec![
            (Did::Led(date(2026, 7, 1), date(2026, 8, 1)), Some("clinic".to_owned())),
            wrote(date(2026, 9, 2)),
        ],
        pages: Vec::new(),
    };
    let facts = moved.facts(quarter()).expect("they worked");
    assert_eq!(facts.agency.as_deref(), Some("school"), "for whom they worked last");
    assert_eq!(facts.events.len(), 1, "once");
}

#[test]
fn training_is_what_the_page_said_at_the_end_of_the_quarter_and_a_blank_is_not_recorded_case_b22() {
    let of = |pages: &[(Date, Option<Date>)]| {
        let worker = Worker { did: vec![wrote(date(2026, 8, 1))], pages: pages.to_vec() };
        measures(&worker, quarter())
    };
    let (saved, trained) = (date(2026, 8, 2), Some(date(2025, 9, 1)));
    assert_eq!(of(&[]), [Measure::TrainingNotRecorded], "they have no page");
    assert_eq!(of(&[(saved, None)]), [Measure::TrainingNotRecorded], "their page does not say");
    assert_eq!(of(&[(saved, trained)]), [Measure::Trained]);
    assert_eq!(of(&[(saved, trained), (date(2026, 9, 30), None)]), [Measure::TrainingNotRecorded]);
    assert_eq!(of(&[(date(2026, 10, 1), trained)]), [Measure::TrainingNotRecorded], "it was said later");
    assert_eq!(of(&[(saved, Some(date(2026, 10, 1)))]), [Measure::TrainingNotRecorded]);
}

#[test]
fn before_anybody_had_a_page_training_is_not_recorded_at_all_case_b22() {
    let worker = Worker { did: vec![wrote(date(2026, 8, 1))], pages: Vec::new() };
    let started = Event { measure: Measure::Started, on: date(2026, 7, 1), late: false, days: 0, code: None };
    let mut facts = vec![Facts { events: vec![started], ..Facts::default() }];
    facts.extend(vec![worker.facts(quarter()).expect("they worked"); 8]);
    let total = |pages: Option<Date>| {
        let since = Since::of(&facts, None, pages).expect("episodes");
        let published = publish(quarter(), &facts, since, &[], &RECORDED, Threshold::USUAL);
        let found = published.measures.iter().find(|one| one.measure == Measure::TrainingNotRecorded);
        let found = found.expect("a measure");
        assert_eq!(found.days, None, "people were not opened");
        found.total
    };
    assert_eq!(total(None), Figure::NotRecorded);
    assert_eq!(total(Some(date(2026, 10, 1))), Figure::NotRecorded);
    assert_eq!(total(Some(date(2026, 9, 30))), Figure::Number { number: 8 });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Anyone who worked is in one of the two numbers. Neither says anything of the other: no table splits both, and the two
    /// together are nowhere.
    #[test]
    fn no_small_number_of_people_can_be_worked_out_case_b21(
        people in prop::collection::vec((0usize..3, any::<bool>(), 1i8..=12), 0..80),
        threshold in 3u32..=12,
    ) {
        let agencies = ["school", "clinic", "council"];
        let worker = |(agency, is_trained, month): &(usize, bool, i8)| Worker {
            did: vec![(Did::Wrote(date(2026, *month, 9)), Some(agencies[*agency].to_owned()))],
            pages: vec![(date(2026, 1, 2), is_trained.then(|| date(2025, 9, 1)))],
        };
        let facts: Vec<Facts> =
            people.iter().filter_map(|one| worker(one).facts(quarter())).collect();
        let worked = people.iter().filter(|(_, _, month)| (7..=9).contains(month)).count();
        prop_assert_eq!(facts.len(), worked);
        let first = date(2026, 1, 1);
        let since = Since { opened: first, team: None, pages: Some(first) };
        let threshold = Threshold::new(threshold).expect("a threshold");
        let published = publish(quarter(), &facts, since, &[], &RECORDED, threshold);
        prop_assert_eq!(attack(&published), Vec::new());
        for measure in [Measure::Trained, Measure::TrainingNotRecorded] {
            // By agency the two would add up to the people of a small one, of whom nobody then is hidden.
            prop_assert!(measure.splits().is_empty());
        }
    }
}
