//! What the team around the child writes, against the dictionary of the paper form and the rows of part B.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test says what must exist")]

mod calendar_file;
mod catalogue;
mod checks;
mod clocks;
mod dictionary;
mod editing;
mod family;
mod interleavings;
mod merging;
mod part;
mod picture_laws;
mod pictures;
mod records;
mod referral;
mod referral_clock;
mod wording;
