//! The repository of notes: what people said about an episode. Added once, never changed.

use assessment_people::{
    id::{EpisodeId, NoteId},
    note::Note,
};
use async_trait::async_trait;
use jiff::Timestamp;

use super::{StoreError, episodes::Asker};

/// A stored note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredNote {
    /// Later notes have greater numbers.
    pub number: u64,
    /// The note.
    pub note: Note,
}

/// Which notes of an episode: by number, never by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// Only those after the one with this number. 0 begins with the first.
    pub after: u64,
    /// How many at most.
    pub limit: u32,
}

/// Finds notes.
#[async_trait]
pub trait NoteReader: Send {
    /// A note of an episode that concerns them.
    async fn find(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        id: NoteId,
    ) -> Result<Option<StoredNote>, StoreError>;

    /// Notes of an episode that concerns them, oldest first.
    async fn list(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        wanted: Wanted,
    ) -> Result<Vec<StoredNote>, StoreError>;
}

/// Finds and adds notes.
#[async_trait]
pub trait NoteRepository: NoteReader {
    /// Adds a note. [`StoreError::Conflict`] if its id was used before, in whichever episode.
    async fn add(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        note: &Note,
        at: Timestamp,
    ) -> Result<(), StoreError>;
}
