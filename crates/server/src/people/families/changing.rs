//! Changing a family: all of a request or nothing, and only what the one who asks saw. Somebody comes to it with a record only
//! where they may change the families of that record as well.

use std::collections::BTreeSet;

use assessment_api::problem::ProblemItem;
use assessment_people::{
    access::Action,
    family::{Family, FamilyRefused, Related, Relationship},
    id::{FamilyId, PersonId},
    merge::Merges,
    protection::Protection,
};

use super::{FamiliesShown, FamilyShown, ids, shown, shows};
use crate::{
    identifier::random_uuid,
    people::{
        Asking, NotDone, UNKNOWN, known,
        naming::squeezed,
        noted,
        reading::{self, Around},
    },
    store::{
        Store, StoreError, UnitOfWork, audit::AuditAction, families::StoredFamily, people::StoredPerson,
    },
};

/// What changes.
#[derive(Debug, Default)]
pub(crate) struct Change {
    /// Which family; `None` begins one.
    pub(crate) family: Option<FamilyId>,
    /// Who comes to it.
    pub(crate) add: Vec<Joining>,
    /// How members are related from now on.
    pub(crate) relate: Vec<Related>,
    /// How they are not any more.
    pub(crate) unrelate: Vec<Related>,
    /// Who does not belong to it any more.
    pub(crate) leave: Vec<PersonId>,
    /// Memberships that are kept more closely.
    pub(crate) protect: Vec<(PersonId, Protection)>,
    /// Why somebody leaves.
    pub(crate) because: Option<String>,
}

/// Somebody who comes to a family.
#[derive(Debug)]
pub(crate) struct Joining {
    /// Their name, where they have no record.
    pub(crate) name: String,
    /// Their record.
    pub(crate) record: Option<PersonId>,
    /// What they are to the person who was asked about.
    pub(crate) relationship: Relationship,
    /// How closely that is kept; as that person's own membership where it is not said.
    pub(crate) protection: Option<Protection>,
    /// The name in the family that is the same person.
    pub(crate) instead_of: Option<PersonId>,
    /// Parents, by name, who are theirs too.
    pub(crate) shared_parents: Vec<(String, Relationship)>,
}

/// Changes the families of a person.
///
/// # Errors
/// There is no such person, they may not, what they saw is not how it is any more, or it is not to be changed like that.
pub(crate) async fn change(
    store: &dyn Store,
    asking: &Asking,
    id: PersonId,
    expected: u64,
    change: &Change,
) -> Result<(), NotDone> {
    let outcome = match attempt(store, asking, id, expected, change).await {
        // Somebody else was first. A new unit of work sees what they did.
        Err(NotDone::Store(StoreError::Conflict(_))) => attempt(store, asking, id, expected, change).await,
        outcome => outcome,
    };
    noted(store, asking, outcome).await
}

async fn attempt(
    store: &dyn Store,
    asking: &Asking,
    id: PersonId,
    expected: u64,
    change: &Change,
) -> Result<(), NotDone> {
    let mut unit = store.begin().await?;
    let (of, others) = match changed(&mut *unit, asking, id, expected, change).await {
        Ok(done) => done,
        Err(refused) => {
            unit.cancel().await?;
            return Err(refused);
        }
    };
    let (actor, because) = (&asking.asker.actor, asking.reason.as_ref());
    for other in others {
        unit.note(actor, AuditAction::Person(Action::ChangeFamily, other), asking.at, because).await?;
    }
    let last = AuditAction::Person(Action::ChangeFamily, of);
    Ok(unit.save_because(actor, last, asking.at, because).await?)
}

/// Whose family was changed, and whose other records the change is about, whether the one who asks sees them or not.
async fn changed(
    unit: &mut (dyn UnitOfWork + '_),
    asking: &Asking,
    id: PersonId,
    expected: u64,
    change: &Change,
) -> Result<(PersonId, BTreeSet<PersonId>), NotDone> {
    let actor = &asking.asker.actor;
    let wanted: Vec<PersonId> = change.add.iter().filter_map(|one| one.record).collect();
    let mut all = wanted.clone();
    all.push(id);
    unit.families().lock(actor, &all).await?;
    let (of, around) = reading::found(&mut *unit.people(), asking, Action::ChangeFamily, id).await?;
    let mut records = Vec::new();
    for record in wanted {
        let found = reading::found(&mut *unit.people(), asking, Action::ChangeFamily, record).await?;
        records.push((found.0.person.id, found.0.person.protection.level));
    }
    let stored = unit.families().of(actor, &ids(&around.merges, &of)).await?;
    let seen = shown(&mut *unit.people(), asking, &of, &around, &stored).await?;
    let current = seen.tag()?;
    if current != expected {
        return Err(NotDone::Stale(current));
    }
    let members = stored.iter().flat_map(|one| one.family.members().keys().copied());
    let members: Vec<PersonId> = members.chain(records.iter().map(|(record, _)| *record)).collect();
    let merges = known::joins(&mut *unit.people(), actor, &members).await?;
    let (before, shown) = which(change.family, stored, &seen)?;
    // What ends or hides a membership of somebody with a record is a change of their family, too.
    let others = change.leave.iter().chain(change.protect.iter().map(|(member, _)| member));
    for member in others.filter(|member| **member != of.person.id) {
        let is_seen = shown.is_some_and(|shown| shown.seen.family.has_record(*member));
        if is_seen {
            reading::found(&mut *unit.people(), asking, Action::ChangeFamily, *member).await?;
        }
    }
    // Somebody's new family has them in it.
    let first = match before.revision {
        0 => before.family.clone().with(of.person.id, of.person.protection.level),
        _ => before.family.clone(),
    };
    let was = before.family.members().keys().copied().collect();
    let (problems, merges) = (Vec::new(), &merges);
    let next = Next { asking, of: &of, around: &around, merges, shown, before: was, problems };
    let family = next.family(first, change, &records)?;
    let lead = |id| merges.lead(id).to;
    let mut others = before.family.led(lead).touched(&family.led(lead));
    // A new family of one person says nothing of anybody.
    if family != before.family && (before.revision > 0 || family.members().len() > 1) {
        unit.families().store(actor, &before, &family, change.because.as_deref(), asking.at).await?;
    }
    others.extend(records.into_iter().map(|(record, _)| record));
    others.remove(&of.person.id);
    Ok((of.person.id, others))
}

/// The family that changes, as it is stored and as it is seen. Nothing is seen of a new one.
fn which(
    wanted: Option<FamilyId>,
    stored: Vec<StoredFamily>,
    seen: &FamiliesShown,
) -> Result<(StoredFamily, Option<&FamilyShown>), NotDone> {
    let Some(wanted) = wanted else {
        let id = FamilyId::from_uuid(random_uuid().map_err(|_| NotDone::NoRandomness)?);
        return Ok((StoredFamily { family: Family::new(id), revision: 0 }, None));
    };
    let shown = seen.families.iter().find(|one| one.seen.family.id() == wanted).ok_or(UNKNOWN)?;
    let stored = stored.into_iter().find(|one| one.family.id() == wanted).ok_or(UNKNOWN)?;
    Ok((stored, Some(shown)))
}

/// Makes the next state of a family.
struct Next<'a> {
    asking: &'a Asking,
    of: &'a StoredPerson,
    around: &'a Around,
    merges: &'a Merges,
    shown: Option<&'a FamilyShown>,
    /// Who belonged to it before, seen or not.
    before: BTreeSet<PersonId>,
    problems: Vec<ProblemItem>,
}

impl Next<'_> {
    fn family(
        mut self,
        mut family: Family,
        change: &Change,
        records: &[(PersonId, Protection)],
    ) -> Result<Family, NotDone> {
        let ends = !(change.unrelate.is_empty() && change.leave.is_empty());
        if ends && change.because.is_none() {
            self.problems.push(ProblemItem::new("reason", "missing"));
        }
        for (at, person) in change.leave.iter().enumerate() {
            for stored in self.stored(&family, *person, || format!("leave[{at}]")) {
                family = family.without_seen(stored, |id| self.sees(id));
            }
        }
        for (at, one) in change.unrelate.iter().enumerate() {
            let people = self.stored(&family, one.person, || format!("unrelate[{at}].person"));
            let to = self.stored(&family, one.to, || format!("unrelate[{at}].to"));
            for person in people {
                for to in &to {
                    let related = Related { person, to: *to, ..*one };
                    family = family.unrelate_seen(&related, |id| self.sees(id));
                }
            }
        }
        let mut records = records.iter();
        for (at, one) in change.add.iter().enumerate() {
            let record = one.record.and_then(|_| records.next().copied());
            family = self.with(family, one, record, at)?;
        }
        for (at, one) in change.relate.iter().enumerate() {
            let person = self.first(&family, one.person, || format!("relate[{at}].person"));
            let to = self.first(&family, one.to, || format!("relate[{at}].to"));
            if let (Some(person), Some(to)) = (person, to) {
                family = self.related(family, Related { person, to, ..*one }, || format!("relate[{at}]"));
            }
        }
        for (at, (member, protection)) in change.protect.iter().enumerate() {
            self.may_see(*protection, || format!("protect[{at}].protection"));
            for stored in self.stored(&family, *member, || format!("protect[{at}].member")) {
                family = family.with(stored, *protection);
            }
        }
        if self.problems.is_empty() { Ok(family) } else { Err(NotDone::Family(self.problems)) }
    }

    /// Somebody comes to it.
    fn with(
        &mut self,
        mut family: Family,
        one: &Joining,
        record: Option<(PersonId, Protection)>,
        at: usize,
    ) -> Result<Family, NotDone> {
        let own = self.own(&family);
        let level = family.members().get(&own).copied().unwrap_or(self.of.person.protection.level);
        let level = one.protection.unwrap_or(level);
        self.may_see(level, || format!("add[{at}].protection"));
        let person = match record {
            Some((record, _)) if record == self.of.person.id => {
                self.problems.push(ProblemItem::new(format!("add[{at}].record"), "themselves"));
                return Ok(family);
            }
            Some((record, own)) => {
                let already = self.standing(&family, record).first().copied();
                let person = already.unwrap_or(record);
                // As closely as their own record.
                family = family.with(person, level.join(own));
                person
            }
            None => {
                let person = new_person()?;
                family = family.with_name(person, &one.name, level);
                person
            }
        };
        let related = Related { person, relationship: one.relationship, to: own };
        family = self.related(family, related, || format!("add[{at}].relationship"));
        if let Some(named) = one.instead_of {
            for stored in self.stored(&family, named, || format!("add[{at}].instead_of")) {
                let apart = new_person()?;
                match family.clone().recorded_apart(stored, person, apart, |id| self.sees(id)) {
                    Ok(linked) => family = linked,
                    Err(refused) => self.refused(refused, || format!("add[{at}].instead_of")),
                }
            }
        }
        for (name, relationship) in &one.shared_parents {
            let parent = match self.named(&family, name) {
                Some(parent) => parent,
                None => {
                    let parent = new_person()?;
                    family = family.with_name(parent, name, level);
                    let of_own = Related { person: parent, relationship: *relationship, to: own };
                    family = self.related(family, of_own, || format!("add[{at}].shared_parents"));
                    parent
                }
            };
            let too = Related { person: parent, relationship: *relationship, to: person };
            family = self.related(family, too, || format!("add[{at}].shared_parents"));
        }
        Ok(family)
    }

    fn related(&mut self, family: Family, related: Related, path: impl Fn() -> String) -> Family {
        match family.clone().relate(related) {
            Ok(family) => family,
            Err(refused) => {
                self.refused(refused, path);
                family
            }
        }
    }

    fn refused(&mut self, refused: FamilyRefused, path: impl Fn() -> String) {
        let code = match refused {
            FamilyRefused::Themselves => "themselves",
            FamilyRefused::NotAMember => "not-a-member",
            FamilyRefused::ParentOfEachOther => "parent-of-each-other",
            FamilyRefused::NotAName => "not-a-name",
        };
        self.problems.push(ProblemItem::new(path(), code));
    }

    /// Nobody keeps something so closely that they could not see it any more.
    fn may_see(&mut self, protection: Protection, path: impl Fn() -> String) {
        if !shows(self.asking, &self.of.person, &self.around.episodes, protection) {
            self.problems.push(ProblemItem::new(path(), "more-than-seen"));
        }
    }

    /// The id by which the person who was asked about belongs to it: one that leads to their record.
    fn own(&self, family: &Family) -> PersonId {
        self.standing(family, self.of.person.id).first().copied().unwrap_or(self.of.person.id)
    }

    /// The stored ids that lead to somebody.
    fn standing(&self, family: &Family, person: PersonId) -> Vec<PersonId> {
        let leads = |id: &PersonId| self.merges.lead(*id).to == person;
        family.members().keys().copied().filter(leads).collect()
    }

    /// Whether they see the member of that stored id, or it has just come to the family.
    fn sees(&self, id: PersonId) -> bool {
        let lead = self.merges.lead(id).to;
        self.shown.is_none_or(|shown| shown.seen.family.members().contains_key(&lead))
            || !self.before.contains(&id)
    }

    /// The same of somebody whom they see, or who has just come to it.
    fn stored(&mut self, family: &Family, person: PersonId, path: impl Fn() -> String) -> Vec<PersonId> {
        let found = self.standing(family, person);
        if found.is_empty() || !found.iter().all(|id| self.sees(*id)) {
            self.problems.push(ProblemItem::new(path(), "not-a-member"));
            return Vec::new();
        }
        found
    }

    fn first(&mut self, family: &Family, person: PersonId, path: impl Fn() -> String) -> Option<PersonId> {
        self.stored(family, person, path).first().copied()
    }

    /// The member of that name whom they see, or who has just come to it.
    fn named(&self, family: &Family, name: &str) -> Option<PersonId> {
        let found = family
            .named()
            .iter()
            .find(|(id, named)| squeezed(&named.name) == squeezed(name) && self.sees(**id));
        found.map(|(id, _)| *id)
    }
}

/// An id for somebody without a record. It is of this family only.
fn new_person() -> Result<PersonId, NotDone> {
    Ok(PersonId::from_uuid(random_uuid().map_err(|_| NotDone::NoRandomness)?))
}
