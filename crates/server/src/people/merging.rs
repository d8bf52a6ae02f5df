//! Joining two records of one person, and taking that back. Both records, what was made of them, and who did it stay.

use assessment_people::{
    access::Action,
    id::PersonId,
    merge::{Merge, MergeRefused, Merges, Undone},
};

use super::{Asking, NotDone, UNKNOWN, known, noted, reading};
use crate::store::{
    Store, StoreError, UnitOfWork,
    audit::AuditAction,
    people::{PersonRepository, StoredPerson},
};

/// Joins the record `merged` into `kept`, which has the revision `expected`.
///
/// # Errors
/// There is no such record, they may not, or the records are not to be joined: the refusal says why.
pub(crate) async fn merge(
    store: &dyn Store,
    asking: &Asking,
    kept: PersonId,
    merged: PersonId,
    expected: u64,
) -> Result<Merge, NotDone> {
    if kept == merged {
        return Err(MergeRefused::SameRecord.into());
    }
    let both = (kept, merged);
    let outcome = match attempt_merge(store, asking, both, expected).await {
        // Somebody else was first. A new unit of work sees what they did.
        Err(NotDone::Store(StoreError::Conflict(_))) => attempt_merge(store, asking, both, expected).await,
        outcome => outcome,
    };
    noted(store, asking, outcome).await
}

async fn attempt_merge(
    store: &dyn Store,
    asking: &Asking,
    (kept, merged): (PersonId, PersonId),
    expected: u64,
) -> Result<Merge, NotDone> {
    // The names are read beforehand: nothing slow happens once the unit of work has begun.
    let named = joins(store, asking, &[kept, merged]).await?;
    let mut unit = store.begin().await?;
    let outcome = join(&mut *unit, asking, (kept, merged), expected, &named).await;
    let outcome = outcome.map(|merge| (merge, [kept, merged]));
    close(unit, asking, Action::MergePeople, outcome).await
}

async fn join(
    unit: &mut (dyn UnitOfWork + '_),
    asking: &Asking,
    (kept, merged): (PersonId, PersonId),
    expected: u64,
    named: &Merges,
) -> Result<Merge, NotDone> {
    let mut people = unit.people();
    // Both must be open to them before anything is said of either, also of one that became part of another.
    let (into, _) = reading::found(&mut *people, asking, Action::MergePeople, kept).await?;
    let (from, _) = reading::found(&mut *people, asking, Action::MergePeople, merged).await?;
    let actor = &asking.asker.actor;
    if into.person.id != kept || from.person.id != merged {
        let kept = own(&mut *people, asking, kept).await?;
        let merged = own(&mut *people, asking, merged).await?;
        named.merge(&kept.person, &merged.person, asking.today(), actor.id())?;
        // The names were read before the other join was made.
        return Err(NotDone::Store(StoreError::Conflict("joined meanwhile".to_owned())));
    }
    if into.revision != expected {
        return Err(NotDone::Stale(into.revision));
    }
    let mut merge = named.merge(&into.person, &from.person, asking.today(), actor.id())?;
    merge.number = people.next_merge(actor).await?;
    people.add_merge(actor, &merge, asking.at).await?;
    people.replace(actor, &merge.result, expected, asking.at).await?;
    // A further revision, so that nobody changes unseen what is part of another record now.
    people.replace(actor, &from.person, from.revision, asking.at).await?;
    people.withdraw(actor, from.person.id).await?;
    Ok(merge)
}

/// Takes the join of that number back, into the record `kept`, which has the revision `expected`.
///
/// # Errors
/// There is no such join, they may not, or it is not to be taken back: the refusal says why.
pub(crate) async fn undo(
    store: &dyn Store,
    asking: &Asking,
    kept: PersonId,
    number: u64,
    expected: u64,
) -> Result<(Merge, Undone), NotDone> {
    let outcome = match attempt_undo(store, asking, kept, number, expected).await {
        Err(NotDone::Store(StoreError::Conflict(_))) => {
            attempt_undo(store, asking, kept, number, expected).await
        }
        outcome => outcome,
    };
    noted(store, asking, outcome).await
}

async fn attempt_undo(
    store: &dyn Store,
    asking: &Asking,
    kept: PersonId,
    number: u64,
    expected: u64,
) -> Result<(Merge, Undone), NotDone> {
    let named = joins(store, asking, &[kept]).await?;
    let mut unit = store.begin().await?;
    let outcome = take_back(&mut *unit, asking, kept, number, expected, &named).await;
    let outcome = outcome.map(|(merge, undone)| {
        let both = [kept, merge.merged.id];
        ((merge, undone), both)
    });
    close(unit, asking, Action::UndoMergePeople, outcome).await
}

async fn take_back(
    unit: &mut (dyn UnitOfWork + '_),
    asking: &Asking,
    kept: PersonId,
    number: u64,
    expected: u64,
    named: &Merges,
) -> Result<(Merge, Undone), NotDone> {
    let mut people = unit.people();
    reading::found(&mut *people, asking, Action::UndoMergePeople, kept).await?;
    let is_theirs = |merge: &Merge| merge.number == number && merge.kept.id == kept;
    if !named.all().any(is_theirs) {
        return Err(MergeRefused::Unknown.into());
    }
    let actor = &asking.asker.actor;
    let now = own(&mut *people, asking, kept).await?;
    let (merge, undone) = named.undo(number, &now.person, asking.today(), actor.id())?;
    if now.revision != expected {
        return Err(NotDone::Stale(now.revision));
    }
    let merged = own(&mut *people, asking, merge.merged.id).await?;
    people.add_undone(actor, &merge, asking.at).await?;
    people.replace(actor, &undone.kept, expected, asking.at).await?;
    people.replace(actor, &undone.merged, merged.revision, asking.at).await?;
    Ok((merge, undone))
}

/// Stores a join, or that it was taken back, with an entry for each of the two records.
async fn close<T>(
    mut unit: Box<dyn UnitOfWork>,
    asking: &Asking,
    action: Action,
    outcome: Result<(T, [PersonId; 2]), NotDone>,
) -> Result<T, NotDone> {
    let (done, [kept, merged]) = match outcome {
        Ok(done) => done,
        Err(refused) => {
            unit.cancel().await?;
            return Err(refused);
        }
    };
    let actor = &asking.asker.actor;
    let because = asking.reason.as_ref();
    unit.note(actor, AuditAction::Person(action, merged), asking.at, because).await?;
    let last = AuditAction::Person(action, kept);
    unit.save_because(actor, last, asking.at, because).await?;
    Ok(done)
}

/// The joins around these records, with names for people.
async fn joins(store: &dyn Store, asking: &Asking, ids: &[PersonId]) -> Result<Merges, StoreError> {
    let merges = {
        let mut view = store.view().await?;
        let mut reader = view.people();
        known::joins(&mut *reader, &asking.asker.actor, ids).await?
    };
    known::named(store, &merges).await
}

/// The record of that id itself, wherever it leads.
async fn own(
    people: &mut (dyn PersonRepository + '_),
    asking: &Asking,
    id: PersonId,
) -> Result<StoredPerson, NotDone> {
    people.find(&asking.asker.actor, id).await?.ok_or(UNKNOWN)
}
