//! Moments, to the microsecond. No clock: a moment is an argument of whatever happens at it.

use std::fmt;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// A moment in whole microseconds, which is what both stores can keep. Written in UTC with six decimals, so that the order
/// of the text is the order of the moments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Moment(Timestamp);

impl Moment {
    /// This moment, without what is shorter than a microsecond.
    #[must_use]
    pub fn new(timestamp: Timestamp) -> Self {
        Self(Timestamp::from_microsecond(timestamp.as_microsecond()).unwrap_or(timestamp))
    }

    /// The moment so many microseconds after the beginning of 1970 in UTC. `None` beyond the year 9999.
    #[must_use]
    pub fn from_microseconds(microseconds: i64) -> Option<Self> {
        Timestamp::from_microsecond(microseconds).ok().map(Self)
    }

    /// Microseconds since the beginning of 1970 in UTC: what a store sorts by.
    #[must_use]
    pub fn microseconds(self) -> i64 {
        self.0.as_microsecond()
    }

    /// Reads RFC 3339, whatever its offset and however many decimals it has. `None` of anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Self::new)
    }

    /// The date in UTC: the date in England, or in the last hour of a summer's day the one before.
    #[must_use]
    pub fn utc_date(self) -> Date {
        self.0.to_zoned(TimeZone::UTC).date()
    }

    /// So many times 24 hours later.
    #[must_use]
    pub fn plus_days(self, days: u32) -> Self {
        let hours = SignedDuration::from_hours(24 * i64::from(days));
        Self(self.0.checked_add(hours).unwrap_or(Timestamp::MAX))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:.6}", self.0)
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        moment.to_string()
    }
}

impl TryFrom<String> for Moment {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a moment")
    }
}
