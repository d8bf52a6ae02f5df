//! How closely what is known of a person is kept. Everything that is made from a record keeps at least its protection:
//! a copy, a join, an export, a reopened episode. Not `assessment_engine::disclosure::protection`, which says what sort
//! of information a question of the form holds.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// How closely something is kept, from the least to the strictest. It has no default: somebody has to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Protection {
    /// As any record of a child: for the people who work with the family.
    Ordinary,
    /// Not to be shared or printed without a decision about that recipient, such as the address of a refuge.
    Confidential,
    /// Only for people named in the record. To everybody else it does not exist.
    Shielded,
}

impl Protection {
    /// All, from the least to the strictest.
    pub const ALL: [Self; 3] = [Self::Ordinary, Self::Confidential, Self::Shielded];

    /// The protection of something made from both: the stricter one.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        self.max(other)
    }

    /// The protection of something made from all of these. `None` when it is made from nothing.
    #[must_use]
    pub fn join_all(all: impl IntoIterator<Item = Self>) -> Option<Self> {
        all.into_iter().max()
    }
}

/// A protection and why it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Protected {
    /// How closely it is kept.
    pub level: Protection,
    /// Why, as people wrote it. It may be empty: nobody has to give a reason for keeping an address safe.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub reasons: BTreeSet<String>,
}

impl Protected {
    /// A protection without a reason.
    #[must_use]
    pub const fn at(level: Protection) -> Self {
        Self { level, reasons: BTreeSet::new() }
    }

    /// A protection with the reason for it.
    #[must_use]
    pub fn because(level: Protection, reason: &str) -> Self {
        Self { level, reasons: BTreeSet::from([reason.to_owned()]) }
    }

    /// The protection of something made from both: the stricter level, and the reasons of both.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        Self {
            level: self.level.join(other.level),
            reasons: self.reasons.union(&other.reasons).cloned().collect(),
        }
    }
}
