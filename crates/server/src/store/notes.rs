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

/// Finds and adds notes.
#[async_trait]
pub trait NoteRepository: Send {
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

    /// Adds a note to an episode that has that revision, and keeps it so until the unit of work ends: nobody closes it
    /// meanwhile. False if it has another one by now; [`StoreError::Conflict`] if the id was used before, in whichever
    /// episode.
    async fn add(
        &mut self,
        asker: &Asker,
        episode: EpisodeId,
        expected: u64,
        note: &Note,
        at: Timestamp,
    ) -> Result<bool, StoreError>;
}
