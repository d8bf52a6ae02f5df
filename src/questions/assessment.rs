//! The open assessment as its controls ask for it, and what only it has: parts that are the practitioner's own, and answers
//! that do not fit together.

use assessment_engine::answers::{Node, Question};
use assessment_engine::code_lists::Code;
use assessment_engine::disclosure::is_practitioners_own;
use assessment_engine::planned;
use assessment_engine::validation::Problem;
use assessment_form::Edit;
use leptos::prelude::*;

use super::contradiction::ContradictedAt;
use super::join;
use super::questionnaire::{AnyQuestion, Asks, Questionnaire, Value};
use crate::form::Form;

impl Questionnaire {
    /// The open assessment.
    pub(crate) fn of_assessment(form: Form) -> Questionnaire {
        Questionnaire::new(form, form.is_locked, form.problems)
    }
}

impl AnyQuestion {
    /// A question of the assessment at its path. What is the practitioner's own is not in the page at all while the family
    /// can see it.
    pub(super) fn of_assessment(
        form: Form,
        path: String,
        group_key: &'static str,
        question: &'static Question,
    ) -> AnyQuestion {
        let is_own = is_practitioners_own(group_key, question);
        let shown = (is_own || question.asked.is_some()).then(|| {
            Memo::new(move |_| !(is_own && form.with_family.get()) && form.is_asked(&path, question))
        });
        let &Question { name, kind, max, .. } = question;
        AnyQuestion { name, kind, max, shown, of_assessment: Some(question) }
    }
}

impl Asks for Form {
    fn group(&self, path: &str) -> Option<(&'static str, Vec<AnyQuestion>)> {
        let (key, questions) = self.peek_answers(|answers| match answers.node(path) {
            Some(Node::Group(group)) => Some((group.key(), group.questions())),
            _ => None,
        })?;
        let at = |question: &'static Question| {
            AnyQuestion::of_assessment(*self, join(path, question.name), key, question)
        };
        Some((key, questions.iter().map(at).collect()))
    }

    fn value(&self, path: &str) -> Value {
        self.answers(|answers| answers.node(path).into())
    }

    fn is_blank(&self, path: &str) -> bool {
        self.answers(|answers| answers.node(path).is_none_or(|node| node.is_blank()))
    }

    fn answer(&self, path: &str, edit: Edit) {
        Form::answer(*self, path, edit);
    }

    fn text(&self, key: &str) -> Option<String> {
        self.maybe_text(key)
    }

    fn label(&self, key: &str, AnyQuestion { kind, name, .. }: AnyQuestion) -> String {
        self.words().label(key, kind, name, &self.standards()).to_owned()
    }

    fn options(&self, list: &'static str) -> Vec<Code> {
        self.standards().lists.list(list).to_vec()
    }

    fn problem(&self, problem: &Problem) -> String {
        Form::problem(*self, problem)
    }

    fn problems_at_the_end(&self) -> Vec<Problem> {
        self.problems_of_submission()
    }

    fn passed(&self, path: &str) -> Option<&'static str> {
        let today = self.moment.get().local.date();
        self.answers(|answers| planned::passed(answers, path, today)).map(planned::Passed::code)
    }

    fn is_hidden_on_paper(&self, path: &str) -> bool {
        Form::is_hidden_on_paper(*self, path)
    }

    fn below(&self, path: &str) -> Option<AnyView> {
        Some(view! { <ContradictedAt path=path.to_owned()/> }.into_any())
    }
}
