//! What a later version changes in the record of its child, which people find by names, date of birth and numbers. A correction of
//! a record that was sent corrects the child's too: there is no second way.

use assessment_people::{
    access::{Action, Principal},
    id::{EpisodeId, PersonId, VersionId},
    person::Person,
    version::AmendmentKind,
};

use super::{
    Asking, NotDone,
    answers::child_told_by,
    late::merged_into,
    sending::{Link, Sent},
};
use crate::{
    people,
    store::{
        UnitOfWork,
        audit::AuditAction,
        episodes::{Asker, StoredEpisode},
    },
};

/// Brings the record of the child up to what the version tells, where the one who sends it may correct the record: that is in the
/// child's trail, with the reason of the amendment. Anywhere else only a date of birth that nobody has told before is added: how
/// long everything is kept counts from it.
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
    let others = told_elsewhere(work, asking, stored.state.episode.id(), child).await?;
    let is_correction = link.amendment.kind == AmendmentKind::Correction;
    let next = |person: Person| person.told(&before, now, &others, is_correction);
    if change(work, asking, child, next).await? {
        let entry = AuditAction::Person(Action::CorrectPerson, child);
        work.note(&asking.asker.actor, entry, asking.at, Some(&link.amendment.reason)).await?;
    }
    Ok(())
}

/// Adds a birth that a version tells to the child's record. The one that was there stays, for a person to settle. Nothing is
/// corrected by it: the trail of the episode has the version.
///
/// # Errors
/// As of [`correct_child`].
pub(super) async fn note_birth(
    work: &mut dyn UnitOfWork,
    asking: &Asking,
    child: PersonId,
    now: &Person,
) -> Result<(), NotDone> {
    change(work, asking, child, |person| person.told(now, now, &[], false)).await?;
    Ok(())
}

/// Gives whether that changed anything. A record that was joined into another is left as it is.
async fn change(
    work: &mut dyn UnitOfWork,
    asking: &Asking,
    child: PersonId,
    next: impl FnOnce(Person) -> Person,
) -> Result<bool, NotDone> {
    let actor = &asking.asker.actor;
    let mut people = work.people();
    let merges = people.merges(actor, &[child]).await?;
    if merges.iter().any(|merge| merge.undone.is_none() && merge.merged.id == child) {
        return Ok(false);
    }
    let Some(stored) = people.find(actor, child).await? else { return Ok(false) };
    let next = next(stored.person.clone());
    if next == stored.person {
        return Ok(false);
    }
    people.replace(actor, &next, stored.revision, asking.at).await?;
    Ok(true)
}

/// What the newest versions of the child's other episodes tell, and of those whose records were joined into the child's. An
/// episode that became part of another one speaks no more for itself. Nobody is shown it: it decides what is not taken back.
async fn told_elsewhere(
    work: &mut dyn UnitOfWork,
    asking: &Asking,
    own: EpisodeId,
    child: PersonId,
) -> Result<Vec<Person>, NotDone> {
    let everywhere = Asker { authority: true, ..asking.asker.clone() };
    let merges = people::joins(&mut *work.people(), &everywhere.actor, &[child]).await?;
    let all = work.people().episodes_of(&everywhere, &people::ids(&merges, child)).await?;
    let mut told = Vec::new();
    for other in all.iter().filter(|one| one.state.episode.id() != own && merged_into(one).is_none()) {
        let episode = &other.state.episode;
        let Some(newest) = episode.versions().map(|versions| versions.newest().number()) else { continue };
        let version = work.episodes().version(&everywhere, episode.id(), newest).await?;
        told.extend(version.map(|version| child_told_by(&version, child)));
    }
    Ok(told)
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
