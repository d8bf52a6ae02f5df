//! Who may see and do what.

mod cells;
mod grants;
mod laws;
mod rules;

use std::collections::BTreeSet;

use assessment_people::access::{
    EpisodeFacts, Grant, GrantTerms, Principal, Progress, Role, Scope, Sections,
};
use assessment_people::protection::Protection;

use crate::world::{day, episode_id, organisation, subject, who};

/// The day of these tests, counted from the beginning of the world.
pub(crate) const NOW: u32 = 100;

pub(crate) fn grant_terms(
    to: &str,
    role: Role,
    code: &str,
    up_to: Protection,
    from: u32,
    until: u32,
) -> GrantTerms {
    GrantTerms {
        episode: episode_id(1),
        to: subject(to),
        organisation: Some(organisation(code)),
        role,
        scope: Scope { sections: Sections::of(&[1, 2, 3]).expect("sections"), up_to },
        from: day(from),
        until: day(until),
        given_by: who("giver", "school"),
    }
}

pub(crate) fn grant_to(to: &str, role: Role, code: &str, up_to: Protection) -> Grant {
    Grant::give(grant_terms(to, role, code, up_to, NOW - 10, NOW + 10)).expect("it can be given")
}

pub(crate) fn grant(role: Role, code: &str, up_to: Protection) -> Grant {
    grant_to("them", role, code, up_to)
}

pub(crate) fn grant_in(episode: u32, role: Role, code: &str, up_to: Protection) -> Grant {
    let terms = grant_terms("them", role, code, up_to, NOW - 10, NOW + 10);
    Grant::give(GrantTerms { episode: episode_id(episode), ..terms }).expect("it can be given")
}

pub(crate) fn grant_between(role: Role, code: &str, up_to: Protection, from: u32, until: u32) -> Grant {
    Grant::give(grant_terms("them", role, code, up_to, from, until)).expect("it can be given")
}

pub(crate) fn principal(sub: &str, code: &str, roles: &[Role], grants: Vec<Grant>) -> Principal {
    Principal {
        subject: subject(sub),
        organisation: Some(organisation(code)),
        roles: roles.iter().copied().collect(),
        grants,
    }
}

/// An open episode of the school, shared with the clinic.
pub(crate) fn facts() -> EpisodeFacts {
    EpisodeFacts {
        id: episode_id(1),
        holder: organisation("school"),
        shared_with: BTreeSet::from([organisation("clinic")]),
        excluded: BTreeSet::new(),
        referred_to: None,
        progress: Progress::Open,
        protection: Protection::Ordinary,
        is_on_hold: false,
    }
}
