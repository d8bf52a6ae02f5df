//! Rows as both databases give them, and what they mean. The columns are in the same order in both.

pub(super) mod episodes;
pub(super) mod families;
pub(super) mod lists;
pub(super) mod notes;
pub(super) mod people;
pub(super) mod referrals;
pub(super) mod retention;
pub(super) mod team_records;
pub(super) mod webhooks;

use assessment_api::assessment::{Headline, Suggestion};

use super::{
    assessments::{StoredAssessment, StoredSummary},
    audit::StoredEntry,
    drafts::{Head, StoredDraft, StoredDraftSummary},
    receipts::StoredReceipt,
    sessions::{self, KnownStaff, StoredSession, TakenAttempt},
};
use crate::{actor::Actor, clock::from_microseconds, identifier::AssessmentId, staff::StaffMember};

/// Reference, form version, pack version, moment, actor, answers, outcome, difference.
pub(super) type Assessment = (String, String, String, i64, String, String, String, Option<String>);

pub(super) fn assessment(id: AssessmentId, row: Assessment) -> StoredAssessment {
    let (reference, form_version, pack_version, received_us, actor, answers, outcome, difference) = row;
    StoredAssessment {
        id: id.to_string(),
        reference,
        form_version,
        pack_version,
        received_at: from_microseconds(received_us),
        actor,
        answers,
        outcome,
        difference,
    }
}

/// An assessment with its id first.
pub(super) type Version = (String, String, String, String, i64, String, String, String, Option<String>);

pub(super) fn version(row: Version) -> StoredAssessment {
    let (id, reference, form_version, pack_version, received_us, actor, answers, outcome, difference) = row;
    StoredAssessment {
        id,
        reference,
        form_version,
        pack_version,
        received_at: from_microseconds(received_us),
        actor,
        answers,
        outcome,
        difference,
    }
}

/// Id, reference, child's name, moment, the three suggestions, kind and code of the headline.
pub(super) type Summary =
    (String, String, Option<String>, i64, String, String, String, Option<String>, Option<String>);

pub(super) fn summary(row: Summary) -> StoredSummary {
    let (id, reference, child_name, received_us, certain, possible, not_ruled_out, kind, code) = row;
    StoredSummary {
        id,
        reference,
        child_name,
        received_at: from_microseconds(received_us),
        suggestion: Suggestion { certain, possible, not_ruled_out },
        headline: kind.zip(code).map(|(kind, code)| Headline { kind, code }),
    }
}

/// SHA-256 of the body, and the receipt.
pub(super) type Receipt = (String, String);

pub(super) fn receipt((sha256, receipt): Receipt) -> StoredReceipt {
    StoredReceipt { sha256, receipt }
}

/// Revision, moment, body.
pub(super) type Draft = (i64, i64, Option<Vec<u8>>);

pub(super) fn draft((revision, saved_us, body): Draft) -> StoredDraft {
    StoredDraft { revision: revision.unsigned_abs(), saved_at: from_microseconds(saved_us), body }
}

/// Id, revision, moment, form version.
pub(super) type DraftSummary = (String, i64, i64, String);

pub(super) fn draft_summary((id, revision, saved_us, form_version): DraftSummary) -> StoredDraftSummary {
    let saved_at = from_microseconds(saved_us);
    StoredDraftSummary { id, revision: revision.unsigned_abs(), saved_at, form_version }
}

/// Revision, actor, moment, SHA-256 of the body.
pub(super) type DraftHead = (i64, String, i64, Option<String>);

pub(super) fn draft_head(actor: &Actor, (revision, owner, saved_us, sha256): DraftHead) -> Head {
    if owner == actor.id() {
        Head::Own { revision: revision.unsigned_abs(), saved_at: from_microseconds(saved_us), sha256 }
    } else {
        Head::AnotherActors
    }
}

/// Sequence, moment, actor, action, kind and id of the record.
pub(super) type Entry = (i64, i64, String, String, String, String);

pub(super) fn entry((sequence, at_us, actor, action, subject_kind, subject_id): Entry) -> StoredEntry {
    let at = from_microseconds(at_us);
    StoredEntry { sequence: sequence.unsigned_abs(), at, actor, action, subject_kind, subject_id }
}

/// Id, issuer, subject, name, organisation.
pub(super) type Practitioner = (String, String, String, String, String);

pub(super) fn practitioner((id, issuer, subject, name, organisation): Practitioner) -> (String, StaffMember) {
    (id, StaffMember { issuer, subject, name, organisation, roles: std::collections::BTreeSet::new() })
}

/// Id, issuer, subject, name, organisation, since when they have been shut out.
pub(super) type Staff = (String, String, String, String, String, Option<i64>);

pub(super) fn staff((id, issuer, subject, name, organisation, disabled_us): Staff) -> KnownStaff {
    let (id, staff) = practitioner((id, issuer, subject, name, organisation));
    KnownStaff { id, staff, disabled_at: disabled_us.map(from_microseconds) }
}

/// An attempt to sign in.
#[derive(sqlx::FromRow)]
pub(super) struct Attempt {
    browser_sha256: String,
    nonce: String,
    verifier: String,
    return_to: String,
    begun_us: i64,
    used_us: Option<i64>,
}

pub(super) fn attempt(state_sha256: &str, row: Attempt) -> TakenAttempt {
    let attempt = sessions::Attempt {
        state_sha256: state_sha256.to_owned(),
        browser_sha256: row.browser_sha256,
        nonce: row.nonce,
        verifier: row.verifier,
        return_to: row.return_to,
        begun_at: from_microseconds(row.begun_us),
    };
    TakenAttempt { attempt, first: row.used_us.is_none() }
}

/// A session, and whether its person has been shut out.
#[derive(sqlx::FromRow)]
pub(super) struct Session {
    practitioner: String,
    issuer: String,
    subject: String,
    name: String,
    organisation: String,
    roles: String,
    started_us: i64,
    seen_us: i64,
    ends_us: i64,
    ended_us: Option<i64>,
    disabled_us: Option<i64>,
}

pub(super) fn session(secret_sha256: &str, row: Session) -> StoredSession {
    StoredSession {
        secret_sha256: secret_sha256.to_owned(),
        practitioner: row.practitioner,
        staff: StaffMember {
            issuer: row.issuer,
            subject: row.subject,
            name: row.name,
            organisation: row.organisation,
            roles: serde_json::from_str(&row.roles).unwrap_or_default(),
        },
        started_at: from_microseconds(row.started_us),
        seen_at: from_microseconds(row.seen_us),
        ends_at: from_microseconds(row.ends_us),
        ended: row.ended_us.is_some() || row.disabled_us.is_some(),
    }
}
