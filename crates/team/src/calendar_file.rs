//! A calendar file (RFC 5545) for a meeting. It has no name in it: files are sent on, and calendars
//! are shared. Not built into the form: the server makes it.
//!
//! One entry keeps one `UID` for as long as the record lives, and its `SEQUENCE` rises with each revision, so that a
//! calendar that gets an older file later keeps the newer entry. Times are in UTC, each on its own and without a rule of
//! repetition, so that clocks that go forward change nothing; days have no time. Nothing depends on the machine.

use std::fmt;

use icalendar::{Calendar, Component as _, Property};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// When it takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// From one moment to another. Where nobody said when it ends, both are the same.
    Times {
        /// The beginning.
        starts: Timestamp,
        /// The end.
        ends: Timestamp,
    },
    /// A whole day.
    Day(Date),
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'a> {
    /// What tells it from every other entry, made of the ids of the episode and the record. It never changes.
    pub uid: &'a str,
    /// The record's revision.
    pub revision: u32,
    /// When that revision was saved.
    pub saved: Timestamp,
    /// When it takes place. A cancelled one keeps its time.
    pub when: When,
    /// What it is called, in words that fit any family.
    pub title: &'a str,
    /// Where. Not what was typed where that gives a protected address away.
    pub place: Option<&'a str>,
    /// Where to join it from afar.
    pub link: Option<&'a str>,
    /// Whether it was cancelled.
    pub is_cancelled: bool,
}

/// The file, with lines of at most 75 bytes. The same entry gives the same bytes.
///
/// # Errors
/// The day after the last one is in no calendar.
pub fn calendar_file(entry: &Entry<'_>) -> Result<String, fmt::Error> {
    let (method, status) =
        if entry.is_cancelled { ("CANCEL", "CANCELLED") } else { ("PUBLISH", "CONFIRMED") };
    let mut event = icalendar::Event::new();
    event
        .add_property("UID", entry.uid)
        .add_property("SEQUENCE", entry.revision.to_string())
        .add_property("DTSTAMP", in_utc(entry.saved))
        .add_property("LAST-MODIFIED", in_utc(entry.saved))
        .add_property("STATUS", status)
        .add_property("CLASS", "PRIVATE")
        .add_property("SUMMARY", text(entry.title));
    match entry.when {
        When::Times { starts, ends } => {
            event.add_property("DTSTART", in_utc(starts));
            if ends > starts {
                event.add_property("DTEND", in_utc(ends));
            }
        }
        When::Day(on) => {
            // The end of a day is the day after.
            let after = on.tomorrow().map_err(|_| fmt::Error)?;
            event.append_property(day("DTSTART", on)).append_property(day("DTEND", after));
        }
    }
    if let Some(place) = entry.place {
        event.add_property("LOCATION", text(place));
    }
    if let Some(link) = entry.link {
        event.add_property("DESCRIPTION", text(link));
    }
    let mut calendar = Calendar::empty();
    for (name, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//Common Assessment//Team around the child//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", method),
    ] {
        calendar.append_property(Property::new(name, value));
    }
    calendar.push(event);
    let mut file = String::new();
    fmt::write(&mut file, format_args!("{calendar}"))?;
    Ok(file)
}

fn in_utc(moment: Timestamp) -> String {
    let at = TimeZone::UTC.to_datetime(moment);
    format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
        at.year(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}

fn day(name: &str, day: Date) -> Property {
    let mut property = Property::new(name, format!("{:04}{:02}{:02}", day.year(), day.month(), day.day()));
    property.add_parameter("VALUE", "DATE");
    property.done()
}

/// One line of text: what ends a line or controls a program would end or control the file.
fn text(typed: &str) -> String {
    typed.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
