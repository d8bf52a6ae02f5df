//! The story behind a figure: why people who plan think a number is as it is, in their own words. It decides nothing and is
//! worked out from nothing. Not the numbers themselves, and never about one family: the screen asks for that, and no program
//! can check it.
//!
//! A story never changes. Another wording follows it, and one without words takes it away; the earlier ones stay.

use assessment_form::typed::{has_misleading, length};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Measure, Quarter};
use crate::who::Stamp;

/// The most characters of a story.
pub const MAX_STORY: usize = 2_000;

/// Which number a story is about: the total of a measure in one quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct About {
    /// The quarter.
    pub quarter: Quarter,
    /// What was counted.
    pub measure: Measure,
}

/// One wording of a story. Its fields can be read and never set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawStory")]
pub struct Story {
    words: String,
    written: Stamp,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStory {
    words: String,
    written: Stamp,
}

/// Why something is not a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotAStory {
    /// It is too long.
    #[error("a story has {MAX_STORY} characters at most")]
    TooLong,
    /// It has characters that cannot be seen and change how the rest is read.
    #[error("a story has no characters that cannot be seen")]
    HiddenCharacters,
}

impl Story {
    /// These words, as typed.
    ///
    /// # Errors
    /// See [`NotAStory`].
    pub fn new(words: String, written: Stamp) -> Result<Self, NotAStory> {
        if has_misleading(&words) {
            return Err(NotAStory::HiddenCharacters);
        }
        if length(&words) > MAX_STORY {
            return Err(NotAStory::TooLong);
        }
        Ok(Self { words, written })
    }

    /// The words, as typed.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Who wrote it, and when.
    #[must_use]
    pub fn written(&self) -> &Stamp {
        &self.written
    }

    /// Whether it takes the story away: there is nothing in it to read.
    #[must_use]
    pub fn is_taken_away(&self) -> bool {
        self.words.trim().is_empty()
    }
}

impl TryFrom<RawStory> for Story {
    type Error = NotAStory;

    fn try_from(raw: RawStory) -> Result<Self, Self::Error> {
        Self::new(raw.words, raw.written)
    }
}
