//! Time as an argument. The only real clock is in `main.rs`; tests bring their own.

use assessment_people::moment::Moment;
use jiff::{Timestamp, civil, tz::TimeZone};

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

static LONDON: TimeZone = jiff::tz::get!("Europe/London");

/// The calendar date in England at that moment. Ages and deadlines count by it, wherever the server runs.
#[must_use]
pub fn date_in_england(now: Timestamp) -> civil::Date {
    now.to_zoned(LONDON.clone()).date()
}

/// A moment as deadlines count it, with the date and the time of the clocks in England.
#[must_use]
pub(crate) fn moment_in_england(at: Timestamp) -> assessment_rules::Moment {
    assessment_rules::Moment { instant: at.as_second(), local: at.to_zoned(LONDON.clone()).datetime() }
}

/// The moment at which a day begins in England. `None` where no calendar has it.
#[must_use]
pub(crate) fn start_of_day_in_england(day: civil::Date) -> Option<Timestamp> {
    day.to_zoned(LONDON.clone()).ok().map(|start| start.timestamp())
}

/// The moment at which clocks in England show that time on that day: the earlier of the two where they show it twice, and an
/// hour later where they skip it. `None` where no calendar has it.
#[must_use]
pub(crate) fn at_time_in_england(day: civil::Date, time: civil::Time) -> Option<Timestamp> {
    day.to_datetime(time).to_zoned(LONDON.clone()).ok().map(|zoned| zoned.timestamp())
}

/// The moment as the interface writes it: RFC 3339, UTC, always three decimals, so that text order is time order. Stores
/// keep moments as whole microseconds.
#[must_use]
pub fn written(now: Timestamp) -> String {
    format!("{now:.3}")
}

/// A moment as stores keep it: whole microseconds since 1970 in UTC.
pub(crate) fn microseconds(moment: Timestamp) -> i64 {
    moment.as_microsecond()
}

/// The moment that a store has kept. The ends of time where no calendar has it, which no clock writes.
pub(crate) fn from_microseconds(kept: i64) -> Timestamp {
    let end = if kept < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_microsecond(kept).unwrap_or(end)
}

/// A moment of the rules as stores take it.
pub(crate) fn moment(at: Moment) -> Timestamp {
    from_microseconds(at.microseconds())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn summer_time_moves_midnight() {
        assert_eq!(date_in_england(at("2026-07-01T22:59:59Z")).to_string(), "2026-07-01");
        assert_eq!(date_in_england(at("2026-07-01T23:00:00Z")).to_string(), "2026-07-02");
        assert_eq!(date_in_england(at("2026-12-01T23:00:00Z")).to_string(), "2026-12-01");
    }

    #[test]
    fn a_day_begins_at_midnight_in_england() {
        let day = |month, day| {
            start_of_day_in_england(civil::date(2026, month, day)).unwrap_or_default().to_string()
        };
        assert_eq!(
            (day(7, 2), day(12, 1)),
            ("2026-07-01T23:00:00Z".to_owned(), "2026-12-01T00:00:00Z".to_owned())
        );
    }

    #[test]
    fn times_are_written_with_three_decimals() {
        assert_eq!(written(at("2026-11-23T09:00:00Z")), "2026-11-23T09:00:00.000Z");
        assert_eq!(written(at("2026-11-23T09:00:00.123987Z")), "2026-11-23T09:00:00.123Z");
    }
}
