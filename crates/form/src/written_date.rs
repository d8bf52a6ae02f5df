//! A date as it was typed, in three boxes that may be blank or odd, and what can be known from it.

use std::fmt;

use jiff::civil::Date;

use crate::node::{is_blank, trimmed};

/// Day, month and year as typed. "March" and "mar" are months too; nothing typed is changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WrittenDate {
    /// The day box.
    pub day: String,
    /// The month box: a number or an English month name.
    pub month: String,
    /// The year box.
    pub year: String,
}

impl WrittenDate {
    /// The boxes for a date written as `2019-02-03`, `2019-02` or `2019`. `None` for anything else.
    #[must_use]
    pub fn from_iso(text: &str) -> Option<WrittenDate> {
        let mut parts = text.split('-');
        let year = parts.next()?;
        let digits =
            |part: &str, length: usize| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) {
            return None;
        }
        let mut number = |length| match parts.next() {
            None => Some(String::new()),
            Some(part) if digits(part, length) && part != "00" => {
                Some(part.trim_start_matches('0').to_owned())
            }
            Some(_) => None,
        };
        let (month, day) = (number(2)?, number(2)?);
        parts.next().is_none().then(|| WrittenDate { day, month, year: year.to_owned() })
    }

    /// The ISO text that [`from_iso`](Self::from_iso) reads back to exactly these boxes, if there is one.
    ///
    /// `03` in the day box has none: the zero was typed and must come back.
    #[must_use]
    pub fn to_iso(&self) -> Option<String> {
        let mut text = self.year.clone();
        for part in [&self.month, &self.day] {
            if !part.is_empty() {
                text.push_str(&format!("-{part:0>2}"));
            }
        }
        (WrittenDate::from_iso(&text).as_ref() == Some(self)).then_some(text)
    }

    /// Whether all three boxes are empty.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        [&self.day, &self.month, &self.year].iter().all(|part| is_blank(part))
    }

    /// The whole date, if all three boxes make one.
    #[must_use]
    pub fn whole(&self) -> Option<Date> {
        match self.partial()? {
            PartialDate::Day(date) => Some(date),
            PartialDate::Month { .. } | PartialDate::Year(_) => None,
        }
    }

    /// What is known of the date: whole, year and month, or year alone. `None` when blank or when what is there
    /// makes no date.
    #[must_use]
    pub fn partial(&self) -> Option<PartialDate> {
        let year = trimmed(&self.year);
        let year: i16 = if year.len() == 4 { year.parse().ok()? } else { return None };
        if year < 1000 {
            return None;
        }
        match (trimmed(&self.day), trimmed(&self.month)) {
            ("", "") => Some(PartialDate::Year(year)),
            ("", month) => Some(PartialDate::Month { year, month: month_number(month)? }),
            (day, month) => {
                let day: i8 = if day.len() <= 2 { day.parse().ok()? } else { return None };
                Date::new(year, month_number(month)?, day).ok().map(PartialDate::Day)
            }
        }
    }
}

/// 1 to 12 for a number or an English month name of at least three letters.
fn month_number(text: &str) -> Option<i8> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if text.bytes().all(|byte| byte.is_ascii_digit()) && text.len() <= 2 {
        return text.parse().ok().filter(|number| (1..=12).contains(number));
    }
    let text = text.to_ascii_lowercase();
    if text.len() < 3 {
        return None;
    }
    let at = NAMES.iter().position(|name| name.starts_with(&text))?;
    i8::try_from(at + 1).ok()
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
        month: i8,
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
            PartialDate::Month { year, month } => Date::new(year, month, 1).ok(),
            PartialDate::Year(year) => Date::new(year, 1, 1).ok(),
        }
    }

    /// The last day that it can be.
    #[must_use]
    pub fn latest(self) -> Option<Date> {
        match self {
            PartialDate::Day(date) => Some(date),
            PartialDate::Month { year, month } => Date::new(year, month, 1).ok().map(Date::last_of_month),
            PartialDate::Year(year) => Date::new(year, 12, 31).ok(),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // Not jiff's own writer, which brings the text of all its errors into the form.
            PartialDate::Day(date) => {
                write!(out, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
            }
            PartialDate::Month { year, month } => write!(out, "{year:04}-{month:02}"),
            PartialDate::Year(year) => write!(out, "{year:04}"),
        }
    }
}

/// Reads a whole date written as `2026-11-23`. `None` for anything else.
#[must_use]
pub fn parse_day(text: &str) -> Option<Date> {
    WrittenDate::from_iso(text)?.whole()
}
