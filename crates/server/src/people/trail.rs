//! The audit trail of everybody, for coordinators and auditors. Each entry is shown, because a trail that cannot show one is
//! none; which record it is about, and why somebody looked, only where they may know of that record.

use std::collections::{BTreeMap, BTreeSet};

use assessment_people::{
    access::{Action, Decision, EpisodeFacts, REFUSED, Resource, authorise},
    id::{EpisodeId, PersonId},
    person::Person,
};
use jiff::Timestamp;

use super::{
    Asking, NotDone, UNKNOWN,
    curiosity::{Fits, Pattern, patterns},
    known,
    reach::{Reach, reach},
};
use crate::store::episodes::StoredEpisode;
use crate::store::{
    Store, StoreError, View,
    audit::{AuditAction, AuditPage},
    trail::{TrailEntry, WantedTrail},
};

/// Which entries.
#[derive(Debug)]
pub(crate) struct TrailFilter {
    /// From where on.
    pub(crate) page: AuditPage,
    /// How many at most.
    pub(crate) limit: u32,
    /// Only of this moment or later.
    pub(crate) from: Option<Timestamp>,
    /// Only before this moment.
    pub(crate) until: Option<Timestamp>,
    /// Only about this person, and the episodes that are about them.
    pub(crate) person: Option<PersonId>,
    /// Only about this episode.
    pub(crate) episode: Option<EpisodeId>,
}

/// An entry as they may see it.
#[derive(Debug)]
pub(crate) struct EntryShown {
    /// The entry.
    pub(crate) entry: TrailEntry,
    /// Whether record and reason are withheld.
    pub(crate) is_withheld: bool,
}

/// Reads a page of the trail. Says whether there is more.
///
/// # Errors
/// They may not, or may not know of the record that is asked about.
pub(crate) async fn trail(
    store: &dyn Store,
    asking: &Asking,
    filter: &TrailFilter,
) -> Result<(Vec<EntryShown>, bool), NotDone> {
    asking.may(Action::ReadAudit)?;
    let (shown, more, notes) = {
        let mut view = store.view().await?;
        let mut records = Records::default();
        let (about, notes) = about(&mut *view, asking, filter, &mut records).await?;
        let wanted = WantedTrail {
            page: filter.page,
            limit: filter.limit + 1,
            from: filter.from,
            until: filter.until,
            about,
        };
        let mut found = view.trail().list(&asking.asker, &wanted).await?;
        let more = found.len() > filter.limit as usize;
        found.truncate(filter.limit as usize);
        records.learn(&mut *view, asking, &found).await?;
        let show = |entry: TrailEntry| EntryShown { is_withheld: !records.may_know(asking, &entry), entry };
        (found.into_iter().map(show).collect(), more, notes)
    };
    let actor = &asking.asker.actor;
    let because = asking.reason.as_ref();
    let mut unit = store.begin().await?;
    for note in notes {
        unit.note(actor, note, asking.at, because).await?;
    }
    unit.save_because(actor, AuditAction::Own(Action::ReadAudit), asking.at, because).await?;
    Ok((shown, more))
}

/// How many looks are read at most.
const MAX_LOOKS: u32 = 5_000;

/// How many copies of the register are read at most.
const MAX_EXPORTS: u32 = 200;

/// Looks that somebody should ask about, from one moment on and before another, and whether there were too many to read them
/// all. Episodes that the caller may not know of are left out of each.
///
/// # Errors
/// They may not.
pub(crate) async fn looks(
    store: &dyn Store,
    asking: &Asking,
    from: Timestamp,
    until: Timestamp,
) -> Result<(Vec<Fits>, bool), NotDone> {
    asking.may(Action::ReadAudit)?;
    let (found, more) = {
        let mut view = store.view().await?;
        let looks = view.trail().looks(&asking.asker, from, until, MAX_LOOKS).await?;
        let exports = view.trail().exports(&asking.asker, from, until, MAX_EXPORTS).await?;
        let is_full = |count: usize, most: u32| u32::try_from(count).is_ok_and(|count| count == most);
        let more = is_full(looks.len(), MAX_LOOKS) || is_full(exports.len(), MAX_EXPORTS);
        let mut found = patterns(looks, exports);
        let mut records = Records::default();
        for id in found.iter().flat_map(|fits| fits.episodes.clone()) {
            records.learn_episode(&mut *view, asking, id).await?;
        }
        let is_known = |id: &EpisodeId| {
            records.episodes.get(id).is_some_and(|stored| may_know_of(asking, &facts(stored)))
        };
        for fits in &mut found {
            fits.episodes.retain(is_known);
        }
        // That somebody of a name looked at a record that must not be known would tell of the name.
        found.retain(|fits| fits.pattern != Pattern::SameSurname || !fits.episodes.is_empty());
        (found, more)
    };
    let unit = store.begin().await?;
    let read = AuditAction::Own(Action::ReadAudit);
    unit.save_because(&asking.asker.actor, read, asking.at, asking.reason.as_ref()).await?;
    Ok((found, more))
}

type About = (Option<Vec<(String, String)>>, Vec<AuditAction>);

/// The records that are asked about, and what is noted of them.
async fn about(
    view: &mut dyn View,
    asking: &Asking,
    filter: &TrailFilter,
    records: &mut Records,
) -> Result<About, NotDone> {
    let mut kinds: Option<BTreeSet<(String, String)>> = None;
    let mut notes = Vec::new();
    if let Some(id) = filter.person {
        records.learn_people(view, asking, [id].into()).await?;
        let merged = records.people.get(&id).ok_or(UNKNOWN)?;
        if !merged.is_known(asking) {
            return Err(UNKNOWN);
        }
        let mut all: BTreeSet<_> =
            merged.ids.iter().map(|id| ("person".to_owned(), id.to_string())).collect();
        all.extend(merged.episodes.iter().flat_map(records_of));
        kinds = Some(all);
        notes.push(AuditAction::Person(Action::ReadAudit, id));
    }
    if let Some(id) = filter.episode {
        records.learn_episode(view, asking, id).await?;
        let stored = records.episodes.get(&id).ok_or(UNKNOWN)?;
        if !may_know_of(asking, &facts(stored)) {
            return Err(UNKNOWN);
        }
        let all: BTreeSet<_> = records_of(stored).collect();
        kinds = Some(match kinds {
            Some(others) => all.intersection(&others).cloned().collect(),
            None => all,
        });
        notes.push(AuditAction::Episode(Action::ReadAudit, id));
    }
    Ok((kinds.map(|all| all.into_iter().collect()), notes))
}

/// An episode and its versions, as the trail names them.
fn records_of(stored: &StoredEpisode) -> impl Iterator<Item = (String, String)> {
    let episode = &stored.state.episode;
    let versions = episode.versions().into_iter().flat_map(|versions| versions.all());
    let versions = versions.map(|version| ("assessment".to_owned(), version.id().to_string()));
    std::iter::once(("episode".to_owned(), episode.id().to_string())).chain(versions)
}

fn facts(stored: &StoredEpisode) -> EpisodeFacts {
    EpisodeFacts::of(&stored.state.episode, stored.state.protection, [], false)
}

/// Whether they may know that an episode exists, with or without a reason.
fn may_know_of(asking: &Asking, facts: &EpisodeFacts) -> bool {
    let resource = Resource::Episode(facts);
    let decision = authorise(Some(&asking.principal), Action::ReadEpisode, &resource, asking.now);
    matches!(decision, Decision::Allowed(_))
}

/// A person with what decides about them.
struct Known {
    person: Person,
    ids: BTreeSet<PersonId>,
    episodes: Vec<StoredEpisode>,
}

impl Known {
    fn is_known(&self, asking: &Asking) -> bool {
        let facts: Vec<EpisodeFacts> = self.episodes.iter().map(facts).collect();
        !matches!(reach(asking, &self.person, &facts), Reach::Ask(_))
    }
}

/// The records that entries are about.
#[derive(Default)]
struct Records {
    episodes: BTreeMap<EpisodeId, StoredEpisode>,
    people: BTreeMap<PersonId, Known>,
    /// Ids of records that were erased and of which they must not be told.
    untold: BTreeSet<String>,
}

impl Records {
    async fn learn(
        &mut self,
        view: &mut dyn View,
        asking: &Asking,
        entries: &[TrailEntry],
    ) -> Result<(), StoreError> {
        let mut people = BTreeSet::new();
        for entry in entries {
            match subject(entry) {
                Subject::Episode(id) => self.learn_episode(view, asking, id).await?,
                Subject::Person(id) => drop(people.insert(id)),
                Subject::Version | Subject::Other => {}
            }
        }
        self.learn_people(view, asking, people).await?;
        self.learn_erased(view, asking, entries).await
    }

    /// What a tombstone must not tell, the entries about what was erased do not tell either.
    async fn learn_erased(
        &mut self,
        view: &mut dyn View,
        asking: &Asking,
        entries: &[TrailEntry],
    ) -> Result<(), StoreError> {
        let is_gone = |entry: &&TrailEntry| match subject(entry) {
            Subject::Episode(id) => !self.episodes.contains_key(&id),
            Subject::Person(id) => !self.people.contains_key(&id),
            Subject::Version => true,
            Subject::Other => false,
        };
        let gone: BTreeSet<String> =
            entries.iter().filter(is_gone).map(|entry| entry.subject_id.clone()).collect();
        if gone.is_empty() {
            return Ok(());
        }
        let gone: Vec<String> = gone.into_iter().collect();
        let left = view.retention().tombstones_of(&asking.asker, &gone).await?;
        for left in left.into_iter().filter(|left| !left.may_be_told_to(&asking.asker)) {
            self.untold.extend(left.versions.into_iter().chain(left.people).chain([left.id]));
        }
        Ok(())
    }

    async fn learn_episode(
        &mut self,
        view: &mut dyn View,
        asking: &Asking,
        id: EpisodeId,
    ) -> Result<(), StoreError> {
        if !self.episodes.contains_key(&id) {
            let found = view.episodes().find(&asking.asker, id).await?;
            self.episodes.extend(found.map(|stored| (id, stored)));
        }
        Ok(())
    }

    /// An old id leads to the record that has everything now.
    async fn learn_people(
        &mut self,
        view: &mut dyn View,
        asking: &Asking,
        ids: BTreeSet<PersonId>,
    ) -> Result<(), StoreError> {
        let asked: Vec<PersonId> = ids.into_iter().filter(|id| !self.people.contains_key(id)).collect();
        if asked.is_empty() {
            return Ok(());
        }
        let mut reader = view.people();
        let merges = known::joins(&mut *reader, &asking.asker.actor, &asked).await?;
        for id in asked {
            let to = merges.lead(id).to;
            let Some(stored) = reader.find(&asking.asker.actor, to).await? else { continue };
            let joined =
                merges.all().map(|merge| merge.merged.id).filter(|other| merges.lead(*other).to == to);
            let all: BTreeSet<PersonId> = joined.chain([to]).collect();
            let children: Vec<PersonId> = all.iter().copied().collect();
            let episodes = reader.episodes_of(&asking.asker, &children).await?;
            self.people.insert(id, Known { person: stored.person, ids: all, episodes });
        }
        Ok(())
    }

    /// A record that does not exist any more hides what its tombstone must not tell. A refused look at one that never did is
    /// told like one at a record that must not be known, or trying ids and reading the trail would tell them apart.
    fn may_know(&self, asking: &Asking, entry: &TrailEntry) -> bool {
        let without_record = !entry.action.starts_with(REFUSED) && !self.untold.contains(&entry.subject_id);
        match subject(entry) {
            Subject::Episode(id) => {
                self.episodes.get(&id).map_or(without_record, |stored| may_know_of(asking, &facts(stored)))
            }
            Subject::Person(id) => {
                self.people.get(&id).map_or(without_record, |known| known.is_known(asking))
            }
            Subject::Version => without_record,
            Subject::Other => true,
        }
    }
}

/// What an entry is about, as far as it decides.
enum Subject {
    Episode(EpisodeId),
    Person(PersonId),
    /// A version of no episode that is there.
    Version,
    Other,
}

fn subject(entry: &TrailEntry) -> Subject {
    let episode = |id: &str| EpisodeId::parse(id).map_or(Subject::Other, Subject::Episode);
    match (entry.subject_kind.as_str(), &entry.episode) {
        ("episode", _) => episode(&entry.subject_id),
        ("assessment", Some(id)) => episode(id),
        ("assessment", None) => Subject::Version,
        ("person", _) => PersonId::parse(&entry.subject_id).map_or(Subject::Other, Subject::Person),
        _ => Subject::Other,
    }
}
