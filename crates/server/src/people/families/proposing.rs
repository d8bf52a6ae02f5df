//! Who may belong to a child's family by what people typed: those whom the child's record names, and children whose records the
//! one who asks may change, where either names the other or both name one parent. It suggests; nothing is linked by itself.

use std::collections::{BTreeMap, BTreeSet};

use assessment_engine::{
    answers::{Answers, Detail, Whom},
    people::people,
};
use assessment_form::Edit;
use assessment_people::{
    access::{Action, Decision, EpisodeFacts, Resource, authorise},
    family::{Bond, Relationship},
    id::{EpisodeId, PersonId},
    matching::{self, Query, Strength},
    person::{Birth, Name, NameKind, Person},
    protection::{Protected, Protection},
};
use uuid::Uuid;

use super::{FamiliesShown, ShownAnswers};
use crate::{
    people::{
        Asking, known,
        naming::{shown_name, squeezed, written},
        reach::{Reach, reach},
        reading::Around,
    },
    store::{StoreError, View, people::StoredPerson},
};

/// In how many of the episodes that somebody works in brothers and sisters are looked for, the newest first.
const MAX_EPISODES: usize = 40;

/// Somebody who may belong to the family.
#[derive(Debug)]
pub(crate) struct Proposal {
    /// Their name.
    pub(crate) name: String,
    /// What they are to the child.
    pub(crate) relationship: Relationship,
    /// Why.
    pub(crate) signals: BTreeSet<Signal>,
    /// Their record.
    pub(crate) record: Option<PersonId>,
    /// The name in the family that may be the same person.
    pub(crate) instead_of: Option<PersonId>,
    /// Parents whom both records name, and what they are to the brother or sister.
    pub(crate) shared_parents: Vec<(String, Relationship)>,
}

/// What speaks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Signal {
    /// The child's record names them.
    NamedHere,
    /// Their record names the child as a brother or sister.
    NamedThere,
    /// Both records name one parent.
    SameParent,
    /// Both live at one address, which may be told.
    SameAddress,
}

/// Somebody whom a record names.
struct Typed {
    name: String,
    relationship: Relationship,
    person: Person,
}

/// Who may belong to it, the most likely first.
pub(super) async fn proposals(
    view: &mut dyn View,
    asking: &Asking,
    of: &StoredPerson,
    around: &Around,
    shown: &FamiliesShown,
    answers: ShownAnswers,
) -> Result<Vec<Proposal>, StoreError> {
    let child = &of.person;
    let here = typed_in_all(view, asking, &around.episodes, answers).await?;
    let mut found = siblings(view, asking, (child, &here), shown, answers).await?;
    let taken: BTreeSet<String> = found.iter().filter_map(|one| one.1.clone()).collect();
    let is_member = |name: &str| member_named(shown, name).is_some();
    let named = here.into_iter().filter(|typed| !taken.contains(&typed.name) && !is_member(&typed.name));
    let mut all: Vec<Proposal> = found.drain(..).map(|one| one.0).collect();
    all.extend(named.map(|typed| Proposal {
        name: typed.name,
        relationship: typed.relationship,
        signals: BTreeSet::from([Signal::NamedHere]),
        record: None,
        instead_of: None,
        shared_parents: Vec::new(),
    }));
    Ok(all)
}

/// Brothers and sisters with a record, each with the name typed here that is theirs.
async fn siblings(
    view: &mut dyn View,
    asking: &Asking,
    (child, here): (&Person, &[Typed]),
    shown: &FamiliesShown,
    answers: ShownAnswers,
) -> Result<Vec<(Proposal, Option<String>)>, StoreError> {
    let mut found = Vec::new();
    for (other, episodes) in others(view, asking, child.id).await? {
        let is_member = shown.families.iter().any(|family| family.records.contains_key(&other.id));
        let may_change = may(asking, Action::ChangeFamily, &other, &episodes);
        if is_member || !may_change || !matches!(reach(asking, &other, &episodes), Reach::Record) {
            continue;
        }
        let there = typed_in_all(view, asking, &episodes, answers).await?;
        found.extend(compared(child, here, &other, &there, shown));
    }
    found.sort_by_key(|(one, _)| std::cmp::Reverse(one.signals.len()));
    Ok(found)
}

/// Whether two children seem to be brother and sister.
fn compared(
    child: &Person,
    here: &[Typed],
    other: &Person,
    there: &[Typed],
    shown: &FamiliesShown,
) -> Option<(Proposal, Option<String>)> {
    let is_sibling = |typed: &&Typed| typed.relationship.bond() == Bond::Sibling;
    let named_here = here.iter().filter(is_sibling).find(|typed| is_same(&typed.with_family(child), other));
    let named_there = there.iter().filter(is_sibling).find(|typed| is_same(&typed.with_family(other), child));
    let shared = |one: &Typed| {
        let theirs = parents(there).find(|two| is_one_parent(one, two))?;
        Some((one.name.clone(), theirs.relationship))
    };
    let shared_parents: Vec<(String, Relationship)> = parents(here).filter_map(shared).collect();
    let mut signals = BTreeSet::new();
    signals.extend(named_here.map(|_| Signal::NamedHere));
    signals.extend(named_there.map(|_| Signal::NamedThere));
    signals.extend((!shared_parents.is_empty()).then_some(Signal::SameParent));
    if signals.is_empty() {
        return None;
    }
    let is_open = |one: &&assessment_people::person::Address| one.protection.level == Protection::Ordinary;
    let is_one_place = child
        .addresses
        .iter()
        .filter(is_open)
        .any(|one| other.addresses.iter().filter(is_open).any(|two| one.is_same_place(two)));
    signals.extend(is_one_place.then_some(Signal::SameAddress));
    let said = named_here.or(named_there).map(|typed| typed.relationship);
    let relationship = match said {
        // Someone who was not born when it was typed is now.
        Some(Relationship::UnbornSibling) | None => Relationship::Sibling,
        Some(said) => said,
    };
    let typed = named_here.map(|typed| typed.name.clone());
    let proposal = Proposal {
        name: shown_name(other).map(written)?,
        relationship,
        signals,
        record: Some(other.id),
        instead_of: typed.as_deref().and_then(|name| member_named(shown, name)),
        shared_parents,
    };
    Some((proposal, typed))
}

fn parents(typed: &[Typed]) -> impl Iterator<Item = &Typed> {
    typed.iter().filter(|one| one.relationship.bond() == Bond::Parent)
}

impl Typed {
    /// The same with the family name of the child in whose record they are, where one word was typed.
    fn with_family(&self, child: &Person) -> Person {
        let mut person = self.person.clone();
        let family = child.shown_name().map(|name| name.family.clone()).unwrap_or_default();
        for name in person.names.iter_mut().filter(|name| name.family.trim().is_empty()) {
            name.family.clone_from(&family);
        }
        person
    }
}

/// Whether somebody who was typed is likely to be this person.
fn is_same(typed: &Person, person: &Person) -> bool {
    let found = matching::find(&Query::about(typed), [person]);
    let is_likely = |one: &matching::Match<'_>| one.strength >= Strength::Likely;
    found.iter().any(is_likely) || (typed.birth == Birth::NotKnown && has_name_of(typed, person))
}

/// Two children of one name and no date of birth: the name is all that was typed.
fn has_name_of(typed: &Person, person: &Person) -> bool {
    let names = |person: &Person| -> BTreeSet<String> {
        let known = person.names.iter().filter(|name| name.kind != NameKind::Former);
        known.map(|name| squeezed(&written(name))).collect()
    };
    !names(typed).is_disjoint(&names(person))
}

/// Two parents of one name are one where no date of birth says otherwise. Many mothers have the same name, so a person looks.
fn is_one_parent(one: &Typed, two: &Typed) -> bool {
    let births = [one.person.birth, two.person.birth];
    let differ = births[0] != births[1] && !births.contains(&Birth::NotKnown);
    squeezed(&one.name) == squeezed(&two.name) && !differ && one.name.trim().contains(' ')
}

/// The member of that name whom they see.
fn member_named(shown: &FamiliesShown, name: &str) -> Option<PersonId> {
    let is_it = |other: &str| squeezed(other) == squeezed(name);
    shown.families.iter().find_map(|family| {
        let named = family.seen.family.named().iter().find(|(_, named)| is_it(&named.name));
        let record = family.records.iter().find(|(_, record)| record.name.as_deref().is_some_and(is_it));
        named.map(|(id, _)| *id).or(record.map(|(id, _)| *id))
    })
}

/// The children of the episodes that they work in, with the episodes of each that decide.
async fn others(
    view: &mut dyn View,
    asking: &Asking,
    child: PersonId,
) -> Result<Vec<(Person, Vec<EpisodeFacts>)>, StoreError> {
    let ids: Vec<EpisodeId> =
        asking.principal.grants.iter().rev().map(|grant| grant.terms().episode).take(MAX_EPISODES).collect();
    let mut children = Vec::new();
    for id in ids {
        let found = view.episodes().find(&asking.asker, id).await?;
        children.extend(found.map(|stored| stored.state.episode.child()));
    }
    let mut reader = view.people();
    let merges = known::joins(&mut *reader, &asking.asker.actor, &children).await?;
    let mut leads: Vec<PersonId> = children.iter().map(|id| merges.lead(*id).to).collect();
    leads.sort();
    leads.dedup();
    leads.retain(|id| *id != child);
    let mut episodes: BTreeMap<PersonId, Vec<EpisodeFacts>> =
        known::episodes(&mut *reader, asking, &merges, &leads).await?;
    let mut all = Vec::new();
    for id in leads {
        if let Some(found) = reader.find(&asking.asker.actor, id).await? {
            all.push((found.person, episodes.remove(&id).unwrap_or_default()));
        }
    }
    Ok(all)
}

fn may(asking: &Asking, action: Action, person: &Person, episodes: &[EpisodeFacts]) -> bool {
    asking.may_with(action, person.id, episodes, person.protection.level).is_ok()
}

/// Whom the newest versions of these episodes name in the family, as far as they may read them.
async fn typed_in_all(
    view: &mut dyn View,
    asking: &Asking,
    episodes: &[EpisodeFacts],
    answers: ShownAnswers,
) -> Result<Vec<Typed>, StoreError> {
    let mut all: Vec<Typed> = Vec::new();
    for facts in episodes {
        let resource = Resource::Episode(facts);
        let decision = authorise(Some(&asking.principal), Action::ReadVersion, &resource, asking.now);
        let Decision::Allowed(allowed) = decision else { continue };
        let Some(sight) = allowed.sight(asking.reason.is_some()) else { continue };
        let mut reader = view.episodes();
        let Some(stored) = reader.find(&asking.asker, facts.id).await? else { continue };
        let Some(versions) = stored.state.episode.versions() else { continue };
        let number = versions.newest().number();
        let Some(version) = reader.version(&asking.asker, facts.id, number).await? else { continue };
        let Some(shown) = answers(&version.answers, sight) else { continue };
        let Ok(reading) = Answers::read(&shown) else { continue };
        for typed in typed(&reading.answers) {
            if !all.iter().any(|one| squeezed(&one.name) == squeezed(&typed.name)) {
                all.push(typed);
            }
        }
    }
    Ok(all)
}

/// Whom a record names in the family, by the catalogue.
fn typed(answers: &Answers) -> Vec<Typed> {
    let everybody = people(answers, false).into_iter();
    let family = everybody.filter(|one| !one.is_child && one.is_one_person() && one.belongs_to(Whom::Family));
    let typed = family.filter_map(|one| {
        let code = one.text(Detail::Relationship)?;
        let relationship = *Relationship::ALL.iter().find(|other| other.code() == code)?;
        // A council is nobody's relative.
        if relationship == Relationship::LocalAuthority {
            return None;
        }
        let born = one.details.iter().find_map(|(detail, edit)| match (detail, edit) {
            (Detail::Born, Edit::Date(date)) => date.partial(),
            _ => None,
        });
        // Somebody who is compared and not stored needs an id that nobody has.
        let mut person = Person::new(PersonId::from_uuid(Uuid::nil()), Protected::at(Protection::Ordinary));
        person.names = vec![whole(&one.name)];
        person.birth = born.map_or(Birth::NotKnown, |date| Birth::written(date, false));
        Some(Typed { name: one.name, relationship, person })
    });
    typed.collect()
}

/// A name that was written as a whole: its last word is the family name.
fn whole(name: &str) -> Name {
    match name.trim().rsplit_once(char::is_whitespace) {
        Some((given, family)) => Name::usual(given, family),
        None => Name::usual(name, ""),
    }
}
