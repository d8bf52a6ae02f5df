//! Ages, and counting months and days.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

use assessment_engine::answers::{Answers, Facts, completed_months, days_between};
use assessment_form::{WrittenDate, parse_day};
use assessment_rules::Age;
use jiff::civil::Date;

fn age_of(dob: &str, edd: &str, today: &str) -> Age {
    let mut answers = Answers::default();
    answers.identifying_details.dob = WrittenDate::from_iso(dob).unwrap_or_default();
    answers.identifying_details.edd = WrittenDate::from_iso(edd).unwrap_or_default();
    Facts::of(&answers, parse_day(today).unwrap()).age
}

#[test]
fn age_is_a_range_when_the_date_is_partial() {
    let born = |youngest, oldest| Age::Born { youngest, oldest };
    for (dob, edd, expected) in [
        ("2025-11-23", "", born(12, 12)),
        ("2025-11-24", "", born(11, 11)),
        ("2025-11", "", born(11, 12)),
        ("2024", "", born(22, 34)),
        ("2026", "", born(0, 10)),
        ("", "2027-02-01", Age::Unborn),
        ("2026-11-01", "2026-10-20", born(0, 0)),
        ("2027-01-01", "", Age::Unknown),
        ("", "", Age::Unknown),
    ] {
        assert_eq!(age_of(dob, edd, "2026-11-23"), expected, "{dob} {edd}");
    }
}

#[test]
fn a_guessed_date_is_a_year_older_or_younger() {
    let born = |youngest, oldest| Age::Born { youngest, oldest };
    for (dob, expected) in [
        ("2024-11-23", born(12, 36)),
        ("2024-11", born(11, 36)),
        ("2024", born(10, 46)),
        // Never a child who is not born yet.
        ("2026-11-01", born(0, 12)),
        ("2026-11-24", Age::Unknown),
        ("2024-02-29", born(20, 44)),
    ] {
        let mut answers = Answers::default();
        answers.identifying_details.dob = WrittenDate::from_iso(dob).unwrap();
        answers.identifying_details.dob_estimated = "yes".to_owned();
        let facts = Facts::of(&answers, date("2026-11-23"));
        assert_eq!(facts.age, expected, "{dob}");
        assert_eq!(facts.age_estimated, expected != Age::Unknown, "{dob}");
    }
}

fn date(text: &str) -> Date {
    parse_day(text).unwrap()
}

#[test]
fn a_month_is_complete_on_the_same_day_or_on_the_first_of_the_next() {
    for (born, today, months) in [
        ("2024-01-31", "2024-02-28", Some(0)),
        ("2024-01-31", "2024-02-29", Some(0)),
        ("2024-01-31", "2024-03-01", Some(1)),
        ("2023-01-31", "2023-02-28", Some(0)),
        ("2024-01-31", "2024-04-30", Some(2)),
        ("2024-01-31", "2024-05-01", Some(3)),
        ("2024-01-15", "2024-02-14", Some(0)),
        ("2024-01-15", "2024-02-15", Some(1)),
        ("2020-02-29", "2021-02-28", Some(11)),
        ("2020-02-29", "2021-03-01", Some(12)),
        ("2024-02-15", "2024-02-15", Some(0)),
        ("2024-02-15", "2024-02-14", None),
    ] {
        assert_eq!(completed_months(date(born), date(today)), months, "{born} to {today}");
    }
}

#[test]
fn counts_days_across_leap_years() {
    assert_eq!(days_between(date("2023-12-31"), date("2024-03-01")), 61);
    assert_eq!(days_between(date("2026-11-23"), date("2026-11-22")), -1);
    assert_eq!(days_between(date("1999-12-31"), date("2000-12-31")), 366);
}
