//! Which sections somebody may see, and answers of which protection. Knows only their numbers.

use serde::{Deserialize, Serialize};

use crate::protection::Protection;

/// A set of sections, by their numbers: 0 to 12 are the assessment's, of which the plan shares 9; 13 are reviews, 14 meetings,
/// 15 the closing of the episode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "Vec<u8>", into = "Vec<u8>")]
pub struct Sections(u16);

impl Sections {
    /// The highest number of a section.
    pub const LAST: u8 = 15;
    /// The highest number of a section of the assessment.
    const LAST_OF_ASSESSMENT: u8 = 12;
    /// The section of the delivery plan.
    pub const PLAN: u8 = 9;
    /// The section of reviews.
    pub const REVIEWS: u8 = 13;
    /// The section of meetings.
    pub const MEETINGS: u8 = 14;
    /// The section of closing.
    pub const CLOSING: u8 = 15;
    /// Those of the assessment.
    pub const ASSESSMENT: Self = Self(u16::MAX >> (15 - Self::LAST_OF_ASSESSMENT));
    /// None: only that the record exists, whose it is, its state and who holds it.
    pub const NONE: Self = Self(0);
    /// All of them.
    pub const ALL: Self = Self(u16::MAX >> (15 - Self::LAST));

    /// These sections. `None` if there is no section of that number.
    #[must_use]
    pub fn of(numbers: &[u8]) -> Option<Self> {
        numbers
            .iter()
            .try_fold(Self::NONE, |set, number| (*number <= Self::LAST).then(|| Self(set.0 | (1 << number))))
    }

    /// Whether the section is one of them.
    #[must_use]
    pub fn contains(self, number: u8) -> bool {
        number <= Self::LAST && self.0 & (1 << number) != 0
    }

    /// Those of both.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of these are among the others.
    #[must_use]
    pub const fn within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// Their numbers, in order.
    pub fn numbers(self) -> impl Iterator<Item = u8> {
        (0..=Self::LAST).filter(move |number| self.contains(*number))
    }
}

impl From<Sections> for Vec<u8> {
    fn from(sections: Sections) -> Self {
        sections.numbers().collect()
    }
}

impl TryFrom<Vec<u8>> for Sections {
    type Error = &'static str;

    fn try_from(numbers: Vec<u8>) -> Result<Self, Self::Error> {
        Self::of(&numbers).ok_or("there is no section of that number")
    }
}

/// What somebody was let see: which sections, and answers of up to which protection in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// The sections.
    pub sections: Sections,
    /// The strictest protection. Anything above [`Protection::Ordinary`] is a decision about this one person.
    pub up_to: Protection,
}

impl Scope {
    /// Whether all of it is within the other.
    #[must_use]
    pub fn within(self, other: Self) -> bool {
        self.sections.within(other.sections) && self.up_to <= other.up_to
    }
}
