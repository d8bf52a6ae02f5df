//! Orders not to erase an episode, and erasing one because a person decided so.

use assessment_people::{access::Action, id::EpisodeId, retention::Obstacle, who::Reason};
use jiff::civil::Date;

use super::{Asking, NotDone, Open, due::may_know, open};
use crate::{
    identifier::random_uuid,
    retention::{Child, NotErased, Wanted, erase},
    store::{
        Store, StoreError,
        audit::AuditAction,
        retention::{StoredHold, Tombstone},
    },
};

/// The words of the one who asks, which are kept. The table of access asks for them already.
fn words(reason: Option<&Reason>) -> Result<&Reason, NotDone> {
    reason.ok_or(NotDone::ReasonNeeded)
}

/// Says that an episode must not be erased, until that day or until it is lifted.
///
/// # Errors
/// If they may not, or the episode has changed since.
pub(crate) async fn place_hold(
    store: &dyn Store,
    asking: &Asking,
    id: EpisodeId,
    expected: u64,
    until: Option<Date>,
    reason: Option<&Reason>,
) -> Result<StoredHold, NotDone> {
    let open = open(store, asking, Action::PlaceHold, id, reason).await?;
    open.is_current(expected)?;
    let hold = StoredHold {
        id: random_uuid()?.to_string(),
        episode: id,
        until,
        reason: words(reason)?.words().to_owned(),
        placed_at: asking.at,
    };
    let Open { mut work, .. } = open;
    // An erasure that is under way ends first, and then there is nothing to hold.
    if !work.retention().lock(&asking.asker, id, &[]).await? {
        return Err(NotDone::Missing);
    }
    work.retention().place(&asking.asker, &hold).await?;
    let action = AuditAction::Episode(Action::PlaceHold, id);
    work.save_because(&asking.asker.actor, action, asking.at, reason).await?;
    Ok(hold)
}

/// Lifts an order.
///
/// # Errors
/// If they may not, the episode has changed since, or there is no such order in force.
pub(crate) async fn lift_hold(
    store: &dyn Store,
    asking: &Asking,
    id: EpisodeId,
    expected: u64,
    hold: &str,
    reason: Option<&Reason>,
) -> Result<(), NotDone> {
    let open = open(store, asking, Action::LiftHold, id, reason).await?;
    open.is_current(expected)?;
    let why = words(reason)?;
    let Open { mut work, .. } = open;
    let holds = work.retention().holds(&asking.asker, Some(&[id])).await?;
    if !holds.iter().any(|one| one.id == hold) {
        return Err(NotDone::Missing);
    }
    match work.retention().lift(&asking.asker, hold, why.words(), asking.at).await {
        // Somebody else has just lifted it.
        Err(StoreError::Conflict(_)) => return Err(NotDone::Missing),
        outcome => outcome?,
    }
    let action = AuditAction::Episode(Action::LiftHold, id);
    Ok(work.save_because(&asking.asker.actor, action, asking.at, reason).await?)
}

/// Erases a closed episode because a person decided so. Gives what is left of it.
///
/// # Errors
/// If they may not, the episode has changed since, or it has to be kept.
pub(crate) async fn erase_decided(
    store: &dyn Store,
    asking: &Asking,
    id: EpisodeId,
    expected: u64,
    reason: Option<&Reason>,
) -> Result<Tombstone, NotDone> {
    let open = open(store, asking, Action::Erase, id, reason).await?;
    open.is_current(expected)?;
    words(reason)?;
    let Open { mut work, stored, principal, .. } = open;
    let child = Child::read(&mut *work, &asking.asker, &stored).await?;
    match erase(&mut *work, &asking.asker, id, Wanted::Decided, asking.at).await {
        Err(NotErased::Store(StoreError::Conflict(_))) => return Err(NotDone::Stale(expected)),
        outcome => outcome?,
    };
    let mut left = work.retention().tombstone(&asking.asker, id).await?.ok_or(NotDone::Missing)?;
    // An episode of the child that they may not know of keeps the child's record, and this answer does not tell.
    let others = child.episodes.iter().filter(|other| other.state.episode.id() != id);
    if !others.into_iter().any(|other| may_know(&principal, &other.state, asking)) {
        left.people = child.people.iter().map(|person| person.id.to_string()).collect();
    }
    let action = AuditAction::Episode(Action::Erase, id);
    work.save_because(&asking.asker.actor, action, asking.at, reason).await?;
    Ok(left)
}

/// What is left of an episode that was erased. `None` if it was not, or if they may not know that it ever was.
///
/// # Errors
/// If the store cannot be read.
pub(crate) async fn left_of(
    store: &dyn Store,
    asking: &Asking,
    id: EpisodeId,
) -> Result<Option<Tombstone>, StoreError> {
    let may = super::may_at_all(&asking.principal(&[]), Action::PlanErasure, asking.now).is_ok();
    if !may {
        return Ok(None);
    }
    // Of a record that they could not know of they do not learn by its end that it was there.
    let left = store.view().await?.retention().tombstone(&asking.asker, id).await?;
    Ok(left.filter(|left| left.may_be_told_to(&asking.asker)))
}

impl From<NotErased> for NotDone {
    fn from(reason: NotErased) -> Self {
        match reason {
            NotErased::Missing => Self::Missing,
            NotErased::Retained(Obstacle::Open) => Self::NotPossible(super::WhyNot::State),
            NotErased::Retained(kept) => Self::Retained(kept),
            NotErased::Store(error) => Self::Store(error),
        }
    }
}
