//! Invented people, organisations and moments for the tests of this crate.

use std::collections::BTreeSet;

use assessment_people::episode::{Basis, Ground};
use assessment_people::id::{EpisodeId, FamilyId, PersonId, VersionId};
use assessment_people::moment::Moment;
use assessment_people::version::NewVersion;
use assessment_people::who::{Council, Organisation, Reason, Stamp, Subject, Who};

fn uuid(kind: u128, number: u32) -> String {
    let bits = kind << 96 | u128::from(number);
    let hex = format!("{bits:032x}");
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

pub(crate) fn episode_id(number: u32) -> EpisodeId {
    EpisodeId::parse(&uuid(1, number)).expect("an id")
}

pub(crate) fn person_id(number: u32) -> PersonId {
    PersonId::parse(&uuid(2, number)).expect("an id")
}

pub(crate) fn version_id(number: u32) -> VersionId {
    VersionId::parse(&uuid(3, number)).expect("an id")
}

pub(crate) fn family_id(number: u32) -> FamilyId {
    FamilyId::parse(&uuid(4, number)).expect("an id")
}

/// The beginning of 23 November 2026 in UTC, and so many days later.
pub(crate) fn day(days: u32) -> Moment {
    Moment::parse("2026-11-23T00:00:00Z").expect("a moment").plus_days(days)
}

pub(crate) fn organisation(code: &str) -> Organisation {
    Organisation::new(code).expect("an organisation")
}

/// A council that was made up.
pub(crate) fn council() -> Council {
    Council::new("Ribbleshire Council").expect("a council")
}

pub(crate) fn subject(sub: &str) -> Subject {
    Subject::new("https://sign-in.example", sub).expect("a subject")
}

pub(crate) fn who(sub: &str, code: &str) -> Who {
    Who { subject: subject(sub), organisation: organisation(code) }
}

/// The invented teacher who does most things in these tests.
pub(crate) fn stamp(days: u32) -> Stamp {
    Stamp { by: who("teacher", "school"), at: day(days) }
}

pub(crate) fn reason(words: &str) -> Reason {
    Reason::new(words).expect("a reason")
}

pub(crate) fn new_version(number: u32, days: u32) -> NewVersion {
    NewVersion {
        id: version_id(number),
        sent: stamp(days),
        form: "caf-2026.3".to_owned(),
        rules: "leeds-example 1".to_owned(),
    }
}

pub(crate) fn agreed(shared_with: &[&str]) -> Basis {
    let shared_with: BTreeSet<Organisation> = shared_with.iter().map(|code| organisation(code)).collect();
    Basis { ground: Ground::Agreed, shared_with }
}

pub(crate) fn without_agreement() -> Basis {
    let ground = Ground::WithoutAgreement {
        code: "risk_sig_harm".to_owned(),
        reason: reason("Asking could put Ada at risk."),
        decided_by: who("lead", "school"),
    };
    Basis { ground, shared_with: BTreeSet::new() }
}
