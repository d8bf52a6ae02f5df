//! Facts derived from answers, which conditions and threshold rules may read. One function each; never stored.

use crate::answers::Answers;
use crate::date::{Date, PartialDate};

/// How old the child is, as far as is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// An expected date and no date of birth.
    Unborn,
    /// Completed months; a partial date of birth gives a range.
    Born {
        /// The youngest that the child can be.
        youngest: u32,
        /// The oldest that the child can be.
        oldest: u32,
    },
    /// Neither date, or one that makes no sense.
    Unknown,
}

/// What is derived from a record on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// See [`Age`].
    pub age: Age,
    /// Whether the age rests on a partial or estimated date of birth.
    pub age_estimated: bool,
    /// The day of the evaluation.
    pub today: Date,
}

impl Facts {
    /// Derives the facts of `answers` on `today`.
    #[must_use]
    pub fn of(answers: &Answers, today: Date) -> Facts {
        let child = &answers.identifying_details;
        let age = age(answers, today);
        let partial = matches!(child.dob.partial(), Some(PartialDate::Month { .. } | PartialDate::Year(_)));
        let age_estimated = matches!(age, Age::Born { .. }) && (partial || child.dob_estimated == "yes");
        Facts { age, age_estimated, today }
    }
}

/// The age on `today`. A date of birth that cannot be read leaves the age unknown, even beside an expected date: it
/// is safer not to know than to take a born child for an unborn one.
fn age(answers: &Answers, today: Date) -> Age {
    let child = &answers.identifying_details;
    if child.dob.is_blank() {
        return if child.edd.whole().is_some() { Age::Unborn } else { Age::Unknown };
    }
    let range = || {
        let dob = child.dob.partial()?;
        let (earliest, latest) = (dob.earliest()?, dob.latest()?.min(today));
        let oldest = earliest.completed_months_until(today)?;
        let youngest = latest.completed_months_until(today)?;
        Some(Age::Born { youngest, oldest })
    };
    range().unwrap_or(Age::Unknown)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test states what must be there")]
mod tests {
    use super::*;
    use crate::answers::WrittenDate;

    fn age_of(dob: &str, edd: &str, today: &str) -> Age {
        let mut answers = Answers::default();
        answers.identifying_details.dob = WrittenDate::from_iso(dob).unwrap_or_default();
        answers.identifying_details.edd = WrittenDate::from_iso(edd).unwrap_or_default();
        Facts::of(&answers, Date::parse(today).unwrap()).age
    }

    #[test]
    fn age_is_a_range_when_the_date_is_partial() {
        let born = |youngest, oldest| Age::Born { youngest, oldest };
        for (dob, edd, expected) in [
            ("2025-11-23", "", born(12, 12)),
            ("2025-11-24", "", born(11, 11)),
            ("2025-11", "", born(11, 12)),
            ("2024", "", born(22, 34)),
            ("2026", "", born(0, 10)),
            ("", "2027-02-01", Age::Unborn),
            ("2026-11-01", "2026-10-20", born(0, 0)),
            ("2027-01-01", "", Age::Unknown),
            ("", "", Age::Unknown),
        ] {
            assert_eq!(age_of(dob, edd, "2026-11-23"), expected, "{dob} {edd}");
        }
    }
}
