//! A date as it was typed, in three boxes that may be blank or odd, and what can be known from it.

use std::borrow::Cow;
use std::fmt;

use jiff::civil::Date;

use crate::node::is_blank;
use crate::typed;

/// Day, month and year as typed. "March" and "mar" are months too, and a whole date may be in one box; nothing typed is
/// changed.
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
        let read = self.as_read();
        let year: i16 = if read.year.len() == 4 { number(&read.year)? } else { return None };
        if year < 1000 {
            return None;
        }
        match (read.day.as_str(), read.month.as_str()) {
            ("", "") => Some(PartialDate::Year(year)),
            ("", month) => Some(PartialDate::Month { year, month: month_number(month)? }),
            (day, month) => {
                let day: i8 = if day.len() <= 2 { number(day)? } else { return None };
                Date::new(year, month_number(month)?, day).ok().map(PartialDate::Day)
            }
        }
    }

    /// The boxes as they are read: `3rd` is 3, `Sept.` a month, a question mark is blank, and a whole date in one box is
    /// spread over the three. What cannot be read stays as it is.
    #[must_use]
    pub fn as_read(&self) -> Cow<'_, WrittenDate> {
        let parts = [&self.day, &self.month, &self.year];
        if parts.iter().all(|part| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit())) {
            return Cow::Borrowed(self);
        }
        let parts = parts.map(|part| typed::plain(part)).map(|part| {
            let says_something = part.chars().any(char::is_alphanumeric);
            if says_something && !is_unknown(&part) { part } else { String::new() }
        });
        let [day, month, year] = &parts;
        if [day, month, year].iter().any(|part| part.is_empty())
            && let Some(spread) = WrittenDate::spread(&parts.join(" "))
        {
            return Cow::Owned(spread);
        }
        let [day, month, year] = parts.map(|part| match tokens(&part).as_deref() {
            Some([only]) => only.clone(),
            _ => part,
        });
        Cow::Owned(WrittenDate { day, month, year })
    }

    /// The boxes for a date that somebody wrote or pasted in one piece: `03/02/2019`, `2019-02-03`, `3rd of February
    /// 2019`, `Feb 2019`, with a weekday or a time or without. The day comes before the month, as in Britain; a year of two
    /// digits stays one, to be asked about. `None` for anything else.
    #[must_use]
    pub fn spread(text: &str) -> Option<WrittenDate> {
        let tokens = tokens(text)?;
        let is_year = |part: &str| part.len() == 4 && number::<i16>(part).is_some();
        let is_short = |part: &str| part.len() <= 2 && number::<i8>(part).is_some();
        let is_month = |part: &str| month_number(part).is_some();
        let is_name = |part: &str| is_month(part) && !is_short(part);
        let may_be_month = |part: &str| is_short(part) || is_name(part);
        let parts: Vec<&str> = tokens.iter().map(String::as_str).collect();
        let (day, month, year) = match *parts.as_slice() {
            [year, month, day] if is_year(year) && may_be_month(month) && is_short(day) => (day, month, year),
            [month, day, year] if is_name(month) && is_short(day) && (is_year(year) || is_short(year)) => {
                (day, month, year)
            }
            [day, month, year]
                if is_short(day) && may_be_month(month) && (is_year(year) || is_short(year)) =>
            {
                (day, month, year)
            }
            [year, month] if is_year(year) && may_be_month(month) => ("", month, year),
            [month, year] if is_year(year) && may_be_month(month) => ("", month, year),
            [day, month] | [month, day] if is_short(day) && is_name(month) => (day, month, ""),
            [digits] if digits.len() == 8 => return run_together(digits),
            _ => return None,
        };
        Some(WrittenDate { day: day.to_owned(), month: month.to_owned(), year: year.to_owned() })
    }
}

/// Eight digits, where only one way of reading them makes a date of these times.
fn run_together(digits: &str) -> Option<WrittenDate> {
    let cut = |first: usize, second: usize| {
        let (one, rest) = digits.split_at_checked(first)?;
        let (two, three) = rest.split_at_checked(second)?;
        Some((one.to_owned(), two.to_owned(), three.to_owned()))
    };
    let (year, month, day) = cut(4, 2)?;
    let from_year = WrittenDate { day, month, year };
    let (day, month, year) = cut(2, 2)?;
    let from_day = WrittenDate { day, month, year };
    let is_date = |date: &WrittenDate| matches!(date.partial(), Some(PartialDate::Day(day)) if (1900..2100).contains(&day.year()));
    match (is_date(&from_year), is_date(&from_day)) {
        (true, false) => Some(from_year),
        (false, true) => Some(from_day),
        _ => None,
    }
}

/// What people write where they do not know a part of a date.
fn is_unknown(part: &str) -> bool {
    let part = typed::compact(part, &[]);
    matches!(
        part.as_str(),
        "?" | "??" | "????" | "X" | "XX" | "XXXX" | "NK" | "UNKNOWN" | "NOTKNOWN" | "DONTKNOW" | "NOTSURE"
    )
}

/// The numbers and words of a date, without what only joins them, the weekday and the time. `None` where anything else is
/// in the way.
fn tokens(text: &str) -> Option<Vec<String>> {
    let text = typed::plain(text);
    // A time of day, and what is before it: `2014-03-07T00:00`, `7 March 2014 at 10:30`.
    let text = match text.split_once(':') {
        Some((before, _)) => before.rsplit_once([' ', 'T', 't'])?.0,
        None => &text,
    };
    let mut tokens: Vec<String> = Vec::new();
    for piece in text.split([' ', '-', '/', '.', ',', '\'', '(', ')', '\t', '\n', '\r']) {
        let mut rest = piece;
        while let Some(first) = rest.chars().next() {
            let is_same =
                |c: &char| c.is_ascii_digit() == first.is_ascii_digit() && c.is_ascii_alphanumeric();
            let length = rest.chars().take_while(is_same).count();
            // Anything that is neither a letter nor a digit of English.
            let (token, after) = rest.split_at_checked(length).filter(|_| length > 0)?;
            let follows_digit = !std::ptr::eq(rest, piece);
            rest = after;
            let lower = token.to_ascii_lowercase();
            let is_ordinal = follows_digit && matches!(lower.as_str(), "st" | "nd" | "rd" | "th");
            let says_nothing = matches!(lower.as_str(), "of" | "the" | "at" | "on") || is_weekday(&lower);
            if !is_ordinal && !says_nothing {
                tokens.push(token.to_owned());
            }
        }
    }
    Some(tokens)
}

fn is_weekday(word: &str) -> bool {
    const NAMES: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    word.len() >= 3 && NAMES.iter().any(|name| name.starts_with(word))
}

/// Digits as a number: no sign.
fn number<N: std::str::FromStr>(digits: &str) -> Option<N> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { digits.parse().ok() } else { None }
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
