//! The repository of people. A change is a further revision of the record; the one before stays.
//!
//! Nobody in particular owns a person, so every actor finds every record here: who may see one, and how much of it, is
//! decided outside by the episodes that it belongs to, before anything is shown.

use assessment_people::{
    id::PersonId,
    matching::{Key, NotTheSame},
    merge::Merge,
    person::Person,
};
use async_trait::async_trait;
use jiff::Timestamp;

use super::{
    StoreError,
    episodes::{Asker, StoredEpisode},
};
use crate::actor::Actor;

/// A person as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPerson {
    /// The record.
    pub person: Person,
    /// Its revision, from 1.
    pub revision: u64,
    /// When that was saved.
    pub changed_at: Timestamp,
}

/// Finds people.
#[async_trait]
pub trait PersonReader: Send {
    /// One record, also one that was joined into another.
    async fn find(&mut self, actor: &Actor, id: PersonId) -> Result<Option<StoredPerson>, StoreError>;

    /// Those who have at least one key of each group, those who share most of them first, at most `limit`. No groups find
    /// nobody. Records that were joined into another are not among them.
    async fn candidates(
        &mut self,
        actor: &Actor,
        groups: &[Vec<Key>],
        limit: u32,
    ) -> Result<Vec<StoredPerson>, StoreError>;

    /// All episodes of these children, whomever they concern: they decide about who may know of the child, and whom to ask.
    /// For deciding only.
    async fn episodes_of(
        &mut self,
        asker: &Asker,
        children: &[PersonId],
    ) -> Result<Vec<StoredEpisode>, StoreError>;

    /// All joins that have one of these records in them, also those taken back.
    async fn merges(&mut self, actor: &Actor, ids: &[PersonId]) -> Result<Vec<Merge>, StoreError>;

    /// Every revision of these records, and every one of others that held one of these by a join that was taken back. For
    /// telling people what is held about them.
    async fn history(&mut self, actor: &Actor, ids: &[PersonId]) -> Result<Vec<Person>, StoreError>;

    /// Their own revisions, without those from while one of them held somebody else by a join that was taken back: nothing
    /// in them is of anyone but these people.
    async fn own_history(&mut self, actor: &Actor, ids: &[PersonId]) -> Result<Vec<Person>, StoreError>;

    /// Decisions that one of these people is not somebody else, oldest first.
    async fn decisions(&mut self, actor: &Actor, ids: &[PersonId]) -> Result<Vec<NotTheSame>, StoreError>;
}

/// Finds, adds and changes people.
#[async_trait]
pub trait PersonRepository: PersonReader {
    /// Adds a person as revision 1. [`StoreError::Conflict`] if the id was used before.
    async fn add(&mut self, actor: &Actor, person: &Person, at: Timestamp) -> Result<(), StoreError>;

    /// Adds a revision to a person, who is looked for by it from now on. [`StoreError::Conflict`] unless `expected` is the
    /// newest revision.
    async fn replace(
        &mut self,
        actor: &Actor,
        person: &Person,
        expected: u64,
        at: Timestamp,
    ) -> Result<(), StoreError>;

    /// The record is looked for no longer, because another one has all that it had. [`PersonRepository::replace`] takes
    /// that back.
    async fn withdraw(&mut self, actor: &Actor, id: PersonId) -> Result<(), StoreError>;

    /// The number of the next join. [`PersonRepository::add_merge`] refuses one that somebody else took meanwhile.
    async fn next_merge(&mut self, actor: &Actor) -> Result<u64, StoreError>;

    /// Adds a join, before the records themselves are changed by [`PersonRepository::replace`] and
    /// [`PersonRepository::withdraw`]: the next revision of the kept one is the first that holds both. [`StoreError::Conflict`] if its number was used before.
    async fn add_merge(&mut self, actor: &Actor, merge: &Merge, at: Timestamp) -> Result<(), StoreError>;

    /// Adds that a join was taken back, as it says itself, before the records are changed. [`StoreError::Conflict`] if it was
    /// before.
    async fn add_undone(&mut self, actor: &Actor, merge: &Merge, at: Timestamp) -> Result<(), StoreError>;

    /// Adds a decision.
    async fn add_decision(
        &mut self,
        actor: &Actor,
        decision: &NotTheSame,
        at: Timestamp,
    ) -> Result<(), StoreError>;

    /// Makes the keys of at most `limit` people again that were made by another version. Gives how many.
    async fn renew_keys(&mut self, actor: &Actor, limit: u32) -> Result<u32, StoreError>;
}
