//! A family: people and how they are related. Not who may see whom: being a brother opens nobody's record.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use thiserror::Error;

mod relationship;
mod seen;

pub use relationship::{Bond, Relationship};
pub use seen::Seen;

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

impl Related {
    /// The other of the two, where somebody is one of them.
    #[must_use]
    pub fn other(&self, person: PersonId) -> Option<PersonId> {
        match (self.person == person, self.to == person) {
            (true, _) => Some(self.to),
            (false, true) => Some(self.person),
            (false, false) => None,
        }
    }

    /// The same of another person instead of one of the two.
    fn with(self, before: PersonId, now: PersonId) -> Self {
        let as_now = |person| if person == before { now } else { person };
        Self { person: as_now(self.person), to: as_now(self.to), ..self }
    }
}

/// People who are related or live together. A child may be in more than one: with each parent, or in the family of birth
/// and in the adoptive family, where one of them must not know of the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawFamily")]
pub struct Family {
    id: FamilyId,
    members: BTreeMap<PersonId, Protection>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    named: BTreeMap<PersonId, Named>,
    related: BTreeSet<Related>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFamily {
    id: FamilyId,
    members: BTreeMap<PersonId, Protection>,
    #[serde(default)]
    named: BTreeMap<PersonId, Named>,
    related: BTreeSet<Related>,
}

/// A member of whom the family knows the name alone: a parent, a neighbour, a brother without a record. Their id is of
/// this family, and of no record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// Their name as it was written.
    pub name: String,
    /// The member with a record who is the same person, where somebody linked it. Who may know of that record sees it
    /// and not this name; to everybody else there is only the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<PersonId>,
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
    /// Only a member with a name alone can have a record linked, and only the record of another member.
    #[error("only a name can be linked to the record of a member")]
    NotAName,
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
        Self { id, members: BTreeMap::new(), named: BTreeMap::new(), related: BTreeSet::new() }
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

    /// The members of whom it knows the name alone. All others have a record.
    #[must_use]
    pub fn named(&self) -> &BTreeMap<PersonId, Named> {
        &self.named
    }

    /// Whether somebody is a member with a record of their own.
    #[must_use]
    pub fn has_record(&self, person: PersonId) -> bool {
        self.members.contains_key(&person) && !self.named.contains_key(&person)
    }

    /// Whether nobody with a record belongs to it any more. Such a family is nobody's to see, and is erased.
    #[must_use]
    pub fn is_nobodys(&self) -> bool {
        !self.members.keys().any(|person| self.has_record(*person))
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

    /// Somebody without a record belongs to it. Of a member with a record the name is in the record, and stays there.
    #[must_use]
    pub fn with_name(self, person: PersonId, name: &str, protection: Protection) -> Self {
        if self.has_record(person) {
            return self.with(person, protection);
        }
        let mut family = self.with(person, protection);
        family.named.entry(person).or_insert_with(|| Named { name: name.to_owned(), record: None });
        family
    }

    /// Says that a name is that of a member with a record.
    ///
    /// # Errors
    /// [`FamilyRefused::NotAName`] unless the first is a name and the second a member with a record.
    pub fn recorded_as(mut self, named: PersonId, record: PersonId) -> Result<Self, FamilyRefused> {
        if !self.has_record(record) {
            return Err(FamilyRefused::NotAName);
        }
        self.named.get_mut(&named).ok_or(FamilyRefused::NotAName)?.record = Some(record);
        Ok(self)
    }

    /// Somebody does not belong to it any more, and is related to nobody in it. A name to which nobody is related any
    /// more goes as well: it said who they are to that person.
    #[must_use]
    pub fn without(mut self, person: PersonId) -> Self {
        let was_related = self.related_names();
        self.members.remove(&person);
        self.named.remove(&person);
        self.related.retain(|one| one.person != person && one.to != person);
        for named in self.named.values_mut().filter(|named| named.record == Some(person)) {
            named.record = None;
        }
        self.without_strays(&was_related)
    }

    /// The same for somebody who does not see the whole family and takes out a member whom they see. Names that they do not see
    /// stay, and so does a name that is linked to a record that they do not see. How a name that is taken out is related to those
    /// whom they do not see stays as well; where it is linked to nothing else, it goes. A record that is taken out is related to
    /// nobody any more, seen or not: only members are. `sees` says whom they see.
    #[must_use]
    pub fn without_seen(mut self, person: PersonId, sees: impl Fn(PersonId) -> bool) -> Self {
        let were_related: BTreeSet<PersonId> =
            self.related_names().into_iter().filter(|name| self.is_free(*name, &sees)).collect();
        let is_linked =
            self.named.get(&person).and_then(|name| name.record).is_some_and(|record| !sees(record));
        let ends = |other: PersonId| self.has_record(person) || sees(other);
        let ended: Vec<Related> =
            self.related.iter().filter(|one| one.other(person).is_some_and(ends)).copied().collect();
        self.related.retain(|one| !ended.contains(one));
        let is_related = self.related.iter().any(|one| one.other(person).is_some());
        if !(is_related || is_linked) {
            return self.without(person).without_strays(&were_related);
        }
        let others: BTreeSet<PersonId> = were_related.into_iter().filter(|one| *one != person).collect();
        self.without_strays(&others)
    }

    /// Whether somebody sees all of a name, who may take it away: the name itself, or the record that they see instead.
    fn is_free(&self, name: PersonId, sees: impl Fn(PersonId) -> bool) -> bool {
        sees(self.named.get(&name).and_then(|name| name.record).unwrap_or(name))
    }

    /// Says that a name is that of a member with a record, for somebody who does not see to whose record the name is linked
    /// already. That link stays, and so does how the name is related to those whom they do not see: what they see of it becomes
    /// a name of its own with the id `apart`, which is linked. `sees` says whom they see.
    ///
    /// # Errors
    /// As of [`Self::recorded_as`].
    pub fn recorded_apart(
        self,
        named: PersonId,
        record: PersonId,
        apart: PersonId,
        sees: impl Fn(PersonId) -> bool,
    ) -> Result<Self, FamilyRefused> {
        let Some(name) = self.named.get(&named) else { return Err(FamilyRefused::NotAName) };
        if name.record.is_none_or(&sees) {
            return self.recorded_as(named, record);
        }
        let (name, protection) = (name.name.clone(), self.members.get(&named).copied());
        let seen = self.related.iter().filter(|one| one.other(named).is_some_and(&sees));
        let seen: Vec<Related> = seen.map(|one| one.with(named, apart)).collect();
        let family = self.with_name(apart, &name, protection.ok_or(FamilyRefused::NotAName)?);
        let family = seen.into_iter().try_fold(family, Self::relate)?;
        family.without_seen(named, sees).recorded_as(apart, record)
    }

    /// The members with a record of whom anything is not as it was: that they belong to it, how closely that is kept, how they
    /// are related, or whether a name is linked to them. Both are led alike, so that each id is that of a record.
    #[must_use]
    pub fn touched(&self, next: &Self) -> BTreeSet<PersonId> {
        let about = |family: &Self, person: PersonId| {
            let related = family.related.iter().filter(|one| one.other(person).is_some()).copied();
            let names =
                family.named.iter().filter(|(_, name)| name.record == Some(person)).map(|(id, _)| *id);
            let protection = family.members.get(&person).copied();
            (protection, related.collect::<BTreeSet<_>>(), names.collect::<BTreeSet<_>>())
        };
        let all = self.members.keys().chain(next.members.keys()).copied();
        all.filter(|person| self.has_record(*person) || next.has_record(*person))
            .filter(|person| about(self, *person) != about(next, *person))
            .collect()
    }

    /// The names to which anybody is related.
    fn related_names(&self) -> BTreeSet<PersonId> {
        let ends = self.related.iter().flat_map(|one| [one.person, one.to]);
        ends.filter(|end| self.named.contains_key(end)).collect()
    }

    /// Without those of these names to which nobody is related any more.
    fn without_strays(mut self, were_related: &BTreeSet<PersonId>) -> Self {
        let are_related = self.related_names();
        for stray in were_related.difference(&are_related) {
            self.members.remove(stray);
            self.named.remove(stray);
        }
        self
    }

    /// The same family by the ids to which the members' lead: two records of one child are one member, as closely kept as
    /// the stricter of the two. Nothing is stored by it, so that taking a join back needs nothing here.
    #[must_use]
    pub fn led(&self, lead: impl Fn(PersonId) -> PersonId) -> Self {
        let mut family = Self::new(self.id);
        for (person, protection) in &self.members {
            family = match self.named.get(person) {
                Some(named) => {
                    let mut led = family.with_name(*person, &named.name, *protection);
                    if let Some(name) = led.named.get_mut(person) {
                        name.record = named.record.map(&lead);
                    }
                    led
                }
                None => family.with(lead(*person), *protection),
            };
        }
        for one in &self.related {
            let led = Related { person: lead(one.person), to: lead(one.to), ..*one };
            // Two who turned out to be one are not related to themselves.
            family = family.clone().relate(led).unwrap_or(family);
        }
        family
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

    /// Takes back that two people are related like that. A name to which nobody is related any more goes with it.
    #[must_use]
    pub fn unrelate(mut self, related: &Related) -> Self {
        let were_related = self.related_names();
        self.related.remove(related);
        self.without_strays(&were_related)
    }

    /// The same for somebody who does not see the whole family: a name that is linked to a record that they do not see stays.
    #[must_use]
    pub fn unrelate_seen(mut self, related: &Related, sees: impl Fn(PersonId) -> bool) -> Self {
        let were_related =
            self.related_names().into_iter().filter(|name| self.is_free(*name, &sees)).collect();
        self.related.remove(related);
        self.without_strays(&were_related)
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
        let family = Self { id: raw.id, members: raw.members, named: raw.named, related: BTreeSet::new() };
        let is_record = |id: &PersonId| family.has_record(*id);
        let is_sound = family.named.iter().all(|(person, named)| {
            family.members.contains_key(person) && named.record.as_ref().is_none_or(is_record)
        });
        if !is_sound {
            return Err(FamilyRefused::NotAName);
        }
        raw.related.into_iter().try_fold(family, Self::relate)
    }
}
