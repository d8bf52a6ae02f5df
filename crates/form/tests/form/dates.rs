//! Dates as they are typed, and what is known from them.

use assessment_form::{WrittenDate, parse_day};
use jiff::civil::date;

fn written(day: &str, month: &str, year: &str) -> WrittenDate {
    WrittenDate { day: day.into(), month: month.into(), year: year.into() }
}

#[test]
fn iso_text_comes_back_as_the_same_boxes() {
    for (date, iso) in [
        (written("3", "2", "2019"), Some("2019-02-03")),
        (written("", "2", "2019"), Some("2019-02")),
        (written("", "", "2019"), Some("2019")),
        (written("03", "2", "2019"), None),
        (written("3", "Feb", "2019"), None),
        (written("3", "", "2019"), None),
        (written("", "", ""), None),
    ] {
        assert_eq!(date.to_iso().as_deref(), iso, "{date:?}");
        if let Some(iso) = iso {
            assert_eq!(WrittenDate::from_iso(iso), Some(date));
        }
    }
}

/// B68: month names and numbers are accepted, nonsense is not.
#[test]
fn reads_what_people_write() {
    assert_eq!(written("1", "march", "2020").whole(), Some(date(2020, 3, 1)));
    assert_eq!(written("01", "Sept", "2020").whole(), Some(date(2020, 9, 1)));
    assert_eq!(written("29", "2", "2024").whole(), Some(date(2024, 2, 29)));
    for (day, month, year) in
        [("29", "2", "2023"), ("31", "4", "2020"), ("1", "13", "2020"), ("1", "ma", "2020"), ("1", "1", "20")]
    {
        assert_eq!(written(day, month, year).partial(), None, "{day} {month} {year}");
    }
    assert_eq!(written("5", "", "2020").partial(), None, "a day without a month is no date");
}

#[test]
fn a_whole_day_is_written_in_one_way_only() {
    assert_eq!(parse_day("2026-11-23"), Some(date(2026, 11, 23)));
    for text in
        ["", "2026-11", "2026-11-23T10:00", "20261123", "2026-11-31", "0999-01-01", "2026-1-1", "+2026-01-01"]
    {
        assert_eq!(parse_day(text), None, "{text}");
    }
}
