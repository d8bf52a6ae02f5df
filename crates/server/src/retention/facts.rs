//! What decides about episodes: orders, requests, joins of the child's record, births, and other episodes of the same child.

use std::collections::{BTreeMap, BTreeSet};

use assessment_people::{
    episode::{State, UNDO_DAYS},
    id::{EpisodeId, PersonId},
    merge::Merges,
    person::Person,
    retention::{Periods, Record, RecordKind, Verdict, verdict},
};
use jiff::civil::Date;

use crate::{
    clock::{date_in_england, moment},
    people,
    store::{
        StoreError, UnitOfWork,
        episodes::{Asker, StoredEpisode},
        retention::{StoredHold, StoredRequest},
    },
};

/// What decides about some episodes, as it is in one unit of work.
pub(super) struct Facts {
    merges: Merges,
    people: BTreeMap<PersonId, Person>,
    /// Those asked about, and all others of the same children.
    episodes: BTreeMap<EpisodeId, StoredEpisode>,
    holds: Vec<StoredHold>,
    requests: Vec<StoredRequest>,
}

impl Facts {
    /// Reads what decides about these episodes.
    pub(super) async fn read(
        work: &mut (dyn UnitOfWork + '_),
        asker: &Asker,
        episodes: &[StoredEpisode],
    ) -> Result<Self, StoreError> {
        let children: BTreeSet<PersonId> = episodes.iter().map(|one| one.state.episode.child()).collect();
        let asked: Vec<PersonId> = children.iter().copied().collect();
        let merges = people::joins(&mut *work.people(), &asker.actor, &asked).await?;
        let leads: BTreeSet<PersonId> = children.iter().map(|id| merges.lead(*id).to).collect();
        let joined = merges.all().flat_map(|merge| [merge.kept.id, merge.merged.id]);
        let everybody: BTreeSet<PersonId> = children.iter().copied().chain(joined).collect();
        let ids: Vec<PersonId> =
            everybody.into_iter().filter(|id| leads.contains(&merges.lead(*id).to)).collect();
        let mut found = BTreeMap::new();
        for id in &ids {
            if let Some(stored) = work.people().find(&asker.actor, *id).await? {
                found.insert(*id, stored.person);
            }
        }
        let others = work.people().episodes_of(asker, &ids).await?;
        let all = episodes.iter().cloned().chain(others);
        let episodes: BTreeMap<_, _> = all.map(|one| (one.state.episode.id(), one)).collect();
        let into = episodes.values().filter_map(|one| into(one.state.episode.state()));
        let held: Vec<EpisodeId> = episodes.keys().copied().chain(into).collect();
        let holds = work.retention().holds(asker, Some(&held)).await?;
        let requests = work.retention().requests(asker, Some(&ids)).await?;
        Ok(Self { merges, people: found, episodes, holds, requests })
    }

    /// The child's record and those joined with it.
    pub(super) fn people(&self, of: &StoredEpisode) -> BTreeSet<PersonId> {
        let child = of.state.episode.child();
        let lead = self.merges.lead(child).to;
        let joined = self.merges.all().flat_map(|merge| [merge.kept.id, merge.merged.id]);
        joined.filter(|id| self.merges.lead(*id).to == lead).chain([child]).collect()
    }

    /// Other episodes of the same child, by their ids.
    pub(super) fn others<'a>(&'a self, of: &'a StoredEpisode) -> impl Iterator<Item = &'a StoredEpisode> {
        let (id, people) = (of.state.episode.id(), self.people(of));
        self.episodes.values().filter(move |other| {
            other.state.episode.id() != id && people.contains(&other.state.episode.child())
        })
    }

    /// Orders that keep an episode, or the one that it is part of.
    pub(super) fn holds<'a>(&'a self, of: &'a StoredEpisode) -> impl Iterator<Item = &'a StoredHold> {
        let (id, into) = (of.state.episode.id(), into(of.state.episode.state()));
        self.holds.iter().filter(move |hold| hold.episode == id || Some(hold.episode) == into)
    }

    /// The episode as the periods see it.
    pub(super) fn record(&self, of: &StoredEpisode) -> Record<EpisodeId> {
        let (episode, people) = (&of.state.episode, self.people(of));
        // Where two records of the child have two days of birth, the later one keeps it longer.
        let births = people.iter().filter_map(|id| self.people.get(id)).flat_map(Person::births);
        let known = births.filter_map(|birth| birth.range().map(|(_, last)| (last, birth)));
        let birth = known.max_by_key(|(last, _)| *last).map(|(_, birth)| birth).unwrap_or_default();
        let of_them = self.requests.iter().filter(|request| people.contains(&request.person));
        Record {
            id: episode.id(),
            kind: RecordKind::EarlyHelp,
            birth,
            changed: date_in_england(of.changed_at),
            is_open: !episode.has_ended(),
            holds: self.holds(of).map(StoredHold::order).collect(),
            access_requested: of_them.map(|request| request.received_on).min(),
            merge_undo_until: self.undo_until(of, &people),
        }
    }

    /// What is to be done with it.
    pub(super) fn verdict(&self, of: &StoredEpisode, periods: &Periods, today: Date) -> Verdict {
        verdict(&self.record(of), periods, today)
    }

    fn undo_until(&self, of: &StoredEpisode, people: &BTreeSet<PersonId>) -> Option<Date> {
        let joins = self.merges.all().filter(|merge| merge.undone.is_none());
        let joins = joins.filter(|merge| people.contains(&merge.kept.id));
        let episode = match of.state.episode.state() {
            State::Merged { merged, .. } => Some(date_in_england(moment(merged.at.plus_days(UNDO_DAYS)))),
            _ => None,
        };
        joins.map(|merge| merge.can_be_undone_until()).chain(episode).max()
    }
}

/// The episode that one is part of.
fn into(state: &State) -> Option<EpisodeId> {
    match state {
        State::Merged { into, .. } => Some(*into),
        _ => None,
    }
}

/// A child with everything that is about them: their record and those joined with it, and all their episodes.
pub(crate) struct Child {
    /// Records.
    pub(crate) people: Vec<Person>,
    /// Episodes, by their ids.
    pub(crate) episodes: Vec<StoredEpisode>,
}

impl Child {
    /// The child whom an episode is about.
    pub(crate) async fn read(
        work: &mut (dyn UnitOfWork + '_),
        asker: &Asker,
        of: &StoredEpisode,
    ) -> Result<Self, StoreError> {
        let facts = Facts::read(work, asker, std::slice::from_ref(of)).await?;
        let people = facts.people(of).iter().filter_map(|id| facts.people.get(id)).cloned().collect();
        let mut episodes: Vec<StoredEpisode> = facts.others(of).cloned().collect();
        episodes.push(of.clone());
        episodes.sort_by_key(|one| one.state.episode.id());
        Ok(Self { people, episodes })
    }
}
