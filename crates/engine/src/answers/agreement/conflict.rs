//! Why a record cannot simply be sent, and what leaves the device once somebody has decided.

use assessment_form::is_blank;

use super::{Says, State, agreement, question};
use crate::answers::Answers;

/// Why a record cannot simply be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conflict {
    /// Nobody who can decide has agreed.
    Nobody,
    /// The family said no.
    Refused,
    /// The family took its agreement back.
    Withdrawn,
    /// Some agree and some do not.
    Differs,
    /// They agree to take part, and not that services share.
    NotShared,
    /// This service is ticked as one that may share, and "no" elsewhere: its code.
    Service(String),
}

impl Conflict {
    /// The end of its wording key.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Conflict::Nobody => "nobody",
            Conflict::Refused => "refused",
            Conflict::Withdrawn => "withdrawn",
            Conflict::Differs => "differs",
            Conflict::NotShared => "not_shared",
            Conflict::Service(_) => "service",
        }
    }

    /// The question whose answer is in conflict.
    #[must_use]
    pub fn path(&self, answers: &Answers) -> &'static str {
        match self {
            Conflict::NotShared => "consent.share",
            Conflict::Service(_) => "consent.services",
            _ => question(answers),
        }
    }
}

/// Every reason not to send the record as it is. Where the family was not asked, the record says why and who allowed it, and
/// that is the reason: nothing else is asked.
#[must_use]
pub fn conflicts(answers: &Answers) -> Vec<Conflict> {
    let agreement = agreement(answers);
    let mut conflicts = Vec::new();
    match agreement.state {
        State::NotSought => return conflicts,
        // While the section itself is not answered, that is what is missing.
        State::Nobody if is_answered(answers) => conflicts.push(Conflict::Nobody),
        State::Nobody => {}
        State::Refused => conflicts.push(Conflict::Refused),
        State::Withdrawn => conflicts.push(Conflict::Withdrawn),
        State::Differs => conflicts.push(Conflict::Differs),
        State::Agreed | State::AgreedWithLimits => {}
    }
    let consent = &answers.consent;
    if agreement.anybody_agrees() && consent.share == "no" {
        conflicts.push(Conflict::NotShared);
    }
    let is_settled = |service: &str| {
        let given = NotAgreedService::given(service);
        answers.conclusions.explained.iter().any(|why| why.settles(NotAgreedService::MATTER, &given))
    };
    let services = not_agreed_services(answers).into_iter().map(|found| found.service);
    let open =
        services.filter(|service| !is_settled(service)).map(|service| Conflict::Service(service.clone()));
    conflicts.extend(open);
    conflicts
}

/// A service that is "no" in the list of services and ticked in an agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotAgreedService<'a> {
    /// Its row in the list of services.
    pub(crate) row: usize,
    /// Its code.
    pub(crate) service: &'a String,
}

impl NotAgreedService<'_> {
    /// The matter of the contradiction, as records keep it.
    pub(crate) const MATTER: &'static str = "not-agreed-and-ticked";

    /// The two answers, as a reason is kept for them.
    pub(crate) fn given(service: &str) -> [String; 2] {
        ["no".to_owned(), service.to_owned()]
    }
}

/// Every such service once: what is asked while answering and what is asked before sending are one question.
pub(crate) fn not_agreed_services(answers: &Answers) -> Vec<NotAgreedService<'_>> {
    let (agreement, consent) = (agreement(answers), &answers.consent);
    // Once agreement is over, nothing that was ticked counts, and that is said already.
    let is_over = matches!(agreement.state, State::Refused | State::Withdrawn | State::NotSought);
    if is_over || !agreement.anybody_agrees() || consent.share != "yes" {
        return Vec::new();
    }
    let mut found: Vec<NotAgreedService<'_>> = Vec::new();
    for (row, listed) in answers.services_involved.iter().enumerate() {
        let service = &listed.service;
        if listed.may_share == "no"
            && consent.may_share(listed)
            && !found.iter().any(|other| other.service == service)
        {
            found.push(NotAgreedService { row, service });
        }
    }
    found
}

/// Whether the record says of everybody in it what they said.
fn is_answered(answers: &Answers) -> bool {
    let consent = &answers.consent;
    if consent.is_by_status() && consent.people.is_empty() {
        return !is_blank(&consent.status);
    }
    !consent.people.is_empty() && consent.people.iter().all(|person| !is_blank(&person.says))
}

/// What leaves the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sending {
    /// The whole record.
    Whole,
    /// Only that the family said no: see [`refusal_record`](super::refusal_record).
    RefusalOnly,
    /// Nothing.
    Nothing,
}

/// What leaves the device. A choice counts only while there is something to choose about.
#[must_use]
pub fn sending(answers: &Answers) -> Sending {
    match answers.sharing.choice.as_str() {
        "record_only" if can_record_refusal(answers) => Sending::RefusalOnly,
        "do_not_send" if !conflicts(answers).is_empty() => Sending::Nothing,
        _ => Sending::Whole,
    }
}

/// Whether anybody said no, so that there is a refusal to record.
#[must_use]
pub fn can_record_refusal(answers: &Answers) -> bool {
    let agreement = agreement(answers);
    matches!(agreement.state, State::Refused | State::Withdrawn | State::Differs)
        && agreement.said().any(Says::is_no)
}
