//! Days, ages, lists and problems in words. The words themselves are keys of the locale; only the order in which English
//! and languages like it put a date together is here.

use jiff::civil::{Date, Time, Weekday};

use crate::{Wording, filled};

impl Wording {
    /// `23 November 2026`.
    #[must_use]
    pub fn day(&self, day: Date) -> String {
        format!("{} {}", day.day(), self.month(day.year(), day.month()))
    }

    /// `November 2026`. Months count from 1.
    #[must_use]
    pub fn month(&self, year: i16, month: i8) -> String {
        format!("{} {year}", self.text(&format!("month.{month}")))
    }

    /// `Monday`.
    #[must_use]
    pub fn weekday(&self, day: Weekday) -> &str {
        let key = match day {
            Weekday::Monday => "weekday.1",
            Weekday::Tuesday => "weekday.2",
            Weekday::Wednesday => "weekday.3",
            Weekday::Thursday => "weekday.4",
            Weekday::Friday => "weekday.5",
            Weekday::Saturday => "weekday.6",
            Weekday::Sunday => "weekday.7",
        };
        self.text(key)
    }

    /// `9am`, `4:30pm`, `midday` or `midnight`.
    #[must_use]
    pub fn time(&self, time: Time) -> String {
        let (hour, minute) = (time.hour(), time.minute());
        match (hour, minute) {
            (0, 0) => return self.text("time.midnight").to_owned(),
            (12, 0) => return self.text("time.midday").to_owned(),
            _ => {}
        }
        let on_clock = if hour % 12 == 0 { 12 } else { hour % 12 };
        let said = if minute == 0 { on_clock.to_string() } else { format!("{on_clock}:{minute:02}") };
        self.fill(if hour < 12 { "time.am" } else { "time.pm" }, &[("time", &said)])
    }

    /// A number of completed months: `1 year and 11 months`.
    #[must_use]
    pub fn age(&self, months: u32) -> String {
        let (years, rest) = (months / 12, months % 12);
        let counted = |count: u32, one: &str, many: &str, name: &str| match count {
            1 => self.text(one).to_owned(),
            _ => self.fill(many, &[(name, &count.to_string())]),
        };
        let in_years = || counted(years, "age.year", "age.years", "years");
        let in_months = || counted(rest, "age.month", "age.months", "months");
        match (years, rest) {
            (0, 0) => self.text("age.newborn").to_owned(),
            (0, _) => in_months(),
            (_, 0) => in_years(),
            _ => self.fill("age.and", &[("years", &in_years()), ("months", &in_months())]),
        }
    }

    /// `A, B and C`.
    #[must_use]
    pub fn list(&self, items: &[impl AsRef<str>]) -> String {
        let Some((last, before)) = items.split_last() else { return String::new() };
        let Some((first, rest)) = before.split_first() else { return last.as_ref().to_owned() };
        let comma = |all: String, next: &str| self.fill("list.comma", &[("before", &all), ("next", next)]);
        let before = rest.iter().fold(first.as_ref().to_owned(), |all, next| comma(all, next.as_ref()));
        self.fill("list.and", &[("before", &before), ("last", last.as_ref())])
    }

    /// What is wrong at a question, from the problem's code, the question's label and the limit that was passed.
    #[must_use]
    pub fn problem(&self, code: &str, label: &str, max: Option<u32>) -> String {
        let key = format!("problem.{code}");
        let template = self.text(&key);
        let max = max.map(|max| max.to_string()).unwrap_or_default();
        // A sentence that starts with the label keeps its capital; inside a sentence it loses it.
        let label = if template.starts_with("%{label}") { label.to_owned() } else { uncapitalised(label) };
        filled(template, &[("label", &label), ("max", &max)])
    }
}

/// `Given names` as it is within a sentence. Abbreviations such as `NHS number` stay as they are.
#[must_use]
pub fn uncapitalised(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if first.is_ascii_uppercase() && second.is_ascii_lowercase() => {
            format!("{}{}", first.to_ascii_lowercase(), letters.as_str())
        }
        _ => text.to_owned(),
    }
}

/// `given names` at the start of a sentence.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}", first.to_uppercase(), letters.as_str()))
}
