//! Section 10: what the child and the parents say of the assessment, in their own words.

use assessment_form::{group, is_blank};
use validator::Validate as _;

use super::{Caf, Detail, Question, Scope, Whom};

group! {
    /// The voices of child and parents.
    pub struct Voices of Caf as "voices" {
        /// The child's comment, verbatim.
        #[validate(length(max = 4000))]
        child_comment: String => Question::multiline(&["child_comment"]),
        /// Why there is none.
        #[validate(length(max = 500))]
        no_child_comment_reason: String =>
            Question::multiline(&["child_comment"]).asked_when(child_silent).needed_when(child_silent),
        /// How the views were given.
        child_comment_method: Vec<String> =>
            Question::choices(&["child_comment_method"], "view_method").asked_when(child_spoke).needed(),
        /// Where, and who was there.
        #[validate(length(max = 200))]
        child_comment_setting: String => Question::text(&["child_comment_method"]).asked_when(child_spoke),
        /// In which language.
        #[validate(length(max = 60))]
        child_comment_language: String => Question::text(&["child_comment"]).asked_when(child_spoke),
        /// Whether an interpreter was there.
        child_comment_interpreter: String =>
            Question::choice(&["child_comment_method"], "yes_no").asked_when(child_spoke),
        /// Whether the child agrees with the assessment.
        child_agrees: String => Question::choice(&["agree"], "agreement").asked_when(born).needed(),
        /// One comment for each parent or carer.
        #[validate(nested)]
        parent_comments: Vec<ParentComment> => Question::rows(12),
        /// Why there is none.
        #[validate(length(max = 500))]
        no_parent_comment_reason: String =>
            Question::multiline(&["parent_comment"]).asked_when(parents_silent).needed(),
    }
}

group! {
    /// A parent's or carer's comment.
    pub struct ParentComment of Caf as "parent_comments" {
        /// Whose comment it is.
        #[validate(length(max = 140))]
        name: String => Question::text(&["parent_comment"]).needed().holds(Detail::Name(Whom::Carers)),
        /// The comment, verbatim.
        #[validate(length(max = 4000))]
        comment: String => Question::multiline(&["parent_comment"]).needed(),
        /// Whether they agree with the assessment.
        agrees: String => Question::choice(&["agree"], "agreement").needed(),
    }
}

fn born(scope: &Scope<'_>) -> bool {
    !scope.unborn()
}
fn child_spoke(scope: &Scope<'_>) -> bool {
    !is_blank(&scope.answers.voices.child_comment)
}
fn child_silent(scope: &Scope<'_>) -> bool {
    born(scope) && !child_spoke(scope)
}
fn parents_silent(scope: &Scope<'_>) -> bool {
    scope.answers.voices.parent_comments.is_empty()
}
