//! Rows of families: members and relationships that are in force, each with the family's id and revision.

use std::collections::BTreeMap;

use assessment_people::{
    family::{Family, Related, Relationship},
    id::{FamilyId, PersonId},
    protection::Protection,
};

use crate::store::{
    StoreError,
    families::{EverRelated, StoredFamily},
};

/// Family, its revision, person, protection, name, record.
pub(in crate::store) type Member = (String, i64, String, String, Option<String>, Option<String>);

/// Family, person, relationship, to whom.
pub(in crate::store) type Link = (String, String, String, String);

/// Person, relationship, to whom, name of the first, name of the second, why it ended.
pub(in crate::store) type Ever = (String, String, String, Option<String>, Option<String>, Option<String>);

fn unreadable<T>(_: T) -> StoreError {
    StoreError::Unavailable("a stored family cannot be read".to_owned())
}

fn person(text: &str) -> Result<PersonId, StoreError> {
    PersonId::parse(text).ok_or(()).map_err(unreadable)
}

fn related(person_id: &str, relationship: &str, to: &str) -> Result<Related, StoreError> {
    let relationship = Relationship::ALL.iter().find(|one| one.code() == relationship);
    Ok(Related {
        person: person(person_id)?,
        relationship: *relationship.ok_or(()).map_err(unreadable)?,
        to: person(to)?,
    })
}

/// The families to which the rows belong.
pub(in crate::store) fn families(
    members: Vec<Member>,
    links: Vec<Link>,
) -> Result<Vec<StoredFamily>, StoreError> {
    let mut all: BTreeMap<FamilyId, StoredFamily> = BTreeMap::new();
    let mut recorded = Vec::new();
    for (family, revision, member, level, name, record) in members {
        let id = FamilyId::parse(&family).ok_or(()).map_err(unreadable)?;
        let new = || StoredFamily { family: Family::new(id), revision: revision.unsigned_abs() };
        let stored = all.entry(id).or_insert_with(new);
        let (member, level) = (person(&member)?, protection(&level)?);
        let family = stored.family.clone();
        stored.family = match name {
            Some(name) => {
                if let Some(record) = record {
                    recorded.push((id, member, person(&record)?));
                }
                family.with_name(member, &name, level)
            }
            None => family.with(member, level),
        };
    }
    for (id, named, record) in recorded {
        if let Some(stored) = all.get_mut(&id) {
            // A record that has left the family is not linked to a name in it any more.
            stored.family = stored.family.clone().recorded_as(named, record).unwrap_or(stored.family.clone());
        }
    }
    for (family, member, relationship, to) in links {
        let id = FamilyId::parse(&family).ok_or(()).map_err(unreadable)?;
        let stored = all.get_mut(&id).ok_or(()).map_err(unreadable)?;
        let related = related(&member, &relationship, &to)?;
        stored.family = stored.family.clone().relate(related).map_err(unreadable)?;
    }
    Ok(all.into_values().collect())
}

pub(in crate::store) fn ever(
    (one, relationship, to, name, to_name, ended_because): Ever,
) -> Result<EverRelated, StoreError> {
    Ok(EverRelated { related: related(&one, &relationship, &to)?, name, to_name, ended_because })
}

fn protection(text: &str) -> Result<Protection, StoreError> {
    Protection::ALL.into_iter().find(|one| level(*one) == text).ok_or(()).map_err(unreadable)
}

/// How closely a membership is kept, as it is stored.
pub(in crate::store) fn level(protection: Protection) -> &'static str {
    match protection {
        Protection::Ordinary => "ordinary",
        Protection::Confidential => "confidential",
        Protection::Shielded => "shielded",
    }
}

pub(in crate::store) fn changed_meanwhile() -> StoreError {
    StoreError::Conflict("the family has another revision".to_owned())
}
