//! Moments, limits and edges of pages in the addresses of lists.

use assessment_form::WrittenDate;
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;

use crate::clock::start_of_day_in_england;

/// How many entries a page has; `None` where that is not allowed.
pub(super) fn limit(asked: Option<u32>) -> Option<u32> {
    let limit = asked.unwrap_or(50);
    (1..=200).contains(&limit).then_some(limit)
}

/// The number of an entry at which a page begins or ends: 0 to 2⁶³ − 1, which is as far as the databases count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u64")]
pub(super) struct Edge(u64);

impl Edge {
    /// The number.
    pub(super) fn number(self) -> u64 {
        self.0
    }
}

impl TryFrom<u64> for Edge {
    type Error = std::num::TryFromIntError;

    fn try_from(number: u64) -> Result<Self, Self::Error> {
        i64::try_from(number).map(|_| Self(number))
    }
}

/// The first moment that is meant: a moment with any offset, or a day in England.
pub(super) fn first(text: &str) -> Option<Timestamp> {
    let start = || start_of_day_in_england(day(text)?);
    text.parse().ok().or_else(start)
}

/// The first moment that is no longer meant: a moment itself, or the end of a day in England.
pub(super) fn until(text: &str) -> Option<Timestamp> {
    let end = || start_of_day_in_england(day(text)?.tomorrow().ok()?);
    text.parse().ok().or_else(end)
}

/// A whole date and nothing else. A moment without an offset is not one, and is not taken for its day.
fn day(text: &str) -> Option<Date> {
    WrittenDate::from_iso(text)?.whole()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Option<Timestamp> {
        text.parse().ok()
    }

    #[test]
    fn a_day_is_a_day_in_england() {
        assert_eq!(first("2026-07-01"), at("2026-06-30T23:00:00Z"));
        assert_eq!(until("2026-07-01"), at("2026-07-01T23:00:00Z"));
        assert_eq!(until("2026-12-31"), at("2027-01-01T00:00:00Z"));
        // The clocks go back on that day.
        assert_eq!(first("2026-10-25"), at("2026-10-24T23:00:00Z"));
        assert_eq!(until("2026-10-25"), at("2026-10-26T00:00:00Z"));
    }

    #[test]
    fn a_moment_is_itself_whatever_its_offset_a11() {
        assert_eq!(first("2026-11-23T07:00:00.2+01:00"), at("2026-11-23T06:00:00.2Z"));
        for wrong in ["", "yesterday", "2026-02-30", "2026-11", "2026-11-23T06:00:00"] {
            assert_eq!((first(wrong), until(wrong)), (None, None), "{wrong}");
        }
    }

    #[test]
    fn a_page_has_1_to_200_entries() {
        assert_eq!([None, Some(1), Some(200)].map(limit), [Some(50), Some(1), Some(200)]);
        assert_eq!([Some(0), Some(201)].map(limit), [None, None]);
    }
}
