//! The invented people of the demo, one or two of each role, so that anyone can see what each role sees. Only ever on a
//! loopback address.

use std::sync::LazyLock;

use assessment_api::session::DemoPerson;

use crate::staff::StaffMember;

/// Who vouches for the people of the demo: nobody.
pub const ISSUER: &str = "urn:common-assessment:demo";

static PEOPLE: LazyLock<Vec<DemoPerson>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../data/demo_people.json")).unwrap_or_default());

/// The organisation of the demo that takes referrals.
pub const FRONT_DOOR: &str = "Duty and Advice Team";

/// All of them.
#[must_use]
pub fn people() -> &'static [DemoPerson] {
    &PEOPLE
}

/// The one with that code.
#[must_use]
pub fn person(code: &str) -> Option<StaffMember> {
    let person = PEOPLE.iter().find(|person| person.code == code)?;
    Some(StaffMember {
        issuer: ISSUER.to_owned(),
        subject: person.code.clone(),
        name: person.name.clone(),
        organisation: person.organisation.clone(),
        roles: person.roles.iter().cloned().collect(),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{super::claims::ROLES, *};

    #[test]
    fn every_role_has_somebody_in_the_demo() {
        let acted: BTreeSet<_> =
            people().iter().flat_map(|person| &person.roles).map(String::as_str).collect();
        assert_eq!(acted, BTreeSet::from(ROLES));
        let codes: BTreeSet<_> = people().iter().map(|person| &person.code).collect();
        assert_eq!(codes.len(), people().len());
    }
}
