//! Section 5: who does the assessment, and who leads.

use assessment_form::{Kind, group, is_blank};
use validator::Validate as _;

use super::{Address, Caf, Detail, Question, Scope, Whom};

group! {
    /// The assessor.
    pub struct Assessor of Caf as "assessor" {
        /// Their name.
        #[validate(length(max = 140))]
        name: String => Question::text(&["as_name", "pc_checker"])
            .needed()
            .holds(Detail::Name(Whom::Professionals))
            .carried(),
        /// Their role.
        role: String => Question::choice(&["as_role"], "roles").needed().holds(Detail::Role).carried(),
        /// Another role.
        #[validate(length(max = 100))]
        role_other: String =>
            Question::text(&["as_role"]).asked_when(role_other).needed().holds(Detail::OtherRole).carried(),
        /// Their organisation.
        #[validate(length(max = 140))]
        organisation: String => Question::text(&["as_org"]).needed().holds(Detail::Organisation).carried(),
        /// Contact telephone.
        #[validate(length(max = 80))]
        phone: String => Question::of(&["as_phone"], Kind::Phone).needed().holds(Detail::Phone).carried(),
        /// Email.
        #[validate(length(max = 254))]
        email: String => Question::of(&["as_email"], Kind::Email).needed().holds(Detail::Email).carried(),
        /// Address.
        #[validate(nested)]
        address: Address => Question::of(&["as_address"], Kind::Group).carried(),
        /// Somebody who wrote this with the assessor.
        #[validate(length(max = 140))]
        co_author_name: String =>
            Question::text(&["co_author"]).holds_of("co_author", Detail::Name(Whom::Professionals)),
        /// Their role.
        co_author_role: String => Question::choice(&["co_author"], "roles")
            .asked_when(has_co_author)
            .holds_of("co_author", Detail::Role),
        /// Another role.
        #[validate(length(max = 140))]
        co_author_role_other: String => Question::text(&["co_author"])
            .asked_when(co_author_role_other)
            .holds_of("co_author", Detail::OtherRole),
        /// Their organisation.
        #[validate(length(max = 140))]
        co_author_organisation: String => Question::text(&["co_author"])
            .asked_when(has_co_author)
            .holds_of("co_author", Detail::Organisation),
        /// The lead professional, where there is one already.
        #[validate(nested)]
        lead_professional: LeadProfessional => Question::group(),
    }
}

group! {
    /// The one person who coordinates the help.
    pub struct LeadProfessional of Caf as "lead_professional" {
        /// Their name.
        #[validate(length(max = 140))]
        name: String => Question::text(&["lp_name"]).holds(Detail::Name(Whom::Professionals)),
        /// Contact telephone.
        #[validate(length(max = 80))]
        phone: String =>
            Question::of(&["lp_phone"], Kind::Phone).asked_when(has_lead).needed().holds(Detail::Phone),
        /// Email.
        #[validate(length(max = 254))]
        email: String =>
            Question::of(&["lp_email"], Kind::Email).asked_when(has_lead).needed().holds(Detail::Email),
        /// Their agency.
        #[validate(length(max = 140))]
        organisation: String =>
            Question::text(&["lp_email"]).asked_when(has_lead).needed().holds(Detail::Organisation),
    }
}

fn role_other(scope: &Scope<'_>) -> bool {
    scope.answers.assessor.role == "other"
}
fn has_co_author(scope: &Scope<'_>) -> bool {
    !is_blank(&scope.answers.assessor.co_author_name)
}
fn co_author_role_other(scope: &Scope<'_>) -> bool {
    has_co_author(scope) && scope.answers.assessor.co_author_role == "other"
}
fn has_lead(scope: &Scope<'_>) -> bool {
    !is_blank(&scope.answers.assessor.lead_professional.name)
}
