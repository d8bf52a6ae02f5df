//! Orders to keep a record, requests for what is held about a person, and the one way to erase.
//!
//! Everything else in a store is append only. [`RetentionRepository::erase_episode`], [`RetentionRepository::erase_draft`] and
//! [`RetentionRepository::erase_story`] are the only calls that remove a record; the database itself refuses them while an
//! order or a request is in the way, and they leave a tombstone. Whether a record is due is decided outside, in
//! [`crate::retention`].

use std::collections::BTreeSet;

use assessment_people::{
    audit::Cut,
    episode::Excluded,
    id::{EpisodeId, PersonId},
    retention::Hold,
    take_up::{About, Measure, Quarter},
};
use async_trait::async_trait;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{
    StoreError,
    episodes::{Asker, StoredEpisode},
};
use crate::{clock::date_in_england, identifier::DraftId};

/// An order not to erase an episode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredHold {
    /// A random UUID.
    pub id: String,
    /// Of which episode.
    pub episode: EpisodeId,
    /// The last day, where there is one.
    pub until: Option<Date>,
    /// Why, in the words of the one who placed it.
    pub reason: String,
    /// When it was placed.
    pub placed_at: Timestamp,
}

impl StoredHold {
    /// The order as the periods see it.
    #[must_use]
    pub fn order(&self) -> Hold {
        Hold { from: date_in_england(self.placed_at), until: self.until }
    }
}

/// That somebody asked for what is held about them, and has not had it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRequest {
    /// A random UUID.
    pub id: String,
    /// The episode by which the child was named.
    pub episode: EpisodeId,
    /// The child.
    pub person: PersonId,
    /// The day on which it came in. The time for answering runs from it.
    pub received_on: Date,
    /// When it was written down.
    pub opened_at: Timestamp,
}

/// What sort of record was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErasedKind {
    /// An episode with everything that was only its own.
    Episode,
    /// A draft that nobody sent.
    Draft,
    /// What was written of the story behind a number of take-up.
    Story,
}

/// Why a record was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErasedBecause {
    /// Its period was over.
    Due,
    /// A person decided so. Their words are in the audit trail.
    Decided,
    /// It had been erased before, and a backup from before that was restored.
    Reapplied,
}

/// What is left of an erased record: ids, days and why. No name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tombstone {
    /// Its position in the list, from 1.
    pub number: u64,
    /// What it was.
    pub kind: ErasedKind,
    /// Its id. That of a story is its quarter, its measure and the moment: `2026-Q3/started/1795701780000000`.
    pub id: String,
    /// Why.
    pub because: ErasedBecause,
    /// The day since which it was due.
    pub due_on: Option<Date>,
    /// The day in England.
    pub erased_on: Date,
    /// When.
    pub erased_at: Timestamp,
    /// By whom, as the audit trail names them.
    pub actor: String,
    /// The ids of its versions.
    pub versions: Vec<String>,
    /// The ids of people who went with it.
    pub people: Vec<String>,
    /// Whether those who plan erasure may be told that it existed. Not of a shielded record, nor where nobody noted it.
    #[serde(default)]
    pub may_be_told: bool,
    /// Who must not be told, whatever their role. `None` where nobody noted it.
    #[serde(default)]
    pub excluded: Option<BTreeSet<Excluded>>,
}

impl Tombstone {
    /// Which number the story was about that is erased. `None` of any other record.
    #[must_use]
    pub fn story(&self) -> Option<About> {
        let (quarter, rest) = self.id.split_once('/').filter(|_| self.kind == ErasedKind::Story)?;
        let (measure, _) = rest.split_once('/')?;
        Some(About { quarter: Quarter::parse(quarter)?, measure: Measure::parse(measure)? })
    }

    /// Whether somebody whose role reaches every record may be told that this one existed.
    #[must_use]
    pub fn may_be_told_to(&self, who: &Asker) -> bool {
        let is_meant = |one: &Excluded| one.is(&who.subject, who.organisation.as_ref());
        self.may_be_told && self.excluded.as_ref().is_some_and(|all| !all.iter().any(is_meant))
    }
}

/// What to erase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToErase {
    /// The episode.
    pub episode: EpisodeId,
    /// People whom no other episode needs.
    pub people: BTreeSet<PersonId>,
    /// Why.
    pub because: ErasedBecause,
    /// The day since which it was due.
    pub due_on: Option<Date>,
    /// Today in England.
    pub today: Date,
}

/// What of a story to erase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoryToErase {
    /// Which number it is about.
    pub about: About,
    /// What was written at this moment or before.
    pub until: Timestamp,
    /// Why.
    pub because: ErasedBecause,
    /// Today in England.
    pub today: Date,
}

/// Reads what decides about erasing.
#[async_trait]
pub trait RetentionReader: Send {
    /// All episodes of the authority that come after this one, in the order of their ids.
    async fn episodes(
        &mut self,
        asker: &Asker,
        after: Option<EpisodeId>,
        limit: u32,
    ) -> Result<Vec<StoredEpisode>, StoreError>;

    /// Orders that nobody has lifted, of these episodes or of all, oldest first. Some may be over by now.
    async fn holds(
        &mut self,
        asker: &Asker,
        episodes: Option<&[EpisodeId]>,
    ) -> Result<Vec<StoredHold>, StoreError>;

    /// Requests that nobody has closed, about these people or about anybody, oldest first.
    async fn requests(
        &mut self,
        asker: &Asker,
        people: Option<&[PersonId]>,
    ) -> Result<Vec<StoredRequest>, StoreError>;

    /// What is left of an episode.
    async fn tombstone(&mut self, asker: &Asker, id: EpisodeId) -> Result<Option<Tombstone>, StoreError>;

    /// What is left of the episodes that had one of these ids themselves, as a version, or as a person who went with them.
    async fn tombstones_of(&mut self, asker: &Asker, ids: &[String]) -> Result<Vec<Tombstone>, StoreError>;

    /// What is left of everything that was erased, oldest first, from the one after this number.
    async fn tombstones(
        &mut self,
        asker: &Asker,
        after: u64,
        limit: u32,
    ) -> Result<Vec<Tombstone>, StoreError>;

    /// Drafts that nobody has saved since then, whose they may be, each with the moment of its last save.
    async fn old_drafts(
        &mut self,
        asker: &Asker,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<(DraftId, Timestamp)>, StoreError>;

    /// How many entries of the audit trail from before that moment nothing keeps today.
    async fn old_entries(&mut self, asker: &Asker, since: Timestamp, today: Date) -> Result<u64, StoreError>;
}

/// Changes what decides about erasing, and erases.
#[async_trait]
pub trait RetentionRepository: RetentionReader {
    /// Keeps everybody else from changing an episode and these people until the end of the unit of work. False if there is
    /// no such episode.
    async fn lock(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        people: &[PersonId],
    ) -> Result<bool, StoreError>;

    /// Adds an order. Lock the episode first.
    async fn place(&mut self, asker: &Asker, hold: &StoredHold) -> Result<(), StoreError>;

    /// Lifts one. [`StoreError::Conflict`] if it was lifted before.
    async fn lift(
        &mut self,
        asker: &Asker,
        hold: &str,
        reason: &str,
        at: Timestamp,
    ) -> Result<(), StoreError>;

    /// Adds a request. Lock the episode and the child first.
    async fn open_request(&mut self, asker: &Asker, request: &StoredRequest) -> Result<(), StoreError>;

    /// Closes one. [`StoreError::Conflict`] if it was closed before.
    async fn close_request(
        &mut self,
        asker: &Asker,
        request: &str,
        reason: &str,
        at: Timestamp,
    ) -> Result<(), StoreError>;

    /// Erases an episode: its versions with their answers, bodies and receipts, its revisions, grants and orders, the words
    /// of those who gave a reason for looking at it or for a search that showed it, drafts of it, and these people with their
    /// revisions, keys, joins and decisions, and what other records held of them by joins that were taken back. Entries of
    /// the audit trail stay. Lock it first.
    async fn erase_episode(&mut self, asker: &Asker, what: &ToErase, at: Timestamp)
    -> Result<(), StoreError>;

    /// Erases a draft that nobody has saved since then. False if somebody has.
    async fn erase_draft(
        &mut self,
        asker: &Asker,
        id: DraftId,
        since: Timestamp,
        today: Date,
        at: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Erases the wordings of a story, those that took it away included. False if there is none.
    async fn erase_story(
        &mut self,
        asker: &Asker,
        what: &StoryToErase,
        at: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Erases the words in which people said before that moment why they searched, listed or exported. Their entries stay, and
    /// so do the words of looks at one record, as long as the record. Gives how many.
    async fn forget_reasons(&mut self, asker: &Asker, since: Timestamp) -> Result<u64, StoreError>;

    /// Erases the entries of the audit trail from before that moment, with the words of reasons; their links stay. Entries about
    /// a record that an order or a request keeps today stay too, with everything that is about the same child. Gives how many
    /// went, and what is left: to be told by the entry of this unit of work, or the trail is no longer whole.
    async fn erase_entries(
        &mut self,
        asker: &Asker,
        since: Timestamp,
        today: Date,
    ) -> Result<(u64, Cut), StoreError>;
}
