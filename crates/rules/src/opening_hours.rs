//! When a contact answers, as a rule pack writes it. What that means at a given time is in `answering`.

use std::fmt;

use jiff::civil::{Time, Weekday};

/// A time of day in the authority's zone: minutes since midnight, up to and including the midnight that ends the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// The midnight that begins a day.
    pub const MIDNIGHT: TimeOfDay = TimeOfDay(0);
    /// The midnight that ends a day, written `24:00`.
    pub const END_OF_DAY: TimeOfDay = TimeOfDay(24 * 60);

    /// Reads `09:00` to `24:00`. `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<TimeOfDay> {
        let (hour, minute) = text.split_once(':')?;
        let number = |part: &str| {
            let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
            if digits { part.parse::<u16>().ok() } else { None }
        };
        let (hour, minute) = (number(hour)?, number(minute)?);
        let time = TimeOfDay(hour * 60 + minute);
        (minute < 60 && time <= TimeOfDay::END_OF_DAY).then_some(time)
    }

    /// The time of a clock; seconds are dropped.
    #[must_use]
    pub fn of(time: Time) -> TimeOfDay {
        let (hour, minute) = (time.hour().unsigned_abs(), time.minute().unsigned_abs());
        TimeOfDay(u16::from(hour) * 60 + u16::from(minute))
    }

    /// As a clock shows it; `None` for the end of the day, which a clock shows as the next day.
    #[must_use]
    pub fn on_clock(self) -> Option<Time> {
        let (hour, minute) = (i8::try_from(self.0 / 60).ok()?, i8::try_from(self.0 % 60).ok()?);
        Time::new(hour, minute, 0, 0).ok()
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// When a contact answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpeningHours {
    /// Day and night, every day.
    Always,
    /// Nobody has said. Never read as closed, nor as open.
    Unknown,
    /// Whenever the contact with this id, which has weekly hours, does not.
    Outside(String),
    /// The same each week, apart from bank holidays.
    Weekly(WeeklyHours),
}

/// Hours that are the same each week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeeklyHours {
    /// When it is certainly open.
    pub open: Vec<Period>,
    /// When it may be: published hours differ.
    pub may_be_open: Vec<Period>,
    /// What applies on a bank holiday instead.
    pub bank_holidays: OnBankHolidays,
}

/// The same hours on one or more days of the week. A night is two periods, one on each side of midnight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// The days.
    pub days: Vec<Weekday>,
    /// It counts.
    pub from: TimeOfDay,
    /// It does not count.
    pub to: TimeOfDay,
}

impl Period {
    pub(crate) fn covers(&self, day: Weekday, time: TimeOfDay) -> bool {
        self.days.contains(&day) && self.from <= time && time < self.to
    }
}

/// What a contact does on a bank holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnBankHolidays {
    /// It is closed.
    Closed,
    /// It is open as on any other day.
    AsUsual,
    /// It is open day and night.
    AllDay,
    /// Nobody has said.
    Unknown,
}

impl OnBankHolidays {
    /// Each, in the order in which messages name them.
    pub const ALL: [OnBankHolidays; 4] =
        [OnBankHolidays::Closed, OnBankHolidays::AsUsual, OnBankHolidays::AllDay, OnBankHolidays::Unknown];

    /// As a rule pack writes it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            OnBankHolidays::Closed => "closed",
            OnBankHolidays::AsUsual => "as_usual",
            OnBankHolidays::AllDay => "all_day",
            OnBankHolidays::Unknown => "unknown",
        }
    }
}
