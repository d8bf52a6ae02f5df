//! Rows of own pages, the register, the whole audit trail, and pairs of people.

use assessment_people::{
    episode::StateName,
    id::{EpisodeId, PersonId},
    take_up::{About, Measure, Published, Quarter},
};

use super::episodes::{Episode, episode};
use crate::{
    clock::{from_microseconds, microseconds},
    store::{
        StoreError,
        pages::{Page, StoredPage, Training},
        pairs::{Due, Pair},
        register::{Locality, RegisterRow, StoredStory, WantedRegister},
        rows::people,
        trail::{Export, Look, TrailEntry},
    },
};

/// Document, revision, moment.
pub(in crate::store) type OwnPage = (String, i64, i64);

pub(in crate::store) fn page((document, revision, at_us): OwnPage) -> Result<StoredPage, StoreError> {
    let page: Page = people::read(&document)?;
    Ok(StoredPage { page, revision: revision.unsigned_abs(), saved_at: from_microseconds(at_us) })
}

/// Person, document, moment.
pub(in crate::store) type TrainingRow = (String, String, i64);

pub(in crate::store) fn training((person, document, at_us): TrainingRow) -> Result<Training, StoreError> {
    let page: Page = people::read(&document)?;
    Ok(Training { person, saved_at: from_microseconds(at_us), trained_on: page.trained_on })
}

/// An episode with its place.
#[derive(sqlx::FromRow)]
pub(in crate::store) struct Register {
    #[sqlx(flatten)]
    episode: Episode,
    opened_us: i64,
    school: Option<String>,
    district: Option<String>,
    sector: Option<String>,
}

pub(in crate::store) fn register(row: Register) -> Result<RegisterRow, StoreError> {
    Ok(RegisterRow {
        stored: episode(row.episode)?,
        opened_at: from_microseconds(row.opened_us),
        place: Locality { school: row.school, district: row.district, sector: row.sector },
    })
}

/// What was published about a quarter.
pub(in crate::store) fn published((document,): (String,)) -> Result<Published, StoreError> {
    people::read(&document)
}

/// Quarter, measure, revision, document.
pub(in crate::store) type StoryRow = (String, String, i64, String);

pub(in crate::store) fn story(
    (quarter, measure, revision, document): StoryRow,
) -> Result<StoredStory, StoreError> {
    let about = Quarter::parse(&quarter).zip(Measure::parse(&measure));
    let (quarter, measure) =
        about.ok_or_else(|| StoreError::Unavailable("a stored story cannot be read".to_owned()))?;
    let revision = revision.unsigned_abs();
    Ok(StoredStory { about: About { quarter, measure }, revision, story: people::read(&document)? })
}

/// A state as it is stored.
pub(in crate::store) fn state(wanted: &WantedRegister) -> Option<String> {
    let name = |state: StateName| serde_json::to_value(state).ok()?.as_str().map(str::to_owned);
    wanted.state.and_then(name)
}

/// From which moment on, and before which.
pub(in crate::store) fn between(from: Option<jiff::Timestamp>, until: Option<jiff::Timestamp>) -> (i64, i64) {
    (from.map_or(i64::MIN, microseconds), until.map_or(i64::MAX, microseconds))
}

/// Sequence, moment, actor, name, organisation, action, kind, id, episode, reason.
pub(in crate::store) type Trail = (
    i64,
    i64,
    String,
    Option<String>,
    Option<String>,
    String,
    String,
    String,
    Option<String>,
    Option<String>,
);

pub(in crate::store) fn trail(row: Trail) -> TrailEntry {
    let (sequence, at_us, actor, name, organisation, action, subject_kind, subject_id, episode, reason) = row;
    TrailEntry {
        sequence: sequence.unsigned_abs(),
        at: from_microseconds(at_us),
        actor,
        name,
        organisation,
        action,
        subject_kind,
        subject_id,
        episode,
        reason,
    }
}

/// Document, revision, moment, and 1 where they are looked for.
pub(in crate::store) type DuePerson = (String, i64, i64, i64);

pub(in crate::store) fn due((document, revision, at_us, looked_for): DuePerson) -> Result<Due, StoreError> {
    Ok(Due { stored: people::person((document, revision, at_us))?, is_looked_for: looked_for == 1 })
}

/// Weight and two ids.
pub(in crate::store) type PairRow = (i64, String, String);

pub(in crate::store) fn pair((weight, one, other): PairRow) -> Option<Pair> {
    Some(Pair { weight, one: PersonId::parse(&one)?, other: PersonId::parse(&other)? })
}

/// After which row a page begins. Without a pair, before the first of them.
pub(in crate::store) fn edge(after: Option<Pair>) -> PairRow {
    let last = || "~".to_owned();
    after.map_or_else(
        || (i64::MAX, last(), last()),
        |pair| (pair.weight, pair.one.to_string(), pair.other.to_string()),
    )
}

/// Sequence, moment, actor, name, organisation, episode, child's name.
pub(in crate::store) type LookRow =
    (i64, i64, String, Option<String>, Option<String>, String, Option<String>);

pub(in crate::store) fn look(row: LookRow) -> Option<Look> {
    let (sequence, at_us, actor, name, organisation, episode, child_name) = row;
    let (sequence, at) = (sequence.unsigned_abs(), from_microseconds(at_us));
    let episode = EpisodeId::parse(&episode)?;
    Some(Look { sequence, at, actor, name, organisation, episode, child_name })
}

/// Moment, actor, name, organisation, number of episodes.
pub(in crate::store) type ExportRow = (i64, String, Option<String>, Option<String>, i64);

pub(in crate::store) fn export((at_us, actor, name, organisation, episodes): ExportRow) -> Export {
    let episodes = usize::try_from(episodes).unwrap_or_default();
    Export { at: from_microseconds(at_us), actor, name, organisation, episodes }
}
