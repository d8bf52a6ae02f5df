//! On which day something is due. Bank holidays and closed time are arguments; nothing here knows what is being waited
//! for.

use assessment_rules::BankHolidays;
use jiff::civil::Date;

use super::Length;

/// A time in which the episode was closed: clocks do not count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closed {
    /// The day on which it closed.
    pub from: Date,
    /// The day on which it was opened again. `None` where it is still closed.
    pub until: Option<Date>,
}

/// When something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueOn {
    /// The day.
    pub day: Date,
    /// The day before it was moved off a weekend or a bank holiday. The next deadline is counted from this one: otherwise
    /// each holiday would push a plan back for good.
    pub unmoved: Date,
    /// Where the list of bank holidays does not reach the day: the last day that it reaches. The day may then be off by a
    /// bank holiday, and a page says so.
    pub known_until: Option<Date>,
}

impl DueOn {
    /// A day that was agreed with the family. It is never moved.
    #[must_use]
    pub fn agreed(day: Date) -> DueOn {
        DueOn { day, unmoved: day, known_until: None }
    }

    /// The day from which it was moved, where that was a weekend or a bank holiday.
    #[must_use]
    pub fn moved_from(&self) -> Option<Date> {
        (self.day != self.unmoved).then_some(self.unmoved)
    }

    /// From which day the next one is counted, where this one was done on a day. What was done on the day, or on one to which
    /// a holiday moved it, counts as done on the day: a holiday pushes nothing back for good. What people did earlier or
    /// later than that counts from then.
    #[must_use]
    pub fn counts_from(&self, done: Date) -> Date {
        if (self.unmoved..=self.day).contains(&done) { self.unmoved } else { done }
    }
}

/// How far ahead a working day is looked for, in days.
const FAR: usize = 1200;

/// When something is due that is due so long after a day. `None` at the end of the calendar, and while the episode is
/// closed.
///
/// `may_move` says whether a day on which nobody works is moved to the next one on which people do. A limit that law sets
/// is not moved: it is a limit.
#[must_use]
pub fn due_on(
    since: Date,
    length: Length,
    closed: &[Closed],
    bank_holidays: &BankHolidays,
    may_move: bool,
) -> Option<DueOn> {
    if closed.iter().any(|time| time.until.is_none()) {
        return None;
    }
    let unmoved = match length {
        Length::WorkingDays(days) => nth_working_day(since, days, closed, bank_holidays)?,
        // On which day. The minute is told by `assessment_rules::DueRule`, which knows moments.
        Length::Hours(hours) => open_after(since, days_after(since, hours.div_ceil(24))?, closed)?,
        Length::Days(days) => open_after(since, days_after(since, days)?, closed)?,
        Length::Weeks(weeks) => open_after(since, days_after(since, weeks.saturating_mul(7))?, closed)?,
        Length::Months(months) => open_after(since, months_after(since, months)?, closed)?,
    };
    let is_counted = matches!(length, Length::WorkingDays(_) | Length::Hours(_));
    let day = if may_move && !is_counted {
        days_from(unmoved).take(FAR).find(|day| bank_holidays.is_working_day(*day))?
    } else {
        unmoved
    };
    let depends = may_move || matches!(length, Length::WorkingDays(_));
    let known_until = (depends && !bank_holidays.reaches(day)).then(|| bank_holidays.known_until());
    Some(DueOn { day, unmoved, known_until })
}

/// So many calendar months later: the same day of the month, or its last day where it has no such day. Count each from the
/// first, not from the one before: 31 January, 28 February, 31 March.
#[must_use]
pub fn months_after(date: Date, months: u32) -> Option<Date> {
    let months = i32::from(date.month()) - 1 + i32::try_from(months).ok()?;
    let year = i16::try_from(i32::from(date.year()) + months / 12).ok()?;
    let month = i8::try_from(months % 12 + 1).ok()?;
    let first = Date::new(year, month, 1).ok()?;
    Date::new(year, month, date.day().min(first.days_in_month())).ok()
}

/// A day and all that follow.
fn days_from(day: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(day), |day| day.tomorrow().ok())
}

fn days_after(date: Date, days: u32) -> Option<Date> {
    days_from(date).nth(usize::try_from(days).ok()?)
}

/// The working day that is so many after a day, without the days on which the episode was closed.
fn nth_working_day(since: Date, days: u32, closed: &[Closed], bank_holidays: &BankHolidays) -> Option<Date> {
    let counts = |day: &Date| bank_holidays.is_working_day(*day) && !is_closed(*day, closed);
    let nth = usize::try_from(days.max(1)).ok()? - 1;
    days_from(since).skip(1).take(FAR).filter(counts).nth(nth)
}

/// Whether the episode was closed on a day.
#[must_use]
pub fn is_closed(day: Date, closed: &[Closed]) -> bool {
    closed.iter().any(|time| time.from <= day && time.until.is_none_or(|until| day < until))
}

/// A day, later by the days since `since` on which the episode was closed.
fn open_after(since: Date, due: Date, closed: &[Closed]) -> Option<Date> {
    if closed.is_empty() {
        return Some(due);
    }
    let days = days_from(since).take_while(|day| *day < due).count();
    days_from(since).take(FAR + days).filter(|day| !is_closed(*day, closed)).nth(days)
}
