//! What the controls ask of a referral that is being written. Its words are the assessment's own where both ask the same.

use std::sync::Arc;

use assessment_engine::code_lists::{Code, CodeLists};
use assessment_engine::validation::{Problem, ProblemCode};
use assessment_form::{Edit, Group, node_at};
use assessment_team::{ReferralForm, ReferralScope, Referring, check_referral};
use assessment_wording::{filled, uncapitalised};
use leptos::prelude::*;

use crate::pages::work::Work;
use crate::questions::{AnyQuestion, Asks, Value};
use crate::state::team::referral::{answered, kept_as};

/// The groups of the assessment that ask some of the same questions, in the order in which words are looked for.
const SAME_WORDS: [&str; 2] = ["sharing", "urgent_log"];

/// The text of one answer.
#[derive(Clone)]
struct TypedAnswer {
    question: &'static str,
    /// The name under which the device keeps it.
    name: String,
    text: RwSignal<String>,
}

/// A referral that is being written. Copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Writing {
    pub(super) work: Work,
    /// What this device keeps of each answer until social care was asked.
    kept: StoredValue<Vec<TypedAnswer>>,
    pub(super) form: Memo<ReferralForm>,
    pub(super) lists: StoredValue<Arc<CodeLists>>,
    /// Whether something is urgent, or may be: then less is needed.
    is_urgent: bool,
}

impl Writing {
    /// Begins with what the device has kept about that episode.
    pub(super) fn begin(work: Work, episode: &str, lists: CodeLists, is_urgent: bool) -> Writing {
        let kept = ReferralForm::default().questions().iter().map(|question| {
            let name = kept_as(episode, question.name);
            TypedAnswer { question: question.name, text: work.field(&name), name }
        });
        let kept = StoredValue::new(kept.collect::<Vec<_>>());
        let form = Memo::new(move |_| {
            kept.with_value(|all| answered(all.iter().map(|one| (one.question, one.text.get()))))
        });
        Writing { work, kept, form, lists: StoredValue::new(Arc::new(lists)), is_urgent }
    }

    /// The names under which the device keeps its answers.
    pub(super) fn names(self) -> Vec<String> {
        self.kept.with_value(|all| all.iter().map(|one| one.name.clone()).collect())
    }

    fn typed_of(self, question: &str) -> Option<TypedAnswer> {
        self.kept.with_value(|all| all.iter().find(|one| one.question == question).cloned())
    }

    /// What stops it from being sent.
    pub(super) fn problems(self) -> Vec<Problem> {
        let today = self.work.form.today();
        self.form
            .with(|form| self.lists.with_value(|lists| check_referral(form, self.is_urgent, lists, today)))
    }

    /// Whether a question is asked.
    pub(super) fn is_asked(self, question: &assessment_form::Question<Referring>) -> bool {
        self.form.with(|form| question.is_asked(&ReferralScope { form, is_urgent: self.is_urgent }))
    }

    /// A text of these questions: their own, or the assessment's for the same question.
    pub(super) fn words(self, key: &str) -> Option<String> {
        let own = || self.work.maybe_text(key);
        let same = || {
            let name = key.strip_prefix("referral.")?;
            SAME_WORDS.iter().find_map(|group| self.work.maybe_text(&[*group, ".", name].concat()))
        };
        own().or_else(same)
    }
}

impl Asks for Writing {
    fn group(&self, path: &str) -> Option<(&'static str, Vec<AnyQuestion>)> {
        let writing = *self;
        let blank = ReferralForm::default();
        let at = |question: &'static assessment_form::Question<Referring>| AnyQuestion {
            name: question.name,
            kind: question.kind,
            max: question.max,
            shown: question.asked.map(|_| Memo::new(move |_| writing.is_asked(question))),
            holds: question.holds.map(|held| held.detail),
            of_assessment: None,
        };
        path.is_empty().then(|| (blank.key(), blank.questions().iter().map(at).collect()))
    }

    fn value(&self, path: &str) -> Value {
        self.form.with(|form| node_at::<Referring>(form, path).into())
    }

    fn is_blank(&self, path: &str) -> bool {
        self.form.with(|form| node_at::<Referring>(form, path).is_none_or(|node| node.is_blank()))
    }

    fn answer(&self, path: &str, edit: Edit) {
        if let (Some(kept), Edit::Text(text)) = (self.typed_of(path), edit) {
            kept.text.set(text);
        }
    }

    fn below(&self, path: &str) -> Option<AnyView> {
        self.typed_of(path).map(|kept| self.work.aside_of(&kept.name))
    }

    fn text(&self, key: &str) -> Option<String> {
        self.words(key)
    }

    fn label(&self, key: &str, _question: AnyQuestion) -> String {
        self.words(key).unwrap_or_default()
    }

    fn options(&self, list: &'static str) -> Vec<Code> {
        self.lists.with_value(|lists| lists.list(list).to_vec())
    }

    fn problem(&self, problem: &Problem) -> String {
        let key = ["referral.", &problem.path].concat();
        if problem.code == ProblemCode::Needed
            && let Some(text) = self.words(&[&key, ".needed"].concat())
        {
            return text;
        }
        let label = self.words(&key).unwrap_or_default();
        let max = problem.max.map(|max| max.to_string()).unwrap_or_default();
        let template = self.work.text(&format!("problem.{}", problem.code.as_str()));
        let label = if template.starts_with("%{label}") { label } else { uncapitalised(&label) };
        filled(&template, &[("label", &label), ("max", &max)])
    }

    fn problems_at_the_end(&self) -> Vec<Problem> {
        self.problems()
    }

    fn passed(&self, _path: &str) -> Option<&'static str> {
        None
    }
}
