//! Joining a second record of a person into the first, and taking that back within 30 days. Nothing is lost: the join keeps
//! both records as they were, old ids and numbers lead to the record that was kept, and the stricter protection counts. A
//! person decides it; nothing here does so by itself.
//!
//! What belongs to a person by their id, such as episodes and their versions, is re-attached by the store, by
//! [`Merges::lead`].

mod join;
mod register;
mod undo;

pub use register::{Lead, Merges};
pub use undo::{Later, Undone};

use jiff::{ToSpan as _, civil::Date};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::id::PersonId;
use crate::person::Person;

/// For how many days a join can be taken back.
pub const UNDO_DAYS: i64 = 30;

/// A join of two records. It is kept as long as the record that it made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merge {
    /// Its number: joins are counted from 1, in the order in which they were made.
    pub number: u64,
    /// When.
    pub on: Date,
    /// By whom, as the audit trail names them.
    pub by: String,
    /// The record that was kept, as it was before.
    pub kept: Person,
    /// The record that went into it, as it was.
    pub merged: Person,
    /// What was made of them.
    pub result: Person,
    /// When and by whom it was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undone: Option<(Date, String)>,
}

/// Why two records are not joined, or not taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MergeRefused {
    /// Both are one record.
    #[error("This is one and the same record. Choose the other record of this child.")]
    SameRecord,
    /// One of them went into another record already.
    #[error("This record was joined into another one on {} by {by}. Open that one instead.", said(*on))]
    AlreadyMerged {
        /// When.
        on: Date,
        /// By whom.
        by: String,
    },
    /// There is no such join.
    #[error("There is no such join of two records.")]
    Unknown,
    /// It was taken back already.
    #[error("This join was taken back on {} by {by} already.", said(*on))]
    AlreadyUndone {
        /// When.
        on: Date,
        /// By whom.
        by: String,
    },
    /// It is too long ago.
    #[error("Records can be taken apart for 30 days after they were joined. These were joined on {}.", said(*on))]
    TooLate {
        /// When they were joined.
        on: Date,
    },
    /// A later join has one of the records in it.
    #[error(
        "One of these records was joined with another one later, on {} by {by}. Take that join back first.",
        said(*on)
    )]
    LaterMerge {
        /// The number of that join.
        number: u64,
        /// When.
        on: Date,
        /// By whom.
        by: String,
    },
    /// The record given is not the one that was kept.
    #[error("This is not the record that was kept.")]
    NotTheKeptRecord,
}

/// A date as people read it.
fn said(date: Date) -> impl std::fmt::Display {
    date.strftime("%-d %B %Y")
}

impl Merge {
    /// The last day on which it can be taken back.
    #[must_use]
    pub fn can_be_undone_until(&self) -> Date {
        self.on.saturating_add(UNDO_DAYS.days())
    }

    /// Whether this record is one of the two.
    #[must_use]
    pub fn involves(&self, id: PersonId) -> bool {
        self.kept.id == id || self.merged.id == id
    }
}
