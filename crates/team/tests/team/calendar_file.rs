//! Calendar files: rows B8, B9, B10 and B12, and that no name is in one.

use assessment_team::calendar_file::{Entry, When, calendar_file};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

static LONDON: TimeZone = jiff::tz::get!("Europe/London");
static WARSAW: TimeZone = jiff::tz::get!("Europe/Warsaw");

fn in_london(day: Date, hour: i8) -> Timestamp {
    day.at(hour, 0, 0, 0).to_zoned(LONDON.clone()).unwrap().timestamp()
}

fn entry(when: When) -> Entry<'static> {
    Entry {
        uid: "meeting-1.0b7f@common-assessment",
        revision: 3,
        saved: "2027-03-01T09:30:00Z".parse().unwrap(),
        when,
        title: "Meeting",
        place: None,
        link: None,
        is_cancelled: false,
    }
}

fn at_ten(day: Date) -> When {
    When::Times { starts: in_london(day, 10), ends: in_london(day, 11) }
}

/// The lines of a file as a reader puts them together again.
fn unfolded(file: &str) -> Vec<String> {
    file.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
}

fn line<'a>(lines: &'a [String], name: &str) -> &'a str {
    lines.iter().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("no {name} in {lines:#?}"))
}

#[test]
fn ten_o_clock_stays_ten_o_clock_when_clocks_go_forward_case_b8() {
    for (day, expected) in [(date(2027, 3, 15), "20270315T100000Z"), (date(2027, 4, 26), "20270426T090000Z")]
    {
        let file = calendar_file(&entry(at_ten(day))).unwrap();
        let lines = unfolded(&file);
        assert_eq!(line(&lines, "DTSTART"), format!("DTSTART:{expected}"));
        assert!(!file.contains("RRULE"), "no rule of repetition: each date on its own");
        let hours = [&LONDON, &WARSAW].map(|zone| in_london(day, 10).to_zoned(zone.clone()).hour());
        assert_eq!(hours, [10, 11]);
    }
}

#[test]
fn a_day_has_no_time_and_ends_on_the_day_after_case_b9() {
    let lines = unfolded(&calendar_file(&entry(When::Day(date(2027, 6, 15)))).unwrap());
    assert_eq!(line(&lines, "DTSTART"), "DTSTART;VALUE=DATE:20270615");
    assert_eq!(line(&lines, "DTEND"), "DTEND;VALUE=DATE:20270616");
}

/// The machine's zone is no argument, and the function is pure: the bytes are those that are written here.
#[test]
fn the_bytes_are_the_same_on_every_machine_case_b9() {
    let file = calendar_file(&entry(at_ten(date(2027, 4, 26)))).unwrap();
    assert_eq!(
        file,
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Common Assessment//Team around the child//EN\r\n\
         CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\nBEGIN:VEVENT\r\nCLASS:PRIVATE\r\nDTEND:20270426T100000Z\r\n\
         DTSTAMP:20270301T093000Z\r\nDTSTART:20270426T090000Z\r\nLAST-MODIFIED:20270301T093000Z\r\nSEQUENCE:3\r\n\
         STATUS:CONFIRMED\r\nSUMMARY:Meeting\r\nUID:meeting-1.0b7f@common-assessment\r\nEND:VEVENT\r\n\
         END:VCALENDAR\r\n"
    );
}

#[test]
fn lines_are_short_and_whole_and_unfold_to_the_same_text_case_b10() {
    let family = "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}".repeat(40);
    let texts = [
        "ł".repeat(80),
        family,
        format!("{}é and more of it, well beyond the end of a line", "x".repeat(74 - "LOCATION:".len())),
        "Llanfairpwllgwyngyll, ysgol gynradd; ystafell 4 \\ wedi’r drws coch, ar y chwith".to_owned(),
        "Szkoła podstawowa, świetlica środowiskowa, ulica Źdźbłowa i Żółta przy kościele".to_owned(),
        "پرائمری اسکول، کمرہ نمبر چار، دروازے کے بائیں طرف، پہلی منزل پر ملاقات ہوگی".to_owned(),
        "a b ".repeat(60).trim().to_owned(),
    ];
    for place in &texts {
        let mut entry = entry(at_ten(date(2027, 4, 26)));
        (entry.place, entry.title) = (Some(place.as_str()), place);
        let file = calendar_file(&entry).unwrap();
        for line in file.as_bytes().split(|byte| *byte == b'\n') {
            assert!(line.len() <= 76, "{} bytes with the carriage return", line.len());
            assert!(std::str::from_utf8(line).is_ok(), "a character was cut in two");
        }
        let lines = unfolded(&file);
        let plain = line(&lines, "LOCATION:").trim_start_matches("LOCATION:");
        let plain = plain.replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\");
        assert_eq!(plain, *place);
    }
}

#[test]
fn one_entry_moved_and_cancelled_case_b12() {
    let first = entry(at_ten(date(2027, 4, 26)));
    let moved = Entry { revision: 4, when: at_ten(date(2027, 4, 27)), ..first.clone() };
    let cancelled = Entry { revision: 5, is_cancelled: true, ..moved.clone() };
    // A calendar keeps the entry of a UID with the highest sequence number, in whatever order files come.
    for order in [[&first, &moved, &cancelled], [&first, &cancelled, &moved]] {
        let mut kept: Option<(u32, Vec<String>)> = None;
        for entry in order {
            let lines = unfolded(&calendar_file(entry).unwrap());
            assert_eq!(line(&lines, "UID"), "UID:meeting-1.0b7f@common-assessment");
            let sequence: u32 = line(&lines, "SEQUENCE:").trim_start_matches("SEQUENCE:").parse().unwrap();
            if kept.as_ref().is_none_or(|(newest, _)| sequence > *newest) {
                kept = Some((sequence, lines));
            }
        }
        let (_, lines) = kept.unwrap();
        assert_eq!(line(&lines, "STATUS"), "STATUS:CANCELLED");
        assert_eq!(line(&lines, "DTSTART"), "DTSTART:20270427T090000Z", "the start is kept");
        let at = |name: &str| lines.iter().position(|line| line.starts_with(name)).unwrap();
        assert!(line(&lines, "METHOD") == "METHOD:CANCEL" && at("METHOD") < at("BEGIN:VEVENT"));
    }
}

#[test]
fn what_was_typed_controls_nothing() {
    let mut entry = entry(at_ten(date(2027, 4, 26)));
    entry.place = Some("Room 4\r\nATTENDEE:mailto:a@example.org\u{7}");
    let file = calendar_file(&entry).unwrap();
    assert!(!file.contains("\r\nATTENDEE"), "{file}");
}
