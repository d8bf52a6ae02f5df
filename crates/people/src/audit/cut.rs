//! What is left of a chain after entries were erased by their period: up to which number entries may be missing, and exactly
//! which ones are not. It is told by an entry of the chain itself, so that nobody can take out more unseen.

use std::fmt;

use sha2::{Digest as _, Sha256};

use super::{Entry, Hash};

/// Up to which number entries may be missing, and which of them are left: how many, and a SHA-256 over their numbers, lowest
/// first, each as 8 bytes, most significant first. Each erasing tells of all that came before it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    through: u64,
    left: u64,
    digest: Hash,
}

impl Cut {
    /// The action of an entry that tells one.
    pub const ACTION: &'static str = "erase-log";
    /// The kind of record that it is about.
    pub const KIND: &'static str = "access-log";

    /// Entries up to this one may be missing, and these are left, lowest first.
    #[must_use]
    pub fn new(through: u64, left: impl IntoIterator<Item = u64>) -> Self {
        let mut all = Left::new(Self { through, left: 0, digest: Hash::START });
        left.into_iter().for_each(|seq| all.add(seq));
        all.finish().1
    }

    /// Up to which number entries may be missing.
    #[must_use]
    pub const fn through(self) -> u64 {
        self.through
    }

    /// Reads one as [`Display`](fmt::Display) writes it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let mut number = || parts.next()?.parse().ok();
        let (through, left) = (number()?, number()?);
        Some(Self { through, left, digest: Hash::parse(parts.next()?)? })
    }

    /// The one that an entry tells, if it is about that.
    #[must_use]
    pub fn told(entry: &Entry) -> Option<Self> {
        let is_one = entry.action.as_str() == Self::ACTION && entry.subject_kind.as_str() == Self::KIND;
        is_one.then(|| Self::parse(entry.subject_id.as_str())).flatten()
    }
}

impl fmt::Display for Cut {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}-{}-{}", self.through, self.left, self.digest)
    }
}

/// Counts what is left.
#[derive(Debug, Clone)]
pub(super) struct Left {
    cut: Cut,
    left: u64,
    digest: Sha256,
}

impl Left {
    pub(super) fn new(cut: Cut) -> Self {
        Self { cut, left: 0, digest: Sha256::new() }
    }

    /// Whether the entry of that number may be missing.
    pub(super) const fn may_miss(&self, seq: u64) -> bool {
        seq <= self.cut.through
    }

    /// That this one is there.
    pub(super) fn add(&mut self, seq: u64) {
        if self.may_miss(seq) {
            self.left = self.left.saturating_add(1);
            self.digest.update(seq.to_be_bytes());
        }
    }

    /// What was said to be left, and what is.
    pub(super) fn finish(self) -> (Cut, Cut) {
        let digest = Hash::from_bytes(self.digest.finalize().into());
        (self.cut, Cut { through: self.cut.through, left: self.left, digest })
    }
}
