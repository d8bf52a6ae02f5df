//! What is erased when, and what is kept.

use assessment_people::person::Birth;
use assessment_people::retention::{
    Hold, Obstacle, Period, PeriodRefused, Periods, Record, RecordKind, Verdict, plan, verdict,
};
use jiff::civil::{Date, date};
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 23);

/// A closed record of a child who is 25 today.
fn due(id: u32) -> Record<u32> {
    Record {
        id,
        kind: RecordKind::EarlyHelp,
        birth: Birth::on(date(2001, 11, 23)),
        changed: date(2015, 6, 1),
        is_open: false,
        holds: Vec::new(),
        access_requested: None,
        merge_undo_until: None,
    }
}

fn said(record: &Record<u32>) -> Verdict {
    verdict(record, &Periods::usual(), TODAY)
}

#[test]
fn early_help_is_kept_until_the_twenty_fifth_birthday() {
    assert_eq!(said(&due(1)), Verdict::Due { since: TODAY });
    let younger = Record { birth: Birth::on(date(2001, 11, 24)), ..due(1) };
    assert_eq!(said(&younger), Verdict::Retained(Obstacle::NotDue { on: date(2026, 11, 24) }));
}

#[test]
fn a_birth_that_is_not_quite_known_keeps_longer_and_an_unknown_one_asks_a_person() {
    let year = Record { birth: Birth::Year { year: 2001 }, ..due(1) };
    assert_eq!(said(&year), Verdict::Retained(Obstacle::NotDue { on: date(2026, 12, 31) }));
    let unknown = Record { birth: Birth::NotKnown, ..due(1) };
    assert_eq!(said(&unknown), Verdict::Retained(Obstacle::BirthNotKnown));
}

#[test]
fn a15_an_open_access_request_and_a_hold_keep_it_and_say_so() {
    let asked = Record { access_requested: Some(date(2026, 11, 20)), ..due(1) };
    assert_eq!(said(&asked), Verdict::Retained(Obstacle::AccessRequest { since: date(2026, 11, 20) }));
    let held = |from, until| said(&Record { holds: vec![Hold { from, until }], ..due(1) });
    assert_eq!(held(date(2026, 1, 1), None), Verdict::Retained(Obstacle::Hold));
    assert_eq!(held(date(2026, 1, 1), Some(TODAY)), Verdict::Retained(Obstacle::Hold));
    assert_eq!(held(date(2027, 1, 1), None), Verdict::Retained(Obstacle::Hold), "it would come too late");
    assert_eq!(held(date(2026, 1, 1), Some(date(2026, 11, 22))), Verdict::Due { since: TODAY });
}

#[test]
fn a15_a_hold_that_is_placed_while_the_run_goes_on_counts() {
    let mut record = due(1);
    let dry = plan(std::slice::from_ref(&record), &Periods::usual(), TODAY);
    assert_eq!(dry, [(&1, Verdict::Due { since: TODAY })]);
    record.holds.push(Hold { from: TODAY, until: None });
    assert_eq!(said(&record), Verdict::Retained(Obstacle::Hold), "asked again in the transaction");
}

#[test]
fn a15_only_the_one_of_three_siblings_goes() {
    let born = |id, day| Record { birth: Birth::on(day), ..due(id) };
    let family = [born(1, date(2001, 11, 23)), born(2, date(2004, 2, 1)), born(3, date(2009, 9, 9))];
    let plan = plan(&family, &Periods::usual(), TODAY);
    let due: Vec<u32> = plan
        .iter()
        .filter(|(_, verdict)| matches!(verdict, Verdict::Due { .. }))
        .map(|(id, _)| **id)
        .collect();
    assert_eq!(due, [1]);
    assert_eq!(plan.len(), 3, "each is listed with what becomes of it");
}

#[test]
fn open_work_and_a_join_that_can_be_taken_back_keep_it() {
    assert_eq!(said(&Record { is_open: true, ..due(1) }), Verdict::Retained(Obstacle::Open));
    let joined = |until| said(&Record { merge_undo_until: Some(until), ..due(1) });
    assert_eq!(joined(TODAY), Verdict::Retained(Obstacle::MergeCanBeUndone { until: TODAY }));
    assert_eq!(joined(date(2026, 11, 22)), Verdict::Due { since: TODAY });
}

#[test]
fn drafts_and_the_log_go_by_their_own_periods() {
    let of = |kind, changed| said(&Record { kind, changed, birth: Birth::NotKnown, ..due(1) });
    assert_eq!(of(RecordKind::Draft, date(2026, 8, 25)), Verdict::Due { since: TODAY });
    assert!(matches!(of(RecordKind::Draft, date(2026, 8, 26)), Verdict::Retained(Obstacle::NotDue { .. })));
    assert_eq!(of(RecordKind::AccessLog, date(2019, 11, 23)), Verdict::Due { since: TODAY });
    assert_eq!(of(RecordKind::SearchReason, date(2025, 11, 23)), Verdict::Due { since: TODAY });
}

#[test]
fn a_profile_from_before_names_no_period_for_why_somebody_searched() {
    let days = r#"{"keep":"days-after-change","days":90}"#;
    let profile = format!(r#"{{"early_help":{days},"draft":{days},"access_log":{days}}}"#);
    let periods: Periods = serde_json::from_str(&profile).expect("periods");
    assert_eq!(periods.of(RecordKind::SearchReason), Period::YearsAfterChange { years: 1 });
    let own = profile.replacen('{', &format!(r#"{{"search_reason":{days},"#), 1);
    let periods: Periods = serde_json::from_str(&own).expect("periods");
    assert_eq!(periods.of(RecordKind::SearchReason), Period::DaysAfterChange { days: 90 });
}

#[test]
fn a_period_that_would_erase_at_once_is_refused() {
    let days = Period::DaysAfterChange { days: 90 };
    let nought = Period::DaysAfterChange { days: 0 };
    let age = Period::UntilAgeAndIdle { years: 18, idle: 3 };
    assert_eq!(Periods::new(age, nought, days, days), Err(PeriodRefused::Nought));
    assert_eq!(Periods::new(Period::UntilAge { years: 0 }, days, days, days), Err(PeriodRefused::Nought));
    assert_eq!(Periods::new(age, age, days, days), Err(PeriodRefused::NotByAge));
    let periods = Periods::new(age, days, days, days).expect("sensible");
    let record = Record { changed: date(2024, 1, 2), ..due(1) };
    assert_eq!(
        verdict(&record, &periods, TODAY),
        Verdict::Retained(Obstacle::NotDue { on: date(2027, 1, 2) })
    );
}

fn record() -> impl Strategy<Value = Record<u32>> {
    let day = || (1995_i16..2030, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| date(year, month, day));
    let kind = prop_oneof![Just(RecordKind::EarlyHelp), Just(RecordKind::Draft), Just(RecordKind::AccessLog)];
    let birth = prop_oneof![
        day().prop_map(Birth::on),
        Just(Birth::NotKnown),
        (1995_i16..2030).prop_map(|year| Birth::Year { year })
    ];
    let hold = (day(), proptest::option::of(day())).prop_map(|(from, until)| Hold { from, until });
    (
        any::<u32>(),
        kind,
        birth,
        day(),
        any::<bool>(),
        proptest::collection::vec(hold, 0..2),
        proptest::option::of(day()),
    )
        .prop_map(|(id, kind, birth, changed, is_open, holds, access_requested)| Record {
            id,
            kind,
            birth,
            changed,
            is_open,
            holds,
            access_requested,
            merge_undo_until: None,
        })
}

proptest! {
    #[test]
    fn a15_each_record_is_judged_by_itself_and_a_reason_to_keep_never_erases(
        records in proptest::collection::vec(record(), 0..6),
    ) {
        let periods = Periods::usual();
        let together = plan(&records, &periods, TODAY);
        prop_assert_eq!(together.len(), records.len());
        for (record, (id, said)) in records.iter().zip(&together) {
            prop_assert_eq!(&record.id, *id);
            prop_assert_eq!(*said, verdict(record, &periods, TODAY), "with others as alone");
            let mut held = record.clone();
            held.holds.push(Hold { from: TODAY, until: None });
            let is_kept = matches!(verdict(&held, &periods, TODAY), Verdict::Retained(_));
            prop_assert!(is_kept, "a hold keeps it");
            let tomorrow = TODAY.tomorrow().expect("a day");
            if matches!(said, Verdict::Due { .. }) {
                let is_due = matches!(verdict(record, &periods, tomorrow), Verdict::Due { .. });
                prop_assert!(is_due, "what is due stays due");
            }
        }
    }
}
