//! Shutting somebody out who signs in here, and letting them in again, whatever their provider says. What they were given in
//! episodes stays as it is: it opens nothing meanwhile, and everything again afterwards.

use assessment_people::{
    access::Action,
    who::{Reason, Subject},
};
use uuid::Uuid;

use crate::{
    episodes::{Asking, NotDone, Owes, may_at_all, owed_by},
    store::{Store, audit::AuditAction, sessions::KnownStaff},
};

/// A page of those who have ever signed in here, and the id after which the next one begins.
///
/// # Errors
/// If they may not.
pub(crate) async fn list(
    store: &dyn Store,
    asking: &Asking,
    after: Option<Uuid>,
    limit: u32,
) -> Result<(Vec<KnownStaff>, Option<String>), NotDone> {
    may_at_all(&asking.principal(&[]), Action::ListStaff, asking.now)?;
    // One more than asked for tells whether there is a next page.
    let mut found = store.sessions().staff(after, limit + 1).await?;
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let next = found.last().filter(|_| more).map(|last| last.id.clone());
    let entry = AuditAction::Own(Action::ListStaff);
    store.begin().await?.save(&asking.asker.actor, entry, asking.at).await?;
    Ok((found, next))
}

/// Shuts somebody out, and ends their sessions at once. Gives what they leave behind; `None` where that is not known.
///
/// # Errors
/// If they may not; it is themselves; nobody has that id.
pub(crate) async fn shut_out(
    store: &dyn Store,
    asking: &Asking,
    id: Uuid,
    because: &Reason,
) -> Result<Option<Owes>, NotDone> {
    may_at_all(&asking.principal(&[]), Action::ShutOut, asking.now)?;
    if asking.asker.actor.id() == id.hyphenated().to_string() {
        return Err(NotDone::Yourself);
    }
    let by = &asking.asker.actor;
    let done = store.sessions().set_disabled(by, id, true, Some(because), asking.at).await?;
    done.ok_or(NotDone::Missing)?;
    let known = store
        .sessions()
        .practitioners()
        .await?
        .into_iter()
        .find(|(known, _)| *known == id.hyphenated().to_string());
    let subject = known.and_then(|(_, staff)| Subject::new(&staff.issuer, &staff.subject));
    let Some(subject) = subject else { return Ok(None) };
    let mut work = store.begin().await?;
    let owes = owed_by(&mut *work, asking, &subject, because).await?;
    let looked = AuditAction::Staff(Action::ListMembers, id);
    work.save_because(by, looked, asking.at, Some(because)).await?;
    Ok(owes)
}

/// Lets somebody in again. They have to sign in; no session comes back.
///
/// # Errors
/// If they may not; nobody has that id.
pub(crate) async fn let_in(store: &dyn Store, asking: &Asking, id: Uuid) -> Result<(), NotDone> {
    may_at_all(&asking.principal(&[]), Action::LetIn, asking.now)?;
    let by = &asking.asker.actor;
    let done = store.sessions().set_disabled(by, id, false, None, asking.at).await?;
    done.ok_or(NotDone::Missing)
}
