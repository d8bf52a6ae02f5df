//! What is sent although the family has not agreed, and why: asked just before sending, and only then.

use assessment_form::group;

use super::agreement::conflicts;
use super::{Caf, Detail, Question, Scope, Whom};

group! {
    /// A decision on sending without the family's agreement. The decision is a person's; the form records it.
    pub struct Sharing of Caf as "sharing" {
        /// Record the refusal only, do not send, or share all the same.
        choice: String => Question::choice(&[], "sharing_choice").needed(),
        /// The lawful reason for sharing.
        lawful_reason: String => Question::choice(&[], "reason_to_share").asked_when(shares).needed(),
        /// Why, in words of substance.
        #[validate(length(max = 1000))]
        reason: String => Question::multiline(&[]).asked_when(shares).needed_when(calm),
        /// Who decided.
        #[validate(length(max = 140))]
        decided_by: String => Question::text(&[])
            .asked_when(shares)
            .needed_when(calm)
            .holds(Detail::Name(Whom::Professionals)),
        /// Whether the family was told.
        family_told: String => Question::choice(&[], "family_told").asked_when(shares).needed_when(calm),
    }
}

pub(super) fn is_decided(scope: &Scope<'_>) -> bool {
    !conflicts(scope.answers).is_empty()
}
fn shares(scope: &Scope<'_>) -> bool {
    scope.answers.sharing.choice == "share"
}
/// An emergency waits for no explanation: the lawful reason alone is needed then.
fn calm(scope: &Scope<'_>) -> bool {
    !scope.urgent
}
