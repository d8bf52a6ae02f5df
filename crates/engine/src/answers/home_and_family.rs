//! Section 4: the home, and who belongs to it.

use assessment_form::{Kind, WrittenDate, group, is_blank};
use validator::Validate as _;

use super::{Caf, Detail, Question, Scope, Whom};

group! {
    /// Home and household.
    pub struct HomeAndFamily of Caf as "home_and_family" {
        /// The family and home as they are now.
        #[validate(length(max = 4000))]
        home_situation: String => Question::multiline(&["home_situation"]).needed(),
        /// Why no parent or carer is listed: an answer in its own right, so that nobody has to make one up.
        parents_status: String => Question::choice(&["pc_name"], "parents_status").asked_when(no_parents),
        /// The household and other people who matter, one row each.
        #[validate(nested)]
        household: Vec<HouseholdMember> => Question::rows(20).needed_when(household_not_excused),
        /// Why nobody is listed.
        household_status: String => Question::choice(&["household"], "household_status").asked_when(no_household),
    }
}

group! {
    /// Somebody in the household, or somebody who matters to the child.
    pub struct HouseholdMember of Caf as "household" {
        /// Their name.
        #[validate(length(max = 140))]
        name: String => Question::text(&["household"]).needed().holds(Detail::Name(Whom::Family)).carried(),
        /// How they are related to the child.
        relationship: String => Question::choice(&["household"], "relationship")
            .needed()
            .holds(Detail::Relationship)
            .carried(),
        /// Another relationship.
        #[validate(length(max = 100))]
        relationship_other: String => Question::text(&["household"]).asked_when(related_otherwise).carried(),
        /// Date of birth, as far as it is known; the expected date of somebody who is not born yet.
        dob: WrittenDate => Question::of(&["household"], Kind::BirthDate).holds(Detail::Born).carried(),
        /// Whether they live with the child.
        lives_with_child: String => Question::choice(&["household"], "yes_no_unknown")
            .needed()
            .holds(Detail::LivesWithChild)
            .carried(),
        /// Their nursery, school or college.
        #[validate(length(max = 140))]
        setting: String => Question::text(&["household"]).carried(),
        /// The reference of a CAF of their own.
        #[validate(length(max = 40))]
        own_reference: String => Question::of(&["household"], Kind::Reference).carried(),
    }
}

fn no_parents(scope: &Scope<'_>) -> bool {
    scope.answers.parents_and_carers.is_empty()
}
fn no_household(scope: &Scope<'_>) -> bool {
    scope.answers.home_and_family.household.is_empty()
}
fn household_not_excused(scope: &Scope<'_>) -> bool {
    is_blank(&scope.answers.home_and_family.household_status)
}
fn related_otherwise(scope: &Scope<'_>) -> bool {
    scope.household_member().is_some_and(|member| member.relationship == "other")
}
