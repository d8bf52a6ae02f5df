//! Erasing one episode: what decides is read again with the record locked, in the unit of work that erases it.

use std::collections::BTreeSet;

use assessment_people::{
    access::Action,
    id::{EpisodeId, PersonId},
    retention::{Obstacle, Periods, Verdict, due_on, obstacle, verdict},
};
use jiff::Timestamp;

use super::facts::Facts;
use crate::{
    clock::date_in_england,
    store::{
        StoreError, UnitOfWork,
        audit::AuditAction,
        episodes::Asker,
        retention::{ErasedBecause, ToErase},
    },
};

/// Why an episode was not erased. Nothing is stored then.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NotErased {
    /// There is none, or none that they may know of.
    Missing,
    /// It has to be kept.
    Retained(Obstacle),
    /// The store failed.
    Store(StoreError),
}

impl From<StoreError> for NotErased {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Why an episode is to be erased.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Wanted<'a> {
    /// Because its period is over.
    Due(&'a Periods),
    /// Because a person decided so.
    Decided,
}

/// Erases an episode, and the people whom no other episode needs. The caller stores the unit of work, with the entry about
/// the episode.
///
/// # Errors
/// There is no such episode, or it has to be kept.
pub(crate) async fn erase(
    work: &mut (dyn UnitOfWork + '_),
    asker: &Asker,
    id: EpisodeId,
    wanted: Wanted<'_>,
    at: Timestamp,
) -> Result<ToErase, NotErased> {
    let before = people(work, asker, id).await?;
    let ids: Vec<PersonId> = before.iter().copied().collect();
    if !work.retention().lock(asker, id, &ids).await? {
        return Err(NotErased::Missing);
    }
    let stored = work.episodes().find(asker, id).await?.ok_or(NotErased::Missing)?;
    let facts = Facts::read(work, asker, std::slice::from_ref(&stored)).await?;
    let everybody = facts.people(&stored);
    if everybody != before {
        return Err(StoreError::Conflict("joined meanwhile".to_owned()).into());
    }
    let (today, record) = (date_in_england(at), facts.record(&stored));
    let (because, due_on) = match wanted {
        Wanted::Due(periods) => match verdict(&record, periods, today) {
            Verdict::Retained(kept) => return Err(NotErased::Retained(kept)),
            Verdict::Due { .. } => (ErasedBecause::Due, due_on(&record, periods)),
        },
        Wanted::Decided => (ErasedBecause::Decided, None),
    };
    if let Some(kept) = obstacle(&record, today) {
        return Err(NotErased::Retained(kept));
    }
    let is_last = facts.others(&stored).next().is_none();
    let people = if is_last { everybody } else { BTreeSet::new() };
    let what = ToErase { episode: id, people, because, due_on, today };
    work.retention().erase_episode(asker, &what, at).await?;
    for person in &what.people {
        work.note(&asker.actor, AuditAction::Person(Action::Erase, *person), at, None).await?;
    }
    Ok(what)
}

async fn people(
    work: &mut (dyn UnitOfWork + '_),
    asker: &Asker,
    id: EpisodeId,
) -> Result<BTreeSet<PersonId>, NotErased> {
    let stored = work.episodes().find(asker, id).await?.ok_or(NotErased::Missing)?;
    let facts = Facts::read(work, asker, std::slice::from_ref(&stored)).await?;
    Ok(facts.people(&stored))
}
