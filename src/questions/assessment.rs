//! The open assessment as its controls ask for it, and what only it has: parts that are the practitioner's own, and answers
//! that do not fit together.

use assessment_engine::answers::{Answers, Caf, Detail, Node, Question};
use assessment_engine::code_lists::Code;
use assessment_engine::disclosure::is_practitioners_own;
use assessment_engine::people::{KnownPerson, add, offers, offers_to_add, pick};
use assessment_engine::planned;
use assessment_engine::validation::Problem;
use assessment_form::{Edit, Rows};
use leptos::prelude::*;

use super::contradiction::ContradictedAt;
use super::join;
use super::questionnaire::{AnyQuestion, Asks, Offered, Questionnaire, Value};
use super::shown;
use crate::form::Form;
use crate::state::Event;

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
        let &Question { name, kind, max, holds, .. } = question;
        let holds = holds.map(|held| held.detail);
        AnyQuestion { name, kind, max, shown, holds, of_assessment: Some(question) }
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

    fn offered(&self, path: &str, adds: bool) -> Vec<Offered> {
        let people = self.answers(|answers| people(*self, answers, path, adds));
        let offered = people.into_iter().enumerate();
        offered
            .map(|(place, person)| Offered { place, who: who(*self, &person), name: person.name })
            .collect()
    }

    fn take(&self, path: &str, offered: &Offered, adds: bool) {
        let (facts, standards, child) =
            (untrack(|| self.facts()), self.standards(), Form::text(*self, "offers.child"));
        let (edits, focus) = self.peek_answers(|answers| {
            let people = untrack(|| people(*self, answers, path, adds));
            let fill = if adds { add } else { pick };
            let edits = people
                .get(offered.place)
                .map(|person| fill(answers, path, person, &facts, &standards.lists, &child));
            let focus = match answers.node(path) {
                Some(Node::Rows(rows)) => format!("{path}[{}]", rows.len()),
                _ => path.to_owned(),
            };
            (edits, focus)
        });
        if let Some(edits) = edits {
            self.dispatch(Event::AnsweredTogether(edits, Some(focus)));
        }
    }

    fn below(&self, path: &str) -> Option<AnyView> {
        Some(view! { <ContradictedAt path=path.to_owned()/> }.into_any())
    }
}

/// The people of the record who are offered at a path.
fn people(form: Form, answers: &Answers, path: &str, adds: bool) -> Vec<KnownPerson> {
    let with_family = form.with_family.get();
    match answers.node(path) {
        // A blank row offers people itself.
        Some(Node::Rows(rows)) if adds && has_blank(rows) => Vec::new(),
        _ if adds => offers_to_add(answers, path, with_family),
        _ => offers(answers, path, with_family),
    }
}

fn has_blank(rows: &dyn Rows<Caf>) -> bool {
    (0..rows.len()).any(|row| rows.row(row).is_some_and(|row| Node::Group(row).is_blank()))
}

/// How somebody is related to the child, or what they work as.
fn who(form: Form, person: &KnownPerson) -> Option<String> {
    let of = |list, detail| person.text(detail).map(|code| shown::code(form, list, code));
    of("relationship", Detail::Relationship)
        .or_else(|| of("roles", Detail::Role))
        .map(|who| assessment_wording::uncapitalised(&who))
}
