//! Opening hours of the built-in packs, and what holds of any hours: at each minute a contact is open, closed or not
//! known; the next opening is really open; and no urgent action is ever without a number that answers. Single times are
//! in the tests of `assessment_rules`.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use std::sync::LazyLock;

use assessment_engine::standards::Standards;
use assessment_rules::{Answering, BankHolidays, IsBankHoliday, LineUp, OpeningHours, Openness};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Weekday, date};
use proptest::prelude::*;
use serde_json::Value;

static AUTHORITIES: LazyLock<[Standards; 2]> = LazyLock::new(|| {
    let northbridge = Standards::load(
        include_str!("../../../data/rule_packs/northbridge-example.json"),
        include_str!("../../../data/profiles/northbridge.json"),
    );
    [Standards::built_in().unwrap(), northbridge.unwrap()]
});

fn of_action(standards: &Standards, action: &str, now: DateTime) -> LineUp {
    let contacts = &standards.pack.action(action).unwrap().contacts;
    standards.pack.line_up(contacts, standards.local_time(Some(now)))
}

fn openness(standards: &Standards, contact: &str, now: DateTime) -> Openness {
    let all = standards.pack.all_lined_up(standards.local_time(Some(now)));
    all.into_iter().find(|answering| answering.contact.id == contact).unwrap().openness
}

/// One is open, or one is open whenever another of them is not.
fn answers(first: &[Answering]) -> bool {
    first.iter().any(|answering| {
        let pair = |id: &String| first.iter().any(|other| other.contact.id == *id);
        let is_pair = matches!(&answering.contact.hours, OpeningHours::Outside(id) if pair(id));
        let is_open = matches!(answering.openness, Openness::Open { .. });
        answering.contact.phone.is_some() && (is_open || is_pair)
    })
}

/// The office or the night team, at every minute of 2026, with the hours that their data give, worked out again here.
#[test]
fn at_every_minute_of_a_year_the_right_number_is_first() {
    let leeds = &AUTHORITIES[0];
    let holidays: Vec<Date> =
        BANK_HOLIDAYS_OF_2026.iter().map(|(month, day)| date(2026, *month, *day)).collect();
    let mut counts = [0_u32; 3];
    let mut now = date(2026, 1, 1).at(0, 0, 0, 0);
    while now.year() == 2026 {
        let minute = i32::from(now.hour()) * 60 + i32::from(now.minute());
        let weekday = now.weekday();
        let is_working_day =
            !matches!(weekday, Weekday::Saturday | Weekday::Sunday) && !holidays.contains(&now.date());
        let closes = if weekday == Weekday::Friday { 16 * 60 + 30 } else { 17 * 60 };
        let expected = match minute {
            _ if !is_working_day => 1,
            minute if (9 * 60..closes).contains(&minute) => 0,
            minute if (8 * 60 + 30..17 * 60).contains(&minute) => 2,
            _ => 1,
        };
        let line_up = of_action(leeds, "IA-02", now);
        let found: Vec<(&str, Openness)> =
            line_up.first.iter().map(|first| (first.contact.id.as_str(), first.openness)).collect();
        let is_right = matches!(
            (expected, found.as_slice()),
            (0, [("duty_advice", Openness::Open { .. })])
                | (1, [("edt", Openness::Open { .. }), ("duty_advice", Openness::Closed { .. })])
                | (2, [("duty_advice", Openness::Unknown(_)), ("edt", Openness::Unknown(_))])
        );
        assert!(is_right, "{now}: {found:?}");
        counts[expected] += 1;
        now = now.checked_add(1.minute()).unwrap();
    }
    assert_eq!(counts.iter().sum::<u32>(), 365 * 24 * 60);
    assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
}

const BANK_HOLIDAYS_OF_2026: [(i8, i8); 8] =
    [(1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28)];

#[test]
fn out_of_hours_words_are_for_what_cannot_wait_for_the_office() {
    let [leeds, northbridge] = &*AUTHORITIES;
    let words = |standards: &Standards, id: &str, now: DateTime| {
        let (pack, line_up) = (&standards.pack, of_action(standards, id, now));
        pack.out_of_hours_words(pack.action(id).unwrap(), &line_up).map(str::to_owned)
    };
    let (day, night) = (date(2026, 11, 26).at(10, 0, 0, 0), date(2026, 11, 26).at(22, 0, 0, 0));
    for standards in [leeds, northbridge] {
        let own = &standards.pack.action("IA-03").unwrap().action;
        assert_eq!(words(standards, "IA-02", night).as_ref(), Some(own));
        assert_eq!(words(standards, "IA-07", night).as_ref(), Some(own));
        assert_eq!(words(standards, "IA-02", day), None);
        assert_eq!(words(standards, "IA-01", night), None, "999 is never closed");
        assert_eq!(words(standards, "IA-12", night), None, "48 hours may pass");
        assert_eq!(words(standards, "IA-06", night), None, "about a colleague, and not the office");
    }
}

#[test]
fn the_built_in_list_has_the_bank_holidays_that_move() {
    let list = &AUTHORITIES[0].bank_holidays;
    for (day, expected) in [
        (date(2026, 12, 25), IsBankHoliday::Yes),
        (date(2026, 12, 26), IsBankHoliday::No), // A Saturday; Monday is taken instead.
        (date(2026, 12, 28), IsBankHoliday::Yes),
        (date(2027, 12, 27), IsBankHoliday::Yes),
        (date(2027, 12, 28), IsBankHoliday::Yes),
        (date(2028, 1, 3), IsBankHoliday::Yes),
        (date(2028, 12, 29), IsBankHoliday::No),
        (date(2029, 1, 1), IsBankHoliday::Unknown),
        (date(2029, 1, 6), IsBankHoliday::No), // A Saturday.
        (date(2023, 12, 25), IsBankHoliday::Unknown),
    ] {
        assert_eq!(list.on(day), expected, "{day}");
    }
}

/// The facts are those of the list that they were copied from.
#[test]
fn the_bank_holidays_are_eight_a_year_and_on_weekdays() {
    let file: Value = serde_json::from_str(include_str!("../../../data/bank_holidays_england.json")).unwrap();
    let days: Vec<Date> =
        file["days"].as_array().unwrap().iter().map(|day| day.as_str().unwrap().parse().unwrap()).collect();
    for year in 2024..=2028 {
        assert_eq!(days.iter().filter(|day| day.year() == year).count(), 8, "{year}");
    }
    assert!(days.iter().all(|day| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)));
    assert!(days.is_sorted());
    assert!(BankHolidays::load(&file.to_string()).is_ok());
}

/// Any minute for which bank holidays are known and both packs are in force.
fn any_minute() -> impl Strategy<Value = DateTime> {
    (0..1_000 * 24 * 60_i64).prop_map(|minutes| {
        let minute = date(2026, 4, 1).at(0, 0, 0, 0).checked_add(minutes.minutes()).unwrap();
        minute.min(date(2028, 12, 31).at(23, 59, 0, 0))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// At any minute, known years or not, with a date that is right or wrong.
    #[test]
    fn every_urgent_action_has_a_number_that_answers_now(
        authority in 0..2_usize, minutes in 0..20 * 365 * 24 * 60_i64, is_known in any::<bool>(),
    ) {
        let standards = &AUTHORITIES[authority];
        let now = date(2020, 1, 1).at(0, 0, 0, 0).checked_add(minutes.minutes()).unwrap();
        for action in standards.pack.actions() {
            let time = standards.local_time(Some(now).filter(|_| is_known));
            let line_up = standards.pack.line_up(&action.contacts, time);
            prop_assert!(answers(&line_up.first), "{} at {now}: {:?}", action.id, line_up.first);
            // Nobody whom the action names is left out, and nobody is named twice.
            let all: Vec<&str> =
                line_up.first.iter().chain(&line_up.others).map(|other| other.contact.id.as_str()).collect();
            prop_assert!(action.contacts.iter().all(|id| all.contains(&id.as_str())), "{}: {all:?}", action.id);
            prop_assert!(all.iter().enumerate().all(|(at, id)| !all[..at].contains(id)), "{}: {all:?}", action.id);
            // In doubt, the usual number and the one for other hours are both in view.
            let usual = &action.contacts[0];
            let is_both = |id: &String| line_up.first.iter().any(|first| first.contact.id == *id);
            prop_assert!(line_up.doubt.is_none() || is_both(usual));
            prop_assert!(line_up.doubt.is_none() || usual != "duty_advice" || is_both(&"edt".to_owned()));
        }
    }

    #[test]
    fn the_next_opening_is_really_open_and_the_first(authority in 0..2_usize, now in any_minute()) {
        let standards = &AUTHORITIES[authority];
        prop_assert!(standards.pack.time_doubt(standards.local_time(Some(now))).is_none());
        for contact in standards.pack.contacts() {
            let id = contact.id.as_str();
            let at = |moment| openness(standards, id, moment);
            let (change, is_open) = match at(now) {
                Openness::Open { until } => (until, true),
                Openness::Closed { opens } => (opens, false),
                Openness::Unknown(_) => continue,
            };
            let Some(change) = change else { continue };
            prop_assert!(change > now);
            if change.date() > standards.bank_holidays.known_until() { continue; }
            prop_assert_eq!(matches!(at(change), Openness::Open { .. }), !is_open, "{} at {}", id, change);
            let before = change.checked_sub(1.minute()).unwrap();
            prop_assert_eq!(matches!(at(before), Openness::Open { .. }), is_open, "{} at {}", id, before);
        }
    }

    /// The start page lists everybody once, and nobody who is closed before the one who answers instead.
    #[test]
    fn all_contacts_are_listed_once(authority in 0..2_usize, now in any_minute()) {
        let standards = &AUTHORITIES[authority];
        let all = standards.pack.all_lined_up(standards.local_time(Some(now)));
        let mut ids: Vec<&str> = all.iter().map(|answering| answering.contact.id.as_str()).collect();
        let at = |wanted: &str| ids.iter().position(|id| *id == wanted).unwrap();
        let (office, night) = (at("duty_advice"), at("edt"));
        let is_closed = matches!(all[office].openness, Openness::Closed { .. });
        prop_assert!(!is_closed || night < office);
        ids.sort_unstable();
        let mut expected: Vec<&str> = standards.pack.contacts().iter().map(|contact| contact.id.as_str()).collect();
        expected.sort_unstable();
        prop_assert_eq!(ids, expected);
    }
}
