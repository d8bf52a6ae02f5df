//! Pairs of people who may be one. They are worked out from the people, a few at a time, whenever those change; the store
//! keeps them so that a list of the strongest needs no comparison of everybody with everybody.

use assessment_people::id::PersonId;
use async_trait::async_trait;

use super::{StoreError, people::StoredPerson};
use crate::actor::Actor;

/// Two people who may be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// How strongly: a greater weight is a stronger pair.
    pub weight: i64,
    /// The lower id.
    pub one: PersonId,
    /// The higher id.
    pub other: PersonId,
}

impl Pair {
    /// The pair of two people.
    #[must_use]
    pub fn of(a: PersonId, b: PersonId, weight: i64) -> Self {
        Self { weight, one: a.min(b), other: a.max(b) }
    }
}

/// Somebody whose pairs have to be worked out again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Who, as they are now.
    pub stored: StoredPerson,
    /// Whether they are looked for at all. A record that was joined into another is not.
    pub is_looked_for: bool,
}

/// Reads pairs.
#[async_trait]
pub trait PairReader: Send {
    /// People whose pairs have to be worked out again, at most `limit`.
    async fn due(&mut self, actor: &Actor, limit: u32) -> Result<Vec<Due>, StoreError>;

    /// How many there are.
    async fn count_due(&mut self, actor: &Actor) -> Result<u64, StoreError>;

    /// The pairs that these people have now.
    async fn of(&mut self, actor: &Actor, ids: &[PersonId]) -> Result<Vec<Pair>, StoreError>;

    /// Pairs that come after this one, the strongest first.
    async fn list(&mut self, actor: &Actor, after: Option<Pair>, limit: u32)
    -> Result<Vec<Pair>, StoreError>;
}

/// Reads and keeps pairs.
#[async_trait]
pub trait PairRepository: PairReader {
    /// Keeps the pairs of these people and forgets those that they had. `done` names each with the revision from which they
    /// were worked out: somebody who has changed since is still due.
    async fn settle(
        &mut self,
        actor: &Actor,
        done: &[(PersonId, u64)],
        pairs: &[Pair],
    ) -> Result<(), StoreError>;
}
