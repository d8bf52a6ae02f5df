//! A date as somebody typed it: three boxes, any of them possibly empty or odd. Not a checked date: see `date`.

use super::node::{is_blank, trimmed};
use crate::date::{Date, PartialDate};

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
                let day: u8 = if day.len() <= 2 { day.parse().ok()? } else { return None };
                Date::new(year, month_number(month)?, day).map(PartialDate::Day)
            }
        }
    }
}

/// 1 to 12 for a number or an English month name of at least three letters.
fn month_number(text: &str) -> Option<u8> {
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
    u8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(written("1", "march", "2020").whole(), Date::new(2020, 3, 1));
        assert_eq!(written("01", "Sept", "2020").whole(), Date::new(2020, 9, 1));
        assert_eq!(written("29", "2", "2024").whole(), Date::new(2024, 2, 29));
        for (day, month, year) in [
            ("29", "2", "2023"),
            ("31", "4", "2020"),
            ("1", "13", "2020"),
            ("1", "ma", "2020"),
            ("1", "1", "20"),
        ] {
            assert_eq!(written(day, month, year).partial(), None, "{day} {month} {year}");
        }
        assert_eq!(written("5", "", "2020").partial(), None, "a day without a month is no date");
    }
}
