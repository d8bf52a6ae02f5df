//! Section 11: what each person said about taking part and sharing, how, and with which limits. Agreement is not the
//! lawful basis, and refusing it never stops saving or safeguarding. What it all comes to is in `agreement`.
//!
//! Records of `caf-2026.1` have one `status` for everybody, with `given_by` and `signatories`. Those questions are asked
//! only where such a record answers them, so that it stays readable, can be corrected and can be sent.

use assessment_form::typed::compared;
use assessment_form::{Kind, Offered, WrittenDate, group, is_blank};
use validator::Validate as _;

use super::agreement::agreement;
use super::{Caf, Detail, Question, Scope, ServiceInvolved, Whom};

group! {
    /// Agreement to take part, to store and to share.
    pub struct Consent of Caf as "consent" {
        /// Whether the family was asked to agree.
        sought: String => Question::choice(&["c_share"], "yes_no").asked_when(per_person).needed(),
        /// The state of agreement, in records that have one for everybody.
        status: String => Question::choice(&["c_share"], "consent_status").asked_when(by_status).needed(),
        /// Why it was not sought.
        not_sought_reason: String =>
            Question::choice(&["c_not_sought"], "reason_no_consent").asked_when(not_sought).needed(),
        /// Details.
        #[validate(length(max = 2000))]
        not_sought_details: String => Question::multiline(&["c_not_sought"]).asked_when(not_sought).needed(),
        /// Who authorised that it was not sought.
        #[validate(length(max = 140))]
        not_sought_authorised_by: String => Question::text(&["c_not_sought"])
            .asked_when(not_sought)
            .needed()
            .holds_of("authoriser", Detail::Name(Whom::Professionals)),
        /// What each person said.
        #[validate(nested)]
        people: Vec<PersonAgreement> => Question::rows(12).asked_when(sought).needed_when(per_person),
        /// Whose the one status is.
        given_by: Vec<String> => Question::choices(&["c_share"], "who_consents").asked_when(status_alone).needed(),
        /// Understands what is recorded and stored about them.
        stored_about_me: String => Question::choice(&["c_storage"], "yes_no").asked_when(sought).needed(),
        /// Understands what is recorded and stored about the child.
        stored_about_child: String => Question::choice(&["c_storage"], "yes_no").asked_when(sought).needed(),
        /// The reasons for sharing were explained and understood.
        explained: String => Question::choice(&["c_explained"], "yes_no").asked_when(sought).needed(),
        /// Agrees to sharing between the services that are listed.
        share: String => Question::choice(&["c_share"], "yes_no").asked_when(agreed).needed(),
        /// Which services.
        services: Vec<String> =>
            Question::choices(&["c_services"], "services").asked_when(shares).needed().offering(LISTED),
        /// Who else, where it is nobody that is listed.
        #[validate(length(max = 140))]
        services_other: String => Question::text(&["c_services"]).asked_when(another_shares).needed(),
        /// Services or people with whom nothing may be shared.
        #[validate(length(max = 1000))]
        exclusions: String => Question::multiline(&["c_exclusions"]).asked_when(agreed).needed_when(limited),
        /// Whether the young person of `given_by` is competent to agree or refuse.
        #[validate(nested)]
        competence: Competence => Question::group().asked_when(under_sixteen_decides),
        /// When agreement was withdrawn.
        withdrawn_on: WrittenDate => Question::of(&["c_withdrawn"], Kind::PastDate).asked_when(status_withdrawn).needed(),
        /// By whom.
        #[validate(length(max = 140))]
        withdrawn_by: String => Question::text(&["c_withdrawn"])
            .asked_when(status_withdrawn)
            .needed()
            .holds_of("withdrew", Detail::Name(Whom::CarersAndChild)),
        /// What that changes.
        #[validate(length(max = 1000))]
        withdrawn_effect: String => Question::multiline(&["c_withdrawn"]).asked_when(withdrawn).needed(),
        /// Who signed, or agreed in words, where there is one status.
        #[validate(nested)]
        signatories: Vec<Signatory> => Question::rows(12).asked_when(status_signed),
        /// Why nobody signed.
        #[validate(length(max = 500))]
        no_signature_reason: String => Question::multiline(&["c_signatory"]).asked_when(unsigned).needed(),
        /// The version of the privacy notice that was given.
        #[validate(length(max = 60))]
        privacy_notice_version: String => Question::text(&["privacy_notice"]).asked_when(sought).needed(),
        /// When it was given.
        privacy_notice_given_on: WrittenDate =>
            Question::of(&["privacy_notice"], Kind::PastDate).asked_when(sought).needed(),
        /// The assessor's name, as a signature.
        #[validate(length(max = 140))]
        assessor_signature: String =>
            Question::text(&["c_assessor"]).needed().holds_of("signs", Detail::Name(Whom::Assessor)),
        /// When the assessor signed.
        assessor_signed_on: WrittenDate =>
            Question::of(&["c_assessor"], Kind::PastDate).needed().holds_of("signs", Detail::SignedOn),
    }
}

group! {
    /// What one person said: a parent or carer, the young person, somebody else with parental responsibility.
    pub struct PersonAgreement of Caf as "people" {
        /// Their name.
        #[validate(length(max = 140))]
        name: String => Question::text(&["c_signatory"]).needed().holds(Detail::Name(Whom::CarersAndChild)),
        /// As whom they decide, or give their view.
        who: String => Question::choice(&["c_share"], "who_consents").needed().holds(Detail::Capacity),
        /// What they say.
        says: String => Question::choice(&["c_share"], "person_says").needed(),
        /// When they agreed.
        agreed_on: WrittenDate => Question::of(&["c_signatory"], Kind::PastDate).asked_when(agrees).needed(),
        /// How they agreed.
        agreed_how: String => Question::choice(&["c_signatory"], "how_said").asked_when(agrees).needed(),
        /// What limits they set.
        #[validate(length(max = 1000))]
        limits: String => Question::multiline(&["c_exclusions"]).asked_when(sets_limits).needed(),
        /// When they said no, or took their agreement back.
        refused_on: WrittenDate => Question::of(&["c_withdrawn"], Kind::PastDate).asked_when(declines).needed(),
        /// How they said so.
        refused_how: String => Question::choice(&["c_withdrawn"], "how_said").asked_when(declines).needed(),
        /// Whether this young person is competent to decide.
        #[validate(nested)]
        competence: Competence => Question::group().asked_when(is_judged_competent),
    }
}

group! {
    /// The five tests of competence, and the view that they led to.
    pub struct Competence of Caf as "competence" {
        /// Understands what is being asked and why.
        understands_question: String => Question::choice(&["c_competence"], "yes_no_unsure").needed(),
        /// Understands what will be shared and with whom.
        understands_info: String => Question::choice(&["c_competence"], "yes_no_unsure").needed(),
        /// Can weigh options and likely results.
        weighs_options: String => Question::choice(&["c_competence"], "yes_no_unsure").needed(),
        /// Holds and can explain a steady view.
        own_view: String => Question::choice(&["c_competence"], "yes_no_unsure").needed(),
        /// Chooses freely.
        free_choice: String => Question::choice(&["c_competence"], "yes_no_unsure").needed(),
        /// How it was evaluated.
        #[validate(length(max = 1000))]
        view: String => Question::multiline(&["c_competence"]).needed(),
    }
}

group! {
    /// Somebody who signed, or agreed in words.
    pub struct Signatory of Caf as "signatories" {
        /// Their name.
        #[validate(length(max = 140))]
        name: String => Question::text(&["c_signatory"]).needed().holds(Detail::Name(Whom::CarersAndChild)),
        /// As who they agree.
        capacity: String => Question::choice(&["c_signatory"], "who_consents").needed().holds(Detail::Capacity),
        /// How they agreed.
        method: String => Question::choice(&["c_signatory"], "signature_method").needed(),
        /// When.
        signed_on: WrittenDate => Question::of(&["c_signatory"], Kind::PastDate).needed(),
    }
}

impl Consent {
    /// Whether a listed service is among those that may share. Where "other" is ticked and somebody else is named beside it,
    /// this one is not meant.
    #[must_use]
    pub fn may_share(&self, listed: &ServiceInvolved) -> bool {
        let is_named = || {
            listed.service != OTHER_SERVICE
                || is_blank(&self.services_other)
                || compared(&self.services_other) == compared(&listed.service_other)
        };
        self.services.contains(&listed.service) && is_named()
    }

    /// Whether the record answers for everybody at once, as records of `caf-2026.1` do.
    #[must_use]
    pub fn is_by_status(&self) -> bool {
        is_blank(&self.sought)
            && !(is_blank(&self.status) && self.given_by.is_empty() && self.signatories.is_empty())
    }
}

/// Services are listed once, in section 6. Somebody who is not among them can be named beside [`OTHER_SERVICE`].
const LISTED: Offered<Caf> = Offered { is_offered: is_listed, given_at: "services_involved" };

/// The service that is none of the list.
pub const OTHER_SERVICE: &str = "other";

fn is_listed(scope: &Scope<'_>, code: &str) -> bool {
    code == OTHER_SERVICE || scope.answers.services_involved.iter().any(|listed| listed.service == code)
}
fn consent<'a>(scope: &Scope<'a>) -> &'a Consent {
    &scope.answers.consent
}
fn by_status(scope: &Scope<'_>) -> bool {
    consent(scope).is_by_status()
}
fn per_person(scope: &Scope<'_>) -> bool {
    !by_status(scope)
}
fn not_sought(scope: &Scope<'_>) -> bool {
    let answer = if by_status(scope) { &consent(scope).status } else { &consent(scope).sought };
    matches!(answer.as_str(), "not_sought" | "no")
}
fn sought(scope: &Scope<'_>) -> bool {
    if by_status(scope) {
        !matches!(consent(scope).status.as_str(), "" | "not_sought")
    } else {
        consent(scope).sought == "yes"
    }
}
fn status_alone(scope: &Scope<'_>) -> bool {
    by_status(scope) && sought(scope) && consent(scope).people.is_empty()
}
fn status_withdrawn(scope: &Scope<'_>) -> bool {
    by_status(scope) && consent(scope).status == "withdrawn"
}
fn agreed(scope: &Scope<'_>) -> bool {
    agreement(scope.answers).anybody_agrees()
}
fn limited(scope: &Scope<'_>) -> bool {
    by_status(scope) && consent(scope).status == "given_partly" && consent(scope).people.is_empty()
}
fn withdrawn(scope: &Scope<'_>) -> bool {
    sought(scope) && agreement(scope.answers).anybody_withdrew()
}
fn shares(scope: &Scope<'_>) -> bool {
    agreed(scope) && consent(scope).share == "yes"
}
fn another_shares(scope: &Scope<'_>) -> bool {
    shares(scope) && consent(scope).services.iter().any(|code| code == OTHER_SERVICE)
}
fn status_signed(scope: &Scope<'_>) -> bool {
    by_status(scope) && agreed(scope)
}
fn unsigned(scope: &Scope<'_>) -> bool {
    let signed = |person: &PersonAgreement| matches!(person.agreed_how.as_str(), "signed" | "paper");
    agreed(scope) && consent(scope).signatories.is_empty() && !consent(scope).people.iter().any(signed)
}
fn under_sixteen_decides(scope: &Scope<'_>) -> bool {
    status_alone(scope) && consent(scope).given_by.iter().any(|who| who == "young_person_competent")
}
fn says(scope: &Scope<'_>, codes: &[&str]) -> bool {
    scope.person().is_some_and(|person| codes.contains(&person.says.as_str()))
}
fn agrees(scope: &Scope<'_>) -> bool {
    says(scope, &["agrees", "agrees_partly"])
}
fn sets_limits(scope: &Scope<'_>) -> bool {
    says(scope, &["agrees_partly"])
}
fn declines(scope: &Scope<'_>) -> bool {
    says(scope, &["refuses", "withdrew"])
}
fn is_judged_competent(scope: &Scope<'_>) -> bool {
    scope.person().is_some_and(|person| person.who == "young_person_competent" && person.says != "not_asked")
}
