//! Somebody's work: the episodes that concern them, urgent ones first.

use std::collections::{BTreeMap, BTreeSet};

use assessment_people::{
    access::{Action, Decision, Liveness, Principal, Resource, Role, authorise},
    id::EpisodeId,
    moment::Moment,
};
use assessment_team::clocks::Running;

use super::{
    Asking, NotDone,
    clocks::{ClockRules, clocks},
    facts, may_at_all,
    owed::{owners, owners_gone},
    written::written_of,
};
use crate::store::{
    Store,
    audit::AuditAction,
    episodes::{EpisodeReader, Key, StoredEpisode, WantedEpisodes},
};

/// Whose episodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    /// Those that they were let into: their own, and those of the teams that they belong to.
    Mine,
    /// Those that their organisation holds, or that were referred to it.
    Organisations,
}

/// Whether somebody who may do these sees an episode as the family does: its copy, and nothing that was sent. Whether it is
/// urgent, what was suggested and whether social care was asked is not for them: a telling rule may forbid a word of it.
pub(crate) fn is_family(may: impl Fn(Action) -> bool) -> bool {
    may(Action::ReadFamilyCopy) && !may(Action::ListVersions)
}

/// One episode of a list.
pub(crate) enum Item {
    /// As much as lists show.
    Shown {
        /// The episode.
        stored: Box<StoredEpisode>,
        /// Whether they were let into it.
        mine: bool,
        /// Whether they see it as the family does: see [`is_family`].
        family: bool,
    },
    /// That there is one. Opening it asks for a reason.
    NeedsReason(EpisodeId),
}

/// A page of the list, and the id after which the next one begins.
///
/// # Errors
/// If they have no work here, or the store cannot be read.
pub(crate) async fn list(
    store: &dyn Store,
    asking: &Asking,
    whose: Whose,
    after: Option<EpisodeId>,
    limit: u32,
) -> Result<(Vec<Item>, Option<EpisodeId>), NotDone> {
    let mut view = store.view().await?;
    let grants = view.episodes().grants_to(&asking.asker).await?;
    let principal = asking.principal(&grants);
    let found = page(&mut *view.episodes(), asking, &principal, whose, after, limit).await?;
    drop(view);
    noted(store, asking).await?;
    Ok(found)
}

/// That they looked at their work, as the audit trail has it. Nothing is shown before it is stored.
async fn noted(store: &dyn Store, asking: &Asking) -> Result<(), NotDone> {
    let work = store.begin().await?;
    work.save(&asking.asker.actor, AuditAction::Own(Action::ListWork), asking.at).await?;
    Ok(())
}

/// What is due in an episode.
pub(crate) struct DueOf {
    pub(crate) episode: EpisodeId,
    /// The most urgent first.
    pub(crate) running: Vec<Running>,
    /// Those who owe something and have left, by the team's own ids. Only in the list of the one who leads.
    pub(crate) without_owner: BTreeSet<String>,
}

/// What is due in a page of somebody's own episodes that opens without a reason, of each the most urgent first, and the id
/// after which the next page begins.
///
/// # Errors
/// As of [`list`].
pub(crate) async fn due_of(
    store: &dyn Store,
    asking: &Asking,
    rules: ClockRules<'_>,
    after: Option<EpisodeId>,
    limit: u32,
) -> Result<(Vec<DueOf>, Option<EpisodeId>), NotDone> {
    let mut view = store.view().await?;
    let grants = view.episodes().grants_to(&asking.asker).await?;
    let principal = asking.principal(&grants);
    let (items, next) = page(&mut *view.episodes(), asking, &principal, Whose::Mine, after, limit).await?;
    // What is due names steps that the family may not be told of.
    let theirs = items.into_iter().filter_map(|item| match item {
        Item::Shown { stored, mine: true, family: false } => Some(stored),
        Item::Shown { .. } | Item::NeedsReason(_) => None,
    });
    let episodes: Vec<_> = theirs.collect();
    let ids: Vec<EpisodeId> = episodes.iter().map(|stored| stored.state.episode.id()).collect();
    let mut all = view.team_records().lists(&asking.asker, &ids).await?;
    let waiting = episodes.iter().map(|stored| &stored.state.episode);
    let written = written_of(&mut *view.episodes(), asking, waiting).await?;
    let (mut due, mut led) = (Vec::new(), BTreeMap::new());
    for stored in episodes {
        let id = stored.state.episode.id();
        let records = all.remove(&id).unwrap_or_default();
        let is_written = written.contains_key(&id);
        let records_of = &mut *view.team_records();
        let running = clocks(records_of, asking, &stored.state, &records, rules, is_written).await?;
        if leads(&principal, id, asking.now) {
            led.insert(id, owners(&running));
        }
        due.push(DueOf { episode: id, running, without_owner: BTreeSet::new() });
    }
    let mut gone = owners_gone(&mut *view.episodes(), asking, &led).await?;
    for one in &mut due {
        one.without_owner = gone.remove(&one.episode).unwrap_or_default();
    }
    drop(view);
    noted(store, asking).await?;
    Ok((due, next))
}

/// Whether they lead an episode.
fn leads(principal: &Principal, id: EpisodeId, now: Moment) -> bool {
    principal.grants.iter().any(|grant| {
        let terms = grant.terms();
        terms.episode == id
            && terms.role == Role::LeadProfessional
            && grant.liveness(principal, now) == Liveness::Live
    })
}

async fn page(
    episodes: &mut (dyn EpisodeReader + '_),
    asking: &Asking,
    principal: &Principal,
    whose: Whose,
    after: Option<EpisodeId>,
    limit: u32,
) -> Result<(Vec<Item>, Option<EpisodeId>), NotDone> {
    may_at_all(principal, Action::ListWork, asking.now)?;
    let of = match whose {
        Whose::Mine => Some(Key::person(&asking.asker.subject)),
        Whose::Organisations => asking.asker.organisation.as_ref().map(Key::organisation),
    };
    let item = |stored: StoredEpisode| {
        let (id, facts) = (stored.state.episode.id(), facts(&stored.state));
        let decision =
            authorise(Some(principal), Action::ReadEpisode, &Resource::Episode(&facts), asking.now);
        match decision {
            Decision::Refused(_) => None,
            Decision::Allowed(allowed) if allowed.needs_reason() => Some((id, Item::NeedsReason(id))),
            Decision::Allowed(_) => {
                let mine = principal.grants.iter().any(|grant| {
                    grant.terms().episode == id && grant.liveness(principal, asking.now) == Liveness::Live
                });
                let family = is_family(|action| {
                    let resource = Resource::Episode(&facts);
                    matches!(
                        authorise(Some(principal), action, &resource, asking.now),
                        Decision::Allowed(allowed) if !allowed.needs_reason()
                    )
                });
                Some((id, Item::Shown { stored: Box::new(stored), mine, family }))
            }
        }
    };
    // After a record that they may not know of comes what comes after none: nothing.
    let is_known = match after {
        Some(after) => {
            episodes.find(&asking.asker, after).await?.is_some_and(|stored| item(stored).is_some())
        }
        None => true,
    };
    let (limit, enough) = (limit as usize, limit + 1);
    let (mut items, mut after) = (Vec::new(), after);
    // One more than asked for tells whether there is a next page. What they may not know of is in none, nor in the count.
    while let Some(of) = of.clone().filter(|_| is_known && items.len() <= limit) {
        let wanted = WantedEpisodes { of, after, limit: enough };
        let found = episodes.list(&asking.asker, &wanted).await?;
        let is_last = found.len() <= limit;
        after = found.last().map(|last| last.state.episode.id());
        items.extend(found.into_iter().filter_map(item));
        if is_last {
            break;
        }
    }
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(|(id, _)| *id);
    let items = items.into_iter().map(|(_, item)| item).collect();
    Ok((items, next))
}
