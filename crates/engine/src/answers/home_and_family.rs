//! Section 4: the home, and who belongs to it.

use assessment_form::{Kind, WrittenDate, group};
use validator::Validate as _;

use super::{Caf, Detail, Question, Whom};

group! {
    /// Home and household.
    pub struct HomeAndFamily of Caf as "home_and_family" {
        /// The family and home as they are now.
        #[validate(length(max = 4000))]
        home_situation: String => Question::multiline(&["home_situation"]).needed(),
        /// The household and other people who matter, one row each.
        #[validate(nested)]
        household: Vec<HouseholdMember> => Question::rows(20).needed(),
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
        /// Date of birth, as far as it is known.
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
        #[validate(length(max = 20))]
        own_reference: String => Question::of(&["household"], Kind::Reference).carried(),
    }
}
