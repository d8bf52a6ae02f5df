//! Linking the audit trail and checking it, for every store. What a link is made of is `assessment_people::audit`'s.

use std::collections::BTreeMap;

use assessment_people::{
    audit::{Broken, Cut, Entry, Hash, Head, Linked, Verifier, Word},
    who::Reason,
};
use jiff::Timestamp;

use super::{StoreError, audit::AuditAction, episodes::Because};
use crate::{actor::Actor, clock::microseconds, digest::sha256_hex, identifier::random_uuid};

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

/// An entry with its hash, as it is stored: sequence, moment, actor, action, kind, id, reason, hash; the words of the reason
/// with their salt, as long as they are kept; and the hash that is stored for the number before.
pub(super) type LinkRow = (
    i64,
    i64,
    String,
    String,
    String,
    String,
    Option<String>,
    Option<Vec<u8>>,
    Option<String>,
    Option<String>,
    Option<Vec<u8>>,
);

/// Reads the id of the newest entry about erasing the access log, in either database.
pub(super) const CUT: &str =
    "SELECT subject_id FROM audit WHERE subject_kind = 'access-log' ORDER BY seq DESC LIMIT 1";

/// How many entries are read at a time.
pub(super) const PAGE: u32 = 1_000;

/// Where the trail is.
pub(super) fn head(row: Option<HeadRow>) -> Head {
    row.map_or(Head::START, |(seq, hash)| Head { seq: seq.unsigned_abs(), hash: to_hash(Some(hash)) })
}

/// Something that was done, to be written down at the end of a transaction. Entries are added one transaction at a time, so
/// the time from the first of them to the end is as short as it can be.
pub(super) struct Noted {
    /// By whom.
    pub(super) actor: Actor,
    action: AuditAction,
    at: Timestamp,
    /// Why.
    because: Option<Reason>,
}

impl Noted {
    pub(super) fn new(actor: &Actor, action: AuditAction, at: Timestamp, because: Because<'_>) -> Self {
        Self { actor: actor.clone(), action, at, because: because.cloned() }
    }
}

/// An entry that is ready to be stored, and why, in words.
pub(super) struct Following {
    pub(super) linked: Linked,
    pub(super) why: Option<Salted>,
}

/// The words of a reason, with what they are mixed with in the chain: once both are gone, nobody can try names on what is left.
pub(super) struct Salted {
    pub(super) words: String,
    pub(super) salt: String,
}

impl Salted {
    fn new(reason: &Reason) -> Result<Self, StoreError> {
        let salt = random_uuid().map_err(|_| StoreError::Unavailable("no random bytes".to_owned()))?;
        Ok(Self { words: reason.words().to_owned(), salt: salt.to_string() })
    }
}

/// The entries that follow, ready to be stored.
pub(super) fn follow(mut head: Head, noted: &[Noted]) -> Result<Vec<Following>, StoreError> {
    let mut all = Vec::with_capacity(noted.len());
    for Noted { actor, action, at, because } in noted {
        let words = [actor.id(), action.name(), action.subject_kind(), &action.subject_id()];
        let why = because.as_ref().map(Salted::new).transpose()?;
        let digest = || why.as_ref().map(|why| digest(Some(&why.salt), &why.words));
        let reason = action.refused().map(str::to_owned).or_else(digest);
        let entry = entry(microseconds(*at), words, reason.as_deref());
        let entry = entry.ok_or_else(|| {
            StoreError::Unavailable(
                "an audit entry takes ids and codes only, and this actor has another".to_owned(),
            )
        })?;
        let (linked, next) = entry.link(head);
        all.push(Following { linked, why });
        head = next;
    }
    Ok(all)
}

/// The link of an entry that was stored before there were links.
pub(super) fn link(head: Head, row: &LinkRow) -> Option<(Linked, Head)> {
    let (_, at, actor, action, kind, id, reason, ..) = row;
    entry(*at, [actor, action, kind, id], reason.as_deref()).map(|entry| entry.link(head))
}

/// What the chain holds of a reason: the words themselves are kept beside it, since they can say anything. Of a refusal it
/// holds why, as a code.
fn digest(salt: Option<&str>, words: &str) -> String {
    // As PostgreSQL keeps them.
    let words = words.replace('\0', "\u{fffd}");
    match salt {
        Some(salt) => format!("salted-sha256:{}", sha256_hex(format!("{salt}\n{words}").as_bytes())),
        None => format!("sha256:{}", sha256_hex(words.as_bytes())),
    }
}

/// Whether the words that are kept are those of the entry. Words that were erased say nothing against it.
fn are_its_words(reason: Option<&str>, words: Option<&str>, salt: Option<&str>) -> bool {
    // An older digest is of the words as they were typed, and not as PostgreSQL keeps them.
    words.is_none_or(|words| {
        reason == Some(digest(salt, words).as_str()) || (salt.is_none() && words.contains(['\u{fffd}', '\0']))
    })
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
    /// Against heads that were kept, lowest first; `links` are those that the store has of the same numbers, and `cut` the id
    /// in its newest entry about erasing the access log.
    pub(super) fn new(
        kept: &'a [Head],
        links: impl IntoIterator<Item = HeadRow>,
        cut: Option<(String,)>,
    ) -> Result<Self, Broken> {
        let cut = cut.and_then(|(id,)| Cut::parse(&id));
        // A head of an entry that was erased since can be compared with its link alone, which no erasing takes.
        let links: BTreeMap<u64, Hash> =
            links.into_iter().map(|link| head(Some(link))).map(|link| (link.seq, link.hash)).collect();
        let erasable = cut.map_or(0, Cut::through);
        for Head { seq, hash } in kept.iter().filter(|kept| (1..=erasable).contains(&kept.seq)) {
            match links.get(seq) {
                None => return Err(Broken::Unlinked { seq: *seq }),
                Some(link) if link != hash => return Err(Broken::Rewritten { after_seq: 1, seq: *seq }),
                Some(_) => {}
            }
        }
        Ok(Self(Verifier::new(kept).after(cut)))
    }

    /// Checks the next entries in order of sequence. Gives the sequence of the last.
    pub(super) fn page(&mut self, rows: Vec<LinkRow>) -> Result<Option<i64>, Broken> {
        let mut last = None;
        for (seq, at, actor, action, kind, id, reason, hash, words, salt, before) in rows {
            let number = seq.unsigned_abs();
            // What no entry can hold was not written by us.
            let entry = entry(at, [&actor, &action, &kind, &id], reason.as_deref());
            let entry = entry.ok_or(Broken::Changed { seq: number })?;
            self.0.erased_before(number, to_hash(before));
            self.0.next(&Linked { entry: Entry { seq: number, ..entry }, hash: to_hash(hash) })?;
            if !are_its_words(reason.as_deref(), words.as_deref(), salt.as_deref()) {
                return Err(Broken::Changed { seq: number });
            }
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
