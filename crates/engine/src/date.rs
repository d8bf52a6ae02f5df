//! Civil dates without clock or time zone. A thin wrapper, so that the library behind it can change
//! (decision record 0006 has the figures).

use std::fmt;

use jiff::civil;

/// A calendar date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(civil::Date);

impl Date {
    /// The date of that day, if it exists.
    #[must_use]
    pub fn new(year: i16, month: u8, day: u8) -> Option<Date> {
        civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().map(Date)
    }

    /// Reads `2026-11-23`. `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Date> {
        match super::answers::WrittenDate::from_iso(text)?.partial()? {
            PartialDate::Day(date) => Some(date),
            PartialDate::Month { .. } | PartialDate::Year(_) => None,
        }
    }

    /// Year, month and day.
    #[must_use]
    pub fn parts(self) -> (i16, u8, u8) {
        (self.0.year(), self.0.month().unsigned_abs(), self.0.day().unsigned_abs())
    }

    /// Days from `self` to `later`; negative when `later` is earlier.
    #[must_use]
    pub fn days_until(self, later: Date) -> i32 {
        days_from_epoch(later) - days_from_epoch(self)
    }

    /// Completed months from `self` to `later`. Born on the 31st, a month is complete on the last day of a shorter
    /// month. `None` when `later` is before `self`.
    #[must_use]
    pub fn completed_months_until(self, later: Date) -> Option<u32> {
        let ((y1, m1, d1), (y2, m2, d2)) = (self.parts(), later.parts());
        let months = (i32::from(y2) - i32::from(y1)) * 12 + i32::from(m2) - i32::from(m1);
        let last_day = later.0.days_in_month().unsigned_abs();
        let reached = d2 >= d1 || d2 == last_day;
        u32::try_from(if reached { months } else { months - 1 }).ok().filter(|_| later >= self)
    }

    /// The day after this one; `None` at the end of the calendar.
    #[must_use]
    pub fn next_day(self) -> Option<Date> {
        let (year, month, day) = self.parts();
        Date::new(year, month, day + 1)
            .or_else(|| Date::new(year, month + 1, 1))
            .or_else(|| Date::new(year.checked_add(1)?, 1, 1))
    }

    /// The last day of that month, if the month exists.
    #[must_use]
    pub(crate) fn last_of_month(year: i16, month: u8) -> Option<Date> {
        Date::new(year, month, 1).map(|first| Date(first.0.last_of_month()))
    }
}

/// Days since a fixed day, by the civil calendar.
fn days_from_epoch(date: Date) -> i32 {
    // Counting by years avoids the library's span type, which weighs more than these lines in the browser.
    let (year, _, _) = date.parts();
    let before = i32::from(year) - 1;
    before * 365 + before / 4 - before / 100 + before / 400 + i32::from(date.0.day_of_year())
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(out, "{year:04}-{month:02}-{day:02}")
    }
}

/// What is known of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartialDate {
    /// The day is known.
    Day(Date),
    /// Only year and month are known.
    Month {
        /// Four digits.
        year: i16,
        /// 1 to 12.
        month: u8,
    },
    /// Only the year is known.
    Year(i16),
}

impl PartialDate {
    /// The first day that it can be.
    #[must_use]
    pub fn earliest(self) -> Option<Date> {
        match self {
            PartialDate::Day(date) => Some(date),
            PartialDate::Month { year, month } => Date::new(year, month, 1),
            PartialDate::Year(year) => Date::new(year, 1, 1),
        }
    }

    /// The last day that it can be.
    #[must_use]
    pub fn latest(self) -> Option<Date> {
        match self {
            PartialDate::Day(date) => Some(date),
            PartialDate::Month { year, month } => Date::last_of_month(year, month),
            PartialDate::Year(year) => Date::new(year, 12, 31),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PartialDate::Day(date) => date.fmt(out),
            PartialDate::Month { year, month } => write!(out, "{year:04}-{month:02}"),
            PartialDate::Year(year) => write!(out, "{year:04}"),
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test states what must be there")]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn months_complete_on_the_last_day_of_a_shorter_month() {
        for (born, today, months) in [
            ("2024-01-31", "2024-02-28", Some(0)),
            ("2024-01-31", "2024-02-29", Some(1)),
            ("2023-01-31", "2023-02-28", Some(1)),
            ("2024-01-31", "2024-04-30", Some(3)),
            ("2024-01-15", "2024-02-14", Some(0)),
            ("2024-01-15", "2024-02-15", Some(1)),
            ("2020-02-29", "2021-02-28", Some(12)),
            ("2024-02-15", "2024-02-15", Some(0)),
            ("2024-02-15", "2024-02-14", None),
        ] {
            assert_eq!(date(born).completed_months_until(date(today)), months, "{born} to {today}");
        }
    }

    #[test]
    fn counts_days_across_leap_years() {
        assert_eq!(date("2023-12-31").days_until(date("2024-03-01")), 61);
        assert_eq!(date("2026-11-23").days_until(date("2026-11-22")), -1);
        assert_eq!(date("1999-12-31").days_until(date("2000-12-31")), 366);
    }
}
