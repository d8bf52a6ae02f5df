//! Bank holidays: a list that somebody copied, and the days for which it is known to be complete. Outside those days a
//! weekday may be a bank holiday, and nothing here says that it is not.

use jiff::civil::{Date, Weekday};
use strict_json::{DataProblem, Fields, read_data};

use super::day;

/// A list of bank holidays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankHolidays {
    days: Vec<Date>,
    known_from: Date,
    known_until: Date,
}

/// Bank holidays that an authority adds to the list of its country: days of its own, and days for years that the list
/// does not reach.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MoreBankHolidays {
    /// The days.
    pub days: Vec<Date>,
    /// The last day for which both lists together are complete; `None` where they reach no further than the country's.
    pub known_until: Option<Date>,
}

/// Whether a day is a bank holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IsBankHoliday {
    /// It is.
    Yes,
    /// It is not.
    No,
    /// The list does not reach it.
    Unknown,
}

impl BankHolidays {
    /// Reads a list.
    ///
    /// # Errors
    /// Everything that is wrong, each with its place.
    pub fn load(json: &str) -> Result<BankHolidays, Vec<DataProblem>> {
        let list = read_data(json, |all| {
            let _ = (all.text("title"), all.text("source"));
            let known = ["known_from", "known_until"].map(|name| read_day(all, name, &all.text(name)));
            if matches!(known, [Some(from), Some(until)] if until < from) {
                all.wrong("known_until", "it is before known_from");
            }
            let [known_from, known_until] = known.map(Option::unwrap_or_default);
            BankHolidays { days: days(all), known_from, known_until }
        })?;
        let outside = |day: &&Date| **day < list.known_from || **day > list.known_until;
        match list.days.iter().find(outside) {
            None => Ok(list),
            Some(day) => {
                let message = [&day.to_string(), " is not between known_from and known_until"].concat();
                Err(vec![DataProblem { place: "days".to_owned(), message }])
            }
        }
    }

    /// The list with an authority's own days.
    #[must_use]
    pub fn with(mut self, more: &MoreBankHolidays) -> BankHolidays {
        self.days.extend(&more.days);
        self.known_until = more.known_until.map_or(self.known_until, |until| until.max(self.known_until));
        self
    }

    /// Whether a day is a bank holiday. No list is needed for a Saturday or a Sunday: a bank holiday that falls on one is
    /// taken on a weekday, and the weekend stays a weekend.
    #[must_use]
    pub fn on(&self, day: Date) -> IsBankHoliday {
        let is_weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        match self.days.contains(&day) {
            true => IsBankHoliday::Yes,
            false if is_weekend || self.reaches(day) => IsBankHoliday::No,
            false => IsBankHoliday::Unknown,
        }
    }

    /// Whether people work on a day. A weekday of which nobody knows whether it is a bank holiday counts as a working day,
    /// which makes deadlines earlier.
    #[must_use]
    pub fn is_working_day(&self, day: Date) -> bool {
        !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && self.on(day) != IsBankHoliday::Yes
    }

    /// Whether the list is complete for a day.
    #[must_use]
    pub fn reaches(&self, day: Date) -> bool {
        self.known_from <= day && day <= self.known_until
    }

    /// The last day for which it is complete.
    #[must_use]
    pub fn known_until(&self) -> Date {
        self.known_until
    }
}

/// Reads what a rule pack adds.
pub(crate) fn more(of: &Fields<'_>) -> MoreBankHolidays {
    let known_until = of.optional_text("known_until");
    MoreBankHolidays {
        days: days(of),
        known_until: known_until.and_then(|text| read_day(of, "known_until", &text)),
    }
}

fn days(of: &Fields<'_>) -> Vec<Date> {
    let mut days = Vec::new();
    for text in of.texts("days") {
        match read_day(of, "days", &text) {
            Some(day) if days.contains(&day) => of.wrong("days", &format!("{day} is in the list twice")),
            Some(day) => days.push(day),
            None => {}
        }
    }
    days
}

fn read_day(of: &Fields<'_>, name: &str, text: &str) -> Option<Date> {
    let day = day::parse(text);
    if day.is_none() {
        of.wrong(name, "a day like 2026-01-31 is needed here");
    }
    day
}
