//! Dates as they are typed, and what is known from them.

use assessment_form::{PartialDate, WrittenDate, parse_day};
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

/// F15: however a date is written, it is read; what was typed stays.
#[test]
fn f15_dates_are_read_as_people_write_them() {
    let seventh = date(2014, 3, 7);
    for (day, month, year) in [
        ("7th", "March", "2014"),
        ("7", "Mar.", "2014"),
        ("07", "03", "2014."),
        ("７", "３", "２０１４"),
        ("7\u{200b}", "\u{a0}3", " 2014"),
        ("07/03/2014", "", ""),
        ("", "", "07/03/2014"),
        ("7.3.2014", "", ""),
        ("07-03-2014", "", ""),
        ("7–3–2014", "", ""),
        ("2014-03-07", "", ""),
        ("2014/3/7", "", ""),
        ("2014-03-07T00:00:00.000Z", "", ""),
        ("2014-03-07 10:30", "", ""),
        ("7th of March 2014", "", ""),
        ("Friday, 7 March 2014", "", ""),
        ("March 7, 2014", "", ""),
        ("7 March 2014 at 10:30", "", ""),
        ("7Mar2014", "", ""),
        ("20140307", "", ""),
        ("7", "March 2014", ""),
        ("7 March", "", "2014"),
    ] {
        assert_eq!(written(day, month, year).whole(), Some(seventh), "{day} {month} {year}");
    }
    assert_eq!(written("3rd", "Sept.", "2019").whole(), Some(date(2019, 9, 3)));
    assert_eq!(written("1st", "September", "2019").whole(), Some(date(2019, 9, 1)));
    assert_eq!(written("22nd", "sep", "2019").whole(), Some(date(2019, 9, 22)));
    let month = PartialDate::Month { year: 2027, month: 2 };
    for text in ["February 2027", "02/2027", "2027-02", "Feb. 2027"] {
        assert_eq!(written(text, "", "").partial(), Some(month), "{text}");
        assert_eq!(written("", text, "").partial(), Some(month), "{text}");
    }
    assert_eq!(written("?", "2", "2027").partial(), Some(month), "a question mark is not a day");
}

#[test]
fn f15_what_is_not_certain_is_not_guessed() {
    for (day, month, year) in [
        ("3", "2", "19"),
        ("03/02/19", "", ""),
        ("13/14/2019", "", ""),
        ("02/13/2019", "", ""),
        ("01022019 or so", "", ""),
        ("2019", "3", "7"),
        ("+3", "2", "2019"),
        ("-3", "2x", "2019"),
        ("about 3", "2", "2019"),
        ("30/2/2019", "", ""),
        ("3", "2", "2019 or 2020"),
    ] {
        assert_eq!(written(day, month, year).whole(), None, "{day} {month} {year}");
    }
    // The year with two digits is what is asked about.
    let read = written("03/02/19", "", "");
    assert_eq!(read.as_read().year, "19");
    assert_eq!(written("3 March", "", "").as_read().year, "");
}
