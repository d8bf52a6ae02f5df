//! Days as packs write them.

use jiff::civil::Date;

/// Reads a day written as `2026-11-23`. `None` for anything else: the library's own reader takes more.
pub(crate) fn parse(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let mut number = |length: usize| {
        let part = parts.next()?;
        let digits = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        if digits { part.parse::<i16>().ok() } else { None }
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    if year < 1000 || parts.next().is_some() { None } else { Date::new(year, month, day).ok() }
}
