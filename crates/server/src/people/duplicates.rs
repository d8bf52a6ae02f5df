//! Duplicates to settle: pairs of people who may be one, the strongest first. Pairs are worked out for people who have changed,
//! a few at each question, by the keys that they share with others; nobody is compared with everybody.

use std::collections::{BTreeMap, BTreeSet};

use assessment_people::{
    access::{Action, EpisodeFacts},
    id::PersonId,
    matching::{self, NotTheSame, Query, without_decided},
    person::Person,
};

use super::{
    Asking, NotDone, Shown, known,
    looking::MAX_COMPARED,
    reach::{Reach, holders, may_open, reach},
};
use crate::store::{
    Store, StoreError, UnitOfWork, View,
    audit::AuditAction,
    pairs::Pair,
    people::{PersonReader, StoredPerson},
};

/// For how many people pairs are worked out at each question.
const AT_ONCE: u32 = 200;

/// How many pairs are read at a time.
const CHUNK: u32 = 50;

/// Two people who may be one.
#[derive(Debug)]
pub(crate) struct PairShown {
    /// One of them; with reasons and an earlier decision.
    pub(crate) one: Shown,
    /// The other.
    pub(crate) other: Shown,
}

/// A page of pairs.
#[derive(Debug, Default)]
pub(crate) struct Duplicates {
    /// The strongest first.
    pub(crate) pairs: Vec<PairShown>,
    /// After which pair the next page begins, if there is one.
    pub(crate) next: Option<Pair>,
    /// How many people are still to be compared.
    pub(crate) to_compare: u64,
}

/// Lists pairs that nobody has settled.
///
/// # Errors
/// They may not.
pub(crate) async fn duplicates(
    store: &dyn Store,
    asking: &Asking,
    after: Option<Pair>,
    limit: usize,
) -> Result<Duplicates, NotDone> {
    asking.may(Action::ListDuplicates)?;
    match attempt(store, asking, after, limit).await {
        // Two coordinators at once were in each other's way.
        Err(NotDone::Store(StoreError::Conflict(_))) => attempt(store, asking, after, limit).await,
        outcome => outcome,
    }
}

async fn attempt(
    store: &dyn Store,
    asking: &Asking,
    after: Option<Pair>,
    limit: usize,
) -> Result<Duplicates, NotDone> {
    // Comparing is slow, so it is done before the unit of work begins. Somebody who changes meanwhile is due again.
    let (done, pairs) = work_out(&mut *store.view().await?, asking).await?;
    let actor = &asking.asker.actor;
    let mut unit = store.begin().await?;
    if !done.is_empty() {
        unit.pairs().settle(actor, &done, &pairs).await?;
    }
    let mut found = page(&mut *unit, asking, after, limit).await?;
    found.to_compare = unit.pairs().count_due(actor).await?;
    let because = asking.reason.as_ref();
    let both = found.pairs.iter().flat_map(|pair| [pair.one.person.id, pair.other.person.id]);
    for id in both.collect::<BTreeSet<PersonId>>() {
        unit.note(actor, AuditAction::Person(Action::ListDuplicates, id), asking.at, because).await?;
    }
    unit.save_because(actor, AuditAction::Own(Action::ListDuplicates), asking.at, because).await?;
    name_deciders(store, &mut found).await?;
    Ok(found)
}

type WorkedOut = (Vec<(PersonId, u64)>, Vec<Pair>);

/// Works out the pairs of some who are due.
async fn work_out(view: &mut dyn View, asking: &Asking) -> Result<WorkedOut, StoreError> {
    let actor = &asking.asker.actor;
    let due = view.pairs().due(actor, AT_ONCE).await?;
    let ids: Vec<PersonId> = due.iter().map(|one| one.stored.person.id).collect();
    let before = view.pairs().of(actor, &ids).await?;
    let mut pairs = Vec::new();
    for one in due.iter().filter(|one| one.is_looked_for) {
        let person = &one.stored.person;
        let query = Query::about(person);
        let mut reader = view.people();
        let mut candidates = reader.candidates(actor, &query.keys(), MAX_COMPARED).await?;
        // Some find another without being found from there, such as a date of birth that is a year alone.
        for pair in before.iter().filter(|pair| pair.one == person.id || pair.other == person.id) {
            let other = if pair.one == person.id { pair.other } else { pair.one };
            if candidates.iter().all(|candidate| candidate.person.id != other) {
                candidates.extend(reader.find(actor, other).await?);
            }
        }
        let all = candidates.iter().map(|stored: &StoredPerson| &stored.person);
        let matches = matching::find(&query, all);
        pairs.extend(matches.iter().map(|found| Pair::of(person.id, found.person.id, found.weight())));
    }
    let done = due.iter().map(|one| (one.stored.person.id, one.stored.revision)).collect();
    Ok((done, pairs))
}

async fn page(
    unit: &mut (dyn UnitOfWork + '_),
    asking: &Asking,
    mut after: Option<Pair>,
    limit: usize,
) -> Result<Duplicates, NotDone> {
    let actor = &asking.asker.actor;
    let mut found = Duplicates::default();
    let mut last = None;
    loop {
        let chunk = unit.pairs().list(actor, after, CHUNK).await?;
        let Some(end) = chunk.last() else { return Ok(found) };
        after = Some(*end);
        let mut people = unit.people();
        let around = Around::of(&mut *people, asking, &chunk).await?;
        for pair in chunk {
            let Some(shown) = around.show(asking, pair) else { continue };
            if found.pairs.len() == limit {
                found.next = last;
                return Ok(found);
            }
            found.pairs.push(shown);
            last = Some(pair);
        }
    }
}

/// What is known around the people of some pairs.
struct Around {
    people: BTreeMap<PersonId, Person>,
    episodes: BTreeMap<PersonId, Vec<EpisodeFacts>>,
    decisions: Vec<NotTheSame>,
}

impl Around {
    async fn of(
        reader: &mut (dyn PersonReader + '_),
        asking: &Asking,
        pairs: &[Pair],
    ) -> Result<Self, StoreError> {
        let ids: BTreeSet<PersonId> = pairs.iter().flat_map(|pair| [pair.one, pair.other]).collect();
        let ids: Vec<PersonId> = ids.into_iter().collect();
        let actor = &asking.asker.actor;
        let merges = known::joins(reader, &asking.asker.actor, &ids).await?;
        let mut people = BTreeMap::new();
        // A pair may be older than a join: until it is worked out again, it is left out here.
        for id in ids.iter().filter(|id| merges.lead(**id).to == **id) {
            people.extend(reader.find(actor, *id).await?.map(|stored| (*id, stored.person)));
        }
        let episodes = known::episodes(reader, asking, &merges, &ids).await?;
        let decisions = reader.decisions(actor, &ids).await?;
        Ok(Self { people, episodes, decisions })
    }

    /// A pair as they may see it. `None` where they may not know of both, where both are settled, or where the two are
    /// no longer alike.
    fn show(&self, asking: &Asking, pair: Pair) -> Option<PairShown> {
        let (one, other) = (self.people.get(&pair.one)?, self.people.get(&pair.other)?);
        let matches = matching::find(&Query::about(one), [other]);
        let found = without_decided(one, matches, &self.decisions).pop()?;
        let (reads_one, reads_other) = (self.readable(asking, one)?, self.readable(asking, other)?);
        let both = reads_one && reads_other;
        let shown = |person: &Person, readable: bool| Shown {
            person: person.clone(),
            readable,
            episodes: may_open(asking, person, self.facts(person.id)),
            held_by: holders(asking, person, self.facts(person.id)),
            strength: found.strength,
            reasons_for: if both { found.reasons_for.clone() } else { Vec::new() },
            reasons_against: if both { found.reasons_against.clone() } else { Vec::new() },
            earlier: found.earlier.map(|decision| (decision.clone(), String::new())),
        };
        Some(PairShown { one: shown(one, reads_one), other: shown(other, reads_other) })
    }

    fn facts(&self, id: PersonId) -> &[EpisodeFacts] {
        self.episodes.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Whether more than their existence may be shown. `None` where not even that may.
    fn readable(&self, asking: &Asking, person: &Person) -> Option<bool> {
        match reach(asking, person, self.facts(person.id)) {
            Reach::Record => Some(true),
            Reach::Existence => Some(false),
            Reach::WithReason | Reach::Ask(_) => None,
        }
    }
}

/// Earlier decisions with the names of those who made them.
async fn name_deciders(store: &dyn Store, found: &mut Duplicates) -> Result<(), StoreError> {
    let all = || found.pairs.iter().filter_map(|pair| pair.one.earlier.as_ref());
    let names = known::names(store, all().map(|(decision, _)| decision.by().to_owned()).collect()).await?;
    for pair in &mut found.pairs {
        if let Some((decision, by)) = &mut pair.one.earlier {
            *by = known::name(&names, decision.by());
        }
    }
    Ok(())
}
