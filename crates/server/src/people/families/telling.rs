//! How a person is related to others, in words, for a copy of what is held about them. All of it is about somebody else as well,
//! so a person decides about each line.

use std::collections::BTreeSet;

use assessment_people::{access::Action, family::Related, id::PersonId, person::Person, who::Reason};
use jiff::Timestamp;

use super::{FamilyShown, ids, shown};
use crate::{
    actor::Actor,
    people::{
        Asking, NotDone,
        naming::{shown_name, written},
        reading,
    },
    store::{StoreError, UnitOfWork, audit::AuditAction},
};

/// How a person is related to others, in words.
#[derive(Debug, Default)]
pub(crate) struct RelatedTo {
    /// One line for each relationship.
    pub(crate) lines: Vec<String>,
    /// The records of the others who are named in them. Showing it is a look at each.
    pub(crate) others: BTreeSet<PersonId>,
}

impl RelatedTo {
    /// Notes the look at each of the others: theirs to see as well, who was shown that they belong to a family.
    ///
    /// # Errors
    /// If the store fails.
    pub(crate) async fn note(
        &self,
        unit: &mut (dyn UnitOfWork + '_),
        actor: &Actor,
        at: Timestamp,
        because: Option<&Reason>,
    ) -> Result<(), StoreError> {
        for other in &self.others {
            unit.note(actor, AuditAction::Person(Action::ReadFamily, *other), at, because).await?;
        }
        Ok(())
    }
}

/// What may be shown to somebody of how these records of one person are related to others.
pub(crate) async fn related_as_shown(
    unit: &mut (dyn UnitOfWork + '_),
    asking: &Asking,
    people: &[Person],
) -> Result<RelatedTo, StoreError> {
    let (mut told, mut done) = (RelatedTo::default(), BTreeSet::new());
    for id in people.iter().map(|person| person.id) {
        let found = reading::found(&mut *unit.people(), asking, Action::ReadFamily, id).await;
        let (of, around) = match found {
            Ok(found) => found,
            Err(NotDone::Store(error)) => return Err(error),
            // More than they may see is not in it.
            Err(_) => continue,
        };
        if !done.insert(of.person.id) {
            continue;
        }
        let stored = unit.families().of(&asking.asker.actor, &ids(&around.merges, &of)).await?;
        let all = shown(&mut *unit.people(), asking, &of, &around, &stored).await?;
        for family in &all.families {
            for one in family.seen.family.related() {
                let Some(other) = one.other(of.person.id) else { continue };
                told.lines.extend(line(one, of.person.id, |id| name(family, id)));
                told.others.extend(family.records.contains_key(&other).then_some(other));
            }
        }
    }
    Ok(told)
}

/// Everything, also what ended and why.
pub(crate) async fn ever_related(
    unit: &mut (dyn UnitOfWork + '_),
    actor: &Actor,
    people: &[Person],
) -> Result<RelatedTo, StoreError> {
    let own: Vec<PersonId> = people.iter().map(|person| person.id).collect();
    let mut told = RelatedTo::default();
    let all = unit.families().ever_related(actor, &own).await?;
    for one in all {
        let is_own = own.contains(&one.related.person);
        let (of, other) = match is_own {
            true => (one.related.person, one.related.to),
            false => (one.related.to, one.related.person),
        };
        let typed = if is_own { one.to_name } else { one.name };
        let recorded = match typed {
            Some(_) => None,
            None => unit.people().find(actor, other).await?,
        };
        told.others.extend(recorded.as_ref().map(|found| found.person.id));
        let name = typed.or(recorded.and_then(|found| shown_name(&found.person).map(written)));
        let said = line(&one.related, of, |_| name.clone());
        let ended = one.ended_because.map(|words| format!(". Ended: {words}")).unwrap_or_default();
        told.lines.extend(said.map(|said| [said, ended].concat()));
    }
    Ok(told)
}

fn name(family: &FamilyShown, id: PersonId) -> Option<String> {
    let named = family.seen.family.named().get(&id).map(|named| named.name.clone());
    named.or_else(|| family.records.get(&id)?.name.clone())
}

fn line(related: &Related, of: PersonId, name: impl Fn(PersonId) -> Option<String>) -> Option<String> {
    let called = |id| name(id).unwrap_or_else(|| "a person without a name".to_owned());
    let relationship = related.relationship.code().replace('_', " ");
    if related.to == of {
        return Some(format!("{}: {relationship}", called(related.person)));
    }
    (related.person == of).then(|| format!("{relationship} of {}", called(related.to)))
}
