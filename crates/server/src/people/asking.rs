//! Who asks, why, and when.

use assessment_people::{
    access::{Principal, Role},
    moment::Moment,
    who::{Organisation, Reason, Subject},
};
use jiff::{Timestamp, civil::Date};

use crate::{
    actor::Actor,
    clock::date_in_england,
    staff::StaffMember,
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
    /// Somebody, with the grants that they have now. `None` where they are nobody that rights could be given to.
    pub(crate) async fn of(
        store: &dyn Store,
        actor: &Actor,
        staff: &StaffMember,
        reason: Option<Reason>,
        at: Timestamp,
    ) -> Result<Option<Self>, StoreError> {
        let Some(subject) = Subject::new(&staff.issuer, &staff.subject) else { return Ok(None) };
        let roles = staff
            .roles
            .iter()
            .filter_map(|code| Role::parse(code))
            .collect::<std::collections::BTreeSet<_>>();
        // The family acts for nobody, whatever its provider says.
        let is_family = !roles.is_empty() && roles.iter().all(|role| *role == Role::FamilyViewer);
        let organisation = Organisation::new(&staff.organisation).filter(|_| !is_family);
        let authority = roles.contains(&Role::EhCoordinator) || roles.contains(&Role::Auditor);
        let asker = Asker {
            actor: actor.clone(),
            subject: subject.clone(),
            organisation: organisation.clone(),
            authority,
        };
        let grants = store.view().await?.episodes().grants_to(&asker).await?;
        let grants = grants.into_iter().map(|stored| stored.grant).collect();
        let principal = Principal { subject, organisation, roles, grants };
        Ok(Some(Self { asker, principal, reason, at, now: Moment::new(at) }))
    }

    /// The day in England.
    pub(super) fn today(&self) -> Date {
        date_in_england(self.at)
    }
}
