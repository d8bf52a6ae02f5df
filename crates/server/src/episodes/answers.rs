//! What an episode takes from the answers of a version: what the work rests on, how closely it is kept, what is due, whether
//! it goes to the front door, and who the child is.

use assessment_api::assessment::{Headline, Shown};
use assessment_engine::{
    agreement::{self, Sending, agreement, sending},
    answers::{AgreedAction, Answers, child_name},
};
use assessment_form::{WrittenDate, is_blank};
use assessment_people::{
    episode::{Basis, Ground, Refusal},
    id::PersonId,
    person::{Address, Birth, Identifier, Name, NameKind, Person, Phone, SafeToRing, System},
    protection::{Protected, Protection},
    who::{Reason, Who},
};
use jiff::civil::Date;

use super::places;
use crate::store::{assessments::StoredAssessment, episodes::Listed, register::Locality};

/// What the family said, or why it was not asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Said {
    /// It agreed.
    Agreed,
    /// It did not, or was not asked, and the record goes out for a lawful reason: its code, and why it holds.
    Without(String, Reason),
    /// It said no, and only that is recorded.
    No(Refusal),
}

/// What an episode takes from a version.
#[derive(Debug, Clone)]
pub(crate) struct FromAnswers {
    /// What the work rests on.
    pub(crate) said: Said,
    /// How closely the record is kept.
    pub(crate) protection: Protection,
    /// Why the practitioner sends it to the front door.
    pub(crate) refers: Option<Reason>,
    /// For lists.
    pub(crate) listed: Listed,
    /// Whose record it is. The id is made up where the episode is started.
    pub(crate) child: Person,
    /// Roughly where it is.
    pub(crate) place: Locality,
}

impl FromAnswers {
    /// Takes it from answers that were accepted.
    pub(crate) fn read(
        answers: &Answers,
        shown: &Shown,
        headline: Option<Headline>,
        reference: &str,
        id: PersonId,
    ) -> Self {
        let name = Some(child_name(answers)).filter(|name| !name.is_empty());
        let to_check = shown.urgent_to_check.as_ref().is_some_and(|found| !found.is_empty());
        let listed = Listed {
            reference: reference.to_owned(),
            child_name: name,
            headline,
            urgent: !shown.urgent.is_empty() || to_check,
            due_on: due_on(answers),
        };
        let mut child = child(answers, id);
        // People quote it in letters.
        child.identifiers.extend(Identifier::parse(System::Reference, reference));
        let (protection, place) = (child.strictest(), places::of(answers));
        Self { said: said(answers), protection, refers: refers(answers), listed, child, place }
    }
}

/// What the work rests on.
fn said(answers: &Answers) -> Said {
    let (consent, sharing) = (&answers.consent, &answers.sharing);
    let state = agreement(answers).state;
    let reason = |code: &str, words: &str| {
        // In an emergency nobody writes why; the code says it then.
        let words = Reason::new(words).or_else(|| Reason::new(code));
        words.map(|words| Said::Without(code.to_owned(), words))
    };
    if sending(answers) == Sending::RefusalOnly {
        let withdrew = state == agreement::State::Withdrawn;
        return Said::No(if withdrew { Refusal::Withdrawn } else { Refusal::Refused });
    }
    if sharing.choice == "share"
        && let Some(said) = reason(&sharing.lawful_reason, &sharing.reason)
    {
        return said;
    }
    match state {
        agreement::State::Agreed | agreement::State::AgreedWithLimits => Said::Agreed,
        agreement::State::NotSought => {
            let said = reason(&consent.not_sought_reason, &consent.not_sought_details);
            said.unwrap_or_else(not_recorded)
        }
        // Forms of the first version did not ask why a record is sent all the same.
        agreement::State::Refused => Said::No(Refusal::Refused),
        agreement::State::Withdrawn => Said::No(Refusal::Withdrawn),
        agreement::State::Differs | agreement::State::Nobody => not_recorded(),
    }
}

/// Where an earlier form did not ask what the work rests on: never taken for agreement.
fn not_recorded() -> Said {
    let words = Reason::new("not recorded");
    words.map_or(Said::No(Refusal::Refused), |words| Said::Without("not_recorded".to_owned(), words))
}

impl Said {
    /// What the work rests on, decided by the one who sends it. Whom it is shared with is added when they are invited.
    pub(crate) fn basis(&self, by: &Who) -> Option<Basis> {
        let ground = match self {
            Self::Agreed => Ground::Agreed,
            Self::Without(code, reason) => Ground::WithoutAgreement {
                code: code.clone(),
                reason: reason.clone(),
                decided_by: by.clone(),
            },
            Self::No(_) => return None,
        };
        Some(Basis { ground, shared_with: std::collections::BTreeSet::new() })
    }
}

/// Why it goes to the front door: the practitioner decided to ring it today, or 999 now.
fn refers(answers: &Answers) -> Option<Reason> {
    let conclusions = &answers.conclusions;
    let refers = matches!(conclusions.decision.as_str(), "R4" | "R5");
    let words = || Reason::new(&conclusions.decision_reason).or_else(|| Reason::new(&conclusions.decision));
    refers.then(words).flatten()
}

/// The next day on which it promises something: a review, or an action that is not done.
pub(super) fn due_on(answers: &Answers) -> Option<Date> {
    let plan = &answers.agreed_actions;
    let open = |action: &&AgreedAction| action.completed_on.is_blank();
    let days = plan.actions.iter().filter(open).filter_map(|action| action.by_when.whole());
    days.chain(plan.review_date.whole()).min()
}

/// The child as a stored version tells of them. What was accepted once can be read; of anything else nothing is told.
pub(super) fn child_told_by(stored: &StoredAssessment, id: PersonId) -> Person {
    let answers = Answers::read(&stored.answers).map(|reading| reading.answers).unwrap_or_default();
    child(&answers, id)
}

/// The child as the record has them. What cannot be read is left out; the answers keep it.
fn child(answers: &Answers, id: PersonId) -> Person {
    let details = &answers.identifying_details;
    let mut child = Person::new(id, Protected::at(Protection::Ordinary));
    let usual = Name::usual(&details.given_names, &details.family_name);
    let others = [&details.unborn_label, &details.preferred_name].into_iter().chain(&details.also_known_as);
    let others = others.filter(|name| !is_blank(name)).map(|name| whole(name));
    child.names = std::iter::once(usual).filter(|name| !name.is_blank()).chain(others).collect();
    child.birth = birth(&details.dob, &details.dob_estimated, &details.edd);
    let numbers = [
        (System::NhsNumber, &details.nhs_number),
        (System::Upn, &details.upn),
        (System::Uln, &details.uln),
        (System::Uci, &details.uci),
    ];
    child.identifiers =
        numbers.into_iter().filter_map(|(system, text)| Identifier::parse(system, text)).collect();
    let address = &details.address;
    let lines = [&address.line_1, &address.line_2, &address.town];
    let lines: Vec<String> = lines.into_iter().filter(|line| !is_blank(line)).cloned().collect();
    if !lines.is_empty() || !is_blank(&address.postcode) {
        // An address nobody has said may be shared is kept as closely as one that must not be.
        let level = if details.address_confidential == "no" {
            Protection::Ordinary
        } else {
            Protection::Confidential
        };
        child.addresses =
            vec![Address { lines, postcode: address.postcode.clone(), protection: Protected::at(level) }];
    } else if details.address_confidential == "yes" {
        child.protection = Protected::at(Protection::Confidential);
    }
    let mut phones = details
        .phones
        .iter()
        .filter(|phone| !is_blank(phone))
        .map(|phone| Phone { written: phone.clone(), safe: SafeToRing::NotSaid });
    child.phones.main = phones.next();
    child.phones.others = phones.collect();
    child
}

/// A name that was written as a whole: its last word is the family name.
fn whole(name: &str) -> Name {
    match name.trim().rsplit_once(char::is_whitespace) {
        Some((given, family)) => Name::of(NameKind::Alias, given, family),
        None => Name::of(NameKind::Alias, name, ""),
    }
}

fn birth(dob: &WrittenDate, estimated: &str, edd: &WrittenDate) -> Birth {
    match (dob.partial(), edd.partial()) {
        (Some(date), _) => Birth::written(date, estimated == "yes"),
        (None, Some(date)) => Birth::expected(date),
        (None, None) => Birth::NotKnown,
    }
}
