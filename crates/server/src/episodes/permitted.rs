//! Whether somebody may do what is about no episode, or about the child of one. What is about one is asked when it is opened.

use assessment_people::{
    access::{Action, Decision, Principal, Resource, authorise},
    moment::Moment,
    who::Reason,
};

use super::{Asking, NotDone, Open};
use crate::{
    people,
    store::{Store, StoreError, episodes::EpisodeReader},
};

/// Whether they may do something that is about no one record.
pub(crate) fn may_at_all(principal: &Principal, action: Action, now: Moment) -> Result<(), NotDone> {
    may_with(principal, action, &Resource::Nothing, now)
}

/// Whether they may do something that is about no episode, by their role or by what they were let into. What they were let
/// into is read only where the role does not do: a grant only adds, and somebody who has sent thousands has as many.
///
/// # Errors
/// If they may not, or the store cannot be read.
pub(crate) async fn permitted(
    store: &dyn Store,
    asking: &Asking,
    action: Action,
    resource: &Resource<'_>,
) -> Result<(), NotDone> {
    if may_with(&asking.principal(&[]), action, resource, asking.now).is_ok() {
        return Ok(());
    }
    permitted_in(&mut *store.view().await?.episodes(), asking, action, resource).await
}

/// The same in a unit of work.
///
/// # Errors
/// As of [`permitted`].
pub(super) async fn permitted_in(
    episodes: &mut (dyn EpisodeReader + '_),
    asking: &Asking,
    action: Action,
    resource: &Resource<'_>,
) -> Result<(), NotDone> {
    if may_with(&asking.principal(&[]), action, resource, asking.now).is_ok() {
        return Ok(());
    }
    let grants = episodes.grants_to(&asking.asker).await?;
    may_with(&asking.principal(&grants), action, resource, asking.now)
}

fn may_with(
    principal: &Principal,
    action: Action,
    resource: &Resource<'_>,
    now: Moment,
) -> Result<(), NotDone> {
    match authorise(Some(principal), action, resource, now) {
        Decision::Allowed(_) => Ok(()),
        Decision::Refused(refused) => Err(NotDone::Refused(refused.answer)),
    }
}

impl Open {
    /// Whether they may do that with the child of the episode: what the child's own address answers, by all of their episodes.
    pub(crate) async fn may_with_child(
        &mut self,
        asking: &Asking,
        action: Action,
        reason: Option<&Reason>,
    ) -> Result<bool, StoreError> {
        let child = self.stored.state.episode.child();
        let asking = asking.about_people(self.principal.clone(), reason);
        people::may(&mut *self.work.people(), &asking, action, child).await
    }
}
