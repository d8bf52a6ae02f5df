//! By when an urgent action is due, from since when it is known. No clock: both moments are arguments. It says nothing
//! about whether an action is called for: see `urgent`.
//!
//! Where two readings are possible the earlier one counts: a warning too early costs a glance, one too late costs a child
//! an hour.

use jiff::civil::{Date, DateTime, Time};

use super::bank_holidays::BankHolidays;

/// Seconds in which somebody can get through. After that, what is due now is overdue.
const TO_GET_THROUGH: i64 = 30 * 60;
/// Seconds by which a device may put its clock right without anybody having to hear of it.
const SMALL_CORRECTION: i64 = 5 * 60;
/// Seconds after which a clock is more likely wrong than an action is old.
const YEAR: i64 = 366 * 24 * 60 * 60;
/// Hours between which "today" cannot wait for the end of the day: nobody may take it for tomorrow.
const EVENING: i8 = 20;
const MORNING: i8 = 6;
/// The end of a working day.
const CLOSE_OF_BUSINESS: Time = Time::constant(17, 0, 0, 0);
/// The last minute of a day.
const LAST_MINUTE: Time = Time::constant(23, 59, 0, 0);
/// Days that are searched for working days.
const DAYS_AHEAD: usize = 400;

/// A moment: as one instant, and as the authority's clocks show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Seconds since the beginning of 1970 in UTC.
    pub instant: i64,
    /// Date and time in the authority's zone.
    pub local: DateTime,
}

/// When something is due that became known at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DueRule {
    /// At once.
    Now,
    /// Within so many hours.
    Hours(u32),
    /// By the end of the same day; at once in the evening and at night.
    SameDay,
    /// By the close of so many working days after the day on which it became known.
    WorkingDays(u32),
}

impl DueRule {
    /// The most hours that a rule may give.
    pub(super) const MAX_HOURS: u32 = 24 * 365;
    /// The most working days that a rule may give.
    pub(super) const MAX_WORKING_DAYS: u32 = 60;

    /// When an action is due that has been known since a moment.
    #[must_use]
    pub fn deadline(self, since: Moment, bank_holidays: &BankHolidays) -> Deadline {
        let date = since.local.date();
        let (by, how) = match self {
            DueRule::Now => (since.local, By::Now),
            DueRule::SameDay if is_night(since.local) => (since.local, By::Tonight),
            DueRule::SameDay => (date.to_datetime(LAST_MINUTE), By::EndOfDay),
            DueRule::Hours(hours) => (later(since.local, hours), By::Hours(hours)),
            DueRule::WorkingDays(days) => {
                let day = working_day_after(date, days, bank_holidays);
                (day.to_datetime(CLOSE_OF_BUSINESS), By::Close)
            }
        };
        Deadline { since, by, how }
    }
}

/// How a deadline is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// At once.
    Now,
    /// At once, although the words say "today": it became known in the evening or at night.
    Tonight,
    /// Before the day ends.
    EndOfDay,
    /// Within so many hours.
    Hours(u32),
    /// By the close of a working day.
    Close,
}

/// By when something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// Since when it is known.
    pub since: Moment,
    /// The last minute in which it is not overdue; where it is due at once, when it became known.
    pub by: DateTime,
    /// How that is meant.
    pub how: By,
}

/// How a deadline looks at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Due {
    /// On a later day.
    Later,
    /// Later today.
    Today,
    /// Now.
    Now,
    /// It should have been done. Also where the clock cannot be trusted, since nobody then knows that it is not.
    Overdue,
}

impl Deadline {
    /// How it looks at a moment.
    #[must_use]
    pub fn at(&self, now: Moment) -> Due {
        let passed = now.instant - self.since.instant;
        let has_passed = match self.how {
            By::Now | By::Tonight => passed > TO_GET_THROUGH,
            // Where the clocks go back, the clock on the wall gives an hour more than was allowed.
            By::Hours(hours) => passed > i64::from(hours) * 60 * 60,
            By::EndOfDay | By::Close => false,
        };
        let is_at_once = matches!(self.how, By::Now | By::Tonight);
        if has_passed || is_clock_wrong(self.since, now) || (!is_at_once && now.local > self.by) {
            Due::Overdue
        } else if is_at_once {
            Due::Now
        } else if now.local.date() >= self.by.date() {
            Due::Today
        } else {
            Due::Later
        }
    }
}

/// Whether the device's clock must be wrong, or was when the action became known: now is before then, or more than a year
/// after.
#[must_use]
pub fn is_clock_wrong(since: Moment, now: Moment) -> bool {
    let passed = now.instant - since.instant;
    !(-SMALL_CORRECTION..=YEAR).contains(&passed)
}

fn is_night(local: DateTime) -> bool {
    local.hour() >= EVENING || local.hour() < MORNING
}

/// So many hours later on the clock; at once where the calendar ends. Day by day: the library's own arithmetic brings
/// the text of all its errors into the form.
fn later(local: DateTime, hours: u32) -> DateTime {
    let hours = hours + u32::from(local.hour().unsigned_abs());
    let days = usize::try_from(hours / 24).unwrap_or_default();
    let date = std::iter::successors(Some(local.date()), |day| day.tomorrow().ok()).nth(days);
    let time = i8::try_from(hours % 24).ok().and_then(|hour| Time::new(hour, local.minute(), 0, 0).ok());
    date.zip(time).map_or(local, |(date, time)| date.to_datetime(time))
}

/// The working day that is so many after a day. A weekday of which nobody knows whether it is a bank holiday counts as a
/// working day, which makes the deadline earlier.
fn working_day_after(date: Date, days: u32, bank_holidays: &BankHolidays) -> Date {
    let after = std::iter::successors(date.tomorrow().ok(), |day| day.tomorrow().ok()).take(DAYS_AHEAD);
    let count = usize::try_from(days.max(1)).unwrap_or(1);
    after.filter(|day| bank_holidays.is_working_day(*day)).nth(count - 1).unwrap_or(date)
}
