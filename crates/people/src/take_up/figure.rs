//! A number of episodes as it is published: the number, that it is small, or that nobody knows. Not which numbers are hidden:
//! that is `hiding`.

use serde::{Deserialize, Serialize};

/// What is published instead of a number of episodes. A reader who takes one for another is misled, so each has words
/// and a look of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Figure {
    /// So many. 0 is a true zero: it was recorded, and there was none.
    Number {
        /// How many.
        number: u32,
    },
    /// At least one, and fewer than the threshold.
    FewerThan {
        /// The threshold.
        threshold: u32,
    },
    /// Hidden because a small number could be worked out from it.
    NotShown,
    /// Nothing was recorded, so nobody knows. Never 0.
    NotRecorded,
}

impl Figure {
    /// The number, where one is shown.
    #[must_use]
    pub const fn number(self) -> Option<u32> {
        match self {
            Self::Number { number } => Some(number),
            Self::FewerThan { .. } | Self::NotShown | Self::NotRecorded => None,
        }
    }
}

/// From which number of episodes on a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Threshold(u32);

impl Threshold {
    /// What an authority has whose profile says nothing.
    pub const USUAL: Self = Self(6);
    /// Below it nothing would be hidden that matters.
    pub const MIN: u32 = 3;
    /// Above it hardly anything would be shown.
    pub const MAX: u32 = 100;

    /// A threshold from [`Self::MIN`] to [`Self::MAX`]. `None` of any other number.
    #[must_use]
    pub const fn new(threshold: u32) -> Option<Self> {
        if threshold >= Self::MIN && threshold <= Self::MAX { Some(Self(threshold)) } else { None }
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }

    /// Whether so many is a small number. 0 is none: that nobody was there says nothing about anybody.
    #[must_use]
    pub const fn is_small(self, count: u32) -> bool {
        count > 0 && count < self.0
    }
}

impl TryFrom<u32> for Threshold {
    type Error = &'static str;

    fn try_from(threshold: u32) -> Result<Self, Self::Error> {
        Self::new(threshold).ok_or("a threshold is a number from 3 to 100")
    }
}

impl From<Threshold> for u32 {
    fn from(threshold: Threshold) -> Self {
        threshold.get()
    }
}
