//! Opening hours in words: whether somebody answers now, until when, and from when.

use assessment_rules::{Doubt, Openness, TimeDoubt};
use jiff::civil::{Date, DateTime, Time};

use super::Words;

/// Days after which the day of the week alone would be taken for the nearer one.
const NEXT_WEEK: i32 = 7;

impl Words {
    /// Whether a contact answers, as somebody says it who is told that it is `now`.
    pub(crate) fn openness(&self, openness: Openness, now: Option<DateTime>) -> String {
        match openness {
            Openness::Unknown(Doubt::NoHours) => self.text("hours.not_known").to_owned(),
            Openness::Unknown(Doubt::HoursDiffer) => self.text("hours.differ").to_owned(),
            Openness::Unknown(Doubt::BankHoliday) => self.text("hours.holiday").to_owned(),
            Openness::Unknown(Doubt::Time) => self.text("hours.time").to_owned(),
            Openness::Open { until: None } => self.text("hours.open").to_owned(),
            Openness::Closed { opens: None } => self.text("hours.closed").to_owned(),
            Openness::Open { until: Some(until) } => self.until(until, now.unwrap_or(until)),
            Openness::Closed { opens: Some(opens) } => self.opens(opens, now.unwrap_or(opens)),
        }
    }

    /// Why the opening hours may be wrong.
    pub(crate) fn time_doubt(&self, doubt: TimeDoubt, now: Option<DateTime>) -> String {
        let date = now.map(|now| self.0.day(now.date())).unwrap_or_default();
        match doubt {
            TimeDoubt::NotKnown => self.text("hours.check_time").to_owned(),
            TimeDoubt::Before(_) => self.fill("hours.check_date", &[("date", &date)]),
            TimeDoubt::After(until) => {
                let values = [("date", date.as_str()), ("until", &self.0.day(until))];
                self.fill("hours.check_date_until", &values)
            }
        }
    }

    fn until(&self, until: DateTime, now: DateTime) -> String {
        let time = self.0.time(until.time());
        // Midnight is said of the day that it ends.
        let is_midnight = until.time() == Time::midnight();
        let day = if is_midnight { until.date().yesterday() } else { Ok(until.date()) };
        let day = day.unwrap_or(until.date());
        match days_between(now.date(), day) {
            0 => self.fill("hours.until_today", &[("time", &time)]),
            1 => self.fill("hours.until_tomorrow", &[("time", &time)]),
            days => self.fill("hours.until_day", &[("time", &time), ("day", &self.day_ahead(day, days))]),
        }
    }

    fn opens(&self, opens: DateTime, now: DateTime) -> String {
        let (time, is_midnight) = (self.0.time(opens.time()), opens.time() == Time::midnight());
        let days = days_between(now.date(), opens.date());
        let day = self.day_ahead(opens.date(), days);
        match days {
            0 => self.fill("hours.opens_today", &[("time", &time)]),
            1 if is_midnight => self.text("hours.opens_midnight").to_owned(),
            1 => self.fill("hours.opens_tomorrow", &[("time", &time)]),
            _ if is_midnight => self.fill("hours.opens_day_start", &[("day", &day)]),
            _ => self.fill("hours.opens_day", &[("time", &time), ("day", &day)]),
        }
    }

    /// `Tuesday`, or `Tuesday 5 January 2027` where that is a week away or more.
    fn day_ahead(&self, day: Date, days: i32) -> String {
        let weekday = self.0.weekday(day.weekday());
        if days < NEXT_WEEK { weekday.to_owned() } else { format!("{weekday} {}", self.0.day(day)) }
    }
}

/// Days from one date to a later one, up to the week in which they no longer matter.
fn days_between(from: Date, to: Date) -> i32 {
    let days = std::iter::successors(Some(from), |day| day.tomorrow().ok());
    days.zip(0..NEXT_WEEK).find(|(day, _)| *day >= to).map_or(NEXT_WEEK, |(_, days)| days)
}

#[cfg(test)]
mod tests;
