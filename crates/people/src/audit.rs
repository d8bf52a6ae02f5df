//! The chain of the audit trail: each entry's hash is made from its own fields and the hash of the entry before, so that
//! an entry that was changed, taken out, put in or moved is found. Entries are in the order of their numbers, never of
//! their times: many share one.
//!
//! No field can hold what a form says: every one is an id or a short code without spaces. A store writes entries in the
//! transaction of what they tell; this module only links and checks them.

mod cut;

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use thiserror::Error;

pub use cut::Cut;
use cut::Left;

/// The longest word of an entry, in bytes.
pub const MAX_WORD: usize = 300;

/// An id or a code: visible ASCII characters and no space, at most [`MAX_WORD`] of them. A sentence does not fit in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Word(String);

/// That something is no [`Word`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error(
    "an entry of the audit trail takes ids and codes only: up to {MAX_WORD} visible ASCII characters, no space"
)]
pub struct NotAWord;

impl Word {
    /// Reads an id or a code.
    ///
    /// # Errors
    /// It is blank, too long, or has a space or another character that ids do not have.
    pub fn parse(text: &str) -> Result<Self, NotAWord> {
        let fits = (1..=MAX_WORD).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if fits { Ok(Self(text.to_owned())) } else { Err(NotAWord) }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Word> for String {
    fn from(word: Word) -> Self {
        word.0
    }
}

impl TryFrom<String> for Word {
    type Error = NotAWord;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

/// A SHA-256 hash.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash([u8; 32]);

impl Hash {
    /// Before the first entry.
    pub const START: Self = Self([0; 32]);

    /// The bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// From bytes that a store kept.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        if pairs.len() != bytes.len() || !rest.is_empty() {
            return None;
        }
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = digit(*high)? << 4 | digit(*low)?;
        }
        Some(Self(bytes))
    }
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Hash({self})")
    }
}

/// What is told: who did what to what, when, and why they were allowed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number, from 1, without a gap.
    pub seq: u64,
    /// When, in microseconds since 1970.
    pub at: i64,
    /// Who, by the subject of their sign-in.
    pub actor: Word,
    /// What, such as `person-merged`.
    pub action: Word,
    /// The kind of the record.
    pub subject_kind: Word,
    /// The id of the record.
    pub subject_id: Word,
    /// The code of the reason that was chosen, where one was asked for. What was written beside it is not here.
    pub reason: Option<Word>,
}

/// An entry as it is stored, with its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked {
    /// The entry.
    pub entry: Entry,
    /// The hash that was stored with it.
    pub hash: Hash,
}

/// Where a chain was at some time, kept or signed elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The number of the last entry; 0 for none.
    pub seq: u64,
    /// Its hash.
    pub hash: Hash,
}

impl Head {
    /// Of a chain without entries.
    pub const START: Self = Self { seq: 0, hash: Hash::START };
}

impl Entry {
    /// The entry's hash after the one before. The bytes are these, so that any program can check a chain: a version byte
    /// 1; the hash before; number and time as 8 bytes, most significant first; then actor, action, kind, id and reason,
    /// each with its length before it as 4 bytes. A reason that is missing has the length `0xffff_ffff`.
    #[must_use]
    pub fn hash_after(&self, previous: Hash) -> Hash {
        let mut bytes = vec![1];
        bytes.extend(previous.0);
        bytes.extend(self.seq.to_be_bytes());
        bytes.extend(self.at.to_be_bytes());
        let words = [&self.actor, &self.action, &self.subject_kind, &self.subject_id];
        for word in words.into_iter().map(Some).chain([self.reason.as_ref()]) {
            // A word is at most 300 bytes, so its length fits.
            let length = word.map_or(u32::MAX, |word| u32::try_from(word.0.len()).unwrap_or(u32::MAX));
            bytes.extend(length.to_be_bytes());
            bytes.extend(word.map_or("", Word::as_str).bytes());
        }
        Hash(Sha256::digest(&bytes).into())
    }

    /// The entry as it is stored after a chain's head, and the head after it. Its number is the next one.
    #[must_use]
    pub fn link(self, head: Head) -> (Linked, Head) {
        let entry = Self { seq: head.seq.saturating_add(1), ..self };
        let hash = entry.hash_after(head.hash);
        let seq = entry.seq;
        (Linked { entry, hash }, Head { seq, hash })
    }
}

/// What is wrong with a chain, and at which entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Broken {
    /// An entry, or the link to the one before it, is not as it was written.
    #[error("entry {seq} is not as it was written")]
    Changed {
        /// Its number.
        seq: u64,
    },
    /// Entries are missing before one.
    #[error("entries {from} to {to} are missing")]
    Missing {
        /// The first that is missing.
        from: u64,
        /// The last.
        to: u64,
    },
    /// An entry is where another one should be: it was put in, or moved.
    #[error("entry {seq} is out of its place: entry {expected} was expected")]
    OutOfPlace {
        /// Its number.
        seq: u64,
        /// The number that was expected.
        expected: u64,
    },
    /// The end is missing.
    #[error("entries {from} to {to}, the last ones, are missing")]
    CutOff {
        /// The first that is missing.
        from: u64,
        /// The last.
        to: u64,
    },
    /// Entries were erased by their period, and those that were left then are not those that are there.
    #[error("the entries up to {through} are not those that were left when the access log was erased")]
    LeftOtherwise {
        /// Up to which entries had been erased.
        through: u64,
    },
    /// A head was kept of an entry that may have been erased, and its link is not there. Erasing leaves every link.
    #[error(
        "the link of entry {seq} is missing, of which a head was kept: erasing entries leaves every link, so it was taken out and \
         what came before it may have been written again"
    )]
    Unlinked {
        /// Its number.
        seq: u64,
    },
    /// The entries fit each other and not a head that was kept: they were written again after the last head that fits.
    #[error(
        "one of entries {after_seq} to {seq} was written again: entry {seq} does not fit the head that was kept"
    )]
    Rewritten {
        /// The first that may have been.
        after_seq: u64,
        /// The number of the head that does not fit.
        seq: u64,
    },
}

/// Checks a chain entry by entry, so that a store need not hold all of it.
#[derive(Debug, Clone)]
pub struct Verifier<'a> {
    head: Head,
    kept: &'a [Head],
    last_kept: u64,
    left: Option<Left>,
    /// What the last entry about erasing says was left.
    told: Option<Cut>,
}

impl<'a> Verifier<'a> {
    /// Checks from the first entry on, against heads that were kept elsewhere, lowest number first.
    #[must_use]
    pub const fn new(kept: &'a [Head]) -> Self {
        Self { head: Head::START, kept, last_kept: 0, left: None, told: None }
    }

    /// The same of a chain of which entries were erased by their period. Which may be missing is what its last entry about
    /// that says: [`finish`](Self::finish) finds out whether that is this one.
    #[must_use]
    pub fn after(self, cut: Option<Cut>) -> Self {
        Self { left: cut.map(Left::new), ..self }
    }

    /// That the entries before this number are missing, down to the last that was checked, and the hash that was stored with
    /// the one right before it. Does nothing where none is missing, or where none may be: then the next entry says so.
    pub fn erased_before(&mut self, seq: u64, hash: Hash) {
        let last = seq.saturating_sub(1);
        if last > self.head.seq && self.left.as_ref().is_some_and(|left| left.may_miss(last)) {
            self.head = Head { seq: last, hash };
            let beyond = self.kept.iter().take_while(|kept| kept.seq <= last).count();
            // A head within what is missing is compared with the link by who has it.
            self.last_kept =
                self.kept.get(..beyond).and_then(<[Head]>::last).map_or(self.last_kept, |kept| kept.seq);
            self.kept = self.kept.get(beyond..).unwrap_or_default();
        }
    }

    /// Checks the next entry, in the order of the numbers as the store has them.
    ///
    /// # Errors
    /// What is wrong, and where.
    pub fn next(&mut self, linked: &Linked) -> Result<(), Broken> {
        let Linked { entry, hash } = linked;
        let expected = self.head.seq.saturating_add(1);
        if entry.seq > expected {
            return Err(Broken::Missing { from: expected, to: entry.seq - 1 });
        }
        if entry.seq < expected {
            return Err(Broken::OutOfPlace { seq: entry.seq, expected });
        }
        if entry.hash_after(self.head.hash) != *hash {
            return Err(Broken::Changed { seq: entry.seq });
        }
        self.head = Head { seq: entry.seq, hash: *hash };
        if let Some(left) = &mut self.left {
            left.add(entry.seq);
        }
        if let Some(cut) = Cut::told(entry) {
            self.told = Some(cut);
        }
        while let Some((kept, rest)) = self.kept.split_first().filter(|(kept, _)| kept.seq <= entry.seq) {
            if kept.seq == entry.seq && kept.hash != *hash {
                return Err(Broken::Rewritten {
                    after_seq: self.last_kept.saturating_add(1),
                    seq: entry.seq,
                });
            }
            self.last_kept = kept.seq;
            self.kept = rest;
        }
        Ok(())
    }

    /// That there are no more entries. Gives the head, to be signed or kept elsewhere.
    ///
    /// # Errors
    /// A head that was kept is beyond the last entry.
    pub fn finish(self) -> Result<Head, Broken> {
        let (cut, found) = self.left.map(Left::finish).unzip();
        if (cut, found) != (self.told, self.told) {
            let through = self.told.or(cut).map_or(0, |cut| cut.through());
            return Err(Broken::LeftOtherwise { through });
        }
        match self.kept.last() {
            Some(kept) if kept.seq > self.head.seq => {
                Err(Broken::CutOff { from: self.head.seq.saturating_add(1), to: kept.seq })
            }
            _ => Ok(self.head),
        }
    }
}

/// Checks a whole chain against heads that were kept elsewhere, lowest number first.
///
/// # Errors
/// The first thing that is wrong, and where.
pub fn verify<'e>(entries: impl IntoIterator<Item = &'e Linked>, kept: &[Head]) -> Result<Head, Broken> {
    let mut verifier = Verifier::new(kept);
    for linked in entries {
        verifier.next(linked)?;
    }
    verifier.finish()
}
