//! A family: people and how they are related. Not who may see whom: being a brother opens nobody's record.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use thiserror::Error;

mod relationship;

pub use relationship::{Bond, Relationship};

use crate::id::{FamilyId, PersonId};
use crate::protection::Protection;

/// That somebody is something to somebody else: `person` is the `relationship` of `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Related {
    /// The mother, the neighbour.
    pub person: PersonId,
    /// What they are.
    pub relationship: Relationship,
    /// To whom: nearly always a child.
    pub to: PersonId,
}

/// People who are related or live together. A child may be in more than one: with each parent, or in the family of birth
/// and in the adoptive family, where one of them must not know of the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawFamily")]
pub struct Family {
    id: FamilyId,
    members: BTreeMap<PersonId, Protection>,
    related: BTreeSet<Related>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFamily {
    id: FamilyId,
    members: BTreeMap<PersonId, Protection>,
    related: BTreeSet<Related>,
}

/// Why people cannot be related like that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum FamilyRefused {
    /// Nobody is related to themselves.
    #[error("nobody is related to themselves")]
    Themselves,
    /// One of the two is not in the family.
    #[error("only members of a family can be related in it")]
    NotAMember,
    /// Each would be a parent of the other.
    #[error("each would be a parent of the other")]
    ParentOfEachOther,
}

/// A brother or sister, and how we know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sibling {
    /// Who.
    pub person: PersonId,
    /// By how many parents whom both have in this family; none where somebody only said so.
    pub shared_parents: usize,
    /// How closely the link is kept: the stricter of the two memberships.
    pub protection: Protection,
}

impl Family {
    /// A family of nobody yet.
    #[must_use]
    pub fn new(id: FamilyId) -> Self {
        Self { id, members: BTreeMap::new(), related: BTreeSet::new() }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> FamilyId {
        self.id
    }

    /// Its members, each with how closely it is kept that they belong to it.
    #[must_use]
    pub fn members(&self) -> &BTreeMap<PersonId, Protection> {
        &self.members
    }

    /// How they are related.
    #[must_use]
    pub fn related(&self) -> &BTreeSet<Related> {
        &self.related
    }

    /// How closely the whole is kept: as closely as its most protected member. `None` of a family of nobody.
    #[must_use]
    pub fn protection(&self) -> Option<Protection> {
        Protection::join_all(self.members.values().copied())
    }

    /// Somebody belongs to it. Saying so again never lowers a protection.
    #[must_use]
    pub fn with(mut self, person: PersonId, protection: Protection) -> Self {
        let kept = self.members.entry(person).or_insert(protection);
        *kept = kept.join(protection);
        self
    }

    /// Two members are related. A second relationship between them is kept beside the first.
    ///
    /// # Errors
    /// See [`FamilyRefused`].
    pub fn relate(mut self, related: Related) -> Result<Self, FamilyRefused> {
        if related.person == related.to {
            return Err(FamilyRefused::Themselves);
        }
        if [related.person, related.to].iter().any(|person| !self.members.contains_key(person)) {
            return Err(FamilyRefused::NotAMember);
        }
        let is_parent = related.relationship.bond() == Bond::Parent;
        if is_parent && self.parents(related.person).any(|parent| parent == related.to) {
            return Err(FamilyRefused::ParentOfEachOther);
        }
        self.related.insert(related);
        Ok(self)
    }

    /// Takes back that two people are related like that.
    #[must_use]
    pub fn unrelate(mut self, related: &Related) -> Self {
        self.related.remove(related);
        self
    }

    /// The parents of somebody, by birth or adoption, in this family.
    pub fn parents(&self, child: PersonId) -> impl Iterator<Item = PersonId> {
        let parents: BTreeSet<PersonId> = self
            .related
            .iter()
            .filter(|one| one.to == child && one.relationship.bond() == Bond::Parent)
            .map(|one| one.person)
            .collect();
        parents.into_iter()
    }

    /// The brothers and sisters of somebody in this family: who shares a parent, and who is said to be one.
    #[must_use]
    pub fn siblings(&self, child: PersonId) -> Vec<Sibling> {
        let Some(own) = self.members.get(&child) else { return Vec::new() };
        let parents: BTreeSet<PersonId> = self.parents(child).collect();
        let others = self.members.iter().filter(|(person, _)| **person != child);
        let sibling = |(person, protection): (&PersonId, &Protection)| {
            let shared_parents = self.parents(*person).filter(|parent| parents.contains(parent)).count();
            let is_said = self.related.iter().any(|one| {
                one.relationship.bond() == Bond::Sibling
                    && [(one.person, one.to), (one.to, one.person)].contains(&(*person, child))
            });
            let found = Sibling { person: *person, shared_parents, protection: own.join(*protection) };
            (shared_parents > 0 || is_said).then_some(found)
        };
        others.filter_map(sibling).collect()
    }
}

impl TryFrom<RawFamily> for Family {
    type Error = FamilyRefused;

    fn try_from(raw: RawFamily) -> Result<Self, Self::Error> {
        let family = Self { id: raw.id, members: raw.members, related: BTreeSet::new() };
        raw.related.into_iter().try_fold(family, Self::relate)
    }
}
