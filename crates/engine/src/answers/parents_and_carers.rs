//! Section 3, one row for each parent or carer.

use assessment_form::{Kind, WrittenDate, group};
use validator::Validate as _;

use super::{Address, Caf, Detail, Question, Scope, Whom};

group! {
    /// A parent or carer.
    pub struct ParentOrCarer of Caf as "parents_and_carers" {
        /// Their name.
        #[validate(length(max = 140))]
        name: String => Question::text(&["pc_name"]).needed().holds(Detail::Name(Whom::Carers)).carried(),
        /// How they are related to the child.
        relationship: String => Question::choice(&["pc_relationship"], "relationship")
            .needed()
            .holds(Detail::Relationship)
            .carried(),
        /// Another relationship.
        #[validate(length(max = 100))]
        relationship_other: String =>
            Question::text(&["pc_relationship"]).asked_when(related_otherwise).carried(),
        /// Whether they hold parental responsibility. It is for each child by itself, and so not carried over.
        parental_responsibility: String =>
            Question::choice(&["pc_pr"], "yes_no_unknown").needed().holds(Detail::ParentalResponsibility),
        /// Contact telephone.
        #[validate(length(max = 80))]
        phone: String => Question::of(&["pc_phone"], Kind::Phone).holds(Detail::Phone).carried(),
        /// Email.
        #[validate(length(max = 254))]
        email: String => Question::of(&["pc_email"], Kind::Email).holds(Detail::Email).carried(),
        /// Date of birth, as far as it is known.
        dob: WrittenDate => Question::of(&["pc_dob"], Kind::BirthDate).holds(Detail::Born).carried(),
        /// Their address, if it is not the child's.
        #[validate(nested)]
        address: Address => Question::of(&["pc_address"], Kind::Group).carried(),
        /// Language, communication or access needs.
        #[validate(length(max = 500))]
        needs: String => Question::multiline(&["pc_needs"]).carried(),
        /// Whether something must be kept from them.
        not_to_be_told: String => Question::choice(&["pc_safe"], "not_to_be_told").carried(),
        /// Why.
        #[validate(length(max = 500))]
        not_to_be_told_reason: String =>
            Question::multiline(&["pc_safe"]).asked_when(kept_from).needed().carried(),
    }
}

fn related_otherwise(scope: &Scope<'_>) -> bool {
    scope.parent().is_some_and(|parent| parent.relationship == "other")
}
fn kept_from(scope: &Scope<'_>) -> bool {
    scope.parent().is_some_and(|parent| !matches!(parent.not_to_be_told.as_str(), "" | "none"))
}
