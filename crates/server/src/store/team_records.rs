//! The repository of what the team around the child writes: revisions of plan, meetings and reviews, what was kept because it
//! was not merged, completions and circulations. Added once, never changed.
//!
//! It decides nothing about merging, about what may follow what, or about who may do what.

use std::collections::BTreeMap;

use assessment_api::team::TeamClash;
use assessment_people::{
    id::EpisodeId,
    who::{Reason, Stamp},
};
use assessment_team::{RecordKind, clocks::Owed};
use async_trait::async_trait;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{StoreError, episodes::Asker};

/// One record of an episode's team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Which {
    /// Plan, meeting or review.
    pub kind: RecordKind,
    /// Its number among those of its kind, from 1.
    pub number: u32,
}

/// What goes with a revision beside its answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Saved {
    /// Who saved it, and when.
    pub by: Stamp,
    /// What was wrong, where it corrects a record that had been completed.
    pub reason: Option<Reason>,
    /// The id of the kept version that it settles.
    pub settles: Option<String>,
    /// The day of the meeting or the review.
    pub on: Option<Date>,
    /// The next meeting or review that it promises.
    pub next_on: Option<Date>,
    /// Whether it says that the meeting is cancelled.
    pub cancelled: bool,
    /// How often the episode had been closed by then. No clock says whether a closing came before or after.
    pub closings: usize,
    /// Of a plan, the actions that are not settled and have a day: clocks and lists need no more of it. `None` of other
    /// records, and of a plan that was saved before this was kept; then the answers say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owed: Option<Vec<Owed>>,
}

/// A revision of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Its number, from 1.
    pub number: u32,
    /// The revision from which it started; 0 for none.
    pub base: u32,
    /// SHA-256 of what was sent, before it was merged.
    pub sha256: String,
    /// The version of the form.
    pub form_version: String,
    /// The answers as JSON.
    pub answers: String,
    /// Who, when and why.
    pub saved: Saved,
}

/// A record in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedRecord {
    /// Which.
    pub which: Which,
    /// Its newest revision, and what goes with that. `None` where there are only kept versions.
    pub newest: Option<(u32, Saved)>,
    /// The revision that was completed last, by whom, and when.
    pub completed: Option<(u32, Stamp)>,
    /// How many kept versions have not been settled.
    pub waiting: u32,
    /// Whether anybody was sent the minutes of the meeting.
    pub is_circulated: bool,
}

/// Why something that was sent was not merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyKept {
    /// Somebody had changed the same answers meanwhile.
    Clash,
    /// The episode had ended.
    Closed,
}

/// What goes with a kept version beside its answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptBecause {
    /// Who sent it, and when.
    pub by: Stamp,
    /// Why it was not merged.
    pub why: WhyKept,
    /// What was wrong, where it was meant to correct a record that had been completed.
    pub reason: Option<Reason>,
    /// The revision of the record when it came; 0 for none.
    pub against: u32,
    /// Who saved that, and when.
    pub theirs: Option<Stamp>,
    /// Where the two differ.
    pub clashes: Vec<TeamClash>,
}

/// A version that was sent and not merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptVersion {
    /// A random UUID.
    pub id: String,
    /// The revision from which it started; 0 for none.
    pub base: u32,
    /// SHA-256 of what was sent.
    pub sha256: String,
    /// The version of the form.
    pub form_version: String,
    /// The answers as JSON.
    pub answers: String,
    /// Who, when and why.
    pub kept: KeptBecause,
    /// The revision that settled it.
    pub settled: Option<u32>,
}

/// That the minutes of a meeting were sent to people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circulation {
    /// A UUID, chosen by the one who wrote it down.
    pub id: String,
    /// The revision that was sent.
    pub revision: u32,
    /// To whom, when, and who says so.
    pub sent: SentTo,
}

/// To whom something was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentTo {
    /// The names.
    pub to: Vec<String>,
    /// The day.
    pub on: Date,
    /// Who wrote it down, and when.
    pub by: Stamp,
}

/// A record with its newest revision, of many episodes at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordOf {
    /// Of which episode.
    pub episode: EpisodeId,
    /// Which.
    pub which: Which,
    /// The answers of its newest revision as JSON.
    pub answers: String,
    /// What goes with that.
    pub saved: Saved,
    /// When a revision of it was completed first. `None` where none was.
    pub completed: Option<Timestamp>,
}

/// Finds what teams wrote, of episodes that concern the one who asks.
#[async_trait]
pub trait TeamRecordReader: Send {
    /// Every record of these episodes: of each the plan, then meetings, then reviews, each by number. An episode without
    /// records is not among them.
    async fn lists(
        &mut self,
        asker: &Asker,
        episodes: &[EpisodeId],
    ) -> Result<BTreeMap<EpisodeId, Vec<ListedRecord>>, StoreError>;

    /// Every record of one.
    async fn list(&mut self, asker: &Asker, episode: EpisodeId) -> Result<Vec<ListedRecord>, StoreError> {
        Ok(self.lists(asker, &[episode]).await?.remove(&episode).unwrap_or_default())
    }

    /// A revision of a record; the newest if none is named.
    async fn find(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        which: Which,
        revision: Option<u32>,
    ) -> Result<Option<Revision>, StoreError>;

    /// Whether they saved a revision from the same content, started from the same revision.
    async fn is_repeat(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        which: Which,
        base: u32,
        sha256: &str,
    ) -> Result<bool, StoreError>;

    /// Every revision of a record, oldest first.
    async fn revisions(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        which: Which,
    ) -> Result<Vec<Revision>, StoreError>;

    /// What was sent of a record and not merged, oldest first.
    async fn kept(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        which: Which,
    ) -> Result<Vec<KeptVersion>, StoreError>;

    /// Who was sent the minutes of that meeting, in the order in which it was written down.
    async fn circulations(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        meeting: u32,
    ) -> Result<Vec<Circulation>, StoreError>;

    /// Every record of these episodes, by number within its kind. None for those whose role does not reach every episode.
    async fn of_all(&mut self, asker: &Asker, episodes: &[EpisodeId]) -> Result<Vec<RecordOf>, StoreError>;

    /// When the first record of all was saved. `None` as well for those whose role does not reach every episode.
    async fn first_saved(&mut self, asker: &Asker) -> Result<Option<Timestamp>, StoreError>;
}

/// Finds and adds what teams wrote.
#[async_trait]
pub trait TeamRecordRepository: TeamRecordReader {
    /// Waits until nobody else writes records of that episode's team, until the end of this unit of work. What is read
    /// after it is what the others have saved.
    async fn take_turn(&mut self, episode: EpisodeId) -> Result<(), StoreError>;

    /// Adds a revision. [`StoreError::Conflict`] if there is one of that number.
    async fn add(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        which: Which,
        new: &Revision,
        at: Timestamp,
    ) -> Result<(), StoreError>;

    /// Keeps what was not merged. [`StoreError::Conflict`] if its id was used, or they had sent the same before.
    async fn keep(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        which: Which,
        new: &KeptVersion,
        at: Timestamp,
    ) -> Result<(), StoreError>;

    /// Says that a revision settles a kept version. [`StoreError::Conflict`] if another one has.
    async fn settle(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        kept: &str,
        revision: u32,
        at: Timestamp,
    ) -> Result<(), StoreError>;

    /// Says that a revision is complete. [`StoreError::Conflict`] if somebody has said so.
    async fn complete(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        which: Which,
        revision: u32,
        by: &Stamp,
        at: Timestamp,
    ) -> Result<(), StoreError>;

    /// Writes down who was sent the minutes. [`StoreError::Conflict`] if the id was used, in whichever episode.
    async fn circulate(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        meeting: u32,
        new: &Circulation,
        at: Timestamp,
    ) -> Result<(), StoreError>;
}
