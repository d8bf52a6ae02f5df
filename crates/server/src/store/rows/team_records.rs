//! Rows of what teams write.

use std::collections::BTreeMap;

use assessment_people::{id::EpisodeId, who::Stamp};
use assessment_team::RecordKind;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    clock::from_microseconds,
    store::{
        StoreError,
        team_records::{Circulation, KeptVersion, ListedRecord, RecordOf, Revision, Which},
    },
};

/// A record in a list. Both columns of a completion are there or neither is.
#[derive(sqlx::FromRow)]
pub(in crate::store) struct Listed {
    episode_id: String,
    kind: String,
    number: i64,
    revision: i64,
    document: Option<String>,
    completed_revision: Option<i64>,
    completed: Option<String>,
    waiting: i64,
    circulated: i64,
}

/// Records by episode, in the order of lists.
pub(in crate::store) fn listed(
    rows: Vec<Listed>,
) -> Result<BTreeMap<EpisodeId, Vec<ListedRecord>>, StoreError> {
    let mut all: BTreeMap<EpisodeId, Vec<ListedRecord>> = BTreeMap::new();
    for row in rows {
        let kind = RecordKind::parse(&row.kind).ok_or_else(unreadable)?;
        let saved = row.document.as_deref().map(read).transpose()?;
        let stamp = row.completed.as_deref().map(read::<Stamp>).transpose()?;
        let episode = EpisodeId::parse(&row.episode_id).ok_or_else(unreadable)?;
        all.entry(episode).or_default().push(ListedRecord {
            which: Which { kind, number: small(row.number)? },
            newest: Some(small(row.revision)?).zip(saved),
            completed: row.completed_revision.map(small).transpose()?.zip(stamp),
            waiting: small(row.waiting)?,
            is_circulated: row.circulated > 0,
        });
    }
    for records in all.values_mut() {
        records.sort_by_key(|record| record.which);
    }
    Ok(all)
}

/// Revision, base, SHA-256, form version, answers, document.
pub(in crate::store) type RevisionRow = (i64, i64, String, String, String, String);

pub(in crate::store) fn revision(row: RevisionRow) -> Result<Revision, StoreError> {
    let (number, base, sha256, form_version, answers, document) = row;
    let (number, base) = (small(number)?, small(base)?);
    Ok(Revision { number, base, sha256, form_version, answers, saved: read(&document)? })
}

/// Episode, kind, number, answers, document, when it was completed first.
pub(in crate::store) type RecordOfRow = (String, String, i64, String, String, Option<i64>);

pub(in crate::store) fn record_of(row: RecordOfRow) -> Result<RecordOf, StoreError> {
    let (episode, kind, number, answers, document, completed_us) = row;
    let episode = EpisodeId::parse(&episode).ok_or_else(unreadable)?;
    let kind = RecordKind::parse(&kind).ok_or_else(unreadable)?;
    let which = Which { kind, number: small(number)? };
    Ok(RecordOf {
        episode,
        which,
        answers,
        saved: read(&document)?,
        completed: completed_us.map(from_microseconds),
    })
}

/// Id, base, SHA-256, form version, answers, document, the revision that settled it.
pub(in crate::store) type KeptRow = (String, i64, String, String, String, String, Option<i64>);

pub(in crate::store) fn kept(row: KeptRow) -> Result<KeptVersion, StoreError> {
    let (id, base, sha256, form_version, answers, document, settled) = row;
    let (base, settled) = (small(base)?, settled.map(small).transpose()?);
    Ok(KeptVersion { id, base, sha256, form_version, answers, kept: read(&document)?, settled })
}

/// Id, revision, document.
pub(in crate::store) type CirculationRow = (String, i64, String);

pub(in crate::store) fn circulation(row: CirculationRow) -> Result<Circulation, StoreError> {
    let (id, revision, document) = row;
    Ok(Circulation { id, revision: small(revision)?, sent: read(&document)? })
}

/// Something as both databases take it.
pub(in crate::store) fn document(of: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(of).map_err(|_| unreadable())
}

fn read<T: DeserializeOwned>(document: &str) -> Result<T, StoreError> {
    serde_json::from_str(document).map_err(|_| unreadable())
}

fn small(number: i64) -> Result<u32, StoreError> {
    u32::try_from(number).map_err(|_| unreadable())
}

fn unreadable() -> StoreError {
    StoreError::Unavailable("a stored team record cannot be read".to_owned())
}
