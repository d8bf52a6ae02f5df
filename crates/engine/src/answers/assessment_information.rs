//! Section 2: who was there, whether the child was seen, and what led to the assessment.

use assessment_form::group;
use validator::Validate as _;

use super::{Caf, Detail, Question, Scope, Whom};

group! {
    /// The assessment itself.
    pub struct AssessmentInformation of Caf as "assessment_information" {
        /// Who was present, one row each.
        #[validate(nested)]
        people_present: Vec<PersonPresent> => Question::rows(20).needed(),
        /// Whether the child was seen.
        child_seen: String => Question::choice(&["child_seen"], "yes_no").asked_when(born).needed(),
        /// Whether the child was seen alone.
        child_seen_alone: String => Question::choice(&["child_seen"], "yes_no").asked_when(seen),
        /// How the child's views were obtained, or why the child was not seen.
        #[validate(length(max = 1000))]
        how_views_obtained: String => Question::multiline(&["child_seen"]).asked_when(born).needed(),
        /// What has led to this child being assessed?
        #[validate(length(max = 4000))]
        reason: String => Question::multiline(&["reason"]).needed(),
        /// What the family says the main thing is.
        #[validate(length(max = 2000))]
        family_reason: String => Question::multiline(&["family_reason"]),
    }
}

group! {
    /// Somebody who was present.
    pub struct PersonPresent of Caf as "people_present" {
        /// Their name.
        #[validate(length(max = 140))]
        name: String => Question::text(&["people_present"]).needed().holds(Detail::Name(Whom::Anybody)),
        /// Their role, or how they are related to the child.
        #[validate(length(max = 140))]
        role: String => Question::text(&["people_present"]).needed().holds(Detail::RoleInWords),
    }
}

fn born(scope: &Scope<'_>) -> bool {
    !scope.unborn()
}
fn seen(scope: &Scope<'_>) -> bool {
    born(scope) && scope.answers.assessment_information.child_seen == "yes"
}
