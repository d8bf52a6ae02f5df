//! Section 11: who agreed to what, how, and with which limits. Agreement is not the lawful basis, and refusing it
//! never stops saving or safeguarding.

use assessment_form::{Kind, WrittenDate, group};
use validator::Validate as _;

use super::{Caf, Question, Scope};

group! {
    /// Agreement to take part, to store and to share.
    pub struct Consent of Caf as "consent" {
        /// The state of agreement.
        status: String => Question::choice(&["c_share"], "consent_status").needed(),
        /// Why it was not sought.
        not_sought_reason: String =>
            Question::choice(&["c_not_sought"], "reason_no_consent").asked_when(not_sought).needed(),
        /// Details.
        #[validate(length(max = 2000))]
        not_sought_details: String => Question::multiline(&["c_not_sought"]).asked_when(not_sought).needed(),
        /// Who authorised that it was not sought.
        #[validate(length(max = 140))]
        not_sought_authorised_by: String => Question::text(&["c_not_sought"]).asked_when(not_sought).needed(),
        /// Whose agreement or refusal it is.
        given_by: Vec<String> => Question::choices(&["c_share"], "who_consents").asked_when(sought).needed(),
        /// Understands what is recorded and stored about them.
        stored_about_me: String => Question::choice(&["c_storage"], "yes_no").asked_when(sought).needed(),
        /// Understands what is recorded and stored about the child.
        stored_about_child: String => Question::choice(&["c_storage"], "yes_no").asked_when(sought).needed(),
        /// The reasons for sharing were explained and understood.
        explained: String => Question::choice(&["c_explained"], "yes_no").asked_when(sought).needed(),
        /// Agrees to sharing between the services that are listed.
        share: String => Question::choice(&["c_share"], "yes_no").asked_when(agreed).needed(),
        /// Which services.
        services: Vec<String> => Question::choices(&["c_services"], "services").asked_when(shares).needed(),
        /// Services or people with whom nothing may be shared.
        #[validate(length(max = 1000))]
        exclusions: String => Question::multiline(&["c_exclusions"]).asked_when(agreed).needed_when(limited),
        /// Whether a young person under 16 is competent to agree or refuse.
        #[validate(nested)]
        competence: Competence => Question::group().asked_when(under_sixteen_decides),
        /// When agreement was withdrawn.
        withdrawn_on: WrittenDate => Question::of(&["c_withdrawn"], Kind::PastDate).asked_when(withdrawn).needed(),
        /// By whom.
        #[validate(length(max = 140))]
        withdrawn_by: String => Question::text(&["c_withdrawn"]).asked_when(withdrawn).needed(),
        /// What that changes.
        #[validate(length(max = 1000))]
        withdrawn_effect: String => Question::multiline(&["c_withdrawn"]).asked_when(withdrawn).needed(),
        /// Who signed, or agreed in words.
        #[validate(nested)]
        signatories: Vec<Signatory> => Question::rows(12).asked_when(agreed),
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
        assessor_signature: String => Question::text(&["c_assessor"]).needed(),
        /// When the assessor signed.
        assessor_signed_on: WrittenDate => Question::of(&["c_assessor"], Kind::PastDate).needed(),
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
        name: String => Question::text(&["c_signatory"]).needed(),
        /// As who they agree.
        capacity: String => Question::choice(&["c_signatory"], "who_consents").needed(),
        /// How they agreed.
        method: String => Question::choice(&["c_signatory"], "signature_method").needed(),
        /// When.
        signed_on: WrittenDate => Question::of(&["c_signatory"], Kind::PastDate).needed(),
    }
}

fn status<'a>(scope: &Scope<'a>) -> &'a str {
    &scope.answers.consent.status
}
fn not_sought(scope: &Scope<'_>) -> bool {
    status(scope) == "not_sought"
}
fn sought(scope: &Scope<'_>) -> bool {
    !matches!(status(scope), "" | "not_sought")
}
fn agreed(scope: &Scope<'_>) -> bool {
    matches!(status(scope), "given" | "given_partly" | "verbal_pending")
}
fn limited(scope: &Scope<'_>) -> bool {
    status(scope) == "given_partly"
}
fn withdrawn(scope: &Scope<'_>) -> bool {
    status(scope) == "withdrawn"
}
fn shares(scope: &Scope<'_>) -> bool {
    agreed(scope) && scope.answers.consent.share == "yes"
}
fn unsigned(scope: &Scope<'_>) -> bool {
    agreed(scope) && scope.answers.consent.signatories.is_empty()
}
fn under_sixteen_decides(scope: &Scope<'_>) -> bool {
    sought(scope) && scope.answers.consent.given_by.iter().any(|who| who == "young_person_competent")
}
