//! The repository of episodes: their present state, every revision of it, their versions, and who was let into them.
//!
//! It decides nothing about who may do what; `crate::episodes` asks `assessment_people::access` before it shows or adds
//! anything. What it does know is whom an episode concerns, so that a wrong question still shows nobody a stranger's.

use std::collections::{BTreeMap, BTreeSet};

use assessment_api::assessment::Headline;
use assessment_people::{
    access::Grant,
    episode::Episode,
    id::{EpisodeId, VersionId},
    protection::Protection,
    who::{Organisation, Reason, Subject},
};
use async_trait::async_trait;
use jiff::{Timestamp, civil::Date};

use super::{StoreError, assessments::StoredAssessment, audit::AuditPage};
use crate::{actor::Actor, identifier::AssessmentId};

/// As whom the program itself is known to records. No issuer is called so: that is an address.
const PROGRAM: &str = "system";

/// On whose behalf a store is asked about episodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asker {
    /// As whom records and the audit trail know them.
    pub actor: Actor,
    /// Who they are.
    pub subject: Subject,
    /// For whom they act; none of a family.
    pub organisation: Option<Organisation>,
    /// Whether one of their roles reaches every episode of the authority.
    pub authority: bool,
}

impl Asker {
    /// The program itself, which reaches every episode. Nobody signs in as it.
    #[must_use]
    pub fn program() -> Option<Self> {
        Some(Self {
            actor: Actor::new(PROGRAM),
            subject: Subject::new(PROGRAM, PROGRAM)?,
            organisation: None,
            authority: true,
        })
    }

    /// Whether it is the program itself.
    #[must_use]
    pub fn is_the_program(&self) -> bool {
        self.authority && self.actor.id() == PROGRAM && self.subject.issuer() == PROGRAM
    }
}

/// Whom an episode concerns, as stores keep it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(String);

impl Key {
    /// A person. Names have no control characters, so two people never have one key.
    #[must_use]
    pub fn person(subject: &Subject) -> Self {
        Self(format!("person\n{}\n{}", subject.issuer(), subject.sub()))
    }

    /// Everybody of an organisation.
    #[must_use]
    pub fn organisation(organisation: &Organisation) -> Self {
        Self(format!("organisation\n{}", organisation.code()))
    }

    /// As it is stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What lists show of an episode's newest version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The reference to quote.
    pub reference: String,
    /// The child's name as it is said.
    pub child_name: Option<String>,
    /// The headline.
    pub headline: Option<Headline>,
    /// Whether it found something urgent.
    pub urgent: bool,
    /// The next day on which something was promised.
    pub due_on: Option<Date>,
}

/// An episode to store: its first revision, or the next one.
#[derive(Debug, Clone)]
pub struct EpisodeState {
    /// The episode.
    pub episode: Episode,
    /// The strictest protection of everything that it is made from.
    pub protection: Protection,
    /// For lists.
    pub listed: Listed,
}

/// A stored episode.
#[derive(Debug, Clone)]
pub struct StoredEpisode {
    /// The episode and what goes with it.
    pub state: EpisodeState,
    /// Its revision, from 1.
    pub revision: u64,
    /// When it last changed.
    pub changed_at: Timestamp,
}

/// A stored grant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredGrant {
    /// A random UUID.
    pub id: String,
    /// Its revision, from 1.
    pub revision: u64,
    /// The grant.
    pub grant: Grant,
}

/// Which episodes to list: urgent ones first, then those that are due soonest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedEpisodes {
    /// Only those that concern these people.
    pub of: Key,
    /// Only those that come after this one in the list.
    pub after: Option<EpisodeId>,
    /// How many at most.
    pub limit: u32,
}

/// Which part of the access log of an episode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WantedAccess {
    /// From where on.
    pub page: AuditPage,
    /// Only entries of this moment or later.
    pub from: Option<Timestamp>,
    /// Only entries before this moment.
    pub until: Option<Timestamp>,
    /// How many at most.
    pub limit: u32,
}

impl WantedAccess {
    /// Of every day.
    #[must_use]
    pub const fn always(page: AuditPage, limit: u32) -> Self {
        Self { page, from: None, until: None, limit }
    }
}

/// One entry of the access log of an episode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessEntry {
    /// Its position in the audit trail.
    pub sequence: u64,
    /// When.
    pub at: Timestamp,
    /// Who, as records know them.
    pub actor: String,
    /// Their name and organisation, where they have signed in.
    pub name: Option<String>,
    /// For whom they acted.
    pub organisation: Option<String>,
    /// What they did.
    pub action: String,
    /// Why, in their own words.
    pub reason: Option<String>,
    /// Why it was refused, as a code. Then they were shown nothing.
    pub refused: Option<String>,
}

/// Which look would say that the front door has what was sent to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedReceipt {
    /// Of which episode.
    pub episode: EpisodeId,
    /// Whose people.
    pub organisation: Organisation,
    /// Only looks of this moment or later.
    pub from: Timestamp,
}

/// That somebody was shown the answers of an episode. That they saw that there is a record is not enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Their name, where they have signed in.
    pub name: Option<String>,
    /// When they were first.
    pub at: Timestamp,
}

/// Finds episodes.
#[async_trait]
pub trait EpisodeReader: Send {
    /// One episode that concerns them.
    async fn find(&mut self, asker: &Asker, id: EpisodeId) -> Result<Option<StoredEpisode>, StoreError>;

    /// The episode that a version belongs to.
    async fn of_version(&mut self, asker: &Asker, id: VersionId) -> Result<Option<EpisodeId>, StoreError>;

    /// The episodes that concern them and to which these versions belong, each with the version's id.
    async fn of_versions(
        &mut self,
        asker: &Asker,
        ids: &[VersionId],
    ) -> Result<Vec<(String, StoredEpisode)>, StoreError>;

    /// Whether anybody who acts for that organisation has ever signed in here.
    async fn is_known(&mut self, asker: &Asker, organisation: &Organisation) -> Result<bool, StoreError>;

    /// Episodes that concern them.
    async fn list(
        &mut self,
        asker: &Asker,
        wanted: &WantedEpisodes,
    ) -> Result<Vec<StoredEpisode>, StoreError>;

    /// What they were let see and do, in whichever episode, ended grants included.
    async fn grants_to(&mut self, asker: &Asker) -> Result<Vec<StoredGrant>, StoreError>;

    /// Who was let into these episodes, oldest first, ended grants included.
    async fn grants_of(&mut self, asker: &Asker, ids: &[EpisodeId]) -> Result<Vec<StoredGrant>, StoreError>;

    /// Who was let into one.
    async fn grants_in(&mut self, asker: &Asker, id: EpisodeId) -> Result<Vec<StoredGrant>, StoreError> {
        self.grants_of(asker, &[id]).await
    }

    /// The assessment that is this version of an episode, by anybody.
    async fn version(
        &mut self,
        asker: &Asker,
        id: EpisodeId,
        number: u32,
    ) -> Result<Option<StoredAssessment>, StoreError>;

    /// Every revision of an episode that concerns them, oldest first. An episode says how it ended only while it is closed,
    /// and earlier ones how it had ended before.
    async fn revisions(&mut self, asker: &Asker, id: EpisodeId) -> Result<Vec<Episode>, StoreError>;

    /// One page of what was done to an episode and its versions, by anybody.
    async fn access_log(
        &mut self,
        asker: &Asker,
        id: EpisodeId,
        wanted: WantedAccess,
    ) -> Result<Vec<AccessEntry>, StoreError>;

    /// The first look of each that is wanted, of episodes that concern them.
    async fn receipts(
        &mut self,
        asker: &Asker,
        wanted: &[WantedReceipt],
    ) -> Result<BTreeMap<EpisodeId, Receipt>, StoreError>;

    /// The name of somebody who has signed in here, as their provider gave it last.
    async fn name_of(&mut self, asker: &Asker, subject: &Subject) -> Result<Option<String>, StoreError>;

    /// Which of these have been shut out here: they have left, and nothing opens for them.
    async fn left(
        &mut self,
        asker: &Asker,
        subjects: &BTreeSet<Subject>,
    ) -> Result<BTreeSet<Subject>, StoreError>;

    /// Assessments that they sent and that belong to no episode which concerns them, because they were stored before there
    /// were any; oldest first.
    async fn without_episode(&mut self, asker: &Asker, limit: u32) -> Result<Vec<AssessmentId>, StoreError>;
}

/// Finds, adds and changes episodes. A change is the next revision, and the one before stays.
#[async_trait]
pub trait EpisodeRepository: EpisodeReader {
    /// Adds an episode that concerns these people and organisations. [`StoreError::Conflict`] if its id was used before.
    async fn add(
        &mut self,
        asker: &Asker,
        new: &EpisodeState,
        concerns: &BTreeSet<Key>,
        at: Timestamp,
    ) -> Result<(), StoreError>;

    /// Stores the revision that follows `expected`. [`StoreError::Conflict`] if that is not the present one.
    async fn replace(
        &mut self,
        asker: &Asker,
        next: &EpisodeState,
        expected: u64,
        at: Timestamp,
    ) -> Result<(), StoreError>;

    /// Says whom an episode concerns from now on. Do it last: they themselves may no longer be among them.
    async fn concern(
        &mut self,
        asker: &Asker,
        id: EpisodeId,
        concerns: &BTreeSet<Key>,
    ) -> Result<(), StoreError>;

    /// Adds a version: an assessment that was added before.
    async fn add_version(
        &mut self,
        asker: &Asker,
        id: EpisodeId,
        version: VersionId,
        number: u32,
    ) -> Result<(), StoreError>;

    /// Adds a revision of a grant. [`StoreError::Conflict`] if there is one of that number.
    async fn add_grant(
        &mut self,
        asker: &Asker,
        grant: &StoredGrant,
        at: Timestamp,
    ) -> Result<(), StoreError>;
}

/// Why somebody looked, to be kept with the entry in the audit trail.
pub type Because<'a> = Option<&'a Reason>;
