//! What a later version changes in the record of its child, which people find by names, date of birth and numbers. A correction of
//! a record that was sent corrects the child's too: there is no second way.

use assessment_people::{
    access::{Action, Principal},
    id::{PersonId, VersionId},
    person::Person,
    version::AmendmentKind,
};

use super::{
    Asking, NotDone,
    answers::child_told_by,
    sending::{Link, Sent},
};
use crate::{
    people,
    store::{UnitOfWork, audit::AuditAction, episodes::StoredEpisode},
};

/// Brings the record of the child up to what the version tells, where the one who sends it may correct the record. Anywhere else
/// only a date of birth that nobody has told before is added: how long everything is kept counts from it.
///
/// # Errors
/// If the store fails, or somebody else has changed the record meanwhile.
pub(super) async fn correct_child(
    work: &mut dyn UnitOfWork,
    asking: &Asking,
    principal: Principal,
    stored: &StoredEpisode,
    (sent, link): (&Sent<'_>, &Link),
) -> Result<(), NotDone> {
    let (child, now) = (stored.state.episode.child(), &sent.from.child);
    let as_person = asking.about_people(principal, None);
    if !people::may(&mut *work.people(), &as_person, Action::CorrectPerson, child).await? {
        return note_birth(work, asking, child, now).await;
    }
    let before = told_by(work, asking, stored, link.amendment.started_from).await?;
    let is_correction = link.amendment.kind == AmendmentKind::Correction;
    change(work, asking, child, |person| person.told(&before, now, is_correction)).await
}

/// Adds a birth that a version tells to the child's record. The one that was there stays, for a person to settle.
///
/// # Errors
/// As of [`correct_child`].
pub(super) async fn note_birth(
    work: &mut dyn UnitOfWork,
    asking: &Asking,
    child: PersonId,
    now: &Person,
) -> Result<(), NotDone> {
    change(work, asking, child, |person| person.told(now, now, false)).await
}

/// A record that was joined into another is left as it is.
async fn change(
    work: &mut dyn UnitOfWork,
    asking: &Asking,
    child: PersonId,
    next: impl FnOnce(Person) -> Person,
) -> Result<(), NotDone> {
    let actor = &asking.asker.actor;
    let mut people = work.people();
    let merges = people.merges(actor, &[child]).await?;
    if merges.iter().any(|merge| merge.undone.is_none() && merge.merged.id == child) {
        return Ok(());
    }
    let Some(stored) = people.find(actor, child).await? else { return Ok(()) };
    let next = next(stored.person.clone());
    if next == stored.person {
        return Ok(());
    }
    people.replace(actor, &next, stored.revision, asking.at).await?;
    drop(people);
    Ok(work.note(actor, AuditAction::Person(Action::CorrectPerson, child), asking.at, None).await?)
}

/// What the version told from which this one was written.
async fn told_by(
    work: &mut dyn UnitOfWork,
    asking: &Asking,
    stored: &StoredEpisode,
    id: VersionId,
) -> Result<Person, NotDone> {
    let episode = &stored.state.episode;
    let listed = episode.versions().and_then(|versions| versions.get(id)).ok_or(NotDone::NewerVersion)?;
    let found = work.episodes().version(&asking.asker, episode.id(), listed.number()).await?;
    Ok(child_told_by(&found.ok_or(NotDone::Missing)?, episode.child()))
}
