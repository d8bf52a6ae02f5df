//! Deadlines of urgent actions in words: since when something is known, by when it is due, and that it is overdue.

use assessment_engine::answers::UrgentLogEntry;
use assessment_rules::{By, Deadline, Due, Moment, is_clock_wrong};
use jiff::civil::{Date, DateTime};

use super::Words;
use crate::state::Known;

impl Words {
    /// Since when an action is known: `Known since 14:03 today.`
    pub(crate) fn known_since(&self, known: &Known, now: Moment) -> String {
        let key = if known.at_least { "due.known_at_least" } else { "due.known" };
        let since = self.fill(key, &[("when", &self.at(known.since.local, now.local.date()))]);
        if is_clock_wrong(known.since, now) { format!("{since} {}", self.text("due.clock")) } else { since }
    }

    /// By when it is due, in a few words that a list has room for: `Overdue`, `Due now`, `By 17:00 tomorrow`.
    pub(crate) fn due(&self, deadline: &Deadline, now: Moment) -> String {
        let today = now.local.date();
        match (deadline.at(now), deadline.how) {
            (Due::Overdue, _) => self.text("due.overdue").to_owned(),
            (Due::Now, By::Tonight) => self.text("due.tonight").to_owned(),
            (Due::Now, _) => self.text("due.now").to_owned(),
            (_, By::EndOfDay) => self.text("due.today").to_owned(),
            _ => self.fill("due.by", &[("when", &self.at(deadline.by, today))]),
        }
    }

    /// By when it was due, where it is overdue: `It was due by 17:00 yesterday.`
    pub(crate) fn was_due(&self, deadline: &Deadline, now: Moment) -> Option<String> {
        let is_overdue = deadline.at(now) == Due::Overdue;
        let (is_at_once, today) = (matches!(deadline.how, By::Now | By::Tonight), now.local.date());
        is_overdue.then(|| match deadline.how {
            _ if is_at_once => self.text("due.was_now").to_owned(),
            By::EndOfDay => self.fill("due.was_day", &[("day", &self.day_of(deadline.by.date(), today))]),
            _ => self.fill("due.was", &[("when", &self.at(deadline.by, today))]),
        })
    }

    /// What was done, on one line: `Done 14:20 today: spoke to A Khan. Reference 12.`
    pub(crate) fn logged(&self, entry: &UrgentLogEntry, today: Date) -> String {
        let day = entry.done_on.partial().map(|date| match date {
            assessment_form::PartialDate::Day(day) => self.day_of(day, today),
            date => self.date(date),
        });
        let when = [entry.done_at.trim(), day.as_deref().unwrap_or_default()].join(" ");
        let result = if entry.result.is_empty() { "begun" } else { &entry.result };
        let text = self.fill(&format!("log.{result}"), &[("when", when.trim())]);
        // Where nobody has said when.
        let mut text = text.replace(" .", ".").replace(" :", ":");
        for (key, given) in [("log.spoke_to", &entry.spoke_to), ("log.reference", &entry.reference)] {
            if !given.trim().is_empty() {
                text = format!("{} {}", text.trim_end(), self.fill(key, &[("given", given.trim())]));
            }
        }
        text
    }

    /// When something happened.
    pub(crate) fn moment(&self, moment: Moment, now: Moment) -> String {
        self.at(moment.local, now.local.date())
    }

    /// `14:03 today`, `17:00 tomorrow`, `14:03 on 16 November 2026`.
    fn at(&self, at: DateTime, today: Date) -> String {
        let time = format!("{:02}:{:02}", at.hour(), at.minute());
        format!("{time} {}", self.day_of(at.date(), today))
    }

    /// The weekday alone, where it can only be the next one.
    fn weekday_ahead(&self, day: Date, today: Date) -> Option<&str> {
        let days = std::iter::successors(Some(today), |day| day.tomorrow().ok()).take(7);
        days.skip(1).any(|next| next == day).then(|| self.0.weekday(day.weekday()))
    }

    /// `today`, `tomorrow`, `yesterday`, `on Monday`, or `on Monday 16 November 2026`.
    fn day_of(&self, day: Date, today: Date) -> String {
        if day == today {
            self.text("day.today").to_owned()
        } else if today.tomorrow().is_ok_and(|next| next == day) {
            self.text("day.tomorrow").to_owned()
        } else if today.yesterday().is_ok_and(|before| before == day) {
            self.text("day.yesterday").to_owned()
        } else if let Some(weekday) = self.weekday_ahead(day, today) {
            self.fill("day.on", &[("day", weekday)])
        } else {
            self.fill("day.on", &[("day", &self.weekday_and_date(day))])
        }
    }
}

#[cfg(test)]
mod tests;
