//! Rows of episodes and grants.

use std::collections::BTreeMap;

use assessment_api::assessment::Headline;
use assessment_people::{
    access::REFUSED, episode::Episode as Revision, id::EpisodeId, protection::Protection,
};
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    clock::{from_microseconds, microseconds},
    store::{
        StoreError,
        episodes::{self, AccessEntry, EpisodeState, Listed, StoredEpisode, StoredGrant, WantedReceipt},
    },
};

/// What a list sorts by where nothing is due.
const NEVER: &str = "9999-12-31";

/// An episode. The columns are named, since there are many.
#[derive(sqlx::FromRow)]
pub(in crate::store) struct Episode {
    document: String,
    revision: i64,
    changed_us: i64,
    protection: String,
    reference: String,
    child_name: Option<String>,
    headline_kind: Option<String>,
    headline_code: Option<String>,
    calm: i64,
    due_on: String,
}

pub(in crate::store) fn episode(row: Episode) -> Result<StoredEpisode, StoreError> {
    let headline = row.headline_kind.zip(row.headline_code);
    let due_on = (row.due_on != NEVER).then(|| row.due_on.parse::<Date>().ok()).flatten();
    let listed = Listed {
        reference: row.reference,
        child_name: row.child_name,
        headline: headline.map(|(kind, code)| Headline { kind, code }),
        urgent: row.calm == 0,
        due_on,
    };
    let protection = Protection::ALL.into_iter().find(|one| code(*one) == row.protection);
    let state = EpisodeState {
        episode: serde_json::from_str(&row.document).map_err(|_| unreadable())?,
        protection: protection.ok_or_else(unreadable)?,
        listed,
    };
    Ok(StoredEpisode {
        state,
        revision: row.revision.unsigned_abs(),
        changed_at: from_microseconds(row.changed_us),
    })
}

/// An episode with the id of one of its versions.
#[derive(sqlx::FromRow)]
pub(in crate::store) struct EpisodeOf {
    version_id: String,
    #[sqlx(flatten)]
    episode: Episode,
}

pub(in crate::store) fn episode_of(row: EpisodeOf) -> Result<(String, StoredEpisode), StoreError> {
    Ok((row.version_id, episode(row.episode)?))
}

/// One revision of an episode.
pub(in crate::store) fn revision((document,): (String,)) -> Result<Revision, StoreError> {
    serde_json::from_str(&document).map_err(|_| unreadable())
}

/// Ids as a list in JSON.
pub(in crate::store) fn ids(of: &[impl Serialize]) -> String {
    serde_json::to_string(of).unwrap_or_default()
}

/// An episode as both databases take it.
pub(in crate::store) struct Columns {
    pub(in crate::store) id: String,
    pub(in crate::store) document: String,
    pub(in crate::store) child: String,
    pub(in crate::store) holder: String,
    pub(in crate::store) state: String,
    pub(in crate::store) protection: &'static str,
    pub(in crate::store) calm: i64,
    pub(in crate::store) due_on: String,
    pub(in crate::store) opened_us: i64,
}

pub(in crate::store) fn columns(of: &EpisodeState) -> Result<Columns, StoreError> {
    let json = |value: serde_json::Result<String>| value.map_err(|_| unreadable());
    let state = json(serde_json::to_string(&of.episode.state().name()))?;
    let opened = of.episode.history().first().map(|first| first.stamp.at.microseconds());
    Ok(Columns {
        id: of.episode.id().to_string(),
        document: json(serde_json::to_string(&of.episode))?,
        child: of.episode.child().to_string(),
        holder: of.episode.holder().code().to_owned(),
        state: state.trim_matches('"').to_owned(),
        protection: code(of.protection),
        calm: i64::from(!of.listed.urgent),
        due_on: of.listed.due_on.map_or_else(|| NEVER.to_owned(), |day| day.to_string()),
        opened_us: opened.unwrap_or_else(|| microseconds(jiff::Timestamp::UNIX_EPOCH)),
    })
}

/// How closely it is kept, as stored.
fn code(protection: Protection) -> &'static str {
    match protection {
        Protection::Ordinary => "ordinary",
        Protection::Confidential => "confidential",
        Protection::Shielded => "shielded",
    }
}

/// Id, revision, document.
pub(in crate::store) type Grant = (String, i64, String);

pub(in crate::store) fn grants(rows: Vec<Grant>) -> Result<Vec<StoredGrant>, StoreError> {
    let grant = |(id, revision, document): Grant| {
        let grant = serde_json::from_str(&document).map_err(|_| unreadable())?;
        Ok(StoredGrant { id, revision: revision.unsigned_abs(), grant })
    };
    rows.into_iter().map(grant).collect()
}

/// A grant as both databases take it.
pub(in crate::store) fn grant_document(of: &StoredGrant) -> Result<String, StoreError> {
    serde_json::to_string(&of.grant).map_err(|_| unreadable())
}

/// Sequence, moment, actor, name, organisation, action, their words, what the chain holds of a reason.
pub(in crate::store) type Access =
    (i64, i64, String, Option<String>, Option<String>, String, Option<String>, Option<String>);

pub(in crate::store) fn access(row: Access) -> AccessEntry {
    let (sequence, at_us, actor, name, organisation, action, reason, chained) = row;
    let (sequence, at) = (sequence.unsigned_abs(), from_microseconds(at_us));
    let refused = chained.filter(|_| action.starts_with(REFUSED));
    AccessEntry { sequence, at, actor, name, organisation, action, reason, refused }
}

/// Episode, name, moment.
pub(in crate::store) type Receipt = (String, String, i64);

/// What is wanted, as a list in JSON: episode, organisation, moment.
pub(in crate::store) fn receipts_wanted(wanted: &[WantedReceipt]) -> String {
    let rows: Vec<(String, &str, i64)> = wanted
        .iter()
        .map(|one| (one.episode.to_string(), one.organisation.code(), microseconds(one.from)))
        .collect();
    ids(&rows)
}

/// The first of each episode, from rows in the order in which they happened.
pub(in crate::store) fn first_receipts(rows: Vec<Receipt>) -> BTreeMap<EpisodeId, episodes::Receipt> {
    let mut first = BTreeMap::new();
    for (id, name, at_us) in rows {
        let Some(id) = EpisodeId::parse(&id) else { continue };
        let receipt = episodes::Receipt { name: Some(name), at: from_microseconds(at_us) };
        first.entry(id).or_insert(receipt);
    }
    first
}

fn unreadable() -> StoreError {
    StoreError::Unavailable("a stored episode or grant cannot be read".to_owned())
}
