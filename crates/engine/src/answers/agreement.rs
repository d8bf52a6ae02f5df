//! What the family's answers about agreement come to. One place: questions, rules, the check page, documents and the
//! server ask it, so that none of them can be milder than another.
//!
//! It is strict. Nobody who was not asked, who only gave a view or whose answer is not known counts as agreeing; one "no"
//! is enough for the family not to have agreed. What follows is for a person to decide.

mod conflict;
mod refusal;
mod superseded;

pub use conflict::{Conflict, Sending, can_record_refusal, conflicts, sending};
pub(crate) use conflict::{NotAgreedService, not_agreed_services};
pub use refusal::{RECORDED, beyond_refusal, is_recorded, refusal_record};
pub use superseded::{ended_on, superseded};

use assessment_form::is_blank;

use super::{Answers, Competence, PersonAgreement};

/// What one person says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// Nothing that is known: not asked yet, or not answered.
    Nothing,
    /// Yes.
    Agrees,
    /// Yes, with limits.
    AgreesPartly,
    /// No.
    Refuses,
    /// Yes before, and no since.
    Withdrew,
}

impl Says {
    fn of(code: &str) -> Says {
        match code {
            "agrees" => Says::Agrees,
            "agrees_partly" => Says::AgreesPartly,
            "refuses" => Says::Refuses,
            "withdrew" => Says::Withdrew,
            _ => Says::Nothing,
        }
    }

    /// Whether it is a "yes", with or without limits.
    #[must_use]
    pub fn is_yes(self) -> bool {
        matches!(self, Says::Agrees | Says::AgreesPartly)
    }

    /// Whether it is a "no".
    #[must_use]
    pub fn is_no(self) -> bool {
        matches!(self, Says::Refuses | Says::Withdrew)
    }
}

/// Whose answer it is, in law.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capacity {
    /// Holds parental responsibility, or is pregnant with the child.
    Parent,
    /// Is 16 or 17, and presumed able to decide.
    SixteenOrOver,
    /// Is under 16, and all five tests were answered "yes".
    CompetentUnderSixteen,
    /// Gives a view that is written down and heard, and cannot decide alone.
    View,
}

impl Capacity {
    fn of(person: &PersonAgreement) -> Capacity {
        match person.who.as_str() {
            "parent_pr" | "local_authority" | "pregnant_woman" => Capacity::Parent,
            "young_person_16" => Capacity::SixteenOrOver,
            "young_person_competent" if is_shown(&person.competence) => Capacity::CompetentUnderSixteen,
            _ => Capacity::View,
        }
    }

    /// Whether a "yes" in this capacity counts.
    #[must_use]
    pub fn decides(self) -> bool {
        self != Capacity::View
    }
}

/// Whether all five tests were answered "yes". Not sure is not yes.
fn is_shown(competence: &Competence) -> bool {
    let Competence { understands_question, understands_info, weighs_options, own_view, free_choice, .. } =
        competence;
    [understands_question, understands_info, weighs_options, own_view, free_choice]
        .into_iter()
        .all(|test| test == "yes")
}

/// One person's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person<'a> {
    /// As it was typed.
    pub typed: &'a PersonAgreement,
    /// What they say.
    pub says: Says,
    /// Whose answer it is.
    pub capacity: Capacity,
}

/// What it comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nobody who can decide has said anything that is known.
    Nobody,
    /// The family was not asked, for a reason.
    NotSought,
    /// Those who can decide agree, and nobody says no.
    Agreed,
    /// The same, with limits.
    AgreedWithLimits,
    /// Some say yes and some say no.
    Differs,
    /// Somebody took agreement back, and nobody agrees.
    Withdrawn,
    /// Somebody says no, and nobody agrees.
    Refused,
}

impl State {
    /// The end of its wording key.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            State::Nobody => "nobody",
            State::NotSought => "not_sought",
            State::Agreed => "agreed",
            State::AgreedWithLimits => "agreed_with_limits",
            State::Differs => "differs",
            State::Withdrawn => "withdrawn",
            State::Refused => "refused",
        }
    }

    /// Whether there is agreement.
    #[must_use]
    pub fn is_agreed(self) -> bool {
        matches!(self, State::Agreed | State::AgreedWithLimits)
    }
}

/// What the family said, and what it comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement<'a> {
    /// See [`State`].
    pub state: State,
    /// One for each row, in the order of the record.
    pub people: Vec<Person<'a>>,
    /// The one answer for everybody, in records that have it.
    status: Option<Says>,
    /// Whether they agree that services share.
    shares: bool,
}

impl Agreement<'_> {
    /// Whether the family agrees that services share.
    #[must_use]
    pub fn shares(&self) -> bool {
        self.state.is_agreed() && self.shares
    }

    /// The young people whose answer counts in law although somebody else says otherwise.
    pub fn young_people(&self) -> impl Iterator<Item = &Person<'_>> {
        let young = |person: &&Person<'_>| {
            matches!(person.capacity, Capacity::SixteenOrOver | Capacity::CompetentUnderSixteen)
        };
        self.people.iter().filter(young)
    }

    fn said(&self) -> impl Iterator<Item = Says> {
        self.people.iter().map(|person| person.says).chain(self.status)
    }

    /// Whether anybody says yes, also one who cannot decide alone: what they agree to is asked then.
    pub(super) fn anybody_agrees(&self) -> bool {
        self.state != State::NotSought && self.said().any(Says::is_yes)
    }

    pub(super) fn anybody_withdrew(&self) -> bool {
        self.said().any(|says| says == Says::Withdrew)
    }
}

/// Works out what the family agreed to.
#[must_use]
pub fn agreement(answers: &Answers) -> Agreement<'_> {
    let consent = &answers.consent;
    let person = |typed| Person { typed, says: Says::of(&typed.says), capacity: Capacity::of(typed) };
    let people: Vec<Person<'_>> = consent.people.iter().map(person).collect();
    let by_status = consent.is_by_status();
    let said = match consent.status.as_str() {
        "given" | "verbal_pending" => Says::Agrees,
        "given_partly" => Says::AgreesPartly,
        "refused" => Says::Refuses,
        "withdrawn" => Says::Withdrew,
        _ => Says::Nothing,
    };
    let status = Some(said).filter(|_| by_status);
    let mut agreement = Agreement { state: State::Nobody, people, status, shares: consent.share == "yes" };
    let is_sought = if by_status { consent.status != "not_sought" } else { consent.sought != "no" };
    agreement.state = if is_sought { state(&agreement) } else { State::NotSought };
    agreement
}

/// The question that says what the family said, as this record asks it.
#[must_use]
pub fn question(answers: &Answers) -> &'static str {
    let consent = &answers.consent;
    match (consent.is_by_status(), consent.sought.as_str()) {
        (true, _) => "consent.status",
        (false, "yes") => "consent.people",
        (false, _) => "consent.sought",
    }
}

fn state(agreement: &Agreement<'_>) -> State {
    let counts = |person: &&Person<'_>| person.capacity.decides();
    let yes = |says: &Says| says.is_yes();
    let decided: Vec<Says> =
        agreement.people.iter().filter(counts).map(|person| person.says).chain(agreement.status).collect();
    let is_agreed = decided.iter().any(yes);
    let limits = agreement.said().any(|says| says == Says::AgreesPartly);
    match (is_agreed, agreement.said().any(Says::is_no)) {
        (true, true) => State::Differs,
        (true, false) if limits => State::AgreedWithLimits,
        (true, false) => State::Agreed,
        (false, true) if agreement.said().any(|says| says == Says::Refuses) => State::Refused,
        (false, true) => State::Withdrawn,
        (false, false) => State::Nobody,
    }
}

/// The code of the list `consent_status` that rules read: as it was typed in records that have one status for everybody,
/// else the strictest of what the people say.
#[must_use]
pub(crate) fn status_code(answers: &Answers) -> &str {
    let consent = &answers.consent;
    if consent.people.is_empty() && is_blank(&consent.sought) {
        return &consent.status;
    }
    let agreement = agreement(answers);
    match agreement.state {
        State::NotSought => "not_sought",
        State::Refused => "refused",
        State::Withdrawn => "withdrawn",
        State::Differs if agreement.said().any(|says| says == Says::Refuses) => "refused",
        State::Differs => "withdrawn",
        State::AgreedWithLimits => "given_partly",
        State::Agreed => "given",
        State::Nobody => "",
    }
}
