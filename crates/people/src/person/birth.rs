//! When somebody was born, as far as it is known. An age or a guess is a range, and never a day.

use assessment_form::PartialDate;
use jiff::{ToSpan as _, civil::Date};
use serde::{Deserialize, Serialize};

/// When somebody was born, or is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "known", rename_all = "kebab-case")]
pub enum Birth {
    /// Nobody has said.
    #[default]
    NotKnown,
    /// The day.
    Day {
        /// The day.
        date: Date,
    },
    /// A day that somebody guessed.
    Estimated {
        /// The guess.
        date: Date,
    },
    /// Year and month.
    Month {
        /// Four digits.
        year: i16,
        /// 1 to 12.
        month: i8,
    },
    /// The year.
    Year {
        /// Four digits.
        year: i16,
    },
    /// Between two days, both included, as from an age.
    Between {
        /// The first day that it can be.
        from: Date,
        /// The last.
        to: Date,
    },
    /// Not born when this was written: the day on which the baby was expected, or the first of that month.
    Expected {
        /// The day.
        date: Date,
        /// Whether only the month was known.
        month_only: bool,
    },
}

impl Birth {
    /// A day.
    #[must_use]
    pub const fn on(date: Date) -> Self {
        Self::Day { date }
    }

    /// From a date of birth as typed; `estimated` where somebody guessed it.
    #[must_use]
    pub fn written(date: PartialDate, estimated: bool) -> Self {
        match date {
            PartialDate::Day(date) if estimated => Self::Estimated { date },
            PartialDate::Day(date) => Self::Day { date },
            PartialDate::Month { year, month } => Self::Month { year, month },
            PartialDate::Year(year) => Self::Year { year },
        }
    }

    /// From the day on which a baby is expected. A year alone says too little.
    #[must_use]
    pub fn expected(date: PartialDate) -> Self {
        match date {
            PartialDate::Day(date) => Self::Expected { date, month_only: false },
            PartialDate::Month { year, month } => Date::new(year, month, 1)
                .map_or(Self::NotKnown, |date| Self::Expected { date, month_only: true }),
            PartialDate::Year(_) => Self::NotKnown,
        }
    }

    /// From an age of at least `from` and fewer than `below` completed months on a day.
    #[must_use]
    pub fn aged(from: u32, below: u32, on: Date) -> Self {
        let first = on.checked_sub(i64::from(below).months()).and_then(|day| day.checked_add(1.day()));
        match (first, on.checked_sub(i64::from(from).months())) {
            (Ok(from), Ok(to)) => Self::Between { from, to },
            _ => Self::NotKnown,
        }
    }

    /// The day, where it is known and not a guess.
    #[must_use]
    pub const fn day(self) -> Option<Date> {
        match self {
            Self::Day { date } => Some(date),
            _ => None,
        }
    }

    /// The first and the last day on which it can have been. A guess may be wrong by a year either way. A baby may come 18
    /// weeks before the day on which it is expected, or 3 weeks after it.
    #[must_use]
    pub fn range(self) -> Option<(Date, Date)> {
        let around = |first: Date, last: Date, before: jiff::Span, after: jiff::Span| {
            Some((first.checked_sub(before).ok()?, last.checked_add(after).ok()?))
        };
        match self {
            Self::NotKnown => None,
            Self::Day { date } => Some((date, date)),
            Self::Estimated { date } => around(date, date, 1.year(), 1.year()),
            Self::Month { year, month } => {
                let first = Date::new(year, month, 1).ok()?;
                Some((first, first.last_of_month()))
            }
            Self::Year { year } => Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)),
            Self::Between { from, to } => Some((from, to)),
            Self::Expected { date, month_only } => {
                let last = if month_only { date.last_of_month() } else { date };
                around(date, last, 18.weeks(), 3.weeks())
            }
        }
    }
}
