//! Linking the audit trail and checking it, for every store. What a link is made of is `assessment_people::audit`'s.

use assessment_people::{
    audit::{Broken, Entry, Hash, Head, Linked, Verifier, Word},
    who::Reason,
};
use jiff::Timestamp;

use super::{StoreError, audit::AuditAction, episodes::Because};
use crate::{actor::Actor, clock::microseconds, digest::sha256_hex};

/// Why a trail is not known to be whole.
#[derive(Debug, thiserror::Error)]
pub enum AuditFault {
    /// Something was done to it.
    #[error("the audit trail is broken: {0}")]
    Broken(#[from] Broken),
    /// It could not be read.
    #[error("the audit trail cannot be read: {0}")]
    Unread(#[from] StoreError),
}

/// The last link of a trail as it is stored.
pub(super) type HeadRow = (i64, Vec<u8>);

/// An entry with its hash, as it is stored: sequence, moment, actor, action, kind, id, reason, hash.
pub(super) type LinkRow = (i64, i64, String, String, String, String, Option<String>, Option<Vec<u8>>);

/// How many entries are read at a time.
pub(super) const PAGE: u32 = 1_000;

/// Where the trail is.
pub(super) fn head(row: Option<HeadRow>) -> Head {
    row.map_or(Head::START, |(seq, hash)| Head { seq: seq.unsigned_abs(), hash: to_hash(Some(hash)) })
}

/// The entry that follows, ready to be stored.
pub(super) fn next(
    head: Head,
    actor: &Actor,
    action: AuditAction,
    at: Timestamp,
    because: Because<'_>,
) -> Result<Linked, StoreError> {
    let words = [actor.id(), action.name(), action.subject_kind(), &action.subject_id()];
    let reason = action.refused().map(str::to_owned).or_else(|| because.map(digest));
    let entry = entry(microseconds(at), words, reason.as_deref());
    let entry = entry.ok_or_else(|| {
        StoreError::Unavailable(
            "an audit entry takes ids and codes only, and this actor has another".to_owned(),
        )
    })?;
    Ok(entry.link(head).0)
}

/// The link of an entry that was stored before there were links.
pub(super) fn link(head: Head, row: &LinkRow) -> Option<(Linked, Head)> {
    let (_, at, actor, action, kind, id, reason, _) = row;
    entry(*at, [actor, action, kind, id], reason.as_deref()).map(|entry| entry.link(head))
}

/// What the chain holds of a reason: the words themselves are kept beside it, since they can say anything. Of a refusal it
/// holds why, as a code.
fn digest(reason: &Reason) -> String {
    format!("sha256:{}", sha256_hex(reason.words().as_bytes()))
}

/// What is stored beside an entry of its reason.
pub(super) fn reason(linked: &Linked) -> Option<String> {
    linked.entry.reason.as_ref().map(|word| word.as_str().to_owned())
}

fn entry(at: i64, words: [&str; 4], reason: Option<&str>) -> Option<Entry> {
    let [actor, action, subject_kind, subject_id] = words.map(|word| Word::parse(word).ok());
    let (actor, action, subject_kind, subject_id) = (actor?, action?, subject_kind?, subject_id?);
    let reason = reason.map(Word::parse).transpose().ok()?;
    Some(Entry { seq: 0, at, actor, action, subject_kind, subject_id, reason })
}

/// A hash that no entry has, where there is none.
fn to_hash(bytes: Option<Vec<u8>>) -> Hash {
    let bytes = bytes.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    bytes.map_or(Hash::START, Hash::from_bytes)
}

/// Checks a trail page by page.
pub(super) struct Check<'a>(Verifier<'a>);

impl<'a> Check<'a> {
    /// Against heads that were kept, lowest first.
    pub(super) fn new(kept: &'a [Head]) -> Self {
        Self(Verifier::new(kept))
    }

    /// Checks the next entries in order of sequence. Gives the sequence of the last.
    pub(super) fn page(&mut self, rows: Vec<LinkRow>) -> Result<Option<i64>, Broken> {
        let mut last = None;
        for (seq, at, actor, action, kind, id, reason, hash) in rows {
            let number = seq.unsigned_abs();
            // What no entry can hold was not written by us.
            let entry = entry(at, [&actor, &action, &kind, &id], reason.as_deref());
            let entry = entry.ok_or(Broken::Changed { seq: number })?;
            self.0.next(&Linked { entry: Entry { seq: number, ..entry }, hash: to_hash(hash) })?;
            last = Some(seq);
        }
        Ok(last)
    }

    /// That this was all.
    pub(super) fn finish(self) -> Result<Head, Broken> {
        self.0.finish()
    }
}

/// Heads to check against: those that somebody kept, and the store's own last link, which outlives entries that are cut off
/// without it.
pub(super) fn with_own(kept: &[Head], own: Head) -> Vec<Head> {
    let mut all = kept.to_vec();
    all.push(own);
    all.sort_by_key(|head| head.seq);
    all
}
