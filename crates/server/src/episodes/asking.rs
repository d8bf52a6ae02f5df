//! Somebody who asks about episodes, as the rules know them.

use std::collections::BTreeSet;

use assessment_people::{
    access::{Principal, Role},
    moment::Moment,
    who::{Organisation, Reason, Stamp, Subject, Who},
};
use jiff::Timestamp;

use crate::{
    actor::Actor,
    partners::Partners,
    people,
    staff::StaffMember,
    store::episodes::{Asker, StoredGrant},
};

/// Somebody who asks, now.
#[derive(Debug, Clone)]
pub(crate) struct Asking {
    /// For the store.
    pub(crate) asker: Asker,
    /// When, as stores take it.
    pub(crate) at: Timestamp,
    /// When, as the rules take it.
    pub(crate) now: Moment,
    roles: BTreeSet<Role>,
    /// Whose servers are told what they do.
    pub(crate) partners: Partners,
}

impl Asking {
    /// `None` where issuer or subject cannot be anybody's.
    pub(crate) fn new(actor: &Actor, staff: &StaffMember, at: Timestamp) -> Option<Self> {
        let roles: BTreeSet<Role> = staff.roles.iter().filter_map(|code| Role::parse(code)).collect();
        // The family acts for nobody, whatever its provider says.
        let is_family = !roles.is_empty() && roles.iter().all(|role| *role == Role::FamilyViewer);
        let organisation = Organisation::new(&staff.organisation).filter(|_| !is_family);
        let authority = roles.contains(&Role::EhCoordinator) || roles.contains(&Role::Auditor);
        let subject = Subject::new(&staff.issuer, &staff.subject)?;
        let asker = Asker { actor: actor.clone(), subject, organisation, authority };
        Some(Self { asker, at, now: Moment::new(at), roles, partners: Partners::default() })
    }

    /// The same, with those whose servers are told what they do.
    pub(crate) fn telling(self, partners: &Partners) -> Self {
        Self { partners: partners.clone(), ..self }
    }

    /// With what they were let see and do.
    pub(crate) fn principal(&self, grants: &[StoredGrant]) -> Principal {
        Principal {
            subject: self.asker.subject.clone(),
            organisation: self.asker.organisation.clone(),
            roles: self.roles.clone(),
            grants: grants.iter().map(|stored| stored.grant.clone()).collect(),
        }
    }

    /// The same for what is asked about people, with what they were let see and do, and why they look.
    pub(crate) fn about_people(&self, principal: Principal, reason: Option<&Reason>) -> people::Asking {
        let (asker, reason) = (self.asker.clone(), reason.cloned());
        people::Asking { asker, principal, reason, at: self.at, now: self.now }
    }

    /// Who acts for whom. `None` of a family, which writes nothing that needs it.
    pub(crate) fn who(&self) -> Option<Who> {
        let organisation = self.asker.organisation.clone()?;
        Some(Who { subject: self.asker.subject.clone(), organisation })
    }

    /// The same, now.
    pub(crate) fn stamp(&self) -> Option<Stamp> {
        Some(Stamp { by: self.who()?, at: self.now })
    }
}
