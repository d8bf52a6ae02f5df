//! Questions on a page: one control for each kind, chosen by the catalogue row. No question is named here.

mod choice;
mod date;
mod indicators;
mod rows;
pub(crate) mod shown;
mod text;

use assessment_engine::answers::{Answers, Group, Node};
use assessment_engine::catalogue::{Kind, Question};
use leptos::prelude::*;

use crate::form::Form;

/// What a control needs to know of its question.
#[derive(Clone)]
pub(crate) struct Asked {
    /// The path, which is also the control's id.
    pub(crate) path: String,
    /// The stem of the wording keys.
    pub(crate) key: String,
    /// The catalogue row.
    pub(crate) question: &'static Question,
    /// The label.
    pub(crate) label: String,
    /// The hint, where there is one.
    pub(crate) hint: Option<String>,
    /// The problem that is shown at the question, in words.
    pub(crate) error: Option<String>,
}

impl Asked {
    fn new(form: Form, path: String, group_key: &str, question: &'static Question) -> Asked {
        let key = format!("{group_key}.{}", question.name);
        let label = form.words(|words, standards| words.label(&key, question.kind, question.name, standards));
        let hint = form.words(|words, _| words.get(&format!("{key}.hint")).map(str::to_owned));
        let error = error_at(form, &path);
        Asked { path, key, question, label, hint, error }
    }

    /// The ids of hint and error, for `aria-describedby`.
    pub(crate) fn described_by(&self) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.path));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.path));
        let ids: Vec<String> = hint.into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// The hint's element.
    pub(crate) fn hint_view(&self) -> Option<AnyView> {
        let id = format!("{}-hint", self.path);
        self.hint.clone().map(|hint| view! { <div class="govuk-hint" id=id>{hint}</div> }.into_any())
    }

    /// The error's element.
    pub(crate) fn error_view(&self, form: Form) -> Option<AnyView> {
        let id = format!("{}-error", self.path);
        self.error.clone().map(|error| {
            view! {
                <p class="govuk-error-message" id=id>
                    <span class="govuk-visually-hidden">{form.text("error.prefix")}</span>{error}
                </p>
            }
            .into_any()
        })
    }

    /// The class of the form group.
    pub(crate) fn group_class(&self) -> &'static str {
        if self.error.is_some() { "govuk-form-group govuk-form-group--error" } else { "govuk-form-group" }
    }
}

/// The problem shown at a path, in words.
fn error_at(form: Form, path: &str) -> Option<String> {
    let problem = form.peek(|state| state.problems.iter().find(|problem| problem.path == path).cloned())?;
    Some(form.problem(&problem))
}

/// One question at the top of a record: the first question, or a section that is a repeating group.
pub(crate) fn top_level(form: Form, name: &str) -> AnyView {
    let answers = Answers::default();
    let record: &dyn Group = &answers;
    let found = record.position(name).and_then(|index| record.questions().get(index));
    found.map(|row| question(form, "", record.key(), row)).into_any()
}

/// All questions of the group at `stem`. `before` may put something in front of a question.
pub(crate) fn fields(form: Form, stem: &str, before: impl Fn(&str) -> Option<AnyView>) -> AnyView {
    let found = form.peek_answers(|answers| match answers.node(stem) {
        Some(Node::Group(group)) => Some((group.key(), group.questions())),
        _ => None,
    });
    let Some((key, questions)) = found else { return ().into_any() };
    questions
        .iter()
        .map(|row| {
            let path = format!("{stem}.{}", row.name);
            view! { {before(&path)} {heading(form, key, row.name)} {question(form, stem, key, row)} }
        })
        .collect_view()
        .into_any()
}

/// The sub-heading that begins at a question, where the wording has one.
fn heading(form: Form, key: &str, name: &str) -> Option<AnyView> {
    let text = form.words(|words, _| words.get(&format!("heading.{key}.{name}")).map(str::to_owned))?;
    Some(view! { <h2 class="govuk-heading-m">{text}</h2> }.into_any())
}

/// One question below `stem`, shown while it is asked.
pub(crate) fn question(form: Form, stem: &str, group_key: &'static str, row: &'static Question) -> AnyView {
    let path = if stem.is_empty() { row.name.to_owned() } else { format!("{stem}.{}", row.name) };
    if row.asked.is_none() {
        return control(form, path, group_key, row);
    }
    let watched = path.clone();
    let asked = Memo::new(move |_| form.is_asked(&watched, row));
    (move || asked.get().then(|| control(form, path.clone(), group_key, row))).into_any()
}

fn control(form: Form, path: String, group_key: &str, row: &'static Question) -> AnyView {
    let asked = Asked::new(form, path, group_key, row);
    match row.kind {
        Kind::Group => group(form, asked),
        Kind::Rows(most) => rows::rows(form, asked, most),
        Kind::Indicators => indicators::indicators(form, &asked),
        Kind::Choice(list) => choice::one(form, asked, list),
        Kind::Choices(list) => choice::several(form, asked, list),
        Kind::PastDate | Kind::BirthDate | Kind::ComingDate | Kind::AnyDate => date::date(form, asked),
        Kind::Multiline | Kind::Lines | Kind::Phones => text::lines(form, asked),
        Kind::Text
        | Kind::Time
        | Kind::Score
        | Kind::NhsNumber
        | Kind::Upn
        | Kind::Uln
        | Kind::Uci
        | Kind::Postcode
        | Kind::Phone
        | Kind::Email
        | Kind::Reference => text::line(form, asked),
    }
}

/// A struct of further questions, under one legend.
fn group(form: Form, asked: Asked) -> AnyView {
    let hint = asked.hint_view();
    view! {
        <fieldset class="govuk-fieldset" aria-describedby=asked.described_by()>
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{asked.label.clone()}</legend>
            {hint}
            {fields(form, &asked.path, |_| None)}
        </fieldset>
    }
    .into_any()
}
