//! Section 12: a concern about significant harm, and to whom it was passed. The standing text is wording.

use assessment_form::{Kind, WrittenDate, group};

use super::{Caf, Detail, Question, Scope, Whom};

group! {
    /// A concern that was raised.
    pub struct ExceptionalCircumstances of Caf as "exceptional_circumstances" {
        /// When it was raised.
        raised_on: WrittenDate => Question::of(&["x_raised"], Kind::PastDate).needed_when(harm),
        /// At what time.
        #[validate(length(max = 40))]
        raised_at: String => Question::of(&["x_raised"], Kind::Time).needed_when(harm),
        /// What it is.
        #[validate(length(max = 2000))]
        what: String => Question::multiline(&["x_raised"]).needed_when(harm),
        /// To whom it was passed.
        #[validate(length(max = 140))]
        to_whom: String =>
            Question::text(&["x_raised"]).needed_when(harm).holds(Detail::Name(Whom::Professionals)),
        /// The reference that they gave.
        #[validate(length(max = 60))]
        reference: String => Question::text(&["x_raised"]),
    }
}

fn harm(scope: &Scope<'_>) -> bool {
    scope.significant_harm
}
