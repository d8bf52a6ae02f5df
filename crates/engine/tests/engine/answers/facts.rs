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

fn age_said(age: &str, start: &str, today: &str) -> Age {
    let mut answers = Answers::default();
    answers.identifying_details.age_about = age.to_owned();
    answers.identifying_details.assessment_start = WrittenDate::from_iso(start).unwrap_or_default();
    Facts::of(&answers, date(today)).age
}

#[test]
fn an_age_in_years_may_be_a_year_off_and_one_in_months_a_month() {
    let born = |youngest, oldest| Age::Born { youngest, oldest };
    for (age, expected) in [
        ("6", born(60, 96)),
        ("about 2 years", born(12, 48)),
        ("8 months", born(7, 10)),
        ("18 months", born(17, 20)),
        ("6 weeks", born(0, 3)),
        ("newborn", born(0, 2)),
        ("3 to 4 months", born(2, 6)),
        ("2 weeks to 3 months", born(0, 5)),
        ("1 year to 18 months", born(11, 20)),
        ("2 years 3 months", born(26, 29)),
        ("1 and a half", born(6, 36)),
        ("3 months to 2 weeks", Age::Unknown),
    ] {
        assert_eq!(age_said(age, "", "2026-11-23"), expected, "{age}");
    }
    // It was true when the assessment began, or is true now.
    assert_eq!(age_said("8 months", "2026-08-23", "2026-11-23"), born(7, 13));
}

#[test]
fn a_rough_age_moves_on_from_the_day_on_which_the_assessment_began() {
    let born = |youngest, oldest| Age::Born { youngest, oldest };
    for (band, start, expected) in [
        ("5_to_11", "", born(60, 143)),
        ("5_to_11", "2026-11-23", born(60, 143)),
        ("5_to_11", "2026-11-22", born(60, 144)),
        ("5_to_11", "2026-08-23", born(60, 147)),
        ("under_1", "2026-05-23", born(0, 18)),
        ("12_to_17", "2025-11-23", born(144, 228)),
        // Never a day that is still to come.
        ("1_to_4", "2027-01-01", born(12, 59)),
        ("unborn", "2026-11-01", Age::Unborn),
        ("unborn", "2025-12-01", Age::Unknown),
        ("unknown", "2026-11-01", Age::Unknown),
    ] {
        let mut answers = Answers::default();
        answers.identifying_details.age_band = band.to_owned();
        answers.identifying_details.assessment_start = WrittenDate::from_iso(start).unwrap_or_default();
        assert_eq!(Facts::of(&answers, date("2026-11-23")).age, expected, "{band} {start}");
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
