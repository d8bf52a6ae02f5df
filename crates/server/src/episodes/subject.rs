//! Requests of people for what is held about a child: written down, answered, closed. While one waits, nothing about the
//! child is erased.

use assessment_api::subject_access::SubjectAccess;
use assessment_people::{access::Action, id::EpisodeId, who::Reason};
use jiff::civil::Date;

use super::{Asking, NotDone, Open, may, open};
use crate::{
    identifier::random_uuid,
    people,
    retention::Child,
    store::{Store, StoreError, UnitOfWork, audit::AuditAction, retention::StoredRequest},
    subject_access::{Part, Subject, gather},
};

/// Writes down that somebody asked for what is held about the child of an episode.
///
/// # Errors
/// If they may not, or the episode has changed since.
pub(crate) async fn ask_access(
    store: &dyn Store,
    asking: &Asking,
    id: EpisodeId,
    expected: u64,
    received_on: Date,
    reason: Option<&Reason>,
) -> Result<StoredRequest, NotDone> {
    let open = open(store, asking, Action::ExportSubjectAccess, id, reason).await?;
    open.is_current(expected)?;
    let Open { mut work, stored, .. } = open;
    let person = stored.state.episode.child();
    // An erasure that is under way ends first, and then there is nothing to ask for.
    if !work.retention().lock(&asking.asker, id, &[person]).await? {
        return Err(NotDone::Missing);
    }
    let request = StoredRequest {
        id: random_uuid()?.to_string(),
        episode: id,
        person,
        received_on,
        opened_at: asking.at,
    };
    work.retention().open_request(&asking.asker, &request).await?;
    close(work, asking, id, reason).await?;
    Ok(request)
}

/// Closes a request, since it was answered or taken back.
///
/// # Errors
/// If they may not, the episode has changed since, or there is no such request waiting.
pub(crate) async fn close_access(
    store: &dyn Store,
    asking: &Asking,
    id: EpisodeId,
    expected: u64,
    request: &str,
    reason: Option<&Reason>,
) -> Result<(), NotDone> {
    let open = open(store, asking, Action::ExportSubjectAccess, id, reason).await?;
    open.is_current(expected)?;
    let Open { mut work, .. } = open;
    let found = waiting(&mut *work, asking, id, request).await?;
    let words = reason.ok_or(NotDone::ReasonNeeded)?.words();
    match work.retention().close_request(&asking.asker, &found.id, words, asking.at).await {
        // Somebody else has just closed it.
        Err(StoreError::Conflict(_)) => return Err(NotDone::Missing),
        outcome => outcome?,
    }
    close(work, asking, id, reason).await
}

/// Everything that is held about the child, as far as they may see it.
///
/// # Errors
/// If they may not, or there is no such request waiting.
pub(crate) async fn export_access(
    store: &dyn Store,
    asking: &Asking,
    id: EpisodeId,
    request: &str,
    reason: Option<&Reason>,
) -> Result<SubjectAccess, NotDone> {
    let open = open(store, asking, Action::ExportSubjectAccess, id, reason).await?;
    let Open { mut work, stored, principal, .. } = open;
    let found = waiting(&mut *work, asking, id, request).await?;
    let child = Child::read(&mut *work, &asking.asker, &stored).await?;
    let mut episodes = Vec::new();
    for other in child.episodes {
        // More than they may see in any one of them is not in this one either. Nothing tells that there is more.
        match may(&principal, Action::ExportSubjectAccess, &other.state, reason, asking.now) {
            Ok(sight) => episodes.push(Part { stored: other, sight: Some(sight) }),
            Err(NotDone::Refused(_) | NotDone::RefusedLook { .. } | NotDone::ReasonNeeded) => {}
            Err(other) => return Err(other),
        }
    }
    let as_person = asking.about_people(principal, reason);
    let family = people::related_as_shown(&mut *work, &as_person, &child.people).await?;
    let (people, episodes) = (&*child.people, &*episodes);
    let subject = Subject { request: &found, people, family: &family.lines, episodes, is_everything: false };
    let gathered = gather(&mut *work, &asking.asker, &subject, asking.at).await?;
    family.note(&mut *work, &asking.asker.actor, asking.at, reason).await?;
    for other in episodes.iter().map(|part| part.stored.state.episode.id()).filter(|other| *other != id) {
        let action = AuditAction::Episode(Action::ExportSubjectAccess, other);
        work.note(&asking.asker.actor, action, asking.at, reason).await?;
    }
    close(work, asking, id, reason).await?;
    Ok(gathered)
}

async fn waiting(
    work: &mut (dyn UnitOfWork + '_),
    asking: &Asking,
    id: EpisodeId,
    request: &str,
) -> Result<StoredRequest, NotDone> {
    let all = work.retention().requests(&asking.asker, None).await?;
    all.into_iter().find(|one| one.id == request && one.episode == id).ok_or(NotDone::Missing)
}

async fn close(
    work: Box<dyn UnitOfWork>,
    asking: &Asking,
    id: EpisodeId,
    reason: Option<&Reason>,
) -> Result<(), NotDone> {
    let action = AuditAction::Episode(Action::ExportSubjectAccess, id);
    Ok(work.save_because(&asking.asker.actor, action, asking.at, reason).await?)
}
