//! Quarters and months of the calendar. The financial year of an authority begins with the second quarter.

use std::fmt;

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

/// Three months of a year, from January, April, July or October. Written `2026-Q3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Quarter {
    year: i16,
    /// 1 to 4.
    number: i8,
}

/// A month of a year. Written `2026-07`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    year: i16,
    /// 1 to 12.
    number: i8,
}

impl Month {
    /// The month of a day.
    #[must_use]
    pub fn of(day: Date) -> Self {
        Self { year: day.year(), number: day.month() }
    }
}

impl Quarter {
    /// The quarter of a day.
    #[must_use]
    pub fn of(day: Date) -> Self {
        Self { year: day.year(), number: (day.month() - 1) / 3 + 1 }
    }

    /// Reads `2026-Q3`. `None` of anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, number) = text.split_once("-Q")?;
        let (year, number) = (year.parse().ok()?, number.parse().ok()?);
        let quarter = Self { year, number };
        ((1..=9998).contains(&year) && (1..=4).contains(&number) && quarter.to_string() == text)
            .then_some(quarter)
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> Date {
        date(self.year, self.number * 3 - 2, 1)
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> Date {
        date(self.year, self.number * 3, 1).last_of_month()
    }

    /// Its months.
    #[must_use]
    pub fn months(self) -> [Month; 3] {
        [2, 1, 0].map(|before| Month { year: self.year, number: self.number * 3 - before })
    }

    /// The one after it.
    #[must_use]
    pub fn next(self) -> Self {
        match self.number {
            4 => Self { year: self.year + 1, number: 1 },
            number => Self { year: self.year, number: number + 1 },
        }
    }

    /// The one before it.
    #[must_use]
    pub fn before(self) -> Self {
        match self.number {
            1 => Self { year: self.year - 1, number: 4 },
            number => Self { year: self.year, number: number - 1 },
        }
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-Q{}", self.year, self.number)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}", self.year, self.number)
    }
}

impl From<Quarter> for String {
    fn from(quarter: Quarter) -> Self {
        quarter.to_string()
    }
}

impl TryFrom<String> for Quarter {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a quarter, such as 2026-Q3")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_follow_each_other_over_the_year() {
        let last = Quarter::of(date(2027, 12, 31));
        assert_eq!((last.to_string(), last.next().to_string()), ("2027-Q4".into(), "2028-Q1".into()));
        assert_eq!(last.next().before(), last);
        assert_eq!(last.next().last_day(), date(2028, 3, 31));
        assert_eq!(Quarter::of(date(2028, 6, 1)).first_day(), date(2028, 4, 1));
        assert_eq!(last.months().map(|month| month.to_string()), ["2027-10", "2027-11", "2027-12"]);
    }

    #[test]
    fn what_is_no_quarter_is_none() {
        assert_eq!(Quarter::parse("2026-Q3"), Some(Quarter::of(date(2026, 8, 1))));
        for text in
            ["", "2026-Q0", "2026-Q5", "2026-Q", "26-Q1", "-2026-Q1", "2026-Q03", "0000-Q1", "2026-q1"]
        {
            assert_eq!(Quarter::parse(text), None, "{text}");
        }
    }
}
