//! Refused looks: written down like any other, and answered so that nobody learns from them.
//!
//! A look at somebody else's episode and one at an id that nobody has take the same way, down to an entry in the trail, so
//! that neither the answer nor how long it takes tells one from the other.

use assessment_people::{
    access::{Action, Answer, Decision, Principal, Resource, Why, authorise},
    id::EpisodeId,
};

use super::{Asking, NotDone, facts};
use crate::store::{Store, UnitOfWork, audit::AuditAction, episodes::Asker};

/// Why somebody is not shown an episode that does not concern them, if there is one of that id.
///
/// # Errors
/// If the store fails.
pub(super) async fn hidden(
    work: &mut dyn UnitOfWork,
    asking: &Asking,
    principal: &Principal,
    action: Action,
    id: EpisodeId,
) -> Result<NotDone, NotDone> {
    // Nothing of what is found here leaves this function but the reason, and that goes to the trail.
    let everywhere = Asker { authority: true, ..asking.asker.clone() };
    let found = work.episodes().find(&everywhere, id).await?;
    let why = found.map(|stored| {
        let facts = facts(&stored.state);
        match authorise(Some(principal), action, &Resource::Episode(&facts), asking.now) {
            Decision::Refused(refused) => refused.why,
            // Whom an episode concerns says less than the rules, never more.
            Decision::Allowed(_) => Why::NoRight,
        }
    });
    Ok(NotDone::RefusedLook { answer: Answer::Unknown, action, id, why })
}

/// Writes a refusal down: who, what, which, and why as a code. Everything else passes as it is.
///
/// # Errors
/// The refusal; or that the store failed, and then nobody learns anything.
pub(super) async fn noted<T>(
    store: &dyn Store,
    asking: &Asking,
    outcome: Result<T, NotDone>,
) -> Result<T, NotDone> {
    if let Err(NotDone::RefusedLook { action, id, why, .. }) = outcome {
        let entry = AuditAction::EpisodeRefused(action, id, why);
        store.begin().await?.save(&asking.asker.actor, entry, asking.at).await?;
    }
    outcome
}
