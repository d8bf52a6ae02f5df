//! What partners' servers are told, as both databases keep it.

use assessment_people::id::{EpisodeId, VersionId};
use uuid::Uuid;

use crate::{
    clock::from_microseconds,
    identifier::canonical_uuid,
    store::{
        StoreError,
        webhooks::{Claimed, Ended, NewEvent, Progress, StoredDelivery},
    },
    webhooks::Kind,
};

/// Number, id, kind, moment, state, due, attempts and outcome.
pub(in crate::store) type Delivery = (i64, String, String, i64, String, i64, i64, Option<String>);

/// Id, partner, kind, episode, version, moment, attempts and since when.
pub(in crate::store) type Claim = (String, String, String, String, Option<String>, i64, i64, i64);

fn broken() -> StoreError {
    StoreError::Unavailable("a stored delivery cannot be read".to_owned())
}

fn kind(name: &str) -> Result<Kind, StoreError> {
    Kind::parse(name).ok_or_else(broken)
}

fn uuid(text: &str) -> Result<Uuid, StoreError> {
    canonical_uuid(text).ok_or_else(broken)
}

pub(in crate::store) fn delivery(row: Delivery) -> Result<StoredDelivery, StoreError> {
    let (number, id, name, at, state, due, attempts, outcome) = row;
    let progress = match state.as_str() {
        "pending" => Progress::Pending { due: from_microseconds(due) },
        "delivered" => Progress::Delivered,
        "failed" => Progress::Failed,
        _ => return Err(broken()),
    };
    Ok(StoredDelivery {
        number: number.unsigned_abs(),
        id: uuid(&id)?,
        kind: kind(&name)?,
        at: from_microseconds(at),
        progress,
        attempts: attempts.try_into().unwrap_or(u32::MAX),
        outcome,
    })
}

pub(in crate::store) fn claimed(row: Claim) -> Result<Claimed, StoreError> {
    let (id, partner, name, episode, version, at, attempts, since) = row;
    let version = version.map(|id| VersionId::parse(&id).ok_or_else(broken)).transpose()?;
    Ok(Claimed {
        event: NewEvent {
            id: uuid(&id)?,
            partner,
            kind: kind(&name)?,
            episode: EpisodeId::parse(&episode).ok_or_else(broken)?,
            version,
            at: from_microseconds(at),
        },
        attempt: attempts.try_into().unwrap_or(u32::MAX),
        since: from_microseconds(since),
    })
}

pub(in crate::store) fn episode(id: &str) -> Result<EpisodeId, StoreError> {
    EpisodeId::parse(id).ok_or_else(broken)
}

/// The state after an attempt, and when it is due again; the moment of what is over counts for nothing.
pub(in crate::store) fn after(ended: Ended) -> (&'static str, Option<i64>) {
    match ended {
        Ended::Delivered => ("delivered", None),
        Ended::Again(due) => ("pending", Some(crate::clock::microseconds(due))),
        Ended::GivenUp => ("failed", None),
    }
}
