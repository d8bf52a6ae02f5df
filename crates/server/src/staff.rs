//! Somebody who works with families, as far as the server needs to know them. How it finds out is `sign_in`'s; what they
//! may do is decided by `assessment_people::access`.

use std::collections::BTreeSet;

/// Somebody who works with families, as their provider described them just now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffMember {
    /// Who vouches for them, exactly as configured.
    pub issuer: String,
    /// The issuer's own id of the person. Together with the issuer it is who they are.
    pub subject: String,
    /// The name to show. Not an identity.
    pub name: String,
    /// The organisation for which they act, by the issuer's code.
    pub organisation: String,
    /// What they may act as. Never empty.
    pub roles: BTreeSet<String>,
}
