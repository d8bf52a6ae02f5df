//! Who asks, why, and when.

use assessment_people::{access::Principal, moment::Moment, who::Reason};
use jiff::{Timestamp, civil::Date};

use crate::{
    caller::Caller,
    clock::date_in_england,
    episodes,
    store::{Store, StoreError, episodes::Asker},
};

/// Who asks, why, and when.
#[derive(Debug)]
pub(crate) struct Asking {
    /// On whose behalf the store is asked.
    pub(crate) asker: Asker,
    /// With roles and grants.
    pub(crate) principal: Principal,
    /// What they gave as a reason.
    pub(crate) reason: Option<Reason>,
    /// When, as stores take it.
    pub(crate) at: Timestamp,
    /// When.
    pub(crate) now: Moment,
}

impl Asking {
    /// The caller, with the grants that they have now. `None` where they are nobody that rights could be given to.
    pub(crate) async fn of(
        store: &dyn Store,
        caller: &Caller,
        reason: Option<Reason>,
        at: Timestamp,
    ) -> Result<Option<Self>, StoreError> {
        let Some(known) = episodes::Asking::new(&caller.actor, &caller.staff, at) else { return Ok(None) };
        let grants = store.view().await?.episodes().grants_to(&known.asker).await?;
        let principal = known.principal(&grants);
        let (asker, now) = (known.asker, known.now);
        Ok(Some(Self { asker, principal, reason, at, now }))
    }

    /// The day in England.
    pub(super) fn today(&self) -> Date {
        date_in_england(self.at)
    }
}
