//! Facts derived from answers, which conditions and threshold rules may read. One function each; never stored.

use assessment_form::{PartialDate, is_blank};
use assessment_rules::Age;
use jiff::civil::Date;

use super::{AgeAbout, Answers, IdentifyingDetails};

/// A pregnancy lasts about so many days: nobody is expected later than that.
pub(crate) const PREGNANCY_DAYS: i32 = 280;

/// A baby may come so many days after the day on which it is expected.
pub(crate) const LATEST_BIRTH_DAYS: i32 = 28;

/// What is derived from a record on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// See [`Age`].
    pub age: Age,
    /// Whether the age rests on a partial or estimated date of birth.
    pub age_estimated: bool,
    /// Whether the child is known to be disabled.
    pub disabled: bool,
    /// The day of the evaluation.
    pub today: Date,
}

impl Facts {
    /// Derives the facts of `answers` on `today`.
    #[must_use]
    pub fn of(answers: &Answers, today: Date) -> Facts {
        let child = &answers.identifying_details;
        let age = age(answers, today);
        let is_whole = matches!(child.dob.partial(), Some(PartialDate::Day(_)));
        let age_estimated = matches!(age, Age::Born { .. }) && (!is_whole || child.dob_estimated == "yes");
        Facts { age, age_estimated, disabled: child.disabled == "yes", today }
    }
}

/// The age on `today`. A date of birth that cannot be read leaves the age unknown, even beside an expected date: it
/// is safer not to know than to take a born child for an unborn one. A guessed date is a guess: the child may be a year
/// older or younger. So is an age without a date.
pub(crate) fn age(answers: &Answers, today: Date) -> Age {
    let child = &answers.identifying_details;
    if child.dob.is_blank() && is_blank(&child.age_about) {
        return match (child.expected(), child.edd.is_blank()) {
            (Some(_), _) => Age::Unborn,
            (None, true) => rough_age(&child.age_band, child.assessment_start.whole(), today),
            (None, false) => Age::Unknown,
        };
    }
    let range = || {
        if !child.dob.is_blank() && child.dob.partial()?.earliest()? > today {
            return None;
        }
        let (earliest, latest) = birth_range(child, today)?;
        let oldest = completed_months(earliest, today)?;
        let youngest = completed_months(latest.min(today), today)?;
        Some(Age::Born { youngest, oldest })
    };
    range().unwrap_or(Age::Unknown)
}

/// The age that a rough answer gives, in completed months: any age within it. Like any other age it was true on the day
/// on which the assessment started, or on any day since; a child who was 11 then may be 12 now.
fn rough_age(band: &str, start: Option<Date>, today: Date) -> Age {
    let start = start.unwrap_or(today).min(today);
    let (youngest, oldest) = match band {
        // By now this child is born.
        "unborn" if days_between(start, today) > PREGNANCY_DAYS + LATEST_BIRTH_DAYS => return Age::Unknown,
        "unborn" => return Age::Unborn,
        "under_1" => (0, 11),
        "1_to_4" => (12, 59),
        "5_to_11" => (60, 143),
        "12_to_17" => (144, 215),
        _ => return Age::Unknown,
    };
    let begun = u32::from(start < today);
    Age::Born { youngest, oldest: oldest + completed_months(start, today).unwrap_or_default() + begun }
}

/// The first and the last day on which the child may be born, or is to be born. A guessed date may be a year off, and a
/// baby may come four weeks after the day on which it is expected.
pub(crate) fn birth_range(child: &IdentifyingDetails, today: Date) -> Option<(Date, Date)> {
    if child.dob.is_blank() && !is_blank(&child.age_about) {
        return AgeAbout::parse(&child.age_about)?.born(child.assessment_start.whole(), today);
    }
    if child.dob.is_blank() {
        let edd = child.expected()?;
        let latest = (0..LATEST_BIRTH_DAYS).try_fold(edd.latest()?, |day, _| day.tomorrow().ok())?;
        return Some((edd.earliest()?, latest));
    }
    let dob = child.dob.partial()?;
    let (earliest, latest) = (dob.earliest()?, dob.latest()?);
    if child.dob_estimated == "yes" {
        return Some((a_year_before(earliest)?, a_year_after(latest)?));
    }
    Some((earliest, latest))
}

/// 29 February has no day a year earlier: then the day before it, so that the child is rather taken for older.
fn a_year_before(date: Date) -> Option<Date> {
    let year = date.year().checked_sub(1)?;
    Date::new(year, date.month(), date.day()).or_else(|_| Date::new(year, 2, 28)).ok()
}

/// 29 February has no day a year later: then the day after it, so that the child is rather taken for younger.
fn a_year_after(date: Date) -> Option<Date> {
    let year = date.year().checked_add(1)?;
    Date::new(year, date.month(), date.day()).or_else(|_| Date::new(year, 3, 1)).ok()
}

/// Completed months from one day to a later one. A month is complete on the same day of the month, or on the first of
/// the next where there is no such day: born on 29 February, the year is complete on 1 March. It errs to the younger
/// side. `None` when `later` is before `from`.
#[must_use]
pub fn completed_months(from: Date, later: Date) -> Option<u32> {
    let months = (i32::from(later.year()) - i32::from(from.year())) * 12 + i32::from(later.month())
        - i32::from(from.month());
    let reached = later.day() >= from.day();
    u32::try_from(if reached { months } else { months - 1 }).ok().filter(|_| later >= from)
}

/// Days from one day to another; negative when `later` is the earlier one.
#[must_use]
pub fn days_between(from: Date, later: Date) -> i32 {
    day_number(later) - day_number(from)
}

/// Days since a fixed day, by the civil calendar: plain numbers, without the library's spans and their rounding.
fn day_number(date: Date) -> i32 {
    let before = i32::from(date.year()) - 1;
    before * 365 + before / 4 - before / 100 + before / 400 + i32::from(date.day_of_year())
}
