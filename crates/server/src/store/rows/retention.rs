//! Rows of orders, requests and tombstones.

use assessment_people::id::{EpisodeId, PersonId};
use jiff::civil::Date;

use crate::{
    clock::from_microseconds,
    identifier::DraftId,
    store::{
        StoreError,
        retention::{ErasedBecause, ErasedKind, StoredHold, StoredRequest, Tombstone},
    },
};

/// Id, episode, last day, reason, moment.
pub(in crate::store) type Hold = (String, String, Option<String>, String, i64);

pub(in crate::store) fn hold((id, episode, until, reason, at_us): Hold) -> Result<StoredHold, StoreError> {
    let until = until.map(|day| date(&day)).transpose()?;
    let episode = EpisodeId::parse(&episode).ok_or_else(unreadable)?;
    Ok(StoredHold { id, episode, until, reason, placed_at: from_microseconds(at_us) })
}

/// Id, episode, person, day, moment.
pub(in crate::store) type Request = (String, String, String, String, i64);

pub(in crate::store) fn request(
    (id, episode, person, received_on, at_us): Request,
) -> Result<StoredRequest, StoreError> {
    Ok(StoredRequest {
        id,
        episode: EpisodeId::parse(&episode).ok_or_else(unreadable)?,
        person: PersonId::parse(&person).ok_or_else(unreadable)?,
        received_on: date(&received_on)?,
        opened_at: from_microseconds(at_us),
    })
}

/// Number, kind, id, why, since when it was due, day, moment, actor, versions, people, protection, excluded.
pub(in crate::store) type Erased = (
    i64,
    String,
    String,
    String,
    Option<String>,
    String,
    i64,
    String,
    String,
    String,
    Option<String>,
    Option<String>,
);

pub(in crate::store) fn tombstone(row: Erased) -> Result<Tombstone, StoreError> {
    let (number, kind, id, why, due_on, erased_on, erased_us, actor, versions, people, protection, excluded) =
        row;
    let ids = |text: &str| serde_json::from_str(text).map_err(|_| unreadable());
    Ok(Tombstone {
        number: number.unsigned_abs(),
        kind: match kind.as_str() {
            "draft" => ErasedKind::Draft,
            "story" => ErasedKind::Story,
            _ => ErasedKind::Episode,
        },
        id,
        because: match why.as_str() {
            "due" => ErasedBecause::Due,
            "decided" => ErasedBecause::Decided,
            _ => ErasedBecause::Reapplied,
        },
        due_on: due_on.map(|day| date(&day)).transpose()?,
        erased_on: date(&erased_on)?,
        erased_at: from_microseconds(erased_us),
        actor,
        versions: ids(&versions)?,
        people: ids(&people)?,
        may_be_told: matches!(protection.as_deref(), Some("ordinary" | "confidential")),
        excluded: excluded.map(|text| serde_json::from_str(&text).map_err(|_| unreadable())).transpose()?,
    })
}

/// Why, as it is stored.
pub(in crate::store) fn why(because: ErasedBecause) -> &'static str {
    match because {
        ErasedBecause::Due => "due",
        ErasedBecause::Decided => "decided",
        ErasedBecause::Reapplied => "reapplied",
    }
}

/// Draft and the moment of its last save.
pub(in crate::store) type OldDraft = (String, i64);

/// A draft whose id is none was written by nobody of ours, and is left out.
pub(in crate::store) fn old_draft((id, saved_us): OldDraft) -> Option<(DraftId, jiff::Timestamp)> {
    DraftId::parse(&id).map(|id| (id, from_microseconds(saved_us)))
}

fn date(text: &str) -> Result<Date, StoreError> {
    text.parse().map_err(|_| unreadable())
}

fn unreadable() -> StoreError {
    StoreError::Unavailable("a stored order, request or tombstone cannot be read".to_owned())
}
