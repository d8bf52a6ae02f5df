//! The repository of families. A membership or a relationship is added once and ended once; nothing else about it changes.
//!
//! Nobody in particular owns a family, so every actor finds every one here: what of it somebody may see is decided outside,
//! by the episodes of the people who belong to it, before anything is shown.

use assessment_people::{
    family::{Family, Named, Related},
    id::PersonId,
    protection::Protection,
};
use async_trait::async_trait;
use jiff::Timestamp;

use super::StoreError;
use crate::actor::Actor;

/// A family as stored: what is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFamily {
    /// Who belongs to it, and how they are related, by the ids that were stored: some may lead to other records now.
    pub family: Family,
    /// Its revision, from 1. It counts what everybody changed, so nobody is shown it.
    pub revision: u64,
}

/// That somebody is or was something to somebody else, for telling people what is held about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EverRelated {
    /// How.
    pub related: Related,
    /// The name of the first, where the family knows the name alone.
    pub name: Option<String>,
    /// The name of the second, where the family knows the name alone.
    pub to_name: Option<String>,
    /// Why it ended, where it did and somebody said so.
    pub ended_because: Option<String>,
}

/// Finds families.
#[async_trait]
pub trait FamilyReader: Send {
    /// The families to which one of these people belongs, in the order of their ids.
    async fn of(&mut self, actor: &Actor, people: &[PersonId]) -> Result<Vec<StoredFamily>, StoreError>;

    /// All relationships that these people are or were in, oldest first.
    async fn ever_related(
        &mut self,
        actor: &Actor,
        people: &[PersonId],
    ) -> Result<Vec<EverRelated>, StoreError>;
}

/// Finds, adds and changes families.
#[async_trait]
pub trait FamilyRepository: FamilyReader {
    /// Keeps everybody else from changing the families of these people until the end of the unit of work. What is read after
    /// it is what the others have saved.
    async fn lock(&mut self, actor: &Actor, people: &[PersonId]) -> Result<(), StoreError>;

    /// Stores a family as it is from now on; one whose revision is 0 is new. `because` goes with what ends.
    /// [`StoreError::Conflict`] if it has another revision by now.
    async fn store(
        &mut self,
        actor: &Actor,
        before: &StoredFamily,
        now: &Family,
        because: Option<&str>,
        at: Timestamp,
    ) -> Result<(), StoreError>;
}

/// What has to be ended and added to come from one state of a family to the next.
#[derive(Debug, Default)]
pub(super) struct Steps {
    pub(super) leave: Vec<PersonId>,
    pub(super) join: Vec<(PersonId, Protection, Option<Named>)>,
    pub(super) end: Vec<Related>,
    pub(super) relate: Vec<Related>,
}

impl Steps {
    /// A member of whom anything changes leaves and joins again.
    pub(super) fn between(before: &Family, now: &Family) -> Self {
        let member = |family: &Family, person: PersonId| {
            let protection = *family.members().get(&person)?;
            Some((protection, family.named().get(&person).cloned()))
        };
        let changes = |person: &PersonId| member(before, *person) != member(now, *person);
        let join = now.members().keys().copied().filter(changes);
        Self {
            leave: before.members().keys().copied().filter(changes).collect(),
            join: join
                .filter_map(|person| {
                    let (protection, named) = member(now, person)?;
                    Some((person, protection, named))
                })
                .collect(),
            end: before.related().difference(now.related()).copied().collect(),
            relate: now.related().difference(before.related()).copied().collect(),
        }
    }
}
