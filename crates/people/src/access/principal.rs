//! Who asks.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::grant::Grant;
use crate::who::{Organisation, Subject};

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        /// What somebody is, by sign-in for everything or by a grant for one episode. The codes are the code list
        /// `app_roles`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Role {$(
            $(#[$doc])*
            #[serde(rename = $code)]
            $name,
        )*}

        impl Role {
            /// Every role, in the order of the list.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {$(Self::$name => $code,)*}
            }

            /// The role with that code.
            #[must_use]
            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|role| role.code() == code)
            }
        }
    };
}

roles! {
    /// Writes assessments.
    Practitioner = "practitioner";
    /// Co-ordinates the help for one child.
    LeadProfessional = "lead_professional";
    /// Belongs to the team around one child.
    TacMember = "tac_member";
    /// Answers for safeguarding in an organisation.
    SafeguardingLead = "safeguarding_lead";
    /// Co-ordinates early help in an authority.
    EhCoordinator = "eh_coordinator";
    /// Takes referrals at the front door.
    DutyAdvice = "duty_advice";
    /// A parent, a carer or the young person.
    FamilyViewer = "family_viewer";
    /// Checks how records are used.
    Auditor = "auditor";
}

/// Somebody who has signed in, as of this sign-in: roles and organisation are read each time, never remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// Who it is.
    pub subject: Subject,
    /// For whom they act; none of a family.
    pub organisation: Option<Organisation>,
    /// What they are, by sign-in.
    pub roles: BTreeSet<Role>,
    /// What they were let see and do in single episodes.
    pub grants: Vec<Grant>,
}
