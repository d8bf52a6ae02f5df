//! The register: the episodes of an authority, newest first, for those whose role lists them; and the same as a file. Each
//! episode goes through the one function that decides who may see what, so a shielded one is in no list and in no count.

use std::ops::RangeInclusive;

use assessment_engine::areas::{Areas, Cluster};
use assessment_form::typed::squeezed;
use assessment_people::{
    access::{Action, Decision, Principal, Resource, authorise},
    episode::StateName,
    id::EpisodeId,
    who::Reason,
};
use jiff::Timestamp;

use super::{Asking, NotDone, facts, may_at_all};
use crate::store::{
    Store, StoreError,
    audit::AuditAction,
    episodes::StoredEpisode,
    register::{Localities, Locality, RegisterReader, RegisterRow, WantedRegister, Within},
};

/// How many episodes a file holds at most: each of them gets an entry in the audit trail.
const MAX_EXPORTED: u32 = 1_000;

/// How many rows are read at a time, at most and at least.
const CHUNK: RangeInclusive<u32> = 20..=200;

/// Which episodes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    /// Only those in this state.
    pub(crate) state: Option<StateName>,
    /// Only those begun at this moment or later.
    pub(crate) from: Option<Timestamp>,
    /// Only those begun before this moment.
    pub(crate) until: Option<Timestamp>,
    /// Only those of an area.
    pub(crate) area: Option<Area>,
}

/// An area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Area {
    /// The clusters with these codes.
    Clusters(Vec<String>),
    /// None that is known.
    NotKnown,
}

/// An episode of the register.
#[derive(Debug)]
pub(crate) struct Entry {
    /// The episode.
    pub(crate) stored: StoredEpisode,
    /// When it began.
    pub(crate) opened_at: Timestamp,
    /// The code of the cluster that it is in.
    pub(crate) cluster: Option<String>,
}

/// A page of the register, and the id after which the next one begins.
///
/// # Errors
/// If they may not, or the store cannot be read.
pub(crate) async fn register(
    store: &dyn Store,
    asking: &Asking,
    areas: &Areas,
    filter: &Filter,
    after: Option<EpisodeId>,
    limit: u32,
) -> Result<(Vec<Entry>, Option<EpisodeId>), NotDone> {
    let (mut entries, is_more) =
        read(store, asking, Action::ListRegister, areas, filter, after, limit as usize).await?;
    entries.truncate(limit as usize);
    let next = entries.last().filter(|_| is_more).map(|last| last.stored.state.episode.id());
    let work = store.begin().await?;
    work.save(&asking.asker.actor, AuditAction::Own(Action::ListRegister), asking.at).await?;
    Ok((entries, next))
}

/// The same as a whole, to be given away as a file: the access log of each episode says so. `None` if there are more than
/// [`MAX_EXPORTED`]; then nothing is exported.
///
/// # Errors
/// If they may not, or the store fails.
pub(crate) async fn export(
    store: &dyn Store,
    asking: &Asking,
    areas: &Areas,
    filter: &Filter,
    reason: Option<&Reason>,
) -> Result<Option<Vec<Entry>>, NotDone> {
    let limit = MAX_EXPORTED as usize;
    let (entries, is_more) = read(store, asking, Action::ExportRegister, areas, filter, None, limit).await?;
    if is_more {
        return Ok(None);
    }
    let actor = &asking.asker.actor;
    let mut work = store.begin().await?;
    for entry in &entries {
        let action = AuditAction::Episode(Action::ExportRegister, entry.stored.state.episode.id());
        work.note(actor, action, asking.at, reason).await?;
    }
    work.save_because(actor, AuditAction::Own(Action::ExportRegister), asking.at, reason).await?;
    Ok(Some(entries))
}

/// At most `limit` episodes that they may know of, and whether there are more.
async fn read(
    store: &dyn Store,
    asking: &Asking,
    action: Action,
    areas: &Areas,
    filter: &Filter,
    mut after: Option<EpisodeId>,
    limit: usize,
) -> Result<(Vec<Entry>, bool), NotDone> {
    let mut view = store.view().await?;
    let grants = view.episodes().grants_to(&asking.asker).await?;
    let principal = asking.principal(&grants);
    may_at_all(&principal, action, asking.now)?;
    let within = filter.area.as_ref().map(|area| within(areas, area));
    let mut entries = Vec::new();
    // After a record that they may not know of comes what comes after none: nothing.
    if let Some(after) = after {
        let found = view.episodes().find(&asking.asker, after).await?;
        if !found.is_some_and(|stored| may_know_of(&principal, &stored, asking)) {
            return Ok((entries, false));
        }
    }
    loop {
        let missing = u32::try_from(limit - entries.len()).unwrap_or(u32::MAX).saturating_add(1);
        let wanted = WantedRegister {
            state: filter.state,
            from: filter.from,
            until: filter.until,
            within: within.clone(),
            after,
            limit: missing.clamp(*CHUNK.start(), *CHUNK.end()),
        };
        let rows = chunk(&mut *view.register(), asking, &wanted).await?;
        let Some(last) = rows.last() else { return Ok((entries, false)) };
        after = Some(last.stored.state.episode.id());
        for row in rows.into_iter().filter(|row| may_know_of(&principal, &row.stored, asking)) {
            if entries.len() == limit {
                return Ok((entries, true));
            }
            entries.push(entry(areas, row));
        }
    }
}

async fn chunk(
    register: &mut (dyn RegisterReader + '_),
    asking: &Asking,
    wanted: &WantedRegister,
) -> Result<Vec<RegisterRow>, StoreError> {
    register.list(&asking.asker, wanted).await
}

/// Whether they may know of it without saying why.
fn may_know_of(principal: &Principal, stored: &StoredEpisode, asking: &Asking) -> bool {
    let facts = facts(&stored.state);
    let resource = Resource::Episode(&facts);
    match authorise(Some(principal), Action::ReadEpisode, &resource, asking.now) {
        Decision::Allowed(allowed) => !allowed.needs_reason(),
        Decision::Refused(_) => false,
    }
}

fn entry(areas: &Areas, row: RegisterRow) -> Entry {
    let Locality { school, district, sector } = row.place;
    let cluster = areas.cluster_of(school.as_deref(), sector.as_deref(), district.as_deref());
    let cluster = cluster.map(|cluster| cluster.code.clone());
    Entry { stored: row.stored, opened_at: row.opened_at, cluster }
}

/// What the store takes of an area.
fn within(areas: &Areas, area: &Area) -> Within {
    let of = |codes: &[String]| {
        let chosen = areas.clusters.iter().filter(|cluster| codes.contains(&cluster.code));
        chosen.fold(Localities::default(), add)
    };
    let any = areas.clusters.iter().fold(Localities::default(), add);
    match area {
        Area::Clusters(codes) => Within { area: of(codes), any, nowhere: false },
        Area::NotKnown => Within { area: Localities::default(), any, nowhere: true },
    }
}

fn add(mut places: Localities, cluster: &Cluster) -> Localities {
    places.schools.extend(cluster.schools.iter().map(|name| squeezed(name)));
    let (sectors, districts): (Vec<_>, Vec<_>) =
        cluster.postcodes.iter().cloned().partition(|part| part.contains(' '));
    places.sectors.extend(sectors);
    places.districts.extend(districts);
    places
}
