//! Opening hours are said as somebody would say them who is told the time.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use assessment_rules::{Doubt, Openness, TimeDoubt};
use jiff::civil::{DateTime, date};

use super::super::tests::all;

fn at(text: &str) -> DateTime {
    text.parse().unwrap()
}

#[test]
fn the_end_of_opening_is_said_from_today() {
    let words = all();
    let said = |until| {
        let openness = Openness::Open { until: Some(at(until)) };
        words.openness(openness, Some(at("2026-11-26T10:00")))
    };
    assert_eq!(said("2026-11-26T17:00"), "Open now, until 5pm");
    assert_eq!(said("2026-11-26T12:00"), "Open now, until midday");
    assert_eq!(said("2026-11-26T12:30"), "Open now, until 12:30pm");
    assert_eq!(said("2026-11-27T00:00"), "Open now, until midnight");
    assert_eq!(said("2026-11-27T00:30"), "Open now, until 12:30am tomorrow");
    assert_eq!(said("2026-11-27T08:30"), "Open now, until 8:30am tomorrow");
    assert_eq!(said("2026-11-30T08:30"), "Open now, until 8:30am on Monday");
    assert_eq!(said("2026-12-02T17:00"), "Open now, until 5pm on Wednesday");
    assert_eq!(said("2026-12-03T17:00"), "Open now, until 5pm on Thursday 3 December 2026");
    assert_eq!(words.openness(Openness::Open { until: None }, None), "Open now");
}

#[test]
fn the_next_opening_is_said_from_today() {
    let words = all();
    let said = |opens| {
        let openness = Openness::Closed { opens: Some(at(opens)) };
        words.openness(openness, Some(at("2026-11-26T07:00")))
    };
    assert_eq!(said("2026-11-26T09:00"), "Closed now. Opens today at 9am");
    assert_eq!(said("2026-11-27T00:00"), "Closed now. Opens at midnight");
    assert_eq!(said("2026-11-27T08:00"), "Closed now. Opens tomorrow at 8am");
    assert_eq!(said("2026-11-30T00:00"), "Closed now. Opens at the start of Monday");
    assert_eq!(said("2026-12-29T09:00"), "Closed now. Opens on Tuesday 29 December 2026 at 9am");
    assert_eq!(words.openness(Openness::Closed { opens: None }, None), "Closed now");
}

#[test]
fn what_is_not_known_is_never_said_to_be_open_or_closed() {
    let words = all();
    for doubt in [Doubt::NoHours, Doubt::HoursDiffer, Doubt::BankHoliday, Doubt::Time] {
        let said = words.openness(Openness::Unknown(doubt), None);
        assert!(!said.starts_with("Open now") && !said.starts_with("Closed now"), "{said}");
    }
    let now = Some(at("2025-11-26T10:00"));
    for doubt in [TimeDoubt::Before(date(2026, 1, 1)), TimeDoubt::After(date(2028, 12, 31))] {
        assert!(words.time_doubt(doubt, now).contains("It says 26 November 2025"));
    }
    assert!(words.time_doubt(TimeDoubt::NotKnown, None).contains("local time"));
}
