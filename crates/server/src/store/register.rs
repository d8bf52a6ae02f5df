//! The register: the episodes of an authority by when they began, and roughly where they are. It shows nothing to somebody
//! whose role does not reach every episode; who may see which of them is decided outside, episode by episode.

use assessment_people::{
    episode::StateName,
    id::EpisodeId,
    take_up::{About, Published, Story},
};
use async_trait::async_trait;
use jiff::Timestamp;

use super::{
    StoreError,
    episodes::{Asker, StoredEpisode, StoredGrant},
};

/// Roughly where an episode is. Nothing where it is not known or must not be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Locality {
    /// The school, as it is compared.
    pub school: Option<String>,
    /// The district of the postcode, such as `LS6`.
    pub district: Option<String>,
    /// Its sector, such as `LS6 1`.
    pub sector: Option<String>,
}

/// Names of places of each sort.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Localities {
    /// Schools, as they are compared.
    pub schools: Vec<String>,
    /// Districts of postcodes.
    pub districts: Vec<String>,
    /// Sectors of postcodes.
    pub sectors: Vec<String>,
}

/// Only episodes of an area. A school says where an episode is, or else the sector of the postcode, or else its district:
/// the first that belongs to any area at all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Within {
    /// The places that belong to this area.
    pub area: Localities,
    /// The places that belong to any area.
    pub any: Localities,
    /// Whether it is those that belong to none instead.
    pub nowhere: bool,
}

/// Which part of the register: newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WantedRegister {
    /// Only those in this state.
    pub state: Option<StateName>,
    /// Only those begun at this moment or later.
    pub from: Option<Timestamp>,
    /// Only those begun before this moment.
    pub until: Option<Timestamp>,
    /// Only those of an area.
    pub within: Option<Within>,
    /// Only those that come after this one in the list.
    pub after: Option<EpisodeId>,
    /// How many at most.
    pub limit: u32,
}

/// One episode of the register.
#[derive(Debug, Clone)]
pub struct RegisterRow {
    /// The episode.
    pub stored: StoredEpisode,
    /// When it began.
    pub opened_at: Timestamp,
    /// Where it is.
    pub place: Locality,
}

/// One wording of the story behind a number of take-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredStory {
    /// Which number.
    pub about: About,
    /// The number of the wording, from 1.
    pub revision: u64,
    /// What was written.
    pub story: Story,
}

/// Reads the register.
#[async_trait]
pub trait RegisterReader: Send {
    /// A part of it. Sorted by moment and id, and both never change: episodes that began in one moment are all reached.
    async fn list(&mut self, asker: &Asker, wanted: &WantedRegister) -> Result<Vec<RegisterRow>, StoreError>;

    /// What was published about quarters, oldest first.
    async fn published(&mut self, asker: &Asker) -> Result<Vec<Published>, StoreError>;

    /// The newest wording of every story.
    async fn stories(&mut self, asker: &Asker) -> Result<Vec<StoredStory>, StoreError>;

    /// Every wording of one story, the newest first.
    async fn wordings(&mut self, asker: &Asker, about: About) -> Result<Vec<StoredStory>, StoreError>;

    /// Who was let into these episodes as lead professional, oldest first in each, ended grants included. None for those whose
    /// role does not reach every episode.
    async fn leads(&mut self, asker: &Asker, ids: &[EpisodeId]) -> Result<Vec<StoredGrant>, StoreError>;

    /// Episodes whose place was never noted, with the answers of their newest version.
    async fn unplaced(&mut self, asker: &Asker, limit: u32) -> Result<Vec<(EpisodeId, String)>, StoreError>;
}

/// Reads the register, and notes where episodes are.
#[async_trait]
pub trait RegisterRepository: RegisterReader {
    /// Notes where an episode is from now on.
    async fn place(&mut self, asker: &Asker, id: EpisodeId, place: &Locality) -> Result<(), StoreError>;

    /// Keeps what is published about a quarter. [`StoreError::Conflict`] if something was published about it before.
    async fn publish(&mut self, asker: &Asker, new: &Published, at: Timestamp) -> Result<(), StoreError>;

    /// Adds a wording. [`StoreError::Conflict`] if there is one of that number.
    async fn tell(&mut self, asker: &Asker, new: &StoredStory, at: Timestamp) -> Result<(), StoreError>;
}
